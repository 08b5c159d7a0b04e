"""Writing into the opinion book: from the portal, or copied from the paper book."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError
from django.db.models import F

from huiyin.catalogue.models import Commitment
from huiyin.organisation.models import Person, Tenant, Unit
from huiyin.organisation.queries import Asker
from huiyin.rules import identifiers
from huiyin.rules.errors import Conflict, Invalid, NotFound, Unlawful, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage import numbers
from huiyin.storage.crypto import check_code, hash_code, keyed_digest
from huiyin.storage.transactions import write
from huiyin.supervision.actions.record import LONGEST, cited, note
from huiyin.supervision.models import Opinion
from huiyin.supervision.permissions import may_copy_opinion
from huiyin.supervision.queries import (
    keeps_book,
)
from huiyin.supervision.terms import OpinionKind, OpinionSource

_BOOK: Final = "opinion"
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH: Final = 10
_LONGEST_KEY: Final = 80
_SENT: Final = (
    "kind",
    "source",
    "unit_id",
    "against_id",
    "commitment_id",
    "line",
    "text",
    "writer",
    "phone",
    "written_on",
    "recorded_by_id",
)


@dataclass(frozen=True, slots=True)
class Entered:
    """The number of an entry, and the code that opens it, shown to whoever sent it and to nobody else."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote: about which unit or whom, and who they are, as far as they said.

    `line` is the reference of a line of a commitment, such as `MZ/3/12`.
    """

    kind: str
    text: str
    unit: Unit | None = None
    against: Person | None = None
    writer: str = ""
    phone: str = ""
    written_on: date | None = None
    line: str = ""


def write_opinion(tenant: Tenant, words: Words, *, by: Asker | None, at: datetime, key: str = "") -> Entered:
    """Enter what somebody wrote; `by` is who copied it from the paper book, None for the portal.

    `key` makes sending the same form twice harmless: whoever lost the first answer gets it again,
    with the same code, which no table keeps. Without a key each sending is an entry of its own.

    Raises:
        Unlawful: the office's rulebook asks for no opinion book.
        Invalid: nothing written, too much, a phone that is none, a day to come, a line of a
            commitment that there is not, or a key that is none.
        NotFound: a unit or person of another office. Conflict: the key was sent with something else.
    """
    _same_office(tenant, words, by)
    if not keeps_book(tenant, at):
        raise Unlawful(msg("本单位的制度没有设意见簿"), code="not_regulated")
    today = at.astimezone(SHANGHAI).date()
    row = _row(tenant, words, today)
    row.source = OpinionSource.PAPER if by else OpinionSource.PORTAL
    row.recorded_by_id = by.person_id if by else None
    row.received_at, row.key = at, _usable(key)
    known = _entry(tenant, key)
    if known is not None:
        return _again(known, row, words)
    code = _code(row)
    row.code_hash = hash_code(code)
    try:
        with numbers.reserved(tenant.id, [_BOOK], today.year, at) as take, write():
            row.number = f"YJ-{today.year}-{take(_BOOK):04d}"
            row.save(force_insert=True)
            note("opinion_written", row, by, at, new=True)
    except IntegrityError:
        # Two senders of one form, and the other was first.
        known = _entry(tenant, key)
        if known is None:
            raise
        return _again(known, row, words)
    return Entered(row.number, code)


def is_repeated(tenant: Tenant, key: str) -> bool:
    """Whether a form with this key was entered before."""
    return _entry(tenant, _usable(key)) is not None


def _usable(key: str) -> str:
    if len(key) > _LONGEST_KEY or not key.isprintable():
        raise Invalid({"key": msg("防重复提交的标识应为不超过80个可见字符")}, code="key_unusable")
    return key


def _entry(tenant: Tenant, key: str) -> Opinion | None:
    return Opinion.objects.filter(tenant=tenant, key=key).first() if key else None


def _again(known: Opinion, sent: Opinion, words: Words) -> Entered:
    """The answer once more, if the very same was sent by the very same; it commits before it answers."""
    code = _code(sent)
    if words.written_on is None:
        # Nobody said a day, so midnight in between does not make it another entry.
        sent.written_on = known.written_on
    same = all(getattr(known, name) == getattr(sent, name) for name in _SENT)
    if not same or not check_code(code, known.code_hash):
        raise Conflict(
            msg("这张表刚才已经交过，内容和现在的不同"),
            code="repeated",
            remedy=msg("要另写一条，请重新打开页面。"),
        )
    with write():
        Opinion.objects.filter(id=known.id).update(key=F("key"))
    return Entered(known.number, code)


def _code(row: Opinion) -> str:
    """The code of an entry: drawn from its key under a key of the installation, so that it can come again."""
    if not row.key:
        return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    drawn = int(keyed_digest(f"{row.tenant_id} {row.recorded_by_id or ''} {row.key}", "opinion code"), 16)
    places = len(_ALPHABET)
    return "".join(_ALPHABET[drawn // places**place % places] for place in range(_CODE_LENGTH))


def _row(tenant: Tenant, words: Words, today: date) -> Opinion:
    text = strip_marks(words.text).strip()
    writer, phone = words.writer.strip(), words.phone.strip()
    wrong = {}
    if words.kind not in OpinionKind.values:
        wrong["kind"] = msg("请选择意见的种类")
    if not 0 < len(text) <= LONGEST:
        wrong["text"] = msg("请写下您的意见，不超过2000字")
    if writer:
        writer, fault = identifiers.party_name(writer)
        wrong |= {"writer": fault} if fault else {}
    if phone:
        phone, fault = identifiers.phone(phone)
        wrong |= {"phone": fault} if fault else {}
    written_on = words.written_on or today
    if written_on > today:
        wrong["written_on"] = msg("日期不能晚于今天")
    unit, version, number = _about(tenant, words, wrong)
    if wrong:
        raise Invalid(wrong)
    return Opinion(
        tenant=tenant,
        kind=words.kind,
        unit=unit,
        against=words.against,
        commitment=version,
        line=number,
        text=text,
        writer=writer,
        phone=phone,
        written_on=written_on,
    )


def _about(
    tenant: Tenant, words: Words, wrong: dict[str, str]
) -> tuple[Unit | None, Commitment | None, int | None]:
    """Which unit an entry is about, and which line of whose commitment; what is wrong goes into `wrong`."""
    if not words.line.strip():
        return words.unit, None, None
    try:
        version, number = cited(tenant, words.line)
    except Invalid as error:
        wrong |= error.fields
        return words.unit, None, None
    whose = version.unit if version else None
    if words.unit and whose and words.unit.id != whose.id:
        wrong["line"] = msg("这是别的科室的承诺")
    return words.unit or whose, version, number


def _same_office(tenant: Tenant, words: Words, by: Asker | None) -> None:
    if by is not None:
        if by.tenant_id != tenant.id:
            raise NotFound
        may_copy_opinion(by).require()
    for row in (words.unit, words.against):
        if row is not None and row.tenant_id != tenant.id:
            raise NotFound
