"""What number and code show to the person served: where it stands, never their data back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.documents import queries as documents
from huiyin.documents.contents import NOTICES, REFUSALS, Kind, OneTimeNotice, Receipt, RefusalDecision
from huiyin.documents.models import Document
from huiyin.documents.parts import Defect, Referral, Remedy
from huiyin.matters.models import Guidance, MaterialCheck, Matter, StepNote
from huiyin.matters.queries.one import Clock, Moment, clocks_of, law_for, timeline
from huiyin.matters.queries.receipts import reach_of, receipt_of
from huiyin.matters.queries.shown import basis_of
from huiyin.matters.queries.withdrawing import way_to_withdraw
from huiyin.matters.rows import as_kept
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import NotFound
from huiyin.rules.events import ENDINGS, MatterKind, Route
from huiyin.rules.examining import EXAMINE, NOTIFY
from huiyin.rules.joint import CONSULT
from huiyin.rules.lifecycle import Stage
from huiyin.rules.regimes import refusal_filing, service_commitment, time_limit
from huiyin.rules.regimes.one_time_notice import DEEMED
from huiyin.rules.signing import SIGN
from huiyin.rules.unsure import REFER
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.crypto import check_code

NOBODY = UUID(int=0)
PUBLIC_EVENTS = frozenset(
    {
        "matter.registered",
        "custody.accepted",
        "custody.assigned",
        "receipt.issued",
        "notice.issued",
        "notice.explained",
        "result.told",
        "paper.served",
        "supplement.received",
        "meeting.sent",
        "application.accepted",
        "application.deemed_accepted",
        "clock.paused",
        "clock.resumed",
        "extension.approved",
        "extension.told",
        "decision.granted",
        "decision.refused",
        "enquiry.answered",
        "report.concluded",
        "decision.delivered",
        "overrun.explained",
        "refusal.corrected",
        "return.asked",
        "return.done",
        "matter.rated",
        "matter.withdrawn",
        "matter.closed",
    }
)


PUBLIC_PAPERS: Final = (
    Kind.RECEIPT,
    *NOTICES,
    Kind.ACCEPTANCE,
    Kind.PAUSE_NOTICE,
    Kind.EXTENSION_NOTICE,
    Kind.GRANT_DECISION,
    *REFUSALS,
    Kind.CORRECTION_NOTICE,
    Kind.RETURN_SLIP,
    Kind.REPLY,
)
"""The papers addressed to the person served; every other is the office's own."""


RATEABLE: Final = frozenset({"answered", "granted", "refused", *ENDINGS})
"""What came of a matter that the person served may rate."""


INTERNAL: Final = frozenset({refusal_filing.FILE, refusal_filing.SIGN, CONSULT, EXAMINE, NOTIFY, REFER, SIGN})
"""Duties of the office's own: how a refusal climbs is nobody's outside until it is decided.

Looking through what was brought sets nobody outside a date: they stand there; nor does asking a leader."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper addressed to the person served."""

    id: UUID
    kind: str
    number: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the latest one-time notice asks for, while it is waited for."""

    defects: tuple[Defect, ...]
    how: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """That a notice was explained by word of mouth: when, how, and to whom."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Deemed:
    """That silence took the application on: since when, by which clause, and until when it is decided."""

    since: datetime
    clause: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Declined:
    """Why the application was refused, on what basis, and where to turn; as the decision says it.

    `referral` is whose it is instead, None where it is the office's own.
    """

    facts: str
    reasons: str
    basis: str
    remedies: tuple[Remedy, ...]
    referral: Referral | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A matter as the person served may see it."""

    number: str
    kind: str
    office: str
    item: str
    unit: str
    handler: str
    phone: str
    place: str
    stage: str
    outcome: str
    received_at: datetime
    reply: str
    clocks: list[Clock]
    moments: list[Moment]
    rating: int
    may_rate: bool
    event_hash: str
    wanted: Wanted | None
    papers: list[Issued]
    declined: Declined | None
    way_to_withdraw: str
    """How they may take it back: `withdrawing.ITSELF`, `withdrawing.VERIFIED`, or "" for not at all."""
    may_ask_return: bool
    return_asked: bool
    returned: bool
    deemed: Deemed | None = None
    may_miss: tuple[str, ...] = ()
    """The points of which a rating may say that they were not kept, by code."""
    missed: tuple[str, ...] = ()
    rates_reception: bool = False
    """Whether it is asked how whoever was asked first received the person."""
    reception: int = 0
    basis: str = ""
    """What the answer rests on, as far as it says so."""
    asking_since: datetime | None = None
    """Since when a leader is asked how to answer; nobody's name goes with it (p2.first-responder.7.b)."""
    meeting: str = ""
    """Why a meeting has to decide, as the applicant was told (p1.time-limit.1.c)."""
    overrun: str = ""
    """Why a limit was overrun, as the office last told (law.business.36)."""
    explained: tuple[Explanation, ...] = ()
    """How the notice was explained by word of mouth, oldest first (p3.one-time-notice.2.c)."""
    result: str = ""
    """Whether what was not clear can be done, and why, as was told last (p4.one-time-notice.3.b)."""


