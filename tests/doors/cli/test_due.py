from __future__ import annotations

import pytest

from huiyin.doors.cli import due
from huiyin.rules import clocks
from huiyin.rules.vocabulary import Limit, Unit
from tests.doors.cli.conftest import Run

FROM = ("--rulebook", "township", "--from", "2026-02-13T10:00")


def test_a_limit_over_spring_festival(cli: Run) -> None:
    said = cli("due", *FROM, "--limit", "5 working_day", "--json")
    assert said.code == 0
    # 14 and 28 February are worked Saturdays, 15 to 23 February is the festival.
    assert said.json["due"] == "2026-02-27T17:30:00+08:00"
    assert said.json["provisional"] is False
    assert said.json["clause"] is None
    assert sum(step["days"] for step in said.json["steps"] if step["kind"] == "counted") == 5
    assert "春节" in said.json["explanation"]["zh"]
    assert "Spring Festival" in said.json["explanation"]["en"]


def test_a_clause_by_urgency_and_its_words(cli: Run) -> None:
    due_on = {
        urgency: cli("due", *FROM, "--clause", "p4.time-limit.5.b", "--urgency", urgency, "--json").json[
            "due"
        ]
        for urgency in ("urgent", "normal", "low")
    }
    assert due_on == {
        "urgent": "2026-02-14T17:30:00+08:00",
        "normal": "2026-02-24T17:30:00+08:00",
        "low": "2026-02-25T17:30:00+08:00",
    }
    said = cli("due", *FROM, "--clause", "p4.time-limit.5.b")
    assert "到期：2026-02-24 17:30" in said.out
    assert "p4.time-limit.5.b" in said.out


def test_pauses_and_extensions_move_it(cli: Run) -> None:
    limit = ("--limit", "5 working_day", "--json")
    plain = cli("due", *FROM, *limit).json
    paused = cli("due", *FROM, *limit, "--pause", "2026-02-24T09:00/2026-02-25T17:00").json
    extended = cli("due", *FROM, *limit, "--extend", "10 working_day@2026-02-27").json
    both = cli(
        "due",
        *FROM,
        *limit,
        "--extend",
        "10 working_day@2026-02-27",
        "--pause",
        "2026-02-24T09:00/2026-02-25T17:00",
    ).json
    assert plain["due"] < paused["due"] == "2026-03-02T17:30:00+08:00"
    assert extended["due"] == "2026-03-12T17:30:00+08:00"
    assert both["due"] == "2026-03-16T17:30:00+08:00"


def test_a_running_pause_and_an_unpublished_year_are_said(cli: Run) -> None:
    said = cli(
        "due", "--rulebook", "township", "--from", "2026-12-21", "--limit", "10 working days", "--pause",
        "2026-12-22/5", "--json",
    )  # fmt: skip
    assert said.json["paused"] is True
    assert said.json["provisional"] is True


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--limit", "5 foo"], 1, "5个工作日（working_day）"),
        (["--limit", "24小时"], 1, "24自然小时"),
        (["--limit", "0 working_day"], 1, "不是时限"),
        (["--limit", "5 at_once"], 1, "不是时限"),
        (["--limit", "5 before_event"], 1, "不是时限"),
        (["--limit", "5 working_day", "--calendar-as-of", "yesterday"], 1, "不是日期"),
        (["--limit", "5 working_day", "--event-at", "2026-03-20"], 1, "before_event"),
        (["--limit", "before_event", "--event-at", "soon"], 1, "不是时刻"),
        (["--limit", "9999 month"], 1, "超出工作日历的范围"),
        (["--clause", "p9.nothing"], 1, "p4.time-limit.5.b"),
        (["--limit", "5 working_day", "--pause", "2026-02-24"], 1, "不是时段"),
        (["--limit", "5 working_day", "--pause", "2026-02-25/2026-02-24"], 1, "早于"),
        (["--limit", "5 working_day", "--extend", "10 working_day"], 1, "不是延期"),
        (["--limit", "5 working_day", "--extend", "当场@2026-02-20"], 1, "不是延期"),
        (["--limit", "5 working_day", "--clause", "p4.time-limit.5.b"], 2, "--limit"),
        ([], 2, "--clause"),
    ],
)
def test_what_cannot_be_reckoned_is_refused_with_a_remedy(
    cli: Run, words: list[str], code: int, told: str
) -> None:
    said = cli("due", *FROM, *words)
    assert said.code == code
    assert told in said.err


