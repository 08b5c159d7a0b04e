"""What the applicant was told in the latest notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.documents import queries as documents
from huiyin.documents.contents import NOTICES, Kind, OneTimeNotice, OralNotice
from huiyin.matters import queries
from huiyin.matters.models import Matter
from huiyin.rules.workdays import SHANGHAI
from tests.scenarios.story import Story


def _asks_for(running: Story, expected: Any) -> list[str]:
    """The papers that the latest one-time notice asks for."""
    del expected
    matter = Matter.objects.get(number=running.number)
    row = documents.latest(matter.tenant_id, matter.id, *NOTICES)
    content = documents.content_of(row) if row else None
    assert isinstance(content, OneTimeNotice)
    return [one.material for one in content.defects]


def _told(running: Story, expected: Any) -> dict[str, str]:
    """Who told whom by telephone, when and over which number."""
    del expected
    matter = Matter.objects.get(number=running.number)
    row = documents.latest(matter.tenant_id, matter.id, Kind.ORAL_NOTICE)
    content = documents.content_of(row) if row else None
    assert isinstance(content, OralNotice)
    tellers = {person.name: key for key, person in running.office.people.items()}
    at = content.issued_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return {"by": tellers[content.told_by], "to": content.told_to, "phone": content.told_phone, "at": at}


def _explained(running: Story, expected: Any) -> list[str]:
    """What the applicant reads of how the notice was explained, and when."""
    del expected
    tenant = running.office.tenant
    assert running.at is not None
    found = queries.track(tenant, running.number, running.code, running.at, "zh").explained
    return [f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {' '.join(one.words.split())}" for one in found]


def _result(running: Story, expected: Any) -> str:
    """What the applicant reads of whether it can be done, and why."""
    del expected
    assert running.at is not None
    return queries.track(running.office.tenant, running.number, running.code, running.at, "zh").result


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {}
HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "asks_for": _asks_for,
    "told_orally": _told,
    "explained": _explained,
    "result": _result,
}