def track(tenant: Tenant | None, number: str, code: str, at: datetime, language: str) -> Tracked:
    """The public view for a number with its code.

    Raises NotFound alike for a wrong number, a wrong code and another office;
    the code is hashed in every case, so the answer takes as long.
    """
    row = _opened(tenant, number, code)
    found = reach_of(row, at)
    moments = timeline(row)
    clocks = clocks_of(row, at, language)
    shown = [one for one in moments if one.kind in PUBLIC_EVENTS]
    return Tracked(
        number=row.number,
        kind=row.kind,
        office=row.tenant.name,
        item=row.item.name if row.item else "",
        unit=found.unit,
        handler=row.custodian.name,
        phone=found.phone,
        place=found.place,
        stage=row.stage,
        outcome=row.outcome,
        received_at=row.received_at,
        reply=row.reply if row.decided_at else "",
        basis=basis_of(row) if row.decided_at else "",
        clocks=[one for one in clocks if one.what not in INTERNAL],
        moments=shown,
        rating=row.rating,
        may_rate=row.rating == 0 and row.outcome in RATEABLE,
        may_miss=tuple(
            service_commitment.not_kept_choices(law_for(row).book, at.astimezone(SHANGHAI).date())
        ),
        missed=tuple(row.rating_missed),
        rates_reception=service_commitment.rates_reception(row.channel, law_for(row).book),
        reception=row.reception_rating,
        event_hash=moments[-1].hash if moments else "",
        wanted=_wanted(row),
        papers=[
            Issued(one.id, one.kind, one.number, one.issued_at)
            for one in documents.of_subject(row.tenant_id, row.id)
            if one.kind in PUBLIC_PAPERS
        ],
        overrun=_reason_of(row, [one.seq for one in moments if one.kind == "overrun.explained"]),
        meeting=_reason_of(row, [one.seq for one in moments if one.kind == "meeting.sent"]),
        result=_reason_of(row, [one.seq for one in moments if one.kind == "result.told"]),
        explained=tuple(_explanation(one) for one in moments if one.kind == "notice.explained"),
        declined=_declined(row),
        deemed=deemed_of(row, clocks, language),
        asking_since=_asking_since(row),
        way_to_withdraw=way_to_withdraw(row),
        may_ask_return=_may_ask_return(row),
        return_asked=row.return_asked,
        returned=row.returned,
    )


def deemed_of(row: Matter, clocks: Sequence[Clock], language: str) -> Deemed | None:
    """What to tell of an application that silence took on; None for any other."""
    if row.deemed_at is None or row.accepted_at is None:
        return None
    book = law_for(row).book
    clause = book.clause(DEEMED) if book.has(DEEMED) else None
    due = next((one.due_at for one in clocks if one.what == time_limit.DECIDE), None)
    said = "" if clause is None else (clause.en if language == "en" else clause.zh)
    return Deemed(row.accepted_at, said, due)


def _explanation(moment: Moment) -> Explanation:
    at = datetime.fromisoformat(str(moment.body["explained_at"]))
    return Explanation(at, str(moment.body.get("step", "")))