def test_a_clause_before_its_time_is_refused(cli: Run) -> None:
    said = cli(
        "due", "--rulebook", "township", "--from", "2010-06-01", "--clause", "p4.time-limit.5.b", "--json"
    )
    assert said.code == 1
    assert said.json["error"]["code"] == "clause_not_in_force"


def test_an_unknown_rulebook_names_those_there_are(cli: Run) -> None:
    said = cli("due", "--rulebook", "moon", "--from", "2026-02-13", "--limit", "at_once")
    assert said.code == 1
    assert "township" in said.err


def test_facts_are_read() -> None:
    assert [type(fact) for fact in due.pause("2026-02-24/2026-02-25")] == [clocks.Paused, clocks.Resumed]
    for text in ("10 working_day@2026-02-27", "10个工作日@2026-02-27", "十个工作日＠2026-02-27"):
        assert due.extension(text).limit == Limit(10, Unit.WORKING_DAY)


def test_a_limit_may_be_written_in_chinese(cli: Run) -> None:
    by_unit = cli("due", *FROM, "--limit", "5 working_day", "--extend", "10 working_day@2026-02-27", "--json")
    chinese = cli("due", *FROM, "--limit", "5个工作日", "--extend", "10个工作日@2026-02-27", "--json")
    assert chinese.json == by_unit.json


def test_an_extension_after_the_limit_is_refused_with_the_moment_it_ended(cli: Run) -> None:
    limit = ("--limit", "5个工作日")
    said = cli("due", *FROM, *limit, "--extend", "10个工作日@2026-03-02")
    assert said.code == 1
    assert "时限已于 2026-02-27 17:30 届满，2026-03-02 08:30 不能再批准延期" in said.err
    assert "请核对批准时刻" in said.err
    # A pause that carries the limit past the approval makes it possible again.
    paused = cli(
        "due", *FROM, *limit, "--extend", "10个工作日@2026-03-02", "--pause", "2026-02-24/2026-02-28"
    )
    assert paused.code == 0


def test_nothing_pauses_or_extends_before_the_start(cli: Run) -> None:
    early = ("--pause", "2026-02-12/2026-02-14"), ("--extend", "10个工作日@2026-02-12")
    for words in early:
        said = cli("due", *FROM, "--limit", "5个工作日", *words)
        assert said.code == 1
        assert "早于起算时刻 2026-02-13 10:00" in said.err


def test_only_notices_issued_by_a_day_count(cli: Run) -> None:
    limit = ("--limit", "5 working_day", "--json")
    known = cli("due", *FROM, *limit, "--calendar-as-of", "2026-02-01").json
    unknown = cli("due", *FROM, *limit, "--calendar-as-of", "2025-10-01").json
    assert (known["due"][:10], known["provisional"]) == ("2026-02-27", False)
    assert unknown["provisional"] is True
    assert unknown["due"] != known["due"]
    assert unknown["calendar"] != known["calendar"]


def test_before_an_event_says_so_until_it_is_scheduled(cli: Run) -> None:
    waiting = cli("due", *FROM, "--limit", "before_event", "--json").json
    assert (waiting["due"], waiting["yellow_at"], waiting["awaits_event"]) == (None, None, True)
    assert "到期：待定" in cli("due", *FROM, "--limit", "before_event").out
    told = cli("due", *FROM, "--limit", "before_event", "--event-at", "2026-03-20T14:30", "--json").json
    assert (told["due"], told["awaits_event"]) == ("2026-03-20T14:30:00+08:00", False)


def test_clock_hours_and_years(cli: Run) -> None:
    assert cli("due", *FROM, "--limit", "24 clock_hour", "--json").json["due"][:16] == "2026-02-14T10:00"
    assert cli("due", *FROM, "--limit", "1 year", "--json").json["due"][:10] == "2027-02-15"
