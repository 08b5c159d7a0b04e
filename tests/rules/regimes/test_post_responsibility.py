"""Post responsibility: what a sheet cannot be issued without, and what is listed as missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import begin
from huiyin.rules.posts import Post
from huiyin.rules.regimes import post_responsibility as regime
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Gap
from tests.rules.happenings import application, happen

DAY = date(2026, 3, 2)
COMMISSION, TOWNSHIP, HEADQUARTERS = (load(one) for one in ("commission", "township", "headquarters"))
CLERK = Post(rank="clerk", a="a", b="b", duties=True, sheet=True, elements=frozenset({"content", "task"}))
EIGHT = frozenset(TOWNSHIP.value(regime.ELEMENTS, "fields", DAY))
WHOLE = replace(CLERK, elements=EIGHT | {"task"}, measured=True, targets=1)


def whats(post: Post, slug: str) -> list[str]:
    return [gap.what for gap in regime.gaps(post, load(slug), DAY)]


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"duties": False}, Gap("no_duties", "p3.post-responsibility.2")),
        ({"elements": frozenset({"content"})}, Gap("no_task", "p3.post-responsibility.2")),
        ({"a": ""}, Gap("no_holder", "p3.post-responsibility.2")),
        ({"rank": "main_leader"}, Gap("no_leader_duty", "p3.post-responsibility.3.b", "business")),
    ],
)
def test_a_sheet_lacks_what_the_commission_wants_of_it(change: dict[str, object], gap: Gap) -> None:
    assert list(regime.wanting(CLERK, COMMISSION, DAY)) == []
    assert gap in list(regime.wanting(replace(CLERK, **change), COMMISSION, DAY))  # type: ignore[arg-type]


def test_a_leader_states_both_duties() -> None:
    both = replace(CLERK, rank="leader_in_charge", elements=frozenset({"task", "business", "team_building"}))
    assert list(regime.wanting(both, COMMISSION, DAY)) == []
    # No other office asks for them.
    assert list(regime.wanting(replace(CLERK, rank="main_leader"), TOWNSHIP, DAY)) == []


def test_the_township_lists_each_element_the_measure_and_the_target() -> None:
    assert whats(WHOLE, "township") == []
    for one in sorted(EIGHT):
        short = replace(WHOLE, elements=WHOLE.elements - {one})
        assert list(regime.gaps(short, TOWNSHIP, DAY)) == [
            Gap("no_element", "p4.post-responsibility.3.a", one)
        ]
    assert whats(replace(WHOLE, measured=False), "township") == ["not_measured"]
    assert whats(replace(WHOLE, targets=0), "township") == ["no_target"]
    assert whats(replace(WHOLE, a="", duties=False), "township") == [
        "not_listed_holder",
        "not_listed_duties",
    ]


def test_without_a_sheet_the_commission_says_that_once() -> None:
    bare = Post(rank="clerk", a="a", duties=True)
    assert whats(bare, "commission") == ["no_sheet"]
    assert whats(replace(bare, a=""), "commission") == ["no_sheet", "no_holder"]


def test_a_secret_post_is_not_missed_on_the_public_page() -> None:
    mute = replace(CLERK, duties=False)
    assert "not_listed_duties" in whats(mute, "commission")
    assert "not_listed_duties" not in whats(replace(mute, secret=True), "commission")


def test_what_no_clause_asks_for_is_not_missed() -> None:
    assert whats(Post(rank="main_leader"), "headquarters") == []
    assert whats(Post(rank="main_leader"), "company") == []
    assert not HEADQUARTERS.has(regime.LEVELS)


def test_no_act_on_a_matter_hangs_on_it() -> None:
    state = begin(application())
    event = happen(e.StepRecorded)
    assert list(regime.objections(state, event, COMMISSION)) == []
    assert list(regime.consequences(state, event, state, COMMISSION)) == []
