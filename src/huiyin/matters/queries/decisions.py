"""A leader's inbox: what waits for a decision, longest waiting first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.matters.models import ExtensionRequest, Matter, RefusalFiling
from huiyin.matters.queries.one import extension_approver, law_for, untouched
from huiyin.matters.rows import parties_to_extension, parties_to_refusal
from huiyin.obligations import queries as duties
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI

MAIN_LEADER = "main_leader"
IN_CHARGE = "leader_in_charge"
LEADERS = frozenset({MAIN_LEADER, IN_CHARGE})


@dataclass(frozen=True, slots=True)
class Leg:
    """One level on a filing's way: a rank that signs it; whether it has, or is the one whose turn it is."""

    level: str
    done: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to decide: `kind` is "extension" or "refusal".

    `own` marks what this person asked for or handles themselves and so cannot decide;
    `acting_for_id` is the absent leader whose power would be used. Of a refusal `way` says who
    signs it one after the other, `must_say` whether agreeing takes an opinion too, `may_raise`
    whether an ordinary one may be made important, and `together` whether the leaders as a team
    may decide instead of the signature whose turn it is. `examine` is the clause by which the
    leader looks at it promptly (p4.refusal-filing.2.3.a), "" where none says so.
    """

    kind: str
    number: str
    summary: str
    asked_by: str
    asked_at: datetime
    reason: str
    basis: str
    facts: str
    amount: int
    unit: str
    due_at: datetime | None
    provisional: bool
    fell_back: bool
    own: bool
    acting_for: str
    acting_for_id: UUID | None
    version: int
    ground: str = ""
    importance: str = ""
    importance_reason: str = ""
    way: tuple[Leg, ...] = ()
    must_say: bool = False
    may_raise: bool = False
    together: bool = False
    examine: str = ""


def signer_of(
    matter: Matter, level: str, at: datetime, *, filed_by: Collection[UUID] = ()
) -> tuple[Person, bool]:
    """Who signs the matter's refusal filing at a level now, and whether in another's place.

    `filed_by` are those who are about to put it before somebody: not before themselves.

    With the leader in charge away it is the main leader where the regulation says so
    (p4.refusal-filing.2.1.c); elsewhere the form waits for the leader or the stand-in.
    When the leader in charge would decide on themselves, or signed a level already, it
    is the main leader too. Raises Unlawful when nobody is left.
    """
    book = law_for(matter).book
    parties = parties_to_refusal(matter) | set(filed_by) | set(map(UUID, matter.refusal_signers))
    if level != MAIN_LEADER:
        leader, fell_back = organisation.leader_in_charge(
            matter.unit_id, at, tenant_id=matter.tenant_id, if_away=book.has(refusal_filing.FALLBACK)
        )
        if leader.id not in parties:
            return leader, fell_back
    leader = organisation.main_leader(matter.tenant_id, at)
    if leader.id in parties:
        raise Unlawful(
            msg("应当审批的领导就是提出、经办或者已经审批过的人，没有人能审批"),
            code="nobody_may_sign",
            clause=book.cite(refusal_filing.levels_part(book, matter.refusal_importance)),
            remedy=msg("请先把这件事移交给同事办理；重要事项可以由班子集体研究决定。"),
        )
    return leader, level != MAIN_LEADER


def signs_by_post(power: Asker, filing: RefusalFiling, matter: Matter) -> bool:
    """Whether a power has the post that signs a filing at its level."""
    in_charge = filing.level != MAIN_LEADER and matter.unit_id in power.overseen_unit_ids
    return in_charge or MAIN_LEADER in power.ranks


def still_signs(filing: RefusalFiling, matter: Matter, at: datetime) -> bool:
    """Whether whom the form was put before may still sign it: a post lost since takes the pen along.

    They hold the post of the leader in charge of the unit or of the main
    leader, or would be who signs now (the stand-in of a main leader who is away).
    """
    if filing.filed_to_id is None:
        return False
    signing = Q(position__rank=MAIN_LEADER)
    if filing.level != MAIN_LEADER:
        signing |= Q(position__overseen_units=matter.unit_id)
    if organisation.posts_of([filing.filed_to_id], at).filter(signing, person__active=True).exists():
        return True
    try:
        return signer_of(matter, filing.level, at)[0].id == filing.filed_to_id
    except Unlawful:
        return False


def way_of(filing: RefusalFiling, matter: Matter, at: datetime) -> tuple[Leg, ...]:
    """Return who signs a filing one after the other by its importance; no query of its own."""
    day = at.astimezone(SHANGHAI).date()
    levels = refusal_filing.levels(law_for(matter).book, day, filing.importance)
    turn = levels.index(filing.level) if filing.level in levels else 0
    over, lies = filing.ended_at is not None, filing.filed_at is not None
    return tuple(
        Leg(level, done=over or place < turn, now=lies and not over and place == turn)
        for place, level in enumerate(levels)
    )


def waits_for_main_leader(filing: RefusalFiling, book: Rulebook) -> bool:
    """Whether a form that lies with a leader in charge goes to the main leader once that one is away.

    Not to the stand-in: where the regulation says so (p4.refusal-filing.2.1.c). It goes by itself;
    its clock does not restart.
    """
    with_leader = filing.level != MAIN_LEADER and not filing.fell_back
    return with_leader and book.has(refusal_filing.FALLBACK)


def lying_with_absent(at: datetime, *, leader: UUID | None = None) -> list[UUID]:
    """The matters whose form lies with a leader in charge who is away or has left, the longest lying first.

    Whatever their rulebooks say of it; with `leader` only what lies with that one.
    """
    rows = _with_absent(at).order_by("filed_at", "id")
    if leader is not None:
        rows = rows.filter(filed_to=leader)
    return list(rows.values_list("matter_id", flat=True))


def filing_with_absent(matter: Matter, at: datetime) -> RefusalFiling | None:
    """The matter's form that goes to the main leader now: it lies with a leader in charge who is away."""
    row = _with_absent(at).filter(matter=matter).first()
    return row if row and waits_for_main_leader(row, law_for(matter).book) else None


