"""Rulebooks: the value in force that day, layers underneath, and errors that name the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

import pytest
import yaml

from huiyin.rules.rulebook import KEPT, Clause, RulebookError, available, load, parse, read
from huiyin.rules.vocabulary import Limit, Unit
from tests.rules.happenings import BOOK, without

DAY = date(2026, 3, 2)
RANGE: Mapping[str, Any] = {
    "unit": "working_day",
    "range": [1, 3],
    "by_urgency": {"urgent": 1, "normal": 2, "low": 3},
}


def clause(**change: Any) -> dict[str, Any]:
    given = {"id": "p4.sample.1", "regime": "time-limit", "zh": "样例", "en": "Sample.", "kept": "automatic"}
    return {**given, **change}


def written(*clauses: Mapping[str, Any]) -> str:
    return yaml.safe_dump({"clauses": list(clauses)}, allow_unicode=True)


def limited(limit: Any) -> str:
    return written(clause(values=[{"from": date(2011, 1, 1), "limit": limit}]))


def sole(text: str) -> Clause:
    return parse(text, "town/service.yaml")["p4.sample.1"]


@pytest.mark.parametrize("missing", ["id", "regime", "zh", "en", "kept"])
@pytest.mark.parametrize("empty", [True, False])
def test_a_clause_without_a_needed_part_is_refused_by_file_and_clause(missing: str, *, empty: bool) -> None:
    entry = clause(**{missing: ""}) if empty else {k: v for k, v in clause().items() if k != missing}
    with pytest.raises(RulebookError) as refused:
        parse(written(entry), "town/service.yaml")
    sentence = str(refused.value)
    assert sentence.startswith("town/service.yaml: clause ")
    assert ("p4.sample.1" in sentence) is (missing != "id")
    assert sentence.endswith(f"'{missing}' is missing; every clause needs it")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (written(clause(kept="sometimes")), "kept must be one of automatic, checklist, ground"),
        (written(clause(), clause()), "stands twice; remove one"),
        (written(clause(values=[{"times": 1}])), "needs 'from', a date such as 2011-01-01"),
        (written(clause(values=[{"from": "soon", "times": 1}])), "needs 'from', a date such as"),
        (
            written(clause(values=[{"from": date(2012, 1, 1)}, {"from": date(2011, 1, 1)}])),
            "put its values in the order of their dates",
        ),
        (limited({"amount": 2, "unit": "fortnight"}), "must be one of at_once, working_hour, working_day"),
        (limited({"amount": 2}), "a limit's unit must be one of"),
        (limited({**RANGE, "by_urgency": {"low": 4}}), "{'low': 4} lies outside the printed range 1-3"),
        (limited({**RANGE, "by_urgency": {"urgent": 0}}), "{'urgent': 0} lies outside the printed range 1-3"),
        (limited({"amount": 0, "unit": "month"}), "needs an amount of at least 1"),
        (limited({"amount": 1, "unit": "at_once"}), "at once takes no amount"),
        (limited({key: RANGE[key] for key in ("unit", "by_urgency")}), "needs the printed 'range'"),
    ],
)
def test_a_wrong_clause_is_refused_by_file_clause_and_remedy(text: str, remedy: str) -> None:
    with pytest.raises(RulebookError) as refused:
        parse(text, "town/service.yaml")
    assert str(refused.value).startswith("town/service.yaml: clause p4.sample.1")
    assert remedy in str(refused.value)


def test_a_file_that_is_no_yaml_is_named() -> None:
    with pytest.raises(RulebookError, match=r"^town/service\.yaml: not YAML: "):
        parse("clauses: [", "town/service.yaml")


def test_a_file_without_clauses_has_none() -> None:
    assert parse("", "town/service.yaml") == parse("clauses: []", "town/service.yaml") == {}


def test_what_is_right_is_read_whole() -> None:
    found = sole(written(clause(kept="ground")))
    assert found == Clause("p4.sample.1", "time-limit", "样例", "Sample.", "ground")
    assert all(sole(written(clause(kept=kept))).kept == kept for kept in KEPT)


def test_the_value_in_force_is_the_newest_that_has_begun() -> None:
    values = [{"from": date(2011, 1, 1), "times": 1}, {"from": date(2026, 3, 2), "times": 2}]
    found = sole(written(clause(values=values)))
    on = [date(2010, 12, 31), date(2011, 1, 1), date(2026, 3, 1), date(2026, 3, 2), date(2030, 1, 1)]
    assert [found.on(day) for day in on] == [{}, {"times": 1}, {"times": 1}, {"times": 2}, {"times": 2}]


def test_a_value_is_asked_for_by_name_and_absent_before_its_day() -> None:
    assert BOOK.value("p4.time-limit.8.b", "approver", DAY) == "main_leader"
    with pytest.raises(KeyError):
        BOOK.value("p4.time-limit.8.b", "approver", date(2010, 12, 31))
    with pytest.raises(KeyError):
        BOOK.value("p4.time-limit.8.b", "deputy", DAY)


def test_a_range_is_mapped_by_urgency_and_never_to_its_maximum_unasked() -> None:
    found = sole(limited(RANGE))
    book = replace(BOOK, clauses={found.id: found})
    amounts = [book.limit(found.id, DAY, urgency=one).amount for one in ("urgent", "normal", "low")]
    assert amounts == [1, 2, 3]
    with pytest.raises(KeyError):
        book.limit(found.id, DAY)


def test_a_limit_is_read_in_its_own_unit() -> None:
    assert BOOK.limit("p4.refusal-filing.2.1.b", DAY) == Limit(2, Unit.CALENDAR_DAY)
    assert BOOK.limit("p4.time-limit.1.b", DAY) == Limit(0, Unit.AT_ONCE)
    assert BOOK.limit("law.licensing.42.1", DAY, urgency="urgent") == Limit(20, Unit.WORKING_DAY)


def test_a_clause_that_a_profile_does_not_have_is_off() -> None:
    book = without("law.licensing.44")
    assert BOOK.has("law.licensing.44")
    assert not book.has("law.licensing.44")
    with pytest.raises(KeyError):
        book.clause("law.licensing.44")


def test_the_townships_book_lies_on_the_law_and_changes_none_of_it() -> None:
    assert available() == ("township",)
    assert (BOOK.slug, BOOK.name_zh, BOOK.name_en) == ("township", "乡镇机关", "Township government")
    files = resources.files("huiyin") / "rulebooks"
    law = parse((files / "statutory" / "licensing.yaml").read_text(encoding="utf-8"), "licensing")
    own = parse((files / "township" / "service.yaml").read_text(encoding="utf-8"), "service")
    assert law
    assert own
    assert law.keys().isdisjoint(own)
    assert BOOK.clauses == law | own
    assert {key.split(".")[0] for key in BOOK.clauses} == {"law", "p4", "house"}


def test_every_shipped_figure_of_the_township_applies_since_its_own_issue() -> None:
    for one in BOOK.clauses.values():
        if one.id.startswith("p4.") and one.values:
            assert one.values[0][0] == date(2011, 1, 1), one.id


def test_the_version_names_the_book_and_its_text() -> None:
    slug, _, digest = BOOK.version.partition("@")
    assert slug == "township"
    assert len(digest) == 12
    assert read("township") == BOOK == load("township")


def test_another_text_is_another_version(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rulebooks" / "town"
    folder.mkdir(parents=True)
    (folder.parent / "law.yaml").write_text(written(clause(id="law.1")), encoding="utf-8")
    profile = {"name": {"zh": "样例镇", "en": "Sample town"}, "layers": ["law"]}
    (folder / "profile.yaml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    (folder / "service.yaml").write_text(written(clause()), encoding="utf-8")
    monkeypatch.setattr(resources, "files", {"huiyin": tmp_path}.__getitem__)
    first = read("town")
    assert list(first.clauses) == ["law.1", "p4.sample.1"]
    assert available() == ("town",)
    (folder / "service.yaml").write_text(written(clause(kept="ground")), encoding="utf-8")
    assert read("town").version != first.version == replace(first).version


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(RulebookError, match="no rulebook named 'village'; choose one of: township"):
        load("village")
    with pytest.raises(RulebookError, match="statutory"):
        load("statutory")
