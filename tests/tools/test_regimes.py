from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.rules.rulebook import available, load
from tools import regimes


def test_every_clause_of_every_profile_stands_on_its_regimes_page() -> None:
    wanted = regimes.pages()
    for slug in available():
        for one in load(slug).own.values():
            assert f"| `{one.id}`" in wanted[f"{one.regime}.md"]
    assert "| **all** | 114 | 194 | 82 | 22 | 101 |" in wanted["README.md"]
    assert "## N58" in wanted["notes.md"]


def test_the_pages_are_current() -> None:
    assert regimes.check(regimes.PAGES, regimes.pages()) == 0


def test_a_stale_or_left_over_page_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = {"a.md": "new\n", "b.md": "b\n"}
    regimes.write(tmp_path, wanted)
    assert regimes.check(tmp_path, wanted) == 0
    (tmp_path / "a.md").write_text("old\n", encoding="utf-8")
    (tmp_path / "c.md").write_text("c\n", encoding="utf-8")
    (tmp_path / "b.md").unlink()
    assert regimes.check(tmp_path, wanted) == 1
    told = capsys.readouterr().err
    assert all(f"docs/regimes/{name}.md" in told for name in "abc")
    regimes.write(tmp_path, wanted)
    assert regimes.check(tmp_path, wanted) == 0
