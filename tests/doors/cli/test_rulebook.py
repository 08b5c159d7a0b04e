"""The regulations on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doors.cli.conftest import Run
from tests.rules.test_overlays import TEXT


def test_five_rulebooks_are_listed(cli: Run) -> None:
    rows = {one["slug"]: one["clauses"] for one in cli("rulebook", "list", "--json").json["rulebooks"]}
    assert rows == {"company": 194, "headquarters": 82, "commission": 114, "township": 101, "report": 22}
    assert "乡镇机关" in cli("rulebook", "list").out


def test_check_counts_every_clause_and_names_the_unkept(cli: Run) -> None:
    said = cli("rulebook", "check", "--json")
    assert (said.code, said.json["ok"], said.json["clauses"]) == (0, True, 513)
    township = said.json["rulebooks"]["township"]
    assert sum(map(len, township["kept_by"].values())) == 101
    assert "time-limit/nobody_extends_their_own" in township["evidence"]["p4.time-limit.8.b"]
    assert set(township["unkept"]) <= set(said.json["unkept"])
    assert "p4.time-limit.8.b" not in said.json["unkept"]
    assert "p4.assessment.1" in said.json["unkept"]
    assert "township：101 条" in cli("rulebook", "check").out


def test_a_damaged_file_is_a_fault_with_its_line_and_fails(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(TEXT.replace("amount: 2", "amount: 0"), encoding="utf-8")
    said = cli("rulebook", "check", str(path), "--json")
    assert said.code == 1
    assert "ours.yaml, line 4" in said.json["faults"][0]["fault"]
    assert "有错：" in cli("rulebook", "check", str(path)).out
    # Negative control: the whole file passes, and counts as the rulebook it changes.
    path.write_text(TEXT, encoding="utf-8")
    assert cli("rulebook", "check", str(path), "--json").json["clauses"] == 101
    assert cli("rulebook", "check", "no-such-rulebook").code == 1


def test_show_lists_one_regime_or_all(cli: Run) -> None:
    found = cli("rulebook", "show", "township", "--regime", "refusal-filing", "--json").json["clauses"]
    assert {one["regime"] for one in found} == {"refusal-filing"}
    assert len(cli("rulebook", "show", "township", "--json").json["clauses"]) == 101
    assert "— 否定报备制" in cli("rulebook", "show", "township").out
    wrong = cli("rulebook", "show", "township", "--regime", "complaint")
    assert wrong.code == 1
    assert "refusal-filing" in wrong.err


def test_explain_tells_the_values_in_force_the_doubts_and_the_proofs(cli: Run) -> None:
    found = cli("rulebook", "explain", "p4.time-limit.5.b", "--on", "2026-03-02", "--json").json
    assert found["in_force"]["limit"]["by_urgency"] == {"urgent": 1, "normal": 2, "low": 3}
    assert set(found["treatments"]) == {"N24", "N25"}
    assert found["regime_module"] == "huiyin.rules.regimes.time_limit"
    assert found["stories"]
    before = cli("rulebook", "explain", "p4.time-limit.5.b", "--on", "2010-12-31", "--json").json
    assert before["in_force"] == {}
    said = cli("rulebook", "explain", "p4.assessment.1")
    assert "还没有" in said.out
    assert "责任主体" in said.out
    values = cli("rulebook", "explain", "p4.time-limit.8.b").out
    assert "批准人：主要领导" in values
    assert "approver" not in values


def test_explain_speaks_english(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
    said = cli("rulebook", "explain", "p4.time-limit.8.b").out
    assert "Approved by: Main leader" in said
    assert "N21" in said
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["explain", "p9.nothing"], "p4.time-limit.8.b"),
        (["explain", "extension"], "没有条款"),
        (["explain", "p4.time-limit.8.b", "--on", "soon"], "2025-10-01"),
        (["show", "village"], "township"),
        (["diff", "township", "village"], "choose one of"),
    ],
)
def test_what_is_not_there_is_refused_with_a_remedy(cli: Run, words: list[str], told: str) -> None:
    said = cli("rulebook", *words)
    assert said.code == 1
    assert told in said.err


def test_diff_of_profiles_is_by_part_and_of_versions_by_clause(cli: Run, tmp_path: Path) -> None:
    rows = {one["name"]: one for one in cli("rulebook", "diff", "township", "company", "--json").json["rows"]}
    assert (rows["extension"]["left"], rows["extension"]["right"]) == (
        "p4.time-limit.8.b",
        "p1.time-limit.5.b",
    )
    path = tmp_path / "ours.yaml"
    path.write_text(TEXT, encoding="utf-8")
    later = cli("rulebook", "diff", "township", str(path), "--on", "2027-01-01")
    assert "p4.time-limit.3.b" in later.out
    assert "没有不同" in cli("rulebook", "diff", "township", str(path), "--on", "2026-12-31").out