def _with_absent(at: datetime) -> QuerySet[RefusalFiling]:
    away = Q(filed_to__active=False) | Q(organisation.absent_at(at, "filed_to_id"))
    lies = RefusalFiling.objects.filter(away, ended_at__isnull=True, fell_back=False)
    return lies.filter(matter__stage="refusal_filed").exclude(level=MAIN_LEADER)


def lies_in_vain(filing: RefusalFiling, matter: Matter, at: datetime) -> bool:
    """Whether whom a form was put before does not sign it now: away, the post lost, or a part in it since.

    Then, and only then, whoever handles the matter puts it before another: nobody
    picks the leader who signs.
    """
    to = filing.filed_to_id
    if to is None or to in parties_to_refusal(matter):
        return True
    return organisation.is_absent(to, at) or not still_signs(filing, matter, at)


def somebody_decides(matter: Matter, asked_by: Collection[UUID], at: datetime) -> bool:
    """Whether an extension asked for by these persons could be decided by anybody but them."""
    return decider_of_extension(matter, asked_by, at) is not None


def decider_of_extension(matter: Matter, asked_by: Collection[UUID], at: datetime) -> UUID | None:
    """Who decides on more time that these persons ask for; None where nobody but them could.

    Where the rulebook names the leader in charge it is that of the matter's unit, and the
    main leader where the unit has none, or where that one asks or handles the matter.
    """
    parties = {matter.custodian_id, *asked_by, *map(UUID, matter.accused.split())}
    rank = extension_approver(matter, at)
    if rank == IN_CHARGE:
        leader = organisation.overseers(matter.tenant_id, at).get(matter.unit_id)
        if leader is not None and leader not in parties:
            return leader
        rank = MAIN_LEADER
    holders = organisation.holders_of(matter.tenant_id, rank, at).exclude(person__in=parties)
    return holders.order_by("position__code").values_list("person_id", flat=True).first()


def decides_extension(matter: Matter, power: Asker, approver: str, in_charge: Mapping[UUID, UUID]) -> bool:
    """Whether a power is the one that the matter's extension takes; see `decider_of_extension`.

    `in_charge` is whoever is in charge of each unit (`organisation.overseers`).
    """
    if approver != IN_CHARGE:
        return approver in power.ranks
    leader = in_charge.get(matter.unit_id)
    if leader is None or leader in parties_to_extension(matter):
        return MAIN_LEADER in power.ranks
    return power.person_id == leader and matter.unit_id in power.overseen_unit_ids


def decisions(asker: Asker, at: datetime) -> list[Decision]:
    """Extensions and refusal filings that wait for this person, or for whom they stand in: leaders all."""
    powers = {who: organisation.lent_power(asker, who) for who in asker.stands_in_for}
    powers[asker.person_id] = asker
    if not any(one.ranks & LEADERS for one in powers.values()):
        return []
    found = [*_filings(asker, at, powers), *_extensions(asker, at, powers)]
    return sorted(found, key=lambda one: (one.asked_at, one.number))


