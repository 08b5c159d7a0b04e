"""A rulebook is named by its slug, or by a file with an office's changes to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.doors.cli.rulebooks import book_of, overlay_in, read, read_or_refuse
from huiyin.rules.errors import HuiyinError
from tests.rules.test_overlays import TEXT


@pytest.fixture
def changes(tmp_path: Path) -> str:
    file = tmp_path / "changes.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_a_shipped_rulebook_goes_by_its_name() -> None:
    assert read("township").slug == book_of("township").slug == "township"
    assert overlay_in("township") is None


def test_a_file_of_changes_is_read_as_the_rulebook_it_makes(changes: str) -> None:
    overlay = overlay_in(changes)
    assert overlay is not None
    assert read(changes).slug == overlay.base


@pytest.mark.parametrize("name", ["nowhere", "../township", ""])
def test_what_there_is_not_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(HuiyinError) as refusal:
        book_of(name)
    assert refusal.value.code == "no_such_rulebook"
    with pytest.raises(HuiyinError) as unread:
        read_or_refuse(name)
    assert unread.value.code == "bad_rulebook"
