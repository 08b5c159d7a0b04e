"""Fields of a form as data: what is asked, what was typed, and what is wrong with it.

A form that is refused is shown again with everything typed kept; nothing here
decides whether it is right, which the rooms do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from huiyin.rules.identifiers import strip_marks
from huiyin.rules.workdays import SHANGHAI

_LONGEST = 20_000
_YEARS = range(1950, 2200)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks for. `label`, `help` and the values of `choices` are message ids.

    `kind` is the kind of input: text, tel, email, number, date, datetime-local,
    password, file, textarea, select, radio, checkbox, person or hidden.
    """

    name: str
    label: str = ""
    kind: str = "text"
    required: bool = True
    choices: Mapping[str, object] = field(default_factory=dict)
    help: str = ""
    initial: str = ""
    rows: int = 3
    max_length: int = 0
    autocomplete: str = "off"
    min: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A field with its value, its error and an id that is unique on the page."""

    field: Field
    id: str
    value: str
    error: str
    text: str = ""
    """What a chooser's box shows, where the value itself is an id."""

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Each choice with its words and whether it is the chosen one."""
        return [(code, gettext(str(word)), code == self.value) for code, word in self.field.choices.items()]


def bind(
    fields: Iterable[Field],
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    prefix: str = "f",
) -> list[Bound]:
    """Return the fields with what was typed, or with their initial values before anything was."""
    return [
        Bound(
            field=one,
            id=f"{prefix}-{one.name}",
            value=one.initial if typed is None else typed.get(one.name, ""),
            error=(errors or {}).get(one.name, ""),
            text=(typed or {}).get(f"{one.name}_text", ""),
        )
        for one in fields
    ]


def read(fields: Iterable[Field], posted: Mapping[str, object]) -> dict[str, str]:
    """Return what was typed into exactly these fields, in its one form; others are not looked at.

    A chooser of people gives its id, and under `<name>_text` what its box shows.
    """
    found = {}
    for one in fields:
        found[one.name] = clean(posted.get(one.name, ""))
        if one.kind == "person":
            found[f"{one.name}_text"] = clean(posted.get(f"{one.name}_text", ""))
    return found


def clean(value: object, longest: int = _LONGEST) -> str:
    """Return typed text in its one form (R11); what is longer than any field may be is cut there."""
    return strip_marks(str(value)[:longest])


def moment(text: str) -> datetime:
    """Read a day, or a day and a time, as the office's clock shows it.

    Raises ValueError for what is none, and outside 1950 to 2199, where calendars and databases end.
    """
    found = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    if found.year not in _YEARS:
        raise ValueError(f"no year anybody means: {found.year}")
    return found
