"""Everything about one matter while it is being written.

A dossier holds the row, the docket and whatever rows one or many steps make,
and writes nothing itself. A verb at the desk loads one, takes a step and saves
it; the replay of histories takes all steps of a matter in memory and saves
thousands of dossiers at once. Both take the same steps, so both write the same
rows, obligations and chained events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import ServiceItem
from huiyin.documents import contents as paper
from huiyin.documents.models import Document
from huiyin.matters import rows
from huiyin.matters.models import (
    Consultation,
    Deposit,
    Draft,
    ExtensionRequest,
    Guidance,
    Handover,
    Instruction,
    MaterialCheck,
    MaterialReturn,
    Matter,
    Notice,
    OfficialDocument,
    Pause,
    RefusalFiling,
    Routing,
)
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Tenant
from huiyin.rules import events as e
from huiyin.rules.docket import Docket, Followed, Law, Owed, follow, run_out
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import State
from huiyin.rules.vocabulary import Finding
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.crypto import digest

Row = TypeVar("Row", bound=Model)
Numbers = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who takes a step, for which absent colleague if any, and when.

    `actor` is a person's id, "applicant" or "system".
    """

    actor: str
    at: datetime
    acting_for: str = ""

    @property
    def on(self) -> date:
        """The office's day."""
        return self.at.astimezone(SHANGHAI).date()

    @property
    def principal(self) -> str:
        """Whose duty it is."""
        return self.acting_for or self.actor

    @property
    def people(self) -> frozenset[UUID]:
        """Everybody behind the step who works here: who takes it, and for whom."""
        known = (one for one in (self.actor, self.acting_for) if one not in {"", "applicant", "system"})
        return frozenset(map(UUID, known))


