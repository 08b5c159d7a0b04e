"""What the applicant was told in the latest notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind, OneTimeNotice
from huiyin.matters.models import Matter
from tests.scenarios.story import Story


def _asks_for(running: Story, expected: Any) -> list[str]:
    """The papers that the latest one-time notice asks for."""
    del expected
    matter = Matter.objects.get(number=running.number)
    row = documents.latest(matter.tenant_id, matter.id, Kind.ONE_TIME_NOTICE)
    content = documents.content_of(row) if row else None
    assert isinstance(content, OneTimeNotice)
    return [one.material for one in content.defects]


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {}
HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {"asks_for": _asks_for}
