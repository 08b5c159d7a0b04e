"""What the stories prove: a story shows a clause only if it no longer holds once the clause is gone.

`src/huiyin/rulebooks/evidence.yaml` lists the proofs and ships with the product, so that
`huiyin rulebook check` can name every clause that nothing shows. `make evidence` writes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from huiyin.organisation.queries import rulebooks as books_of_offices
from huiyin.rules.library import evidence
from huiyin.rules.rulebook import Rulebook, load
from tests.factories import Office
from tests.scenarios.telling import read, tell
from tests.scenarios.test_scenarios import STORIES


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


PAIRS = [(path, clause) for path in STORIES for clause in read(path)["clauses"]]


@pytest.fixture
def found(tmp_path: Path) -> Iterator[list[str]]:
    """Collects the pair just judged, and appends it to the file that `make evidence` names."""
    rows: list[str] = []
    yield rows
    if out := os.environ.get("HUIYIN_EVIDENCE"):
        with Path(out).open("a", encoding="utf-8") as file:
            file.writelines(f"{row}\n" for row in rows)


def without(book: Rulebook, clause: str) -> Rulebook:
    return replace(book, clauses={key: one for key, one in book.clauses.items() if key != clause})


@pytest.mark.once
@pytest.mark.parametrize(("path", "clause"), PAIRS, ids=[f"{name_of(p)} {c}" for p, c in PAIRS])
def test_the_evidence_is_what_the_stories_prove(
    path: Path, clause: str, office: Office, monkeypatch: pytest.MonkeyPatch, found: list[str]
) -> None:
    story = read(path)
    book = load(story.get("rulebook", office.tenant.rulebook))
    assert book.has(clause)
    monkeypatch.setattr(books_of_offices, "load", lambda _: without(book, clause))
    # Books with an office's changes on them are remembered by their version, which is the same without.
    monkeypatch.setattr(books_of_offices, "_books", {})
    try:
        tell(story, office, only=clause)
    except AssertionError:
        proves = True
    else:
        proves = False
    found.append(json.dumps([clause, name_of(path), proves]))
    if "HUIYIN_EVIDENCE" not in os.environ:
        assert (name_of(path) in evidence().get(clause, ())) is proves, "run: make evidence"


def test_the_evidence_names_only_stories_and_the_clauses_they_cite() -> None:
    told = {(clause, story) for clause, stories in evidence().items() for story in stories}
    assert told
    assert told <= {(clause, name_of(path)) for path, clause in PAIRS}
