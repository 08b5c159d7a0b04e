"""Rulebooks: the value in force that day, layers underneath, and nothing borrowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from huiyin.rules.clauses import RulebookError, parse
from huiyin.rules.rulebook import available, load, read
from huiyin.rules.vocabulary import Limit, Unit
from tests.rules.happenings import BOOK, without
from tests.rules.test_clauses import RANGE, clause, limited, sole, written

DAY = date(2026, 3, 2)
PROFILES = ("commission", "company", "headquarters", "report", "township")


def town(place: Path, monkeypatch: pytest.MonkeyPatch, *clauses: Mapping[str, Any]) -> Path:
    """The folder of a made-up profile that lies on a law of one clause."""
    folder = place / "rulebooks" / "town"
    folder.mkdir(parents=True)
    (folder.parent / "law.yaml").write_text(written(clause(id="law.1")), encoding="utf-8")
    profile = {"name": {"zh": "样例镇", "en": "Sample town"}, "layers": ["law"]}
    (folder / "profile.yaml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    (folder / "service.yaml").write_text(written(*clauses), encoding="utf-8")
    monkeypatch.setattr(resources, "files", {"huiyin": place}.__getitem__)
    return folder


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
    assert available() == PROFILES
    assert (BOOK.slug, BOOK.name_zh, BOOK.name_en) == ("township", "乡镇机关", "Township government")
    files = resources.files("huiyin") / "rulebooks"
    law = parse((files / "statutory" / "licensing.yaml").read_text(encoding="utf-8"), "licensing")
    assert law.items() <= BOOK.clauses.items()
    assert {key.split(".")[0] for key in BOOK.clauses} == {"house", "law", "p4"}


@pytest.mark.parametrize(
    ("slug", "part", "layers"),
    [
        ("company", "p1", {"house"}),
        ("headquarters", "p2", {"house", "law"}),
        ("commission", "p3", {"house", "law"}),
        ("township", "p4", {"house", "law"}),
        ("report", "p5", {"house"}),
    ],
)
def test_a_profile_holds_its_own_part_and_the_layers_under_it(slug: str, part: str, layers: set[str]) -> None:
    book = load(slug)
    assert {key.split(".")[0] for key in book.clauses} == {part, *layers}
    assert {key.split(".")[0] for key in book.own} == {part}
    assert book.name_zh
    assert book.name_en


def test_a_part_is_played_by_the_topmost_clause_and_by_nobody_elses() -> None:
    levels = {slug: load(slug).cite("filing_levels") for slug in PROFILES}
    assert levels == {
        "commission": "p3.refusal-filing.3.2.a",
        "company": "house.refusal",
        "headquarters": "house.refusal",
        "report": "house.refusal",
        "township": "p4.refusal-filing.1.c",
    }
    phrases = {slug: load(slug).has("banned_phrases") for slug in PROFILES}
    assert phrases == dict.fromkeys(PROFILES, False) | dict.fromkeys(
        ("company", "headquarters", "township"), True
    )
    assert load("headquarters").value("banned_phrases", "phrases", DAY) == ["不知道", "不清楚"]
    assert BOOK.cite("no such part") == ""
    assert not BOOK.has("no such part")


def test_a_part_is_cited_as_the_office_itself_would() -> None:
    assert BOOK.reference("extension") == "本单位《效能建设制度》限时办结制第八条"
    assert load("commission").reference("extension", "en") == (
        "the office's efficiency regulations, time limits, article 4"
    )
    assert BOOK.reference("procedures") == "《中华人民共和国行政许可法》第四十五条"
    assert load("company").reference("procedures") == ""


def test_the_law_opens_reconsideration_and_court_to_whoever_a_licensing_office_refuses() -> None:
    found = {
        slug: [part for part in ("administrative_review", "litigation") if load(slug).has_limit(part, DAY)]
        for slug in PROFILES
    }
    both = ["administrative_review", "litigation"]
    assert found == {slug: [] for slug in PROFILES} | {"commission": both, "township": both}
    assert BOOK.limit("administrative_review", DAY) == Limit(60, Unit.CALENDAR_DAY)
    assert BOOK.limit("litigation", DAY) == Limit(6, Unit.MONTH)


def test_one_layer_has_one_clause_for_a_part(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = town(
        tmp_path, monkeypatch, clause(plays="extension"), clause(id="p4.sample.2", plays="extension")
    )
    with pytest.raises(RulebookError, match=r"p4\.sample\.1 and p4\.sample\.2 both play 'extension'"):
        read("town")
    # Negative control: the same part in two layers is the topmost one's.
    (place / "service.yaml").write_text(written(clause(plays="extension")), encoding="utf-8")
    (place.parent / "law.yaml").write_text(written(clause(id="law.1", plays="extension")), encoding="utf-8")
    assert read("town").cite("extension") == "p4.sample.1"


def test_a_clause_stands_in_one_file(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = town(tmp_path, monkeypatch, clause())
    (place / "more.yaml").write_text(written(clause()), encoding="utf-8")
    with pytest.raises(
        RulebookError, match=r"town/service\.yaml: clause p4\.sample\.1 stands in another file"
    ):
        read("town")


def test_the_version_names_the_book_and_its_text() -> None:
    slug, _, digest = BOOK.version.partition("@")
    assert slug == "township"
    assert len(digest) == 12
    assert read("township") == BOOK == load("township")


def test_another_text_is_another_version(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = town(tmp_path, monkeypatch, clause())
    first = read("town")
    assert list(first.clauses) == ["law.1", "p4.sample.1"]
    assert available() == ("town",)
    (folder / "service.yaml").write_text(written(clause(kept="ground")), encoding="utf-8")
    assert read("town").version != first.version == replace(first).version


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(
        RulebookError, match="no rulebook named 'village'; choose one of: commission, company"
    ):
        load("village")
    with pytest.raises(RulebookError, match="statutory"):
        load("statutory")
