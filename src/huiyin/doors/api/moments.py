"""Days and moments as programs send them: written out, within the years that calendars have.

What else could be read as one, a number of seconds above all, is refused: two programs would read it
differently.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final

from pydantic import AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

FIRST: Final = date(1950, 1, 1)
LAST: Final = date(2199, 12, 31)

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ].+")


def _day(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value
    raise PydanticCustomError("date_parsing", "is no day")


def _time(value: object) -> object:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return value
    raise PydanticCustomError("datetime_parsing", "is no moment")


Day = Annotated[date, Field(ge=FIRST, le=LAST), BeforeValidator(_day)]
"""2026-03-02, in a body or after the question mark."""

Time = Annotated[AwareDatetime, BeforeValidator(_time)]
"""2026-03-02T09:00:00+08:00; one without an offset is refused."""
