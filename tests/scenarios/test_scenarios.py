"""Every story holds, and every story can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.rules.rulebook import load
from tests.factories import Office
from tests.scenarios.telling import read, steps_of, tell

STORIES = sorted(Path(__file__).parent.glob("*/*.yaml"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_story_holds(path: Path, office: Office) -> None:
    story = read(path)
    running = tell(story, office)
    assert running.steps == len(steps_of(story))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story_cites_clauses_that_exist(path: Path) -> None:
    story = read(path)
    book = load(story.get("rulebook", "township"))
    assert story["title"]
    assert story["why"]
    assert story["clauses"]
    unknown = [clause for clause in story["clauses"] if not book.has(clause)]
    assert unknown == []


def test_a_story_that_does_not_hold_fails(office: Office) -> None:
    story = read(Path(__file__).parent / "time-limit/instant_items_at_once.yaml")
    story["steps"][2]["then"]["clocks"]["decide-1"]["due"] = "2026-03-03 17:30"
    with pytest.raises(AssertionError, match="due is"):
        tell(story, office)