@dataclass(slots=True)
class Dossier:
    """One matter being written. `stored` tells whether its rows are in the database already."""

    tenant: Tenant
    matter: Matter
    law: Law
    numbers: Numbers
    people: Callable[[str], Person]
    stored: bool
    reach: organisation.Reacher = organisation.reach
    item: ServiceItem | None = None
    docket: Docket | None = None
    before: tuple[Owed, ...] = ()
    events: list[e.Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    fresh: list[Model] = field(default_factory=list)
    touched: dict[UUID, Model] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The state now; a matter that is not registered has none."""
        if self.docket is None:
            raise LookupError("the matter is not registered yet")
        return self.docket.state

    def record(self, event: e.Event) -> None:
        """Let the rules follow the event; raises what they raise, and then nothing changed."""
        self.take_over(follow(self.docket, event, self.law))

    def take_over(self, followed: Followed) -> None:
        """Make what the rules found the matter's own."""
        self.docket = followed.docket
        self.events += followed.events
        self.findings += followed.findings
        rows.put_state(self.matter, followed.docket.state)
        # As many as events, so that it makes no difference whether the sweep or a verb noted a limit.
        self.matter.version += len(followed.events)

    def catch_up(self, at: datetime) -> None:
        """Let the limits run out that did before `at`; `steps.catch_up` does what follows from it, too."""
        if self.docket is not None:
            self.take_over(run_out(self.docket, at, self.law))

    def cite(self, part: str) -> str:
        """The clause of the office's rulebook that plays a part; "" where none does."""
        return self.law.book.cite(part)

    def digest(self, text: str) -> str:
        """What stands for a text in events."""
        return digest(text, bytes(self.matter.salt)) if text else ""

    def open_duty(self, what: str) -> Owed | None:
        """The open obligation of that name, if one is owed."""
        owed = self.docket.owed if self.docket else ()
        return next((o for o in owed if o.is_open and o.what == what), None)

    def last_duty(self, what: str) -> Owed | None:
        """The latest obligation of that name, ended or not."""
        owed = self.docket.owed if self.docket else ()
        return next((o for o in reversed(owed) if o.what == what), None)

    def add(self, row: Row) -> Row:
        """A new row to be inserted with the matter."""
        self.fresh.append(row)
        return row

    def touch(self, row: Row) -> Row:
        """A changed row to be updated, unless it is new anyway."""
        if not any(row is one for one in self.fresh):
            self.touched[row.pk] = row
        return row

    def pending_handover(self) -> Handover:
        """The offer nobody has answered yet."""
        return self._last(Handover, ended_at=None)

    def pending_or_last_handover(self) -> Handover:
        """The latest offer, answered or not."""
        return self._last(Handover)

    def waiting_extension(self) -> ExtensionRequest:
        """The extension request nobody has decided yet."""
        return self._last(ExtensionRequest, granted=None, withdrawn_at=None)

    def untold_extension(self) -> ExtensionRequest:
        """The granted extension the applicant was not told of yet."""
        return self._last(ExtensionRequest, granted=True, told_at=None)

    def open_filing(self) -> RefusalFiling:
        """The refusal filing under way."""
        return self._last(RefusalFiling, ended_at=None)

    def approved_filing(self) -> RefusalFiling:
        """The refusal filing that was approved."""
        return self._last(RefusalFiling, ending="approved")

    def asked_leader(self) -> Guidance:
        """The question to a leader that waits for an answer."""
        return self._last(Guidance, route=e.Route.UNCLEAR.value, answered_at=None)

    def kept_for(self, person_id: str) -> Deposit:
        """The papers that lie with somebody for this person."""
        return self._last(Deposit, to_id=UUID(person_id), taken_at=None)

    def consultations(self) -> list[Consultation]:
        """What other units were asked, in the order they were."""
        stored = list(Consultation.objects.filter(matter=self.matter)) if self.stored else []
        made = [row for row in self.fresh if isinstance(row, Consultation)]
        return sorted((*stored, *made), key=lambda row: row.ordinal)

    def consultation(self, ordinal: int) -> Consultation:
        """The question of that number that waits for an answer."""
        return self._last(Consultation, ordinal=ordinal, answered_at=None)

    def open_instruction(self) -> Instruction:
        """The question to a leader that was not answered yet."""
        return self._last(Instruction, answered_at=None)

    def open_return(self) -> MaterialReturn:
        """The papers wanted back and not handed over yet."""
        return self._last(MaterialReturn, returned_at=None)

    def running_pause(self) -> Pause:
        """The special procedure under way."""
        return self._last(Pause, ended_at=None)

    def official(self) -> OfficialDocument:
        """What the register says of an official document."""
        return self._last(OfficialDocument)

    def routings(self) -> list[Routing]:
        """Everybody the document was put before, oldest first."""
        stored: list[Routing] = []
        if self.stored:
            stored = list(Routing.objects.filter(matter=self.matter).order_by("asked_at", "id"))
        known = [self.touched.get(row.pk, row) for row in stored]
        return [row for row in (*known, *self.fresh) if isinstance(row, Routing)]

    def drafts(self) -> list[Draft]:
        """Every text that was put forward of an outgoing document, in their order."""
        stored = list(Draft.objects.filter(matter=self.matter)) if self.stored else []
        made = [row for row in self.fresh if isinstance(row, Draft)]
        return sorted((*stored, *made), key=lambda row: row.ordinal)

    def last_notice(self) -> Notice:
        """The latest notice."""
        return self._last(Notice)

    def notices(self) -> list[Notice]:
        """Every notice that was issued, in their order."""
        stored = list(Notice.objects.filter(matter=self.matter)) if self.stored else []
        made = [row for row in self.fresh if isinstance(row, Notice)]
        known = [self.touched.get(row.pk, row) for row in stored]
        found = [row for row in (*known, *made) if isinstance(row, Notice)]
        return sorted(found, key=lambda row: row.ordinal)

    def materials(self) -> list[MaterialCheck]:
        """The papers as last checked."""
        made = [row for row in self.fresh if isinstance(row, MaterialCheck)]
        if made or not self.stored:
            return made
        return list(MaterialCheck.objects.filter(matter=self.matter).order_by("id"))

    def wanted(self) -> tuple[str, ...]:
        """The papers that the item demanded in the version the matter began under."""
        return tuple(one.name for one in self.listed() if one.required)

    def listed(self) -> tuple[catalogue.Paper, ...]:
        """The item's whole list of papers, in the version the matter began under."""
        guide = self.guide()
        return guide.materials if guide else ()

    def guide(self) -> catalogue.Guide | None:
        """What the item says, in the version the matter began under; None where there is no item."""
        if self.item is None:
            return None
        return _guide(self.tenant.id, self.item.id, self.matter.item_version)

    def papers_of(self, kind: paper.Kind) -> int:
        """How many papers of that kind were drawn on the matter."""
        drawn = sum(isinstance(row, Document) and row.kind == kind for row in self.fresh)
        stored = Document.objects.filter(tenant=self.tenant.id, subject_id=self.matter.id, kind=kind)
        return drawn + (stored.count() if self.stored else 0)

    def issue(self, content: paper.Content, hand: Hand) -> Document:
        """A paper to be stored with the matter."""
        issued_by = None if hand.actor in {"applicant", "system"} else UUID(hand.actor)
        return self.add(
            Document.prepare(
                tenant_id=self.tenant.id,
                room="matters",
                subject_id=self.matter.id,
                content=content,
                issued_by=issued_by,
                at=hand.at,
            )
        )

    def _last(self, table: type[Row], **having: object) -> Row:
        """The newest row of that kind that fits, new ones first; raises Unlawful when nothing waits."""
        for row in reversed(self.fresh):
            if isinstance(row, table) and _fits(row, having):
                return row
        if self.stored:
            found = table._default_manager.filter(matter=self.matter).order_by("-id")  # noqa: SLF001
            for row in found:
                known = self.touched.get(row.pk, row)
                if isinstance(known, table) and _fits(known, having):
                    return known
        raise Unlawful(
            msg("没有等待办理的这一步"),
            code="nothing_waiting",
            remedy=msg("请刷新页面，按列出的可办操作继续。"),
        )


@lru_cache(maxsize=4096)
def _guide(tenant_id: UUID, item_id: UUID, version: int) -> catalogue.Guide:
    """Versions are written once, so they may be remembered."""
    return catalogue.item_version(tenant_id, item_id, version)


def _fits(row: Model, having: dict[str, object]) -> bool:
    return all(getattr(row, name) == value for name, value in having.items())
