"""Putting what is on record into the words of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from huiyin.documents import viewing
from huiyin.documents.forms import Signature
from huiyin.matters import labels
from huiyin.obligations.models import Obligation
from huiyin.organisation.models import Person
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class Words:
    """The reader's language: `say` translates a message id, `language` is that of the paper."""

    say: Callable[[str], str]
    language: str

    def of(self, words: Mapping[str, str], code: str) -> str:
        """Return the words for a code; "" for no code, the code itself where there are none."""
        return self.say(words[code]) if code in words else code

    def moment(self, at: datetime | None) -> str:
        """Return a moment as the office writes it; "" for none."""
        return str(viewing.view(at, viewing.short(self.language))["moment"]) if at else ""

    def day(self, on: date | datetime | None) -> str:
        """Return a day as the office writes it; of a moment, the day in the office's zone."""
        if on is None:
            return ""
        at = on if isinstance(on, datetime) else datetime.combine(on, time(), SHANGHAI)
        return str(viewing.view(at, viewing.short(self.language))["date"])

    def yes_no(self, value: bool) -> str:
        """Return 是 or 否."""
        return self.say(msg("是")) if value else self.say(msg("否"))

    def names(self, found: Iterable[str]) -> str:
        """Return names after each other, each once, none of them empty."""
        return self.say(msg("、")).join(dict.fromkeys(one for one in found if one))

    def signed(self, label: str, person: Person | None, at: datetime | None) -> Signature:
        """Return who signed and when, or a line to sign on."""
        if person is None or at is None:
            return Signature(label=self.say(label))
        return Signature(label=self.say(label), name=person.name, at=self.moment(at))

    def due(self, duties: Iterable[Obligation]) -> str:
        """Return each duty with its limit, those not yet certain marked, one a line."""
        return "\n".join(
            f"{self.of(labels.DUTIES, one.what)} {self.moment(one.due_at)}"
            + (self.say(msg("（暂定）")) if one.provisional else "")
            for one in duties
        )
