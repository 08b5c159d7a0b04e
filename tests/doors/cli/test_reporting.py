"""Registers written by a command."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from huiyin.reports.ledgers import workbook
from tests.doors.cli.conftest import Run
from tests.factories import make_office, row_counts
from tests.matters.handling import Desk
from tests.reports.ledgers.books import cells_of

pytestmark = pytest.mark.django_db


def test_a_register_is_written_masked_and_nothing_else_is(cli: Run, tmp_path: Path) -> None:
    desk = Desk(make_office())
    number = desk.register(applicant_name="王秀兰")
    before, out = row_counts(), tmp_path / "a.xlsx"
    said = cli("report", "ledger", "applications", "--from", "2026-03-01", "--out", str(out), "--json")
    assert (said.code, row_counts()) == (0, before)
    assert said.json["lines"] == 1
    assert (said.json["from"], said.json["to"]) == ("2026-03-01", "2026-12-31")
    rows = cells_of(out.read_bytes())
    assert rows[3][1] == number
    assert "王**" in rows[3]
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_its_title_names_the_file_and_nothing_is_overwritten(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(make_office())
    desk.register()
    monkeypatch.chdir(tmp_path)
    days = ("--from", "2026-01-01", "--to", "2026-12-31")
    said = cli("report", "ledger", "first-responder", *days)
    assert said.code == 0
    name = f"{desk.office.tenant.name}2026年首问责任登记台账.xlsx"
    assert name in said.out
    assert "1条" in said.out
    assert (tmp_path / name).exists()
    again = cli("report", "ledger", "first-responder", *days)
    assert again.code == 1
    assert "没有覆盖" in again.err


def test_without_a_name_the_registers_are_listed(cli: Run) -> None:
    said = cli("report", "ledger", "--json")
    assert said.code == 0
    assert {"name": "refusal-filing", "title": "否定报备台账"} in said.json["ledgers"]
    assert "refusal-filing" in cli("report", "ledger").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nothing",), "no_such_ledger"),
        (("applications", "--from", "2026-02-30"), "bad_day"),
        (("applications", "--from", "2026-02-02", "--to", "2026-02-01"), "bad_range"),
    ],
)
def test_what_was_wrong_is_told(cli: Run, words: tuple[str, ...], code: str) -> None:
    make_office()
    said = cli("report", "ledger", *words, "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == code
    assert said.json["error"]["remedy"]


def test_whoever_stops_it_finds_no_half_file(cli: Run, tmp_path: Path) -> None:
    make_office()
    out = tmp_path / "a.xlsx"
    with mock.patch.object(workbook, "write", side_effect=KeyboardInterrupt):
        assert cli("report", "ledger", "applications", "--out", str(out)).code == 130
    assert list(tmp_path.iterdir()) == []
