"""One running story, and the moments it is told in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from huiyin.rules.workdays import SHANGHAI
from tests.factories import Office


@dataclass
class Story:
    """One running story: the office, the matter it is about, and the last receipt."""

    office: Office
    number: str = ""
    code: str = ""
    at: datetime | None = None
    steps: int = 0
    told: list[str] = field(default_factory=list)


def moment(text: str) -> datetime:
    """A Shanghai moment from `2026-03-02 09:00`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
