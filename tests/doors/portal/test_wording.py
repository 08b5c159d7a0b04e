from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from huiyin.doors.portal import wording
from huiyin.matters import labels
from huiyin.rules.events import MatterKind
from huiyin.rules.lifecycle import BORN, TRANSITIONS, Stage
from huiyin.rules.workdays import load_calendar

AT = datetime(2026, 1, 19, 9, 30, tzinfo=UTC)


def test_moments_and_days_carry_their_weekday_in_the_offices_zone() -> None:
    assert wording.moment(AT) == "2026年1月19日 星期一 17:30"
    assert wording.day(datetime(2026, 1, 19, 18, 0, tzinfo=UTC)) == "2026年1月20日 星期二"
    with translation.override("en"):
        assert wording.moment(AT) == "Monday 19 January 2026, 17:30"
        assert wording.day(date(2026, 1, 19)) == "Monday 19 January 2026"


def test_deliberation_is_the_offices_own_affair() -> None:
    for stage in ("refusal_proposed", "refusal_filed", "refusal_approved"):
        assert wording.stage(stage) == labels.STAGES["in_hand"]
        assert "否定" not in wording.meaning(stage)


SHOWN = frozenset(
    target
    for kind in (MatterKind.ENQUIRY, MatterKind.APPLICATION, MatterKind.PETITION, MatterKind.REPORT)
    for target in (BORN[kind], *(stage for _, stage in TRANSITIONS[kind].values() if stage))
)
"""Where a matter of somebody served may stand; official documents are no affair of the public's."""


@pytest.mark.parametrize("stage", sorted(SHOWN))
def test_every_stage_has_words_and_a_meaning(stage: Stage) -> None:
    assert wording.stage(stage.value) != stage.value
    assert wording.meaning(stage.value) != stage.value


def test_opening_names_the_hours_or_the_next_working_day() -> None:
    calendar = load_calendar()
    assert wording.opening(calendar, datetime(2026, 1, 5, 2, 0, tzinfo=UTC)).startswith("今天上班：08:30")
    assert wording.opening(calendar, datetime(2026, 1, 10, 2, 0, tzinfo=UTC)) == (
        "今天休息，2026年1月12日 星期一恢复办公"
    )


def test_dialling_leaves_only_what_a_telephone_dials() -> None:
    assert wording.dial("0571-8888 2007") == "057188882007"
    assert wording.dial("") == ""


def test_scores_run_from_best_to_worst() -> None:
    assert [score for score, _ in wording.scores()] == [5, 4, 3, 2, 1]
    assert wording.score(5) == "非常满意"
    assert wording.score(0) == ""
    assert wording.duty("decide") == labels.DUTIES["decide"]
