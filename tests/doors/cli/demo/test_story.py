from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from huiyin.doors.cli.demo.cast import Cast
from huiyin.doors.cli.demo.story import Now, Story
from tests.doors.cli.demo.conftest import UNTIL

# Friday 16 October 2026, 16:30 in Shanghai: an hour before the weekend.
FRIDAY = datetime(2026, 10, 16, 8, 30, tzinfo=UTC)


def _story(cast: Cast, received: datetime = FRIDAY) -> Story:
    holder = cast.posts["MZ01"].a
    return Story(cast, Random(1), until=UNTIL, received=received, holder=holder)


def test_time_passes_only_while_the_office_is_open(cast: Cast) -> None:
    story = _story(cast)
    story.wait(90)
    assert story.at == datetime(2026, 10, 19, 1, 0, tzinfo=UTC)
    story.wait_days(1)
    assert story.at.date().isoformat() == "2026-10-20"
    story.next_morning()
    assert datetime(2026, 10, 21, 0, 40, tzinfo=UTC) <= story.at <= datetime(2026, 10, 21, 1, 30, tzinfo=UTC)


def test_a_story_never_runs_ahead_of_the_present(cast: Cast) -> None:
    story = _story(cast, UNTIL - timedelta(minutes=5))
    story.do("note", step="a")
    story.wait(10)
    with pytest.raises(Now):
        story.do("note", step="b")
    with pytest.raises(Now):
        story.applicant_does("rate", score=5)
    history = story.history(kind="enquiry", channel="counter", unit=cast.posts["MZ01"].unit, summary="x")
    assert [step.fields["step"] for step in history.steps] == ["a"]


def test_custody_passes_when_it_is_taken(cast: Cast) -> None:
    story = _story(cast)
    other = cast.posts["MZ02"].a
    story.pass_to(other, "请接手")
    story.pass_to(other, "again")
    assert [step.verb for step in story.steps] == ["offer", "take"]
    assert story.holder == other
    assert story.first == cast.posts["MZ01"].a


def test_who_stands_in_is_named_with_the_absent(cast: Cast) -> None:
    post = cast.posts["MZ03"]
    story = Story(cast, Random(1), until=UNTIL, received=UNTIL - timedelta(minutes=30), holder=post.a)
    story.do("note", step="a")
    [step] = story.steps
    assert (step.actor, step.acting_for) == (str(post.b.id), str(post.a.id))


def test_what_comes_online_is_registered_by_the_applicant(cast: Cast) -> None:
    story = _story(cast)
    unit = cast.posts["MZ01"].unit
    told = {
        channel: story.history(kind="enquiry", channel=channel, unit=unit, summary="x").registered_by
        for channel in ("online", "counter")
    }
    assert told == {"online": "applicant", "counter": str(story.first.id)}


def test_naming_the_applicant_on_the_way_changes_nothing_that_comes_after(cast: Cast) -> None:
    unit = cast.posts["MZ01"].unit
    plain, named = _story(cast), _story(cast)
    name, phone = named.applicant()
    assert named.applicant() == (name, phone)
    histories = [
        one.history(kind="enquiry", channel="counter", unit=unit, summary="x") for one in (plain, named)
    ]
    assert (histories[1].applicant_name, histories[1].applicant_phone) == (name, phone)
    assert histories[0].applicant_name
    assert plain.rng.random() == named.rng.random()
