"""The verbs of the opinion book: write into it, and say what came of an entry."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError
from django.db.models import F

from huiyin.ledger.actions import Entry, append
from huiyin.organisation.models import Person, Tenant, Unit
from huiyin.organisation.queries import Asker
from huiyin.rules import identifiers
from huiyin.rules.errors import Conflict, Invalid, NotFound, Unlawful, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage import numbers
from huiyin.storage.crypto import check_code, digest, hash_code, keyed_digest
from huiyin.storage.transactions import write
from huiyin.supervision.models import Opinion
from huiyin.supervision.permissions import may_copy_opinion, may_handle_opinion, may_read_opinions
from huiyin.supervision.queries import LOOKED_INTO, feedback_clause, keeps_book, ways_to_tell
from huiyin.supervision.terms import OpinionFinding, OpinionKind, OpinionSource, ToldHow

ROOM: Final = "supervision"
LONGEST: Final = 2000
_BOOK: Final = "opinion"
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH: Final = 10
_LONGEST_KEY: Final = 80
_SENT: Final = (
    "kind",
    "source",
    "unit_id",
    "against_id",
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
    """What somebody wrote: about which unit or whom, and who they are, as far as they said."""

    kind: str
    text: str
    unit: Unit | None = None
    against: Person | None = None
    writer: str = ""
    phone: str = ""
    written_on: date | None = None


def write_opinion(tenant: Tenant, words: Words, *, by: Asker | None, at: datetime, key: str = "") -> Entered:
    """Enter what somebody wrote; `by` is who copied it from the paper book, None for the portal.

    `key` makes sending the same form twice harmless: whoever lost the first answer gets it again,
    with the same code, which no table keeps. Without a key each sending is an entry of its own.

    Raises:
        Unlawful: the office's rulebook asks for no opinion book.
        Invalid: nothing written, too much, a phone that is none, a day to come, or a key that is none.
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
            _note("opinion_written", row, by, at, new=True)
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


@dataclass(frozen=True, slots=True)
class Told:
    """How the writer heard what came of an entry, a code of `terms.ToldHow`, and on which day."""

    how: str = ""
    on: date | None = None


NOT_TOLD: Final = Told()


def handle_opinion(
    row: Opinion, *, finding: str, result: str, told: Told = NOT_TOLD, by: Asker, at: datetime
) -> Opinion:
    """Say what looking into an entry found and what was done; the writer can read it.

    `told` is how the writer heard of it: where the office's rulebook asks for that, a complaint found
    true does not end without.

    Raises:
        NotFound: another office. Forbidden: it concerns whoever would decide.
        Invalid: no finding, no result, a complaint that is merely noted, or one found true whose
            writer was not told, with the clause that asks for it.
        Conflict: it was handled before.
    """
    if by.tenant_id != row.tenant_id:
        raise NotFound
    may_read_opinions(by).require()
    may_handle_opinion(by, row).require(code="concerned")
    text = strip_marks(result).strip()
    wrong = {}
    if finding not in OpinionFinding.values:
        wrong["finding"] = msg("请选择查处结论")
    elif row.kind in LOOKED_INTO and finding == OpinionFinding.NOTED:
        wrong["finding"] = msg("投诉须查明是否属实，不能只作留存")
    if not 0 < len(text) <= LONGEST:
        wrong["result"] = msg("请写明处理结果，不超过2000字")
    if wrong:
        raise Invalid(wrong)
    told = _heard(row, finding, told, at.astimezone(SHANGHAI).date())
    with write():
        found = Opinion.objects.select_for_update().get(id=row.id)
        if found.handled_at is not None:
            raise Conflict(msg("这条意见已经处理过"), code="handled")
        found.finding, found.result = finding, text
        found.handled_by_id, found.handled_at = by.person_id, at
        found.told_how, found.told_on = told.how, told.on
        found.save(force_update=True)
        _note("opinion_handled", found, by, at)
    return found


def _heard(row: Opinion, finding: str, told: Told, today: date) -> Told:
    """How the writer was told, checked; a page tells them the day the result stands on it."""
    clause = feedback_clause(row, finding, today)
    if not told.how:
        if clause:
            raise Invalid(
                {"told_how": msg("查实的投诉，要把处理结果告知投诉人后才能办结")},
                code="not_told",
                clause=clause,
                remedy=msg("请先告知写意见的人，再写明哪天以什么方式告知。"),
            )
        if told.on is not None:
            raise Invalid({"told_how": msg("请选择怎样告知的")})
        return NOT_TOLD
    if told.how not in ways_to_tell(row):
        raise Invalid({"told_how": msg("请从所列的告知方式中选择")}, clause=clause)
    on = today if told.how == ToldHow.PAGE else told.on
    if on is None:
        raise Invalid({"told_on": msg("请填写哪天告知的")}, clause=clause)
    if not row.written_on <= on <= today:
        raise Invalid({"told_on": msg("告知日期应在写意见那天之后，且不晚于今天")}, clause=clause)
    return Told(told.how, on)


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
    if wrong:
        raise Invalid(wrong)
    return Opinion(
        tenant=tenant,
        kind=words.kind,
        unit=words.unit,
        against=words.against,
        text=text,
        writer=writer,
        phone=phone,
        written_on=written_on,
    )


def _same_office(tenant: Tenant, words: Words, by: Asker | None) -> None:
    if by is not None:
        if by.tenant_id != tenant.id:
            raise NotFound
        may_copy_opinion(by).require()
    for row in (words.unit, words.against):
        if row is not None and row.tenant_id != tenant.id:
            raise NotFound


def _note(kind: str, row: Opinion, by: Asker | None, at: datetime, *, new: bool = False) -> None:
    """The ledger keeps digests of the words; whoever holds the row can check them."""
    salt = bytes(row.salt)
    entry = Entry(
        kind=kind,
        at=at,
        actor=f"person:{by.person_id}" if by else "applicant",
        acting_for="",
        via=by.via if by else "portal",
        body={
            "number": row.number,
            "what": str(row.kind),
            "unit": str(row.unit_id or ""),
            "text": digest(row.text, salt),
            "finding": row.finding,
            "result": digest(row.result, salt) if row.result else "",
            "told": row.told_how,
            "told_on": row.told_on.isoformat() if row.told_on else "",
        },
    )
    append(tenant_id=row.tenant_id, room=ROOM, subject_id=row.id, entries=[entry], recorded_at=at, new=new)
