from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import identifiers
from huiyin.rules.identifiers import ReceiptNumber, parse_receipt_number, receipt_number

TODAY = date(2026, 1, 5)
prefixes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4)


@given(prefixes, st.integers(2000, 2199), st.integers(1, 10**9 - 1))
def test_a_receipt_number_reads_back(prefix: str, year: int, serial: int) -> None:
    text = receipt_number(prefix, year, serial)
    assert parse_receipt_number(text) == ReceiptNumber(prefix, year, serial)
    assert parse_receipt_number(text.replace("-", " ").lower()) == ReceiptNumber(prefix, year, serial)


@given(prefixes, st.integers(1, 999_999), st.data())
def test_one_wrong_digit_is_always_caught(prefix: str, serial: int, data: st.DataObject) -> None:
    text = receipt_number(prefix, 2026, serial)
    digits = [at for at, character in enumerate(text[:-2]) if character.isdigit() and at > len(prefix) + 2]
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[at]]))
    assert parse_receipt_number(text[:at] + other + text[at + 1 :]) is None


def test_a_prefix_that_looks_like_digits_stays_a_prefix() -> None:
    assert parse_receipt_number(receipt_number("AAZL", 2026, 1)) == ReceiptNumber("AAZL", 2026, 1)


@given(prefixes, st.integers(1, 999_999), st.data())
def test_a_swap_of_neighbours_is_always_caught(prefix: str, serial: int, data: st.DataObject) -> None:
    body = f"{prefix}2026{serial:06d}"
    at = data.draw(st.sampled_from([n for n in range(len(body) - 1) if body[n] != body[n + 1]]))
    swapped = body[:at] + body[at + 1] + body[at] + body[at + 2 :]
    assert parse_receipt_number(swapped + identifiers.check_character(body)) is None


def test_what_people_type_for_a_receipt_number() -> None:
    text = receipt_number("ZG", 2026, 123)
    assert text.startswith("ZG-2026-000123-")
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in text)
    assert str(parse_receipt_number(full_width)) == text
    assert str(parse_receipt_number(f"  {text[:3]}2O26—OOO123 {text[-1]}\u200b")) == text


@pytest.mark.parametrize(
    "text", ["", "ZG", "ZG-2026-123-A", "A-2026-000123-A", "好" * 500, "ZG2026" + "1" * 5000]
)
def test_what_is_no_receipt_number(text: str) -> None:
    assert parse_receipt_number(text) is None


@pytest.mark.parametrize(
    ("prefix", "year", "serial"), [("Z", 2026, 1), ("zg", 2026, 1), ("ZG", 26, 1), ("ZG", 2026, 0)]
)
def test_a_receipt_number_is_not_made_of_nonsense(prefix: str, year: int, serial: int) -> None:
    with pytest.raises(ValueError, match="no receipt number"):
        receipt_number(prefix, year, serial)


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "810000199408230021",  # residence permit of Hong Kong
        "830000199201300022",  # of Taiwan
    ],
)
def test_identity_numbers_that_pass(number: str) -> None:
    assert identifiers.identity_number(number, on=TODAY).ok


def complete(seventeen: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c) * w for c, w in zip(seventeen, weights, strict=True))
    return seventeen + "10X98765432"[total % 11]


@pytest.mark.parametrize("area", ["510202", "320502", "440524", "999999"])
def test_unknown_area_codes_are_not_refused(area: str) -> None:
    assert identifiers.identity_number(complete(f"{area}19700101001"), on=TODAY).ok


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("110105194912310021", "校验位"),
        (complete("11010520260106001"), "出生日期"),  # born tomorrow
        (complete("11010519490230001"), "出生日期"),  # 30 February
        ("1101051949123100", "18位"),
        ("11010519491231O02X", "18位"),
        ("110105491231002", "停用"),
    ],
)
def test_identity_numbers_that_fail_say_why(number: str, word: str) -> None:
    assert word in identifiers.identity_number(number, on=TODAY).fault


