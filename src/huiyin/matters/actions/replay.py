"""Write whole histories at once, by the same steps as the live verbs.

Imports and the demo office use it. Each history is walked in memory through
the same rules; then thousands of rows, obligations and chained events are
inserted together. Messages are not sent: old news is no news. Query codes are
not made: nobody was told one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from huiyin.documents.models import Document
from huiyin.ledger import actions as ledger
from huiyin.matters import queries, rows, steps
from huiyin.matters.actions import saving
from huiyin.matters.actions.indexing import keep_texts
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.histories import DocumentEntry, History, Step
from huiyin.matters.models import Matter, OfficialDocument
from huiyin.obligations import actions as obligations
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Tenant
from huiyin.rules.docket import Law
from huiyin.rules.events import MatterKind
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage import collecting
from huiyin.storage.crypto import new_salt
from huiyin.storage.ids import new_id
from huiyin.storage.inserting import insert_each
from huiyin.storage.numbers import Taker, in_series
from huiyin.storage.transactions import write

BATCH = 250


@dataclass(slots=True)
class Written:
    """What a replay wrote, counted."""

    matters: int = 0
    events: int = 0
    custody_changes: int = 0
    obligations: int = 0
    findings: int = 0
    documents: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0

    def count(self, dossier: Dossier) -> None:
        """Add one dossier. A matter is late when any duty of it ended late or is overdue."""
        owed = dossier.docket.owed if dossier.docket else ()
        self.matters += 1
        self.events += len(dossier.events)
        self.custody_changes += sum(e.kind == "custody.accepted" for e in dossier.events)
        self.obligations += len(owed)
        self.findings += len(dossier.findings)
        self.documents += sum(isinstance(row, Document) for row in dossier.fresh)
        if any(o.overdue_noted or o.outcome == "late" for o in owed):
            self.late += 1
        elif dossier.state.is_open:
            self.open += 1
        else:
            self.on_time += 1


def write_histories(
    tenant: Tenant,
    histories: Iterable[History],
    *,
    via: str,
    until: datetime,
    recorded_at: datetime | None = None,
    progress: Callable[[int], None] = lambda _: None,
    whole: bool = True,
) -> Written:
    """Write histories in order; limits that ran out before `until` are noted.

    `recorded_at` is when they enter the ledger; without it each matter's last
    event is (for a history that was recorded as it happened). With `whole`
    everything is one transaction, so a failure leaves nothing. Raises what
    the rules raise for a step that was not lawful.
    """
    scribe = _Scribe(tenant, via, until, recorded_at, progress)
    source = iter(histories)
    with collecting.seldom():
        if whole:
            with write():
                while some := list(islice(source, BATCH)):
                    scribe.take(some)
            return scribe.written
        while some := list(islice(source, BATCH)):
            with write():
                scribe.take(some)
    return scribe.written


def walk(
    tenant: Tenant,
    law: Law,
    history: History,
    *,
    books: _Books,
    people: Callable[[str], Person],
    until: datetime,
    reach: organisation.Reacher = organisation.reach,
) -> Dossier:
    """One history in memory, ready to be inserted; raises what the rules raise."""
    moment = [history.received_at]
    dossier = Dossier(
        tenant=tenant,
        matter=_matter(tenant, history, books.printed("receipt", history.received_at)),
        law=law,
        numbers=lambda book: books.printed(book, moment[0]),
        people=people,
        stored=False,
        reach=reach,
        item=history.item,
    )
    opener = Hand(history.registered_by or str(history.first_responder.id), history.received_at)
    if history.document is None:
        steps.receive(dossier, opener, answer_at_once=history.answer_at_once)
    else:
        _enter(dossier, opener, history.document, books)
    catch_up = steps.catch_up if history.signed else Dossier.catch_up
    for step in history.steps:
        moment[0] = step.at
        catch_up(dossier, step.at)
        fields = _fields(dossier, step, books)
        getattr(steps, step.verb)(dossier, Hand(step.actor, step.at, step.acting_for), **fields)
    catch_up(dossier, until)
    return dossier


def _matter(tenant: Tenant, history: History, number: str) -> Matter:
    given_amount, given_unit = rows.limit_columns(history.given)
    matter = Matter(
        id=history.id or new_id(),
        salt=history.salt or new_salt(),
        tenant=tenant,
        number=number,
        external_ref=history.external_ref or None,
        kind=history.kind,
        channel=history.channel,
        urgency=history.urgency,
        details=history.details,
        unit=history.unit,
        item=history.item,
        item_version=history.item.version if history.item else 0,
        applicant_name=history.applicant_name,
        applicant_phone=history.applicant_phone,
        first_responder=history.first_responder,
        source=history.source,
        origin=history.origin,
        given_amount=given_amount,
        given_unit=given_unit,
        given_for=history.given_for,
        assigner=history.assigner,
        anonymous=history.anonymous,
        accused=" ".join(map(str, history.accused)),
        grade=history.document.grade if history.document else "",
    )
    rows.put_question(matter, history.summary)
    return matter


def _enter(dossier: Dossier, hand: Hand, entry: DocumentEntry, books: _Books) -> None:
    """Begin an official document: an incoming one with its place in the register, one to write without."""
    row = OfficialDocument(
        tenant=dossier.tenant,
        matter=dossier.matter,
        book=entry.book,
        party=entry.party,
        their_number=entry.their_number,
        genre=entry.genre,
        secrecy=entry.secrecy,
        received_on=entry.received_on,
        pages=entry.pages,
        copies_to=entry.copies_to,
        drafted_by=entry.drafted_by,
    )
    if dossier.matter.kind == MatterKind.DOCUMENT_IN:
        steps.enter(dossier, hand, place=books.place(entry.book, hand.at), row=row)
    else:
        steps.begin(dossier, hand, row=row)


def _fields(dossier: Dossier, step: Step, books: _Books) -> dict[str, object]:
    """What a step says, with what a history cannot know: the numbers of papers that it had drawn."""
    if step.verb == "number":
        return {"place": _place(dossier, step, books)}
    if step.verb == "prove" and "paper" not in step.fields:
        waiting = steps.waiting_for_proof(dossier)
        return {**step.fields, "paper": waiting[-1].number if waiting else ""}
    return step.fields


def _place(dossier: Dossier, step: Step, books: _Books) -> steps.Place:
    serial = step.fields.get("serial", 0)
    return books.place(dossier.official().book, step.at, serial if isinstance(serial, int) else 0)


@dataclass(slots=True)
class _Scribe:
    """Writes batch after batch, with one look-up of people and one count."""

    tenant: Tenant
    via: str
    until: datetime
    recorded_at: datetime | None
    progress: Callable[[int], None]
    written: Written = field(default_factory=Written)
    people: Callable[[str], Person] = field(init=False)
    reach: organisation.Reacher = field(init=False)

    def __post_init__(self) -> None:
        """Read each person and their positions once."""
        self.people = saving.person_finder(self.tenant.id)
        self.reach = organisation.reacher()

    def take(self, histories: list[History]) -> None:
        """Walk some histories in memory and insert them together."""
        with in_series(self.tenant.id) as take:
            books = _Books(self.tenant, take)
            dossiers = [
                walk(
                    self.tenant,
                    queries.law_of(self.tenant, history.received_at),
                    history,
                    books=books,
                    people=self.people,
                    until=self.until,
                    reach=self.reach,
                )
                for history in histories
            ]
        _insert(dossiers, self.via, self.recorded_at)
        for dossier in dossiers:
            self.written.count(dossier)
        self.progress(len(histories))


def _insert(dossiers: list[Dossier], via: str, recorded_at: datetime | None) -> None:
    insert_each([d.matter for d in dossiers])
    keep_texts([d.matter for d in dossiers])
    for made in saving.by_kind(row for d in dossiers for row in d.fresh):
        insert_each(made)
    chains = [
        ledger.prepare(
            tenant_id=d.tenant.id,
            room=saving.ROOM,
            subject_id=d.matter.id,
            entries=saving.entries(d.events, via=via),
            recorded_at=recorded_at or d.events[-1].at,
        )
        for d in dossiers
    ]
    ledger.save_all(chains)
    about = [(saving.subject(d), d) for d in dossiers]
    obligations.save_all(
        [row for s, d in about if d.docket for row in obligations.rows(s, d.docket.owed)],
        [row for s, d in about for row in obligations.finding_rows(s, d.findings)],
    )


@dataclass(frozen=True, slots=True)
class _Books:
    """The office's books of numbers while a batch is written."""

    tenant: Tenant
    take: Taker

    def printed(self, book: str, at: datetime) -> str:
        """The next number of the year, as it is printed."""
        return self.place(book, at).number

    def place(self, book: str, at: datetime, serial: int = 0) -> steps.Place:
        """The next place in a register, or the one that is brought."""
        year = at.astimezone(SHANGHAI).year
        serial = self.take(book, year, serial)
        return steps.Place(saving.printed(book, self.tenant.receipt_prefix, year, serial), book, year, serial)
