"""A case becomes a history: custody follows the resources, the end decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import pytest

from huiyin.catalogue.models import ServiceItem
from huiyin.matters import steps
from huiyin.matters.eventlog.histories import history_of, reference
from huiyin.matters.eventlog.mapping import read_mapping
from huiyin.matters.eventlog.reading import read_log
from huiyin.matters.histories import History
from huiyin.organisation.models import Person, Unit
from tests.matters.eventlog.small_logs import LATE, MAPPING, NOW, OPEN, PROMPT, log

NAMES = UUID(int=7)
ITEM = ServiceItem(code="PERMIT-1", name="建设许可")


def person(name: str) -> Person:
    return Person(id=uuid5(NAMES, name), name=name)


def told(*rows: str, acceptance: str = "") -> History:
    found = read_log(log(*rows), read_mapping(MAPPING), now=NOW)
    assert found.errors == []
    [case] = found.cases.values()
    return history_of(case, unit=Unit(), item=ITEM, acceptance=acceptance, person=person)


def course(history: History) -> list[tuple[str, str]]:
    names = {str(person(name).id): name for name in ("甲", "乙", "丙", "")}
    return [(step.verb, names[step.actor]) for step in history.steps]


def test_custody_follows_the_resources() -> None:
    assert course(told(*PROMPT)) == [
        ("take_on", "甲"),
        ("note", "甲"),
        ("offer", "甲"),
        ("take", "乙"),
        ("note", "乙"),
        ("note", "乙"),
        ("grant", "乙"),
        ("deliver", "乙"),
        ("close", "乙"),
    ]
    offers = [step.fields["to"] for step in told(*LATE).steps if step.verb == "offer"]
    assert offers == [str(person("乙").id), str(person("甲").id)]


def test_an_open_case_stays_open() -> None:
    assert course(told(*OPEN)) == [("take_on", "甲"), ("note", "甲")]


def test_a_step_may_be_named_that_takes_the_application_on() -> None:
    verbs = [verb for verb, _ in course(told(*PROMPT, acceptance="审查"))]
    assert verbs.index("take_on") == verbs.index("take") + 2
    # Negative control: a name that no step has takes it on at once.
    assert course(told(*PROMPT, acceptance="受理"))[0] == ("take_on", "甲")


def test_a_row_without_resource_changes_no_custody() -> None:
    silent = [row.replace(",乙,", ",,") for row in PROMPT]
    assert {who for _, who in course(told(*silent))} == {"甲"}
    nobody = [row.replace(",甲,", ",,").replace(",乙,", ",,") for row in PROMPT]
    assert {who for _, who in course(told(*nobody))} == {""}


def test_the_first_named_resource_received_it() -> None:
    late_named = [PROMPT[0].replace(",甲,", ",,"), *PROMPT[1:]]
    history = told(*late_named)
    assert history.first_responder.name == "乙"
    assert "offer" not in dict(course(history))


@pytest.mark.parametrize("ended", ["2026-03-03 09:00", "2026-03-03 10:00", "2026-03-09 15:00"])
def test_the_decision_stands_at_the_recorded_end(ended: str) -> None:
    rows = [row.rpartition(",")[0] + f",{ended}" for row in PROMPT]
    history = told(*rows)
    [decided] = [step for step in history.steps if step.verb == "grant"]
    assert decided.at == datetime.fromisoformat(f"{ended}+08:00")
    [closed] = [step for step in history.steps if step.verb == "close"]
    assert closed.at >= max(step.at for step in history.steps if step.verb == "note")


def test_steps_never_go_back_in_time_and_each_has_its_function() -> None:
    for rows in (PROMPT, LATE, OPEN):
        history = told(*rows)
        moments = [step.at for step in history.steps]
        assert moments == sorted(moments)
        assert all(callable(getattr(steps, step.verb)) for step in history.steps)


def test_two_logs_may_name_their_cases_alike() -> None:
    case: Any = read_log(log(*OPEN), read_mapping(MAPPING), now=NOW).cases["A-3"]
    assert reference("PERMIT-1", case) != reference("PERMIT-2", case)