def test_the_void_fifteen_digits_pass_for_an_archive() -> None:
    assert identifiers.identity_number("110105491231002", on=TODAY, archive=True).ok
    assert not identifiers.identity_number("110105491331002", on=TODAY, archive=True).ok


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000802100433B", "９１１１０００080210043３b"])
def test_credit_codes_that_pass(code: str) -> None:
    assert identifiers.credit_code(code).ok


@pytest.mark.parametrize("code", ["91350100M000100Y4Z", "91350100M000100Y34", "91110000802100433C", "9111"])
def test_credit_codes_that_fail(code: str) -> None:
    assert not identifiers.credit_code(code).ok


def test_a_zero_remainder_gives_a_zero() -> None:
    weights = [pow(3, at, 31) for at in range(17)]
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = next(
        f"9135010{n:010d}"
        for n in range(5000)
        if sum(w * alphabet.index(c) for w, c in zip(weights, f"9135010{n:010d}", strict=True)) % 31 == 0
    )
    assert identifiers.credit_code(f"{body}0").ok


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+86 138 0000 1234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("(0571)88880000-801", "0571-88880000-801"),
        ("０５７１－８８８８００００", "0571-88880000"),
        ("01088881234", "010-88881234"),
        ("4001234567", "400-123-4567"),
        ("12345", "12345"),
        ("95588", "95588"),
        ("7012345", "7012345"),
        ("+852 6123 4567", "+85261234567"),
    ],
)
def test_phones_come_into_one_form(typed: str, kept: str) -> None:
    assert identifiers.phone(typed) == (kept, "")


@pytest.mark.parametrize("typed", ["", "123", "12800001234", "1380000123", "0571-888", "call me", "0" * 400])
def test_phones_that_fail(typed: str) -> None:
    assert not identifiers.phone(typed).ok


def test_internal_numbers_only_in_the_offices_own_directory() -> None:
    assert not identifiers.phone("801").ok
    assert identifiers.phone("801", extensions=True).ok


@pytest.mark.parametrize("dot", ["\u00b7", "\u2022", "\u2027", "\u30fb", "\uff65"])
def test_the_dot_in_a_name_has_one_form(dot: str) -> None:
    assert identifiers.person_name(f"买买提{dot}吐尔逊") == ("买买提·吐尔逊", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("张 三", "张三"), ("𠮷𬀩", "𠮷𬀩"), ("Anna  Lee", "Anna Lee"), ("\u200b李四\u202e", "李四")],
)
def test_names_come_into_one_form(typed: str, kept: str) -> None:
    assert identifiers.person_name(typed) == (kept, "")


@pytest.mark.parametrize("typed", ["", "  ", "字" * 51, "张三3", "<b>张</b>"])
def test_names_that_fail(typed: str) -> None:
    assert not identifiers.person_name(typed).ok


def test_fifty_characters_beyond_the_bmp_are_fifty() -> None:
    assert identifiers.person_name("𠮷" * 50).ok


@pytest.mark.parametrize("typed", ["a@b.cn\nBcc: x@y.cn", "a@b", "ａ@", "甲@例.cn", "a b@c.cn", ""])
def test_addresses_that_fail(typed: str) -> None:
    assert not identifiers.email(typed).ok


def test_an_address_in_full_width_is_narrowed() -> None:
    assert identifiers.email("ａ．ｂ＠example．cn") == ("a.b@example.cn", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("WS·2026·D30-0001", "WS·2026·D30-0001"),
        (" ２０２６—永久－１２ ", "2026-永久-12"),
        ("第3柜第12盒 2026年5号", "第3柜第12盒2026年5号"),
        ("X043.DQ/2026-〔2026〕12号", "X043.DQ/2026-〔2026〕12号"),
    ],
)
def test_a_number_in_the_archive_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert identifiers.archive_number(typed, longest=40) == (kept, "")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "永久",
        "举报人王小明13900001234",
        "13900001234",
        "330102199003078515",
        "WANGXIAOMING-1",
        "2026-王小明",
    ],
)
def test_what_tells_of_somebody_is_no_number_in_the_archive(typed: str) -> None:
    assert identifiers.archive_number(typed, longest=40).fault
