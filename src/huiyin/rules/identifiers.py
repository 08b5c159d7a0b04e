"""Numbers and names people carry: are they whole, and in which one form are they kept?

Every check answers `Checked(value, fault)`: the one form to keep, and a
message id that says what is wrong ("" when nothing is). Checks look at the
number itself and ask no register: an area code nobody knows may belong to a
district that was abolished, and is accepted.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from huiyin.rules.errors import msg

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RECEIPT = re.compile(r"([A-Z]{2,4})((?:19|20|21)\d\d)(\d{6,9})([0-9A-Z])")
_PREFIX = re.compile(r"[A-Z]{2,4}")
_CHECK_CHARACTERS = "0123456789ABCDEFGHJKMNPQRTUVWXY"
_LOOK_ALIKES = str.maketrans("OILSZ", "01152")

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

_PHONES = (
    ("mobile", re.compile(r"1[3-9]\d{9}")),
    ("landline", re.compile(r"(010|02\d|0[3-9]\d\d)-?(\d{7,8})(?:-(\d{1,6}))?")),
    ("service", re.compile(r"([48]00)-?(\d{3})-?(\d{4})")),
    ("short", re.compile(r"[19]\d{4}")),
    ("local", re.compile(r"[2-8]\d{6,7}(?:-\d{1,6})?")),
    ("foreign", re.compile(r"\+(?!86)[1-9]\d{6,14}")),
)
_EXTENSION = re.compile(r"\d{3,6}")
_NAME_DOTS = re.compile("[\u2022\u2027\u30fb\uff65\u2219\u22c5]")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
# Signs of a place in an archive (全宗·年度-保管期限-件号): no run of digits as long as a phone, no word else.
_ARCHIVE_NUMBER = re.compile(
    r"(?:[0-9]{1,8}(?![0-9])|[A-Za-z]{1,6}(?![A-Za-z])|[-·./_〔〕()\[\]]|永久|长期|短期|[第年卷盒柜件号])+"
)
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_STAFF_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,31}")
_LONGEST_PARTY = 100
_LONGEST_NAME = 50


class Checked(NamedTuple):
    """The form to keep, and what is wrong with it as a message id ("" when nothing is)."""

    value: str
    fault: str = ""

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.fault


class ReceiptNumber(NamedTuple):
    """The parts of a receipt number; `str` gives it as it is printed."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        body = f"{self.prefix}{self.year:04d}{self.serial:06d}"
        return f"{self.prefix}-{self.year:04d}-{self.serial:06d}-{check_character(body)}"


def receipt_number(prefix: str, year: int, serial: int) -> str:
    """Print a receipt number, e.g. `ZG-2026-000123-P`.

    The last character catches every single wrong digit or letter and every
    swap of neighbours. It keeps typing slips apart from unknown numbers; it is
    no secret and protects nothing.

    Raises:
        ValueError: a prefix that is not 2 to 4 capitals, a year of other than
            four digits, or a serial below 1 or above nine digits.
    """
    number = ReceiptNumber(prefix, year, serial)
    if not _PREFIX.fullmatch(prefix) or serial < 1 or parse_receipt_number(str(number)) != number:
        raise ValueError(f"no receipt number can be made of {prefix!r}, {year!r}, {serial!r}")
    return str(number)


def parse_receipt_number(text: str) -> ReceiptNumber | None:
    """Read a receipt number as people type it; None when the check character disagrees.

    Full-width, lower case, blanks and missing hyphens are forgiven, and so
    are O for 0, I or L for 1, S for 5 and Z for 2 where these letters never stand.
    """
    plain = re.sub(r"[\s\-–—_]", "", narrow(text[:80])).upper()
    # Longest first: letters that can belong to the prefix do.
    for end in (4, 3, 2):
        found = _RECEIPT.fullmatch(plain[:end] + plain[end:].translate(_LOOK_ALIKES))
        if found is None or len(found[1]) != end:
            continue
        if found[4] == check_character(found[1] + found[2] + found[3]):
            return ReceiptNumber(found[1], int(found[2]), int(found[3]))
    return None


def check_character(body: str) -> str:
    """Return the check character of capitals and digits: their sum with weights 3^place, modulo 31.

    It is never I, L, O, S or Z, so that these can be read as 1, 1, 0, 5, 2.

    Raises:
        ValueError: another character occurs in `body`.
    """
    total = sum(pow(3, place, 31) * _ALPHANUMERIC.index(c) for place, c in enumerate(body))
    return _CHECK_CHARACTERS[-total % 31]


def identity_number(text: str, *, on: date, archive: bool = False) -> Checked:
    """Check a resident identity number (GB 11643): length, birth date up to `on`, check digit.

    Area codes are not looked up: codes of abolished districts and the 81 to
    83 of residence permits are valid. The void 15-digit form passes only for
    an `archive`.
    """
    number = re.sub(r"\s", "", narrow(text)).upper()
    if re.fullmatch(r"\d{15}", number):
        born = _day("19" + number[6:12])
        if not archive:
            return Checked(number, msg("15位身份证号已停用，请填写18位证号"))
    elif re.fullmatch(r"\d{17}[\dX]", number):
        born = _day(number[6:14])
        total = sum(w * int(c) for w, c in zip(_IDENTITY_WEIGHTS, number[:17], strict=True))
        if _IDENTITY_CHECKS[total % 11] != number[17]:
            return Checked(number, msg("身份证号校验位不符，请核对是否输错"))
    else:
        return Checked(number, msg("身份证号应为18位数字，末位可为X"))
    if born is None or born > on:
        return Checked(number, msg("身份证号中的出生日期不存在"))
    return Checked(number)


