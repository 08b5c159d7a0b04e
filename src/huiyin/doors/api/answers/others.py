"""What surrounds matters: items, colleagues, who asks, and the public view of a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext
from pydantic import BaseModel, Field

from huiyin.catalogue import queries as catalogue
from huiyin.doors.api.answers.matter import Clock, clock
from huiyin.doors.api.answers.parts import Moment, Span, Word, named, span, word
from huiyin.doors.rights import RIGHTS
from huiyin.matters import event_labels, labels, queries
from huiyin.organisation.queries import Asker, Colleague, Record
from huiyin.organisation.terms import Duty, Rank
from huiyin.rules.errors import msg
from huiyin.rules.lifecycle import REFUSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from huiyin.catalogue.models import ServiceItem


class ItemLine(BaseModel):
    """An item that people may ask for."""

    code: str
    name: str
    unit: str
    position: str
    instant: Annotated[bool, Field(description=msg("即办件"))]
    statutory: Span | None
    committed: Span | None
    open_to_public: bool
    version: int
    href: str


class ItemList(BaseModel):
    """A page of items, by code."""

    rows: list[ItemLine]
    more: bool


class ItemPaper(BaseModel):
    """A paper the applicant brings; one that is not required may be handed in later."""

    name: str
    copies: int
    original: bool
    required: bool


class ItemStep(BaseModel):
    """One step of an item and how long it takes."""

    name: str
    limit: Span | None


class Item(BaseModel):
    """An item with how to get it done."""

    code: str
    name: str
    version: int
    unit: str
    position: str
    place: str
    phone: str
    instant: bool
    statutory: Span | None
    committed: Span | None
    legal_basis: str
    conditions: str
    procedure: str
    fee: str
    open_to_public: bool
    materials: list[ItemPaper]
    steps: Annotated[list[ItemStep], Field(description=msg("环节和各自的时限"))]


class ColleagueLine(BaseModel):
    """Somebody of the office."""

    staff_no: str
    name: str
    unit: str
    position: str
    phone: str
    absent: bool


class ColleagueList(BaseModel):
    """Colleagues, the nearest first."""

    rows: list[ColleagueLine]


class PositionLine(BaseModel):
    """A position that the office shows, with who holds it and who is there now."""

    code: str
    title: str
    unit: str
    a: Annotated[str, Field(description=msg("A岗"))]
    b: Annotated[str, Field(description=msg("B岗"))]
    on_duty: Annotated[str, Field(description=msg("现在在岗"))]
    on_duty_as: Annotated[str, Field(description=msg("以什么身份在岗：A、B、head、main_leader"))]
    phone: str
    place: str
    duties: list[str]


class PositionList(BaseModel):
    """Positions by unit and code; secret ones are not among them."""

    rows: list[PositionLine]


class Me(BaseModel):
    """Who the token acts as now, and what it may be used for."""

    staff_no: str
    name: str
    office: str
    office_name: str
    ranks: list[Word]
    roles: list[Word]
    rights: list[Word]
    stands_in_for: Annotated[list[str], Field(description=msg("现在可替其办理的同事的工号"))]
    now: Moment


class Happening(BaseModel):
    """Something that happened, as the person served may know it."""

    kind: Word
    at: Moment


class RightOffice(BaseModel):
    """Whose a matter is instead; "" for what is not known."""

    name: str
    place: str
    phone: str


class Explanation(BaseModel):
    """How what a notice says was explained by word of mouth, and when."""

    at: Moment
    words: str


class Tracked(BaseModel):
    """A matter as the person served sees it; never their own data back."""

    number: str
    office: str
    item: str
    unit: str
    handler: str
    phone: str
    stage: Word
    outcome: Word | None
    received_at: Moment
    reply: str
    basis: str
    overrun_reason: str
    meeting: str
    explanations: list[Explanation]
    result: str
    deemed_since: Moment | None
    asking_since: Moment | None
    right_office: RightOffice | None
    clocks: list[Clock]
    events: list[Happening]
    rating: int
    missed: list[str]
    may_rate: bool
    may_miss: list[str]
    rates_reception: bool
    reception: int
    event_hash: str
    way_to_withdraw: Annotated[
        str, Field(description=msg("本人能否撤回：itself凭编号和查询码，verified须由负责人先核实，空为不能"))
    ]


def _right_office(found: queries.Declined | None) -> RightOffice | None:
    """Return whose it is instead, where the decision says so."""
    if found is None or found.referral is None:
        return None
    return RightOffice(name=found.referral.name, place=found.referral.place, phone=found.referral.phone)


def item_list(rows: Iterable[ServiceItem], *, more: bool, base: str) -> ItemList:
    """Return a page of items."""
    return ItemList(rows=[_item_line(row, base) for row in rows], more=more)


def item(found: catalogue.Guide) -> Item:
    """Return one item with its guide."""
    return Item(
        code=found.code,
        name=found.name,
        version=found.version,
        unit=found.unit,
        position=found.position,
        place=found.place,
        phone=found.phone,
        instant=found.instant,
        statutory=span(found.statutory),
        committed=span(found.committed),
        legal_basis=found.legal_basis,
        conditions=found.conditions,
        procedure=found.procedure,
        fee=found.fee,
        open_to_public=found.open_to_public,
        materials=[
            ItemPaper(name=one.name, copies=one.copies, original=one.original, required=one.required)
            for one in found.materials
        ],
        steps=[ItemStep(name=one.name, limit=span(one.limit)) for one in found.steps],
    )


def colleague_list(rows: Iterable[Colleague]) -> ColleagueList:
    """Return colleagues; their ids stay inside."""
    return ColleagueList(
        rows=[
            ColleagueLine(
                staff_no=row.staff_no,
                name=row.name,
                unit=row.unit,
                position=row.position,
                phone=row.phone,
                absent=row.absent,
            )
            for row in rows
        ]
    )


def position_list(rows: Iterable[Record]) -> PositionList:
    """Return positions with who is there now."""
    return PositionList(
        rows=[
            PositionLine(
                code=row.held.position.code,
                title=row.held.position.title,
                unit=row.held.position.unit.name,
                a=row.held.a.name if row.held.a else "",
                b=row.held.b.name if row.held.b else "",
                on_duty=row.held.duty.name if row.held.duty else "",
                on_duty_as=row.held.duty_as,
                phone=row.held.position.phone,
                place=row.held.position.place,
                duties=row.duties,
            )
            for row in rows
        ]
    )


def me(asker: Asker, office_name: str, numbers: Mapping[UUID, str]) -> Me:
    """Return who asks; `numbers` holds the staff numbers of them and of those they stand in for."""
    return Me(
        staff_no=numbers[asker.person_id],
        name=asker.name,
        office=asker.tenant_slug,
        office_name=office_name,
        ranks=[Word(code=rank, label=str(Rank(rank).label)) for rank in sorted(asker.ranks)],
        roles=[Word(code=role, label=str(Duty(role).label)) for role in sorted(asker.roles)],
        rights=[
            Word(code=right, label=gettext(RIGHTS[right]))
            for right in sorted(asker.rights or ())
            if right in RIGHTS
        ],
        stands_in_for=sorted(numbers[one] for one in asker.stands_in_for),
        now=asker.at,
    )


def tracked(found: queries.Tracked) -> Tracked:
    """Return what number and code show."""
    return Tracked(
        number=found.number,
        office=found.office,
        item=found.item,
        unit=found.unit,
        handler=found.handler,
        phone=found.phone,
        # While the office makes up its mind the matter is in hand: how a refusal climbs is its own affair.
        stage=named(labels.STAGES, "in_hand" if found.stage in REFUSING else found.stage),
        outcome=word(labels.OUTCOMES, found.outcome),
        received_at=found.received_at,
        reply=found.reply,
        basis=found.basis,
        overrun_reason=found.overrun,
        meeting=found.meeting,
        result=found.result,
        explanations=[Explanation(at=one.at, words=one.words) for one in found.explained],
        deemed_since=found.deemed.since if found.deemed else None,
        asking_since=found.asking_since,
        right_office=_right_office(found.declined),
        clocks=[clock(one) for one in found.clocks],
        events=[Happening(kind=named(event_labels.EVENTS, one.kind), at=one.at) for one in found.moments],
        rating=found.rating,
        missed=list(found.missed),
        may_rate=found.may_rate,
        may_miss=list(found.may_miss),
        rates_reception=found.rates_reception,
        reception=found.reception,
        event_hash=found.event_hash,
        way_to_withdraw=found.way_to_withdraw,
    )


def _item_line(row: ServiceItem, base: str) -> ItemLine:
    statutory, committed = catalogue.limits_of(row)
    return ItemLine(
        code=row.code,
        name=row.name,
        unit=row.unit.name,
        position=row.position.title,
        instant=row.instant,
        statutory=span(statutory),
        committed=span(committed),
        open_to_public=row.open_to_public,
        version=row.version,
        href=f"{base}/{row.code}",
    )
