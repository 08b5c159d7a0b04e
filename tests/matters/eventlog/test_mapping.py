"""A mapping says what every column means, or is refused with each wrong key named."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from huiyin.matters.eventlog.mapping import NEEDED, OPTIONAL, read_mapping
from huiyin.rules.errors import Invalid
from huiyin.rules.events import Channel
from huiyin.rules.vocabulary import Limit, Unit
from tests.architecture.house import ROOT
from tests.matters.eventlog.small_logs import MAPPING


def wrong(text: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_mapping(text)
    assert caught.value.code == "bad_mapping"
    return caught.value


def changed(**change: Any) -> str:
    return yaml.safe_dump({**yaml.safe_load(MAPPING), **change}, allow_unicode=True)


def test_a_mapping_is_read_with_its_defaults() -> None:
    found = read_mapping(MAPPING)
    assert set(found.columns) == {*NEEDED, *OPTIONAL} - {"summary"}
    assert (found.columns["case"], found.columns["at"]) == ("案号", "时间")
    assert found.channels == {"窗口": Channel.COUNTER, "网上": Channel.ONLINE}
    assert (found.encoding, found.delimiter, found.acceptance) == ("utf-8", ",", "")
    assert found.zone == ZoneInfo("Asia/Shanghai")
    assert (found.unit.code, found.item.code) == ("PERMITS", "PERMIT-1")
    assert found.item.statutory == Limit(10, Unit.WORKING_DAY)
    assert found.item.committed is None


def test_the_example_that_is_shipped_can_be_read() -> None:
    found = read_mapping((ROOT / "examples/permit-receipts.yaml").read_text(encoding="utf-8"))
    assert found.item.statutory == Limit(56, Unit.CALENDAR_DAY)
    assert str(found.zone) == "Europe/Amsterdam"


@pytest.mark.parametrize(
    "text", ["", "案号", "- a", "a: [", "a: 2026-13-45", "!!python/object:os.system {}", "a: \x00"]
)
def test_what_is_no_mapping_at_all_says_so(text: str) -> None:
    assert set(wrong(text).fields) == {"mapping"}


@pytest.mark.parametrize("name", NEEDED)
def test_each_needed_meaning_is_asked_for(name: str) -> None:
    columns = {key: value for key, value in yaml.safe_load(MAPPING)["columns"].items() if key != name}
    assert set(wrong(changed(columns=columns)).fields) == {f"columns.{name}"}


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"colums": {}}, {"colums"}),
        ({"columns": ["案号"]}, {"columns"}),
        ({"columns": {**yaml.safe_load(MAPPING)["columns"], "price": "价"}}, {"columns.price"}),
        ({"unit": {"code": "XK"}}, {"unit"}),
        ({"unit": "XK"}, {"unit"}),
        ({"item": {"name": "建设许可"}}, {"item"}),
        ({"item": None}, {"item"}),
        ({"channels": {"窗口": "window"}}, {"channels"}),
        ({"channels": {"窗口": ["counter"]}}, {"channels"}),
        ({"channels": ["counter"]}, {"channels"}),
        ({"delimiter": "||"}, {"delimiter"}),
        ({"delimiter": '"'}, {"delimiter"}),
        ({"delimiter": "\n"}, {"delimiter"}),
        ({"zone": "Asia/Atlantis"}, {"zone"}),
        ({"zone": "../../etc/passwd"}, {"zone"}),
        ({"zone": ""}, {"zone"}),
        ({"unit": "XK", "zone": "nowhere", "delimiter": ""}, {"unit", "zone", "delimiter"}),
    ],
)
def test_every_wrong_key_is_named(change: dict[str, Any], fields: set[str]) -> None:
    assert set(wrong(changed(**change)).fields) == fields


@pytest.mark.parametrize(
    "limit",
    [10, "十日", {"amount": 10}, {"amount": "十", "unit": "month"}, {"amount": 0, "unit": "month"}, [1]],
)
def test_a_limit_is_an_amount_of_a_unit(limit: object) -> None:
    item = {"code": "XK-1", "name": "建设许可", "statutory": limit}
    assert set(wrong(changed(item=item)).fields) == {"item.statutory"}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]" for n in range(8)
)


@pytest.mark.parametrize("text", [BOMB, "a: &here 1\nb: *here", "a: &here 1"])
def test_references_are_refused_before_they_are_followed(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_mapping(text)
    assert "锚点" in caught.value.fields["mapping"]


def test_a_mapping_as_long_as_a_book_is_not_read() -> None:
    with pytest.raises(Invalid) as caught:
        read_mapping(MAPPING + "#" * 65_536)
    assert "过长" in caught.value.fields["mapping"]
    # Negative control: signs that only look like references are words.
    assert read_mapping(MAPPING.replace("建设许可", "'*建设&许可'")).item.name == "*建设&许可"
