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
from huiyin.matters.histories import History
from huiyin.matters.models import Matter
from huiyin.obligations import actions as obligations
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Tenant
from huiyin.rules.docket import Law, run_out
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.crypto import new_salt
from huiyin.storage.ids import new_id
from huiyin.storage.numbers import in_series
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
    numbers: Callable[[str, datetime], str],
    people: Callable[[str], Person],
    until: datetime,
    reach: organisation.Reacher = organisation.reach,
) -> Dossier:
    """One history in memory, ready to be inserted; raises what the rules raise."""
    given_amount, given_unit = rows.limit_columns(history.given)
    matter = Matter(
        id=history.id or new_id(),
        salt=history.salt or new_salt(),
        tenant=tenant,
        number=numbers("receipt", history.received_at),
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
    )
    rows.put_question(matter, history.summary)
    moment = [history.received_at]
    dossier = Dossier(
        tenant=tenant,
        matter=matter,
        law=law,
        numbers=lambda book: numbers(book, moment[0]),
        people=people,
        stored=False,
        reach=reach,
        item=history.item,
    )
    opener = history.registered_by or str(history.first_responder.id)
    steps.receive(dossier, Hand(opener, history.received_at), answer_at_once=history.answer_at_once)
    for step in history.steps:
        moment[0] = step.at
        getattr(steps, step.verb)(dossier, Hand(step.actor, step.at, step.acting_for), **step.fields)
    if dossier.docket is not None:
        dossier.take_over(run_out(dossier.docket, until, law))
    return dossier


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
            numbers = _printed(self.tenant, take)
            dossiers = [
                walk(
                    self.tenant,
                    queries.law_of(self.tenant, history.received_at),
                    history,
                    numbers=numbers,
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
    Matter.objects.bulk_create([d.matter for d in dossiers], batch_size=BATCH)
    keep_texts([d.matter for d in dossiers])
    for made in saving.by_kind(row for d in dossiers for row in d.fresh):
        type(made[0])._default_manager.bulk_create(made, batch_size=500)  # noqa: SLF001
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


def _printed(tenant: Tenant, take: Callable[[str, int], int]) -> Callable[[str, datetime], str]:
    def number(book: str, at: datetime) -> str:
        year = at.astimezone(SHANGHAI).year
        return saving.printed(book, tenant.receipt_prefix, year, take(book, year))

    return number