def _filings(asker: Asker, at: datetime, powers: dict[UUID, Asker]) -> list[Decision]:
    rows = list(
        RefusalFiling.objects.filter(
            _may_be_seen(asker),
            filed_to__in=list(powers),
            ended_at__isnull=True,
            matter__stage="refusal_filed",
        ).select_related("matter__tenant", "proposed_by")
    )
    rows = [row for row in rows if _signs(row, asker, powers, at)]
    due = duties.of_subjects([row.matter_id for row in rows])
    return [
        Decision(
            kind="refusal",
            number=row.matter.number,
            summary=row.matter.summary,
            asked_by=row.proposed_by.name,
            asked_at=row.filed_at or row.proposed_at,
            reason=row.reasons,
            basis=row.legal_basis,
            facts=row.facts,
            amount=0,
            unit="",
            due_at=due[row.matter_id][0].due_at if row.matter_id in due else None,
            provisional=row.matter_id in due and due[row.matter_id][0].provisional,
            fell_back=row.fell_back,
            own=not parties_to_refusal(row.matter).isdisjoint({asker.person_id, row.filed_to_id}),
            acting_for=_name_of(powers, asker, row.filed_to_id),
            acting_for_id=None if row.filed_to_id == asker.person_id else row.filed_to_id,
            version=row.matter.version,
            ground=row.ground,
            importance=row.importance,
            importance_reason=row.importance_reason,
            **_asked_of_signer(row, at),
        )
        for row in rows
    ]


def _may_be_seen(asker: Asker) -> Exists:
    """Asked of one after the other: those that wait are few, and those that may be seen are many."""
    return Exists(untouched(asker).filter(id=OuterRef("matter_id")))


def _asked_of_signer(row: RefusalFiling, at: datetime) -> dict[str, Any]:
    """What the matter's rulebook asks of whoever signs the form now, and which ways lead on."""
    book, day = law_for(row.matter).book, at.astimezone(SHANGHAI).date()
    way = way_of(row, row.matter, at)
    important = row.importance == refusal_filing.IMPORTANT
    return {
        "way": way,
        "examine": book.cite(refusal_filing.EXAMINED),
        "must_say": "leader_opinion" in refusal_filing.fields(book, day),
        "may_raise": book.has(refusal_filing.IMPORTANT_LEVELS) and not important,
        "together": important and refusal_filing.decided_together(book, day) and way[-1].now,
    }


def _signs(row: RefusalFiling, asker: Asker, powers: dict[UUID, Asker], at: datetime) -> bool:
    """As `still_signs`, asking the database only where the posts in hand do not settle it."""
    lent = row.filed_to_id is not None and powers[row.filed_to_id] is not asker
    if lent and waits_for_main_leader(row, law_for(row.matter).book):
        return False
    power = powers[row.filed_to_id] if row.filed_to_id else None
    if power is not None and signs_by_post(power, row, row.matter):
        return True
    return not lent and still_signs(row, row.matter, at)


def _name_of(powers: dict[UUID, Asker], asker: Asker, who: UUID | None) -> str:
    """The absent leader's name; nothing for one's own power."""
    return "" if who is None or who == asker.person_id else powers[who].name


def _extensions(asker: Asker, at: datetime, powers: dict[UUID, Asker]) -> list[Decision]:
    waiting = list(
        ExtensionRequest.objects.filter(
            _may_be_seen(asker),
            granted__isnull=True,
            withdrawn_at__isnull=True,
            matter__closed_at=None,
        ).select_related("matter__tenant", "requested_by")
    )
    in_charge = organisation.overseers(asker.tenant_id, at)
    pairs = [
        (row, _power(row.matter, asker, powers, in_charge)) for row in waiting if row.matter.extension_by
    ]
    rows = [(row, power) for row, power in pairs if power is not None]
    due = duties.of_subjects([row.matter_id for row, _ in rows])
    return [
        Decision(
            kind="extension",
            number=row.matter.number,
            summary=row.matter.summary,
            asked_by=row.requested_by.name,
            asked_at=row.requested_at,
            reason=row.reason,
            basis="",
            facts="",
            amount=row.amount,
            unit=row.unit,
            due_at=due[row.matter_id][0].due_at if row.matter_id in due else None,
            provisional=row.matter_id in due and due[row.matter_id][0].provisional,
            fell_back=False,
            own=not parties_to_extension(row.matter).isdisjoint({asker.person_id, power}),
            acting_for=_name_of(powers, asker, power),
            acting_for_id=None if power == asker.person_id else power,
            version=row.matter.version,
        )
        for row, power in rows
    ]


def _power(
    matter: Matter, asker: Asker, powers: dict[UUID, Asker], in_charge: Mapping[UUID, UUID]
) -> UUID | None:
    """Whose power decides on a matter's extension: the asker's own before that of somebody absent."""
    approver = extension_approver(matter, asker.at)
    leaders = [who for who, one in powers.items() if decides_extension(matter, one, approver, in_charge)]
    return asker.person_id if asker.person_id in leaders else next(iter(leaders), None)