def credit_code(text: str) -> Checked:
    """Check a unified social credit code (GB 32100): 18 characters, the last one a check character."""
    code = re.sub(r"\s", "", narrow(text)).upper()
    if len(code) != 18 or any(c not in _CREDIT_ALPHABET for c in code):  # noqa: PLR2004  (GB 32100)
        return Checked(code, msg("统一社会信用代码应为18位，不含字母I、O、S、V、Z"))
    total = sum(w * _CREDIT_ALPHABET.index(c) for w, c in zip(_CREDIT_WEIGHTS, code[:17], strict=True))
    if _CREDIT_ALPHABET[(31 - total % 31) % 31] != code[17]:
        return Checked(code, msg("统一社会信用代码校验位不符，请核对是否输错"))
    return Checked(code)


def phone(text: str, *, extensions: bool = False) -> Checked:
    """Bring a phone number into one form: `13800001234`, `0571-88880000-801`, `400-123-4567`.

    Mobile, landline, 400/800, five-digit service numbers, local numbers and
    numbers of other countries with their + are accepted; `extensions` also
    lets internal numbers of 3 to 6 digits pass (an office's own directory).
    """
    number = re.sub(r"[\s()]", "", re.sub(r"[‐-―−ー~]", "-", narrow(text)))
    number = re.sub(r"^(\+86|0086|86(?=1[3-9]\d{9}$))-?", "", number)
    if re.fullmatch(r"1[3-9]\d-?\d{4}-?\d{4}", number):
        number = number.replace("-", "")
    for kind, pattern in _PHONES:
        found = pattern.fullmatch(number)
        if found:
            parts = [part for part in found.groups() if part] if kind in {"landline", "service"} else [number]
            return Checked("-".join(parts))
    if extensions and _EXTENSION.fullmatch(number):
        return Checked(number)
    return Checked(number, msg("电话号码格式不对，请填手机号，或带区号的固定电话"))


def person_name(text: str) -> Checked:
    """Bring a name into one form: one dot (·), no stray blanks; characters beyond the BMP count as one."""
    name = _NAME_DOTS.sub("\u00b7", strip_marks(text))
    name = re.sub(r"\s+", " ", name).strip()
    if re.search(r"[\u3400-\u9fff]", name):
        name = name.replace(" ", "")
    if not 1 <= len(name) <= _LONGEST_NAME:
        return Checked(name, msg("姓名应为1至50个字"))
    if re.search(r"[0-9@<>=#%&*\\/|\"]", name):
        return Checked(name, msg("姓名中有数字或符号，请核对"))
    return Checked(name)


def party_name(text: str) -> Checked:
    """Check the name of whoever asks: a person, or a body, which may have digits in its name."""
    name = _NAME_DOTS.sub("\u00b7", strip_marks(text))
    name = re.sub(r"\s+", " ", name).strip()
    if not 1 <= len(name) <= _LONGEST_PARTY:
        return Checked(name, msg("名称应为1至100个字"))
    if re.search(r"[<>=\\|\"]", name):
        return Checked(name, msg("名称中有不允许的符号，请核对"))
    return Checked(name)


def email(text: str) -> Checked:
    """Bring an e-mail address into one form; line breaks, blanks and non-ASCII never pass."""
    address = narrow(text).strip()
    if len(address) > 254 or not _EMAIL.fullmatch(address):  # noqa: PLR2004  (RFC 5321)
        return Checked(address, msg("邮箱地址格式不对"))
    return Checked(address)


def staff_number(text: str) -> Checked:
    """Check a staff number: plain ASCII without blanks, because it is part of the sign-in name."""
    number = narrow(text).strip()
    if not _STAFF_NUMBER.fullmatch(number):
        return Checked(number, msg("工号只能含英文字母、数字、连字符和下划线，最多32位"))
    return Checked(number)


def archive_number(text: str, *, longest: int) -> Checked:
    """Check a number in the archive: signs of a place there and nothing that tells of a person or a case.

    It stands in the ledger for good, where no text belongs that somebody may want deleted.
    """
    number = "".join(narrow(text).translate(_DASHES).split())
    right = _ARCHIVE_NUMBER.fullmatch(number) and any(one.isdecimal() for one in number)
    if not right or len(number) > longest:
        fault = msg(
            "归档号请写数字、字母和-·/〔〕等符号，可含永久、长期、短期、年、卷、盒、件、号，不写姓名和事由"
        )
        return Checked(number, fault)
    return Checked(number)


def narrow(text: str) -> str:
    """Turn full-width letters, digits and signs into plain ones and drop invisible marks: for codes only."""
    return strip_marks(unicodedata.normalize("NFKC", text))


def strip_marks(text: str) -> str:
    """Bring text to NFC and drop control, zero-width and bidirectional marks; keep line breaks."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
