"""Files of clauses: read whole, and every fault named by file, line, clause and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from huiyin.rules import clauses
from huiyin.rules.clauses import KEPT, Clause, RulebookError, Values, parse, read_yaml
from tools.paths import SOURCE

BOOKS = sorted((SOURCE / "rulebooks").rglob("*.yaml"))
SAMPLE: Mapping[str, Any] = {
    "id": "p4.sample.1",
    "regime": "time-limit",
    "kind": "deadline",
    "actor": "handler",
    "zh": "样例",
    "en": "Sample.",
    "kept": "automatic",
}
RANGE: Mapping[str, Any] = {
    "unit": "working_day",
    "range": [1, 3],
    "by_urgency": {"urgent": 1, "normal": 2, "low": 3},
}


def clause(**change: Any) -> dict[str, Any]:
    return {**SAMPLE, **change}


def written(*clauses: Mapping[str, Any]) -> str:
    return yaml.safe_dump({"clauses": list(clauses)}, allow_unicode=True, sort_keys=False)


def limited(limit: Any, **figures: Any) -> str:
    return written(clause(values=[{"since": date(2011, 1, 1), "figures": figures, "limit": limit}]))


def sole(text: str) -> Clause:
    return parse(text, "town/service.yaml")["p4.sample.1"]


@pytest.mark.parametrize("missing", ["id", "regime", "kind", "actor", "zh", "en", "kept"])
@pytest.mark.parametrize("empty", [True, False])
def test_a_clause_without_a_needed_part_is_refused_by_file_line_and_clause(
    missing: str, *, empty: bool
) -> None:
    entry = clause(**{missing: ""}) if empty else {k: v for k, v in clause().items() if k != missing}
    with pytest.raises(RulebookError) as refused:
        parse(written(clause(id="p4.sample.0"), entry), "town/service.yaml")
    sentence = str(refused.value)
    assert sentence.startswith("town/service.yaml, line 9: clause ")
    assert ("p4.sample.1" in sentence) is (missing != "id")
    assert f"'{missing}' is missing; " in sentence


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (written(clause(kept="sometimes")), "kept must be one of automatic, checklist, ground"),
        (written(clause(), clause()), "stands twice; remove one"),
        (written(clause(vlaues=[])), "'vlaues' means nothing here; use actor, en, id, kept, kind"),
        (written(clause(values=[{"times": 1}])), "needs 'since', a date such as 2011-01-01"),
        (written(clause(values=[{"since": "soon", "times": 1}])), "needs 'since', a date such as"),
        (written(clause(values=["soon"])), "needs 'since', a date such as"),
        (
            written(clause(values=[{"since": date(2012, 1, 1)}, {"since": date(2011, 1, 1)}])),
            "put its values in the order of their dates, one for each",
        ),
        (
            written(clause(values=[{"since": date(2011, 1, 1)}, {"since": date(2011, 1, 1)}])),
            "put its values in the order of their dates, one for each",
        ),
        (limited({"amount": 2, "unit": "fortnight"}), "must be one of at_once, working_hour, working_day"),
        (limited({"amount": 2}), "a limit's unit must be one of"),
        (limited("soon"), "a limit's unit must be one of"),
        (limited({**RANGE, "by_urgency": {"low": 4}}), "{'low': 4} lies outside the printed range 1-3"),
        (limited({**RANGE, "by_urgency": {"urgent": 0}}), "{'urgent': 0} lies outside the printed range 1-3"),
        (limited({"amount": 0, "unit": "month"}), "needs an amount of at least 1"),
        (limited({"amount": 1, "unit": "at_once"}), "at once takes no amount"),
        (limited({key: RANGE[key] for key in ("unit", "by_urgency")}), "needs the printed 'range'"),
        (
            limited({"amount": 3, "unit": "working_day"}, days=2, unit="working_day"),
            "its limit says amount 3, its figures 2; make them agree",
        ),
        (
            limited({"amount": 2, "unit": "working_day"}, days=2, unit="calendar_day"),
            "its limit says unit working_day, its figures calendar_day; make them agree",
        ),
        (
            limited(RANGE, min_days=2, max_days=5, unit="working_day"),
            "its limit says range [1, 3], its figures [2, 5]; make them agree",
        ),
    ],
)
def test_a_wrong_clause_is_refused_by_file_line_clause_and_remedy(text: str, remedy: str) -> None:
    with pytest.raises(RulebookError) as refused:
        parse(text, "town/service.yaml")
    assert str(refused.value).startswith("town/service.yaml, line ")
    assert "clause p4.sample.1" in str(refused.value)
    assert remedy in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("clauses:\n  - id: [", r"^town/service\.yaml, line 2: not YAML: .*; correct that line"),
        ("clauses: []\nclauses: []", r"^town/service\.yaml, line 2: .*'clauses' stands here a second time"),
        ("- a\n- b", r"^town/service\.yaml: needs 'key: value' lines"),
        ("clauses: [soon]", r"^town/service\.yaml: 'soon' is no clause; write '- id: "),
    ],
)
def test_a_file_that_is_no_rulebook_is_named_with_its_line(text: str, told: str) -> None:
    with pytest.raises(RulebookError, match=told):
        parse(text, "town/service.yaml")


def test_a_file_without_clauses_has_none() -> None:
    assert parse("", "town/service.yaml") == parse("clauses: []", "town/service.yaml") == {}
    assert read_yaml("", "town/service.yaml") == {}


def test_what_is_right_is_read_whole() -> None:
    values = [{"since": date(2011, 1, 1), "figures": {"days": 2, "from": "receipt"}, "approver": "head"}]
    found = sole(written(clause(kept="ground", plays="extension", notes=["N01", "N02"], values=values)))
    assert found == Clause(
        id="p4.sample.1",
        regime="time-limit",
        kind="deadline",
        actor="handler",
        zh="样例",
        en="Sample.",
        kept="ground",
        plays="extension",
        notes=("N01", "N02"),
        values=(Values(date(2011, 1, 1), {"days": 2, "from": "receipt"}, {"approver": "head"}),),
    )
    assert all(sole(written(clause(kept=kept))).kept == kept for kept in KEPT)


def test_the_source_stands_once_for_the_whole_file_and_in_both_languages() -> None:
    source = {"zh": "《样例法》", "en": "Sample Law"}
    text = yaml.safe_dump({"source": source, "clauses": [clause(), clause(id="p4.sample.2")]})
    assert [one.source for one in parse(text, "x").values()] == [source, source]
    assert sole(written(clause())).source == {}
    for half in ({"zh": "《样例法》"}, {"zh": "《样例法》", "en": ""}, "《样例法》"):
        with pytest.raises(
            RulebookError, match=r"^town/law\.yaml: 'source' needs a name in 'zh' and in 'en'"
        ):
            parse(yaml.safe_dump({"source": half, "clauses": [clause()]}), "town/law.yaml")


def test_the_regime_may_stand_once_for_the_whole_file() -> None:
    entry = {key: value for key, value in SAMPLE.items() if key != "regime"}
    text = yaml.safe_dump({"regime": "complaint", "clauses": [entry, clause(id="p4.sample.2")]})
    assert [one.regime for one in parse(text, "x").values()] == ["complaint", "time-limit"]


def test_the_value_in_force_is_the_newest_that_has_begun() -> None:
    values = [{"since": date(2011, 1, 1), "times": 1}, {"since": date(2026, 3, 2), "times": 2}]
    found = sole(written(clause(values=values)))
    on = [date(2010, 12, 31), date(2011, 1, 1), date(2026, 3, 1), date(2026, 3, 2), date(2030, 1, 1)]
    assert [found.on(day) for day in on] == [{}, {"times": 1}, {"times": 1}, {"times": 2}, {"times": 2}]
    assert found.in_force(on[0]) is None


def test_what_regimes_read_comes_before_a_figure_of_the_same_name() -> None:
    one = {"since": date(2011, 1, 1), "figures": {"approver": "leader_concerned", "before": "due"}}
    found = sole(written(clause(values=[{**one, "approver": "leader_in_charge"}])))
    assert found.on(date(2026, 3, 2)) == {"approver": "leader_in_charge", "before": "due"}
    assert found.values[0].figures["approver"] == "leader_concerned"


@pytest.mark.parametrize(
    ("switch", "remedy"),
    [
        ({"late_receipt": "never"}, "late_receipt must be own_day or next_opening, not 'never'; correct"),
        ({"end_on_day_off": "moves"}, "end_on_day_off must be next_working_day or stays, not 'moves'"),
        (
            {"late_receipt": "own_day", "counts": "twice"},
            "knows late_receipt and end_on_day_off, not counts; correct the value",
        ),
    ],
)
def test_a_switch_of_counting_that_nobody_knows_is_refused(switch: dict[str, str], remedy: str) -> None:
    text = written(
        clause(id="house.counting", plays="counting", values=[{"since": date(2011, 1, 1), **switch}])
    )
    with pytest.raises(RulebookError, match=r"clause house\.counting") as refused:
        parse(text, "town/service.yaml")
    assert remedy in str(refused.value)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_parsers_read_the_books_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.load(text, clauses._QuickLoader) == yaml.load(text, clauses._Loader)
