"""Official documents enter the registers: an incoming one with its number, an outgoing one as an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from huiyin.matters import document_labels as labels
from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions import saving
from huiyin.matters.actions.commands import By, Receipt, Session, command
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import Matter, OfficialDocument
from huiyin.matters.rows import LONGEST_SUMMARY, limit_columns, put_question
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Tenant
from huiyin.rules import identifiers
from huiyin.rules import official_documents as regime
from huiyin.rules.errors import Invalid, NotFound, Unlawful, msg
from huiyin.rules.events import Channel, MatterKind, Urgency
from huiyin.rules.lifecycle import VOIDED
from huiyin.rules.vocabulary import Limit
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.ids import new_id

INCOMING: Final = "incoming"
LONGEST_PARTY: Final = 120
LONGEST_NUMBER: Final = 60
LONGEST_NOTE: Final = 5000
MOST_PAGES: Final = 99_999
EARLIEST_YEAR: Final = 1950
LATEST_YEAR: Final = 2199
"""Where calendars begin and end, whatever door a date comes through."""


@dataclass(frozen=True, slots=True)
class IncomingDocument:
    """What came in, as the register asks: `limit` or `until` is what the document itself says.

    `again` says that it is entered although one from there with that number stands in the register.
    """

    title: str
    source: str
    their_number: str = ""
    secrecy: str = "none"
    urgency: str = "normal"
    grade: str = regime.ORDINARY
    received_on: date | None = None
    pages: int | None = None
    limit: Limit | None = None
    until: date | None = None
    note: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """What is to be written, to whom and by whom; without `drafter` by whoever orders it."""

    title: str
    recipient: str
    book: str = "official"
    genre: str = "letter"
    secrecy: str = "none"
    urgency: str = "normal"
    copies_to: str = ""
    drafter: UUID | None = None
    limit: Limit | None = None
    until: date | None = None
    note: str = ""


@command("register_incoming", books=("receipt",))
def register_incoming(session: Session, document: IncomingDocument) -> Receipt:
    """Enter an incoming document: its clocks start, and whoever keeps the register answers for it.

    Raises Forbidden for whoever does not keep the register, Unlawful for a state secret,
    and Invalid naming every wrong field.
    """
    by = session.by
    power = saving.power_of(by)
    permissions.may_keep_register(by.asker, power).require()
    _no_state_secret(document.secrecy)
    wrong = _common(document.title, document.source, document.urgency, document.note, "source")
    wrong |= _incoming_faults(document, by)
    holder = organisation.colleague(by.asker.tenant_id, power.person_id)
    until = _until(document.limit, document.until, holder.tenant, by, wrong)
    if wrong:
        raise Invalid(wrong)
    # Whoever takes a place in the register waits for whoever took the one before: from then on nobody
    # enters the same paper unseen.
    place = next_place(session, holder.tenant, INCOMING)
    _not_entered_before(document, holder.tenant)
    matter = _matter(holder, MatterKind.DOCUMENT_IN, document.title, document.note, by.at)
    matter.urgency, matter.grade = document.urgency, document.grade
    matter.given_amount, matter.given_unit = limit_columns(document.limit)
    matter.given_for = until
    dossier = _dossier(session, matter)
    row = OfficialDocument(
        tenant=holder.tenant,
        matter=matter,
        party=_tidy(document.source),
        their_number=_tidy(document.their_number),
        secrecy=document.secrecy,
        received_on=document.received_on or by.at.astimezone(SHANGHAI).date(),
        pages=document.pages,
    )
    steps.enter(dossier, saving.hand_of(by), place=place, row=row)
    return saving.save(session, dossier)


@command("order_document", books=("receipt",))
def order_document(session: Session, document: OutgoingDocument) -> Receipt:
    """Order a document to be drafted: the drafter answers for it until it has gone out.

    Who orders it from another stays its assigner, and sees it whatever unit writes it.

    Raises Forbidden for whoever may give nobody but themselves such an order, Unlawful
    for a state secret, and Invalid naming every wrong field.
    """
    by = session.by
    power = saving.power_of(by)
    drafter = _drafter(by, document.drafter or power.person_id)
    permissions.may_order_document(by.asker, power, drafter.id).require()
    _no_state_secret(document.secrecy)
    wrong = _common(document.title, document.recipient, document.urgency, document.note, "recipient")
    if document.book not in labels.DOCUMENT_BOOKS:
        wrong["book"] = msg("请选择发文字号的种类")
    if document.genre not in labels.GENRES:
        wrong["genre"] = msg("请选择文种")
    if len(document.copies_to) > LONGEST_NOTE:
        wrong["copies_to"] = msg("抄送单位过长")
    until = _until(document.limit, document.until, drafter.tenant, by, wrong)
    if wrong:
        raise Invalid(wrong)
    matter = _matter(drafter, MatterKind.DOCUMENT_OUT, document.title, document.note, by.at)
    matter.urgency, matter.grade = document.urgency, regime.ORDINARY
    if drafter.id != power.person_id:
        matter.assigner = organisation.colleague(by.asker.tenant_id, power.person_id)
    matter.given_amount, matter.given_unit = limit_columns(document.limit)
    matter.given_for = until
    row = OfficialDocument(
        tenant=drafter.tenant,
        matter=matter,
        book=document.book,
        party=_tidy(document.recipient),
        genre=document.genre,
        secrecy=document.secrecy,
        copies_to=_tidy(document.copies_to),
        drafted_by=drafter,
    )
    dossier = _dossier(session, matter)
    steps.begin(dossier, saving.hand_of(by), row=row)
    return saving.save(session, dossier)


def next_place(session: Session, tenant: Tenant, book: str) -> steps.Place:
    """The next place in a book of the year, taken inside the transaction: what fails leaves no gap."""
    year = session.by.at.astimezone(SHANGHAI).year
    serial = session.take_number(book)
    return steps.Place(saving.printed(book, tenant.receipt_prefix, year, serial), book, year, serial)


def _not_entered_before(document: IncomingDocument, tenant: Tenant) -> None:
    """Warn of the same number from the same sender: mostly it is the same paper, come a second time."""
    number = _tidy(document.their_number)
    if document.again or not number:
        return
    before = (
        OfficialDocument.objects.filter(
            tenant=tenant, book=INCOMING, party=_tidy(document.source), their_number=number
        )
        .exclude(matter__outcome=VOIDED)
        .order_by("-id")
        .first()
    )
    if before is not None:
        raise Invalid(
            {"again": msg("这个单位的这个字号已登记为%(number)s；确要再登记一次的，请勾选")},
            params={"number": before.register_number},
        )


def _drafter(by: By, wanted: UUID) -> Person:
    try:
        found = organisation.colleague(by.asker.tenant_id, wanted)
    except NotFound as error:
        raise Invalid({"drafter": msg("本单位没有这个人")}) from error
    if organisation.has_gone(found.id, by.at):
        raise Invalid({"drafter": msg("这位同事已离岗，请另选拟稿人")})
    return found


def _no_state_secret(secrecy: str) -> None:
    """Refuse what no system of this kind may hold, before anything of it is kept."""
    if secrecy in labels.STATE_SECRETS:
        raise Unlawful(
            msg("本系统不得登记、存储国家秘密；涉密文件请按保密规定另行登记，不要录入标题和内容"),
            code="state_secret",
            remedy=msg("请立即清除已填写的内容，交保密员按保密规定处理。"),
        )
    if secrecy not in labels.SECRECY:
        raise Invalid({"secrecy": msg("请选择密级")})


def _common(title: str, party: str, urgency: str, note: str, party_field: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not 1 <= len(_tidy(title)) <= LONGEST_SUMMARY:
        wrong["title"] = msg("请填写标题，不超过200字")
    if not 1 <= len(_tidy(party)) <= LONGEST_PARTY:
        wrong[party_field] = msg("请填写单位名称，不超过120字")
    if urgency not in set(Urgency):
        wrong["urgency"] = msg("请选择缓急程度")
    if len(note) > LONGEST_NOTE:
        wrong["note"] = msg("说明请不超过5000字")
    return wrong


def _incoming_faults(document: IncomingDocument, by: By) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if document.grade not in regime.GRADES:
        wrong["grade"] = msg("请选择文件类别")
    if len(document.their_number) > LONGEST_NUMBER:
        wrong["their_number"] = msg("来文字号请不超过60字")
    if document.received_on and document.received_on > by.at.astimezone(SHANGHAI).date():
        wrong["received_on"] = msg("收文日期不能晚于今天")
    elif document.received_on and document.received_on.year < EARLIEST_YEAR:
        wrong["received_on"] = msg("请填写日期，例如2026-03-02")
    if document.pages is not None and not 1 <= document.pages <= MOST_PAGES:
        wrong["pages"] = msg("页数请填1以上的整数")
    return wrong


def _until(
    limit: Limit | None, day: date | None, tenant: Tenant, by: By, wrong: dict[str, str]
) -> datetime | None:
    """The close of business of the day that the document names; a day that is over is wrong."""
    if day is None:
        return None
    if limit is not None:
        wrong["until"] = msg("时限和限定日期只能填一项，以文件写明的为准")
        return None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        wrong["until"] = msg("请填写日期，例如2026-03-02")
        return None
    moment = organisation.calendar_of(tenant).closing(day)
    if moment <= by.at:
        wrong["until"] = msg("限定的日期已过，请先与来文单位商定新的日期")
    return moment


def _matter(holder: Person, kind: MatterKind, title: str, note: str, at: datetime) -> Matter:
    matter = Matter(
        id=new_id(),
        tenant=holder.tenant,
        kind=kind,
        channel=Channel.LETTER,
        details=identifiers.strip_marks(note),
        unit=organisation.home_unit(holder, at),
        custodian=holder,
        first_responder=holder,
    )
    put_question(matter, _tidy(title))
    return matter


def _dossier(session: Session, matter: Matter) -> Dossier:
    numbers = saving.numbers_of(session, matter.tenant.receipt_prefix)
    matter.number = numbers("receipt")
    return Dossier(
        tenant=matter.tenant,
        matter=matter,
        law=queries.law_of(matter.tenant, session.by.at),
        numbers=numbers,
        people=saving.person_finder(matter.tenant_id, known=(matter.first_responder,)),
        stored=False,
    )


def _tidy(text: str) -> str:
    return " ".join(identifiers.strip_marks(text).split())