def _asking_since(row: Matter) -> datetime | None:
    if row.kind != MatterKind.ENQUIRY or row.stage != Stage.OPEN or row.instruction_to_id is None:
        return None
    asked = Guidance.objects.filter(matter=row, route=Route.UNCLEAR.value).order_by("id").last()
    return asked.chosen_at if asked else None


def _declined(row: Matter) -> Declined | None:
    if row.outcome != "refused":
        return None
    decision = documents.latest(row.tenant_id, row.id, *REFUSALS)
    content = documents.content_of(decision) if decision else None
    if not isinstance(content, RefusalDecision):
        return None
    return Declined(content.facts, content.reasons, content.legal_basis, content.remedies, content.referral)


def _may_ask_return(row: Matter) -> bool:
    """Whether there are papers to ask back (p3.refusal-filing.5)."""
    if row.outcome != "refused" or row.return_asked or row.returned:
        return False
    held = MaterialCheck.objects.filter(matter=row, present=True)
    return law_for(row).book.has(refusal_filing.RETURN) and held.exists()


def tracked_paper(tenant: Tenant, number: str, code: str, paper_id: UUID) -> Document:
    """One paper addressed to the person served, for number and code.

    Raises NotFound as `track` does, and alike for a paper of another matter or of the office's own.
    """
    row = _opened(tenant, number, code)
    found = documents.get(tenant.id, paper_id)
    if found.subject_id != row.id or found.kind not in PUBLIC_PAPERS:
        raise NotFound
    return found


def _reason_of(row: Matter, seqs: Sequence[int]) -> str:
    if not seqs:
        return ""
    found = StepNote.objects.filter(matter=row, seq=max(seqs)).first()
    return found.text if found else ""


def _wanted(row: Matter) -> Wanted | None:
    if row.stage != Stage.AWAITING_SUPPLEMENT:
        return None
    notice = documents.latest(row.tenant_id, row.id, *NOTICES)
    content = documents.content_of(notice) if notice else None
    if not isinstance(content, OneTimeNotice):
        return None
    return Wanted(content.defects, content.supplement_how, content.supplement_until)


def tracked_receipt(
    tenant: Tenant,
    number: str,
    code: str,
    at: datetime,
    *,
    track_url: str,
    applicant: str,
    enquiry: str,
    report: str,
) -> Receipt:
    """The receipt for a number with its code; raises NotFound as `track` does.

    `applicant` arrives masked; `enquiry` is what to call a matter without an item, `report` a report of
    misconduct: its words stand on nothing that may lie about.
    """
    row = _opened(tenant, number, code)
    called = report if row.kind == MatterKind.REPORT else enquiry
    return receipt_of(row, at, track_url=track_url, applicant=applicant, enquiry=called)


def office_of(number: str, code: str) -> Tenant:
    """The office whose matter number and code open together; raises NotFound as `track` does."""
    return _opened(None, number, code).tenant


def _opened(tenant: Tenant | None, number: str, code: str) -> Matter:
    """The matter that number and code open; offices that print alike numbers are told apart by the code."""
    rows = Matter.objects.filter(number=as_kept(number))
    if tenant is not None:
        rows = rows.filter(tenant=tenant)
    # Nothing but the hash is read before the code fits: reading and decrypting a whole row would tell, by the
    # time it takes, that the number exists.
    found = list(rows.values_list("id", "code_hash"))
    typed = as_kept(code)
    if not found:
        check_code(typed, "")
    opened = [key for key, code_hash in found if check_code(typed, code_hash)]
    if not opened:
        raise NotFound
    return Matter.objects.select_related("tenant", "item", "unit", "custodian", "reply_item").get(
        id=opened[0]
    )


def public_asker(tenant: Tenant, at: datetime, via: str) -> Asker:
    """Somebody from outside: sees nothing, and may do only what number and code open."""
    return Asker(
        tenant_id=tenant.id,
        tenant_slug=tenant.slug,
        person_id=NOBODY,
        name="",
        ranks=frozenset(),
        roles=frozenset(),
        unit_ids=frozenset(),
        headed_unit_ids=frozenset(),
        overseen_unit_ids=frozenset(),
        stands_in_for=frozenset(),
        rights=None,
        via=via,
        at=at,
    )
