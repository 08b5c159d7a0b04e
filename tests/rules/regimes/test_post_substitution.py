"""Stand-ins: what is missing of a pair, and a matter that goes back and forth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import begin
from huiyin.rules.posts import Post
from huiyin.rules.regimes import post_substitution as regime
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.vocabulary import Finding, Gap
from tests.rules.happenings import CLERK, COLLEAGUE, application, happen

BOOK = load("headquarters")
WHOLE = Post(rank="clerk", a="a", b="b", duties=True, able=True)


def found(event: e.Event, book: Rulebook = BOOK) -> list[object]:
    state = begin(application())
    return list(regime.consequences(state, event, state, book))


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"a": ""}, Gap("no_holder", "p2.post-substitution.2.a")),
        ({"b": ""}, Gap("no_stand_in", "p2.post-substitution.2.a")),
        ({"duties": False}, Gap("no_duties", "p2.post-substitution.2.a")),
        ({"able": False}, Gap("not_able", "p2.post-substitution.2.b")),
        ({"uncovered": True}, Gap("uncovered", "p2.post-substitution.4.b")),
    ],
)
def test_what_is_missing_of_a_pair(change: dict[str, object], gap: Gap) -> None:
    assert list(regime.gaps(WHOLE, BOOK)) == []
    broken = replace(WHOLE, **change)  # type: ignore[arg-type]
    assert list(regime.gaps(broken, BOOK)) == [gap]
    assert list(regime.gaps(broken, load("township"))) == []


@pytest.mark.parametrize("returns", [0, 1])
def test_once_back_is_no_shirking(returns: int) -> None:
    assert found(happen(e.HandoverBounced, actor=COLLEAGUE, returns=returns)) == []


def test_twice_back_is_found_against_who_sent_it_back() -> None:
    bounced = happen(e.HandoverBounced, actor=COLLEAGUE, returns=2)
    shirked = Finding("shirked", "p2.post-substitution.4.a", bounced.at, COLLEAGUE)
    assert found(bounced) == [shirked]
    accepted = happen(e.HandoverAccepted, actor=COLLEAGUE, returns=2)
    assert found(accepted) == [Finding("shirked", "p2.post-substitution.4.a", accepted.at, CLERK)]
    assert found(bounced, load("township")) == []


def test_it_objects_to_nothing() -> None:
    assert list(regime.objections(begin(application()), happen(e.HandoverAccepted), BOOK)) == []
