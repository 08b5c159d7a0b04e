"""Days and moments are written out, and lie within the years that calendars have."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from huiyin.doors.api.moments import Day, Time
from tests.doors.api.programs import Program, enquiry, refused
from tests.factories import Office


class Asked(BaseModel):
    day: Day | None = None
    time: Time | None = None


@pytest.mark.parametrize("day", ["1950-01-01", "2026-03-02", "2199-12-31", None])
def test_a_day_is_written_out(day: str | None) -> None:
    found = Asked(day=day)  # type: ignore[arg-type]
    assert (found.day.isoformat() if found.day else None) == day


@pytest.mark.parametrize(
    "day", ["1949-12-31", "2200-01-01", "0001-01-01", "2026-02-30", "2026-3-2", "5", 5, ""]
)
def test_nothing_else_is_a_day(day: object) -> None:
    with pytest.raises(ValidationError):
        Asked(day=day)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "time", ["2026-03-02T09:00:00+08:00", "2026-03-02T01:00:00Z", "2026-03-02 09:00+08:00"]
)
def test_a_moment_says_its_offset(time: str) -> None:
    found = Asked(time=time)  # type: ignore[arg-type]
    assert found.time is not None
    assert found.time.isoformat() in {"2026-03-02T09:00:00+08:00", "2026-03-02T01:00:00+00:00"}


@pytest.mark.parametrize("time", ["2026-03-02T09:00:00", "2026-03-02", "1772413200", 1772413200, "now"])
def test_nothing_else_is_a_moment(time: object) -> None:
    with pytest.raises(ValidationError):
        Asked(time=time)  # type: ignore[arg-type]


def test_whoever_sends_another_is_told_how_it_is_written(office: Office) -> None:
    keeper, clerk = Program(office, "office_head"), Program(office, "clerk")
    told = {"title": "通知", "source": "县政府办公室", "until": "2.3."}
    errors = refused(keeper.post("/documents/incoming", told), 422, "invalid")["errors"]
    assert errors == {"until": "请写成日期，例如2026-03-02"}
    errors = refused(keeper.get("/documents/incoming", since="0001-01-01"), 422, "invalid")["errors"]
    assert errors == {"since": "不应小于1950-01-01"}
    number = enquiry(clerk)["number"]
    told = {"reason": "改日", "withdrawn_by": "王小明", "how": "phone", "declared_at": "2026-01-05T10:00:00"}
    errors = refused(clerk.post(f"/matters/{number}/withdrawal", told), 422, "invalid")["errors"]
    assert errors == {"declared_at": "请写成带时区的时间，例如2026-03-02T09:00:00+08:00"}
