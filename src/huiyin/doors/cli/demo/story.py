"""One matter while it is being told: what time it is, who holds it, and what happened so far."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any, Final

from huiyin.doors.cli.demo.cast import Cast, Item, Words
from huiyin.matters.actions import History, Step
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Person, Unit

_MINUTE: Final = 60_000_000
APPLICANT: Final = "applicant"


class Now(Exception):
    """The story has reached the present: what would come next has not happened yet."""


class Story:
    """A story runs in office time and ends at the present, wherever it stands then."""

    def __init__(
        self, cast: Cast, rng: Random, *, until: datetime, received: datetime, holder: Person
    ) -> None:
        self.cast = cast
        self.rng = rng
        self.words = Words(rng)
        self.until = until
        self.at = self.received = received
        self.holder = self.first = holder
        self.steps: list[Step] = []
        self.name, self.phone = "", ""
        # What is told beside the story takes no draw from it.
        self.aside = Random(f"{received.isoformat()} aside")

    @property
    def day(self) -> int:
        """Minutes of office time in a working day."""
        return self.cast.calendar.day_length // _MINUTE

    def wait(self, low: float, high: float = 0) -> None:
        """Let office minutes pass, from `low` to `high` by chance."""
        minutes = round(self.rng.uniform(low, high) if high > low else low)
        self.at = self.cast.calendar.add_minutes(self.at, max(minutes, 1))

    def wait_days(self, low: float, high: float = 0) -> None:
        """Let working days pass."""
        self.wait(low * self.day, high * self.day)

    def until_there(self, person: Person) -> None:
        """Let time pass until somebody is back who must do it in person."""
        while self.cast.is_away(person, self.at):
            self.next_morning()

    def until_moment(self, at: datetime) -> None:
        """Let time pass up to a moment, if it has not come yet."""
        self.at = max(self.at, at)

    def next_morning(self) -> None:
        """Let time pass until the next working day has begun."""
        day = self.cast.calendar.add_workdays(self.at.astimezone(SHANGHAI).date(), 1)
        self.at = self.cast.calendar.opening(day)
        self.wait(10, 60)

    def do(self, verb: str, who: Person | None = None, **fields: object) -> None:
        """Take a step: by the holder unless somebody else is named, or by whoever stands in for them.

        Raises `Now` when it would lie in the future.
        """
        self._present()
        actor, acting_for = self.cast.hand(who or self.holder, self.at)
        self.steps.append(Step(verb, actor, self.at, fields, acting_for))

    def applicant_does(self, verb: str, **fields: object) -> None:
        """Let the person served take a step."""
        self._present()
        self.steps.append(Step(verb, APPLICANT, self.at, fields))

    def pass_to(self, person: Person, why: str, *, patience: tuple[float, float] = (5, 120)) -> None:
        """Hand the matter over: offered now, taken after a while."""
        if person.id == self.holder.id:
            return
        self.do("offer", to=str(person.id), reason=why)
        self.wait(*patience)
        self.do("take", person)
        self.holder = person

    def applicant(self) -> tuple[str, str]:
        """Name and telephone of the person served; the same whenever asked."""
        if not self.name:
            words = Words(self.aside)
            self.name, self.phone = words.name(), words.phone()
        return self.name, self.phone

    def history(
        self,
        *,
        kind: str,
        channel: str,
        unit: Unit,
        summary: str,
        details: str = "",
        item: Item | None = None,
        urgency: str = "normal",
        at_once: bool = False,
        served: bool = True,
        **more: Any,
    ) -> History:
        """Return the story as a history to be written.

        `served` says that there is somebody outside whom it is done for; `more` is what
        a history of its kind has besides.
        """
        # Drawn in any case, so that naming somebody on the way changes nothing that comes after.
        name, phone = (self.words.name(), self.words.phone()) if served else ("", "")
        if served and self.name:
            name, phone = self.name, self.phone
        opener = more.pop("registered_by", None) or self.cast.hand(self.first, self.received)[0]
        return History(
            kind=kind,
            channel=channel,
            summary=summary,
            details=details,
            urgency=urgency,
            first_responder=self.first,
            registered_by=APPLICANT if channel == "online" else opener,
            unit=unit,
            item=item.row if item else None,
            received_at=self.received,
            answer_at_once=at_once,
            applicant_name=name,
            applicant_phone=phone,
            steps=tuple(self.steps),
            **more,
        )

    def _present(self) -> None:
        if self.at > self.until:
            raise Now
