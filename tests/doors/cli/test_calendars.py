"""`huiyin import calendar` and `huiyin calendar status`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from huiyin.matters import actions
from huiyin.organisation import actions as organisation
from huiyin.organisation import queries
from huiyin.organisation.calendar_files import read_schedule
from huiyin.organisation.models import CalendarChange
from huiyin.organisation.workbook import read_workbook
from huiyin.rules.yearfiles import Drafted
from tests.doors.cli.conftest import Run
from tests.factories import AT, Office, make_office
from tests.rules.notice_texts import LABOUR_DAY_2026, notice_text

pytestmark = pytest.mark.django_db
MAY = (
    notice_text(2026)
    .replace("5月5日", "5月4日")
    .replace("共5天", "共4天")
    .replace("至5日（周二）", "至4日（周一）")
)


@pytest.fixture
def office() -> Office:
    return make_office("qingshi")


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(MAY, encoding="utf-8")
    return path


def test_a_trial_says_what_was_understood_and_writes_nothing(cli: Run, office: Office, notice: Path) -> None:
    said = cli("import", "calendar", str(notice), "--dry-run", "--json")
    assert said.code == 0, said.out
    assert said.json["year"] == 2026
    assert said.json["changes"] == [{"date": "2026-05-05", "before": "labour_day", "after": "workday"}]
    assert said.json["days_off"]["2026-01-01"] == "元旦"
    assert said.json["working_days"] == queries.preview(office.tenant, _drafted(notice)).working_days
    assert not CalendarChange.objects.exists()
    assert "试算完成" in cli("import", "calendar", str(notice), "--dry-run").out


def test_an_import_proposes_and_cannot_confirm(cli: Run, office: Office, notice: Path) -> None:
    said = cli("import", "calendar", str(notice), "--json")
    assert said.code == 0, said.out
    row = CalendarChange.objects.get()
    assert (row.state, row.proposed_by) == ("proposed", None)
    assert [one["id"] for one in said.json["proposed"]] == [str(row.id)]
    assert cli("import", "calendar", str(notice), "--confirm-as", "1001").code == 2
    again = cli("import", "calendar", str(notice), "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "calendar_waiting")
    status = cli("calendar", "status", "--json").json
    assert [one["year"] for one in status["waiting"]] == [2026]
    organisation.confirm_calendar(row, by=office.asker("administrator"), at=AT)
    assert cli("calendar", "status", "--json").json["waiting"] == []


def test_a_damaged_notice_is_named_by_sentence(cli: Run, office: Office, notice: Path) -> None:
    del office
    notice.write_text(MAY.replace("1月4日（周日）上班", "1月4日（周一）上班"), encoding="utf-8")
    said = cli("import", "calendar", str(notice), "--json")
    assert said.code == 1
    (unread,) = said.json["unread"]
    assert "1月4日" in unread["sentence"]
    assert not CalendarChange.objects.exists()
    assert "星期不符" in cli("import", "calendar", str(notice)).out


def test_status_tells_years_and_how_far_the_recomputation_is(cli: Run, office: Office) -> None:
    before = cli("calendar", "status", "--json").json
    assert before["recomputation"] is None
    assert before["years"][0]["official"] in {True, False}
    actions.recompute_due_dates(AT)
    after = cli("calendar", "status", "--json").json["recomputation"]
    assert after["calendar"] == before["version"]
    assert (after["seen"], after["moved"], after["finished_at"]) == (0, 0, None)
    # The office's first look at its limits is no recomputation: nothing has changed.
    assert after["first"] is True
    assert "首次核对时限" in cli("calendar", "status").out
    assert "正在重新计算" not in cli("calendar", "status").out
    organisation.confirm_calendar(_typhoon(office), by=office.asker("administrator"), at=AT)
    actions.recompute_due_dates(AT)
    assert cli("calendar", "status", "--json").json["recomputation"]["first"] is False
    assert "正在重新计算" in cli("calendar", "status").out


def test_the_template_and_a_bad_date(cli: Run, office: Office, notice: Path, tmp_path: Path) -> None:
    del office
    assert cli("import", "template", "calendar", str(tmp_path / "a.xlsx")).code == 0
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    said = cli("import", "calendar", str(notice), "--issued", "gestern", "--json")
    assert said.json["error"]["code"] == "bad_day"


def test_a_change_during_the_year_is_told_day_by_day(
    cli: Run, office: Office, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del office
    notice.write_text(LABOUR_DAY_2026, encoding="utf-8")
    said = cli("import", "calendar", str(notice), "--json")
    assert said.code == 0, said.out
    assert (said.json["amends"], said.json["still_worked"]) == (True, ["2026-05-09"])
    assert [one["kind"] for one in said.json["proposed"]] == ["amendment"]
    told = cli("import", "calendar", str(notice), "--dry-run").out
    assert "对2026年的调整：通知写明放假4天，调休上班1天" in told
    assert "2026-04-26 周末休息→调休上班日、2026-05-05 劳动节→上班" in told
    assert "仍要上班的周末：2026-05-09" in told
    monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
    assert "2026-05-05 Labour Day→" in cli("import", "calendar", str(notice), "--dry-run").out


def test_a_holiday_nobody_knows_can_be_named_in_english(cli: Run, office: Office, notice: Path) -> None:
    del office
    notice.write_text(MAY.replace("七、国庆节", "七、胜利日：9月3日放假。\n八、国庆节"), encoding="utf-8")
    words = ("import", "calendar", str(notice), "--dry-run")
    assert cli(*words, "--json").json["without_english"] == ["胜利日"]
    assert "没有英文名称、英文页面显示中文的节日：胜利日" in cli(*words).out
    given = cli(*words, "--english", "胜利日=Victory Day", "--json")
    assert given.json["without_english"] == []
    assert cli(*words, "--english", "胜利日", "--json").json["error"]["code"] == "bad_english"


def test_the_template_is_in_the_language_of_whoever_asks(
    cli: Run, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del office
    sheets = []
    for spoken in ("zh", "en"):
        monkeypatch.setenv("HUIYIN_LANGUAGE", spoken)
        assert cli("import", "template", "calendar", str(tmp_path / f"{spoken}.xlsx")).code == 0
        sheets.append(list(read_workbook((tmp_path / f"{spoken}.xlsx").read_bytes()))[:2])
    assert sheets == [["依据", "放假安排"], ["Notice", "Days"]]


def _typhoon(office: Office) -> CalendarChange:
    return organisation.propose_local(
        office.tenant, name="台风停工", off=[date(2026, 8, 5)], reason="防汛",
        by=office.asker("office_head"), at=AT,
    )  # fmt: skip


def _drafted(path: Path) -> Drafted:
    drafted = read_schedule(path.read_bytes()).drafted
    assert drafted is not None
    return drafted
