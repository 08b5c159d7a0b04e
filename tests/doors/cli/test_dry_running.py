"""The dry run on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.doors.cli.conftest import Run
from tests.factories import make_office, row_counts
from tests.matters.handling import Desk
from tests.reports.test_dry_runs import QUICKER, answered_on_the_second_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def quicker(tmp_path: Path) -> str:
    path = tmp_path / "ours.yaml"
    path.write_text(QUICKER, encoding="utf-8")
    return str(path)


def test_it_foretells_and_writes_nothing_but_the_sheet_asked_for(
    cli: Run, quicker: str, tmp_path: Path
) -> None:
    number = answered_on_the_second_day(Desk(make_office()))
    before = row_counts()
    sheet = tmp_path / "out.xlsx"
    said = cli("rulebook", "dry-run", "--rulebook", quicker, "--xlsx", str(sheet), "--json")
    assert (said.code, row_counts()) == (0, before)
    assert said.json["total"]["newly_late"] == 1
    (affected,) = said.json["affected"]
    assert affected["number"] == number
    assert affected["changes"][0]["would_be_due"] == "2026-03-03T17:30+08:00"
    assert said.json["by_unit_and_month"][0]["month"] == "2026-03"
    assert sheet.read_bytes().startswith(b"PK")
    again = cli("rulebook", "dry-run", "--rulebook", quicker, "--xlsx", str(sheet))
    assert again.code == 1
    assert "没有覆盖" in again.err


def test_people_read_the_figures_and_the_days(cli: Run, quicker: str) -> None:
    answered_on_the_second_day(Desk(make_office()))
    said = cli("rulebook", "dry-run", "--rulebook", quicker).out
    assert "会变成超期  1" in said
    assert "2026-03-04T17:30+08:00 → 2026-03-03T17:30+08:00" in said


def test_only_matters_received_on_the_days_asked_for(cli: Run, quicker: str) -> None:
    answered_on_the_second_day(Desk(make_office()))
    within = cli(
        "rulebook", "dry-run", "--rulebook", quicker, "--from", "2026-03-02", "--to", "2026-03-02", "--json"
    )
    assert within.json["total"]["matters"] == 1
    outside = cli("rulebook", "dry-run", "--rulebook", quicker, "--from", "2026-03-03", "--json")
    assert outside.json["total"]["matters"] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--rulebook", "village"], "township"),
        (["--rulebook", "township", "--from", "soon"], "2025-10-01"),
        (["--rulebook", "township", "--from", "2026-03-03", "--to", "2026-03-02"], "先后"),
        (["--rulebook", "township", "--office", "nowhere"], "zhaogong"),
    ],
)
def test_wrong_words_are_refused_with_a_remedy(cli: Run, words: list[str], told: str) -> None:
    make_office()
    said = cli("rulebook", "dry-run", *words)
    assert said.code == 1
    assert told in said.err


def test_a_change_from_a_day_to_come_is_tried_as_if_it_had_held(cli: Run, tmp_path: Path) -> None:
    answered_on_the_second_day(Desk(make_office()))
    (since,) = re.findall(r"since: (\S+)", QUICKER)
    path = tmp_path / "later.yaml"
    path.write_text(QUICKER.replace(since, "2031-01-01"), encoding="utf-8")
    for more in ((), ("--from", "2026-03-01")):
        said = cli("rulebook", "dry-run", "--rulebook", str(path), *more, "--json")
        assert said.json["total"]["newly_late"] == 1
    path.write_text(QUICKER.replace("p4.time-limit", "p9.time-limit"), encoding="utf-8")
    assert cli("rulebook", "dry-run", "--rulebook", str(path)).code == 1
