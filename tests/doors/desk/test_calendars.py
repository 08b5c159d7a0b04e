"""The calendar at the desk: read, propose, confirm by a second person, and what everybody then sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.matters import actions as matters
from huiyin.organisation import actions
from huiyin.organisation.calendar_files import read_schedule
from huiyin.organisation.models import CalendarChange, Tenant
from huiyin.organisation.queries import calendar_of
from huiyin.organisation.workbook import read_workbook
from huiyin.rules.workdays import SHANGHAI
from huiyin.rules.yearfiles import Drafted
from tests.doors.desk.browser import Desk, application, said
from tests.factories import Office
from tests.matters.handling import FIVE_DAYS
from tests.organisation.test_calendar_sheets import book, english
from tests.rules.notice_texts import LABOUR_DAY_2026, written

NOTICE = {"title": "国务院办公厅关于2027年部分节假日安排的通知", "number": "国办发明电〔2026〕9号"}


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def text_2027() -> str:
    """A notice for 2027, made up."""
    spans = [
        ("元旦", "2027-01-01", "2027-01-04"),
        ("春节", "2027-02-05", "2027-02-11"),
        ("清明节", "2027-04-03", "2027-04-05"),
        ("劳动节", "2027-05-01", "2027-05-05"),
        ("端午节", "2027-06-09", "2027-06-09"),
        ("中秋节", "2027-09-15", "2027-09-15"),
        ("国庆节", "2027-10-01", "2027-10-07"),
    ]
    entry = {
        "notice": {**NOTICE, "issued": day("2026-11-09").date()},
        "days_off": [{"zh": zh, "from": day(a).date(), "to": day(b).date()} for zh, a, b in spans],
        "working_weekends": [day("2027-02-20").date()],
    }
    return written(2027, entry, {})


@pytest.fixture
def keeper(office: Office) -> Desk:
    return Desk(office, "office_head")


def test_a_pasted_notice_is_shown_proposed_and_confirmed_by_another(
    office: Office, keeper: Desk, administrator: Desk
) -> None:
    shown = said(keeper.post("calendar/propose/", text=text_2027(), what="try"))
    assert "读到的 2027 年放假安排" in shown
    assert "与估计相比" in shown
    assert "2027-02-20" in shown
    assert not CalendarChange.objects.exists()
    assert keeper.post("calendar/propose/", text=text_2027(), what="propose").status_code == 302
    row = CalendarChange.objects.get()
    own = said(keeper.get("calendar/", year="2027"))
    assert "须由另一人确认" in own
    assert "估计，暂定" in own
    assert keeper.post(f"calendar/{row.id}/confirm/").status_code == 403
    assert administrator.post(f"calendar/{row.id}/confirm/").status_code == 302
    page = said(administrator.get("calendar/", year="2027"))
    assert NOTICE["title"] in page
    assert "估计，暂定" not in page
    assert "元旦 01-01 – 01-04" in page
    assert calendar_of(Tenant.objects.get(id=office.tenant.id)).is_official(2027)
    assert administrator.post(f"calendar/{row.id}/confirm/").status_code == 409
    assert administrator.post(f"calendar/{row.id}/else/").status_code == 404


def test_what_cannot_be_read_is_named_and_the_text_is_kept(keeper: Desk) -> None:
    damaged = text_2027().replace("2月20日（周六）上班", "2月20日（周日）上班")
    answer = keeper.post("calendar/propose/", text=damaged, what="propose")
    assert answer.status_code == 422
    assert "日期与所写的星期不符" in said(answer)
    assert "2月20日（周日）上班" in answer.content.decode()
    assert not CalendarChange.objects.exists()
    for typed in (
        {"text": ""},
        {"text": "x", "year": "27"},
        {"text": "x", "issued": "gestern"},
        {"text": "随便"},
    ):
        assert keeper.post("calendar/propose/", **typed).status_code == 422
    huge = SimpleUploadedFile("a.txt", b"x" * (2 * 1024 * 1024 + 1))
    assert keeper.post("calendar/propose/", file=huge).status_code == 413


def test_a_workbook_is_proposed_and_sent_back_or_withdrawn(keeper: Desk, administrator: Desk) -> None:
    assert keeper.get("calendar.xlsx").content.startswith(b"PK")
    for what, desk, why in (("reject", administrator, "与通知不符"), ("withdraw", keeper, "")):
        file = SimpleUploadedFile("a.xlsx", book())
        assert keeper.post("calendar/propose/", file=file, what="propose").status_code == 302
        row = CalendarChange.objects.filter(state="proposed", kind="year").get()
        assert desk.post(f"calendar/{row.id}/{what}/", why=why).status_code == 302
    page = said(keeper.get("calendar/"))
    assert "已退回 · 朱管理" in page
    assert "与通知不符" in page
    assert "已撤回" in page


def test_a_notice_during_the_year_is_shown_and_confirmed_as_a_change(
    office: Office, keeper: Desk, administrator: Desk
) -> None:
    shown = said(keeper.post("calendar/propose/", text=LABOUR_DAY_2026, what="try"))
    assert "读到的对 2026 年放假安排的调整" in shown
    assert "通知写明放假 4 天，调休上班 1 天；其余节日不变" in shown
    assert "2026-04-26 周末休息 → 变为 调休上班日 2026-05-05 劳动节 → 变为 上班" in shown
    assert "仍要上班的周末：2026-05-09。请核对" in shown
    assert keeper.post("calendar/propose/", text=LABOUR_DAY_2026, what="propose").status_code == 302
    row = CalendarChange.objects.get()
    waiting = said(administrator.get("calendar/"))
    assert "2026 · 对已公布安排的调整 国务院办公厅关于调整2026年劳动节假期安排的通知" in waiting
    assert "确认后 2 天有变化" in waiting
    assert keeper.post(f"calendar/{row.id}/confirm/").status_code == 403
    assert administrator.post(f"calendar/{row.id}/confirm/").status_code == 302
    assert "劳动节 05-01 – 05-04" in said(keeper.get("calendar/", year="2026"))
    # The same text again is refused, and so is a change to a year nobody knows.
    assert keeper.post("calendar/propose/", text=LABOUR_DAY_2026, what="propose").status_code == 409
    later = LABOUR_DAY_2026.replace("2026年", "2031年")
    later = re.sub("（星期.）", "", later).replace("4月26日", "4月27日")
    answer = keeper.post("calendar/propose/", text=later, what="try")
    assert answer.status_code == 409
    assert "2031年的放假安排还没有公布" in said(answer)
    assert calendar_of(Tenant.objects.get(id=office.tenant.id)).is_workday(day("2026-05-05").date())


def test_a_proposal_that_no_longer_holds_says_so_where_it_waits(
    office: Office, keeper: Desk, administrator: Desk
) -> None:
    keeper.post("calendar/propose/", text=LABOUR_DAY_2026, what="propose")
    CalendarChange.objects.update(text="days_off: [1]")
    page = administrator.get("calendar/")
    assert page.status_code == 200
    assert "放假安排自相矛盾" in said(page)
    del office


def test_a_holiday_nobody_knows_is_asked_for_in_english_and_marked_as_chinese_without(
    keeper: Desk, administrator: Desk
) -> None:
    text = text_2027().replace("七、国庆节", "七、胜利日：9月3日放假。\n八、国庆节")
    page = keeper.post("calendar/propose/", text=text, what="try")
    assert "“胜利日”的英文名称" in said(page)
    assert 'name="english-0"' in page.content.decode()
    assert "的英文名称" not in said(keeper.post("calendar/propose/", text=text_2027(), what="try"))
    for name, told, marked in (("", "胜利日", True), ("Victory Day", "Victory Day", False)):
        keeper.post("calendar/propose/", **{"text": text, "what": "propose", "english-0": name})
        row = CalendarChange.objects.get(state="proposed")
        administrator.post(f"calendar/{row.id}/confirm/")
        administrator.client.post("/language/", {"language": "en", "next": "/desk/"})
        shown = administrator.get("calendar/", year="2027")
        administrator.client.post("/language/", {"language": "zh-hans", "next": "/desk/"})
        assert f"{told} 09-03" in said(shown)
        assert ('<span lang="zh">胜利日</span>' in shown.content.decode()) is marked
    # In Chinese nothing is marked.
    assert 'lang="zh"' not in administrator.get("calendar/", year="2027").content.decode()


def test_the_template_is_in_the_language_of_the_page(keeper: Desk) -> None:
    assert list(read_workbook(keeper.get("calendar.xlsx").content))[:2] == ["依据", "放假安排"]
    keeper.client.post("/language/", {"language": "en", "next": "/desk/"})
    answer = keeper.get("calendar.xlsx")
    assert list(read_workbook(answer.content))[:2] == ["Notice", "Days"]
    file = SimpleUploadedFile("a.xlsx", english())
    shown = said(keeper.post("calendar/propose/", file=file, what="try"))
    assert "01-01 New Year's Day" in shown
    assert "2027-02-20 Weekend → becomes Worked weekend day" in shown


def test_an_offices_first_look_at_its_limits_is_no_news(office: Office, administrator: Desk) -> None:
    assert _accepted(office)
    matters.recompute_due_dates(office.at)
    assert "正在按新的安排" not in said(administrator.get("calendar/"))
    # Negative control: once somebody confirmed a change, it is.
    change = actions.propose_local(
        office.tenant, name="台风停工", off=[day("2026-08-05").date()], reason="防汛",
        by=office.asker("office_head"), at=office.at,
    )  # fmt: skip
    actions.confirm_calendar(change, by=office.asker("administrator"), at=office.at)
    before = said(administrator.get("calendar/"))
    assert "正在按新的安排重新计算期限。" in before
    # What the first look counted says nothing of the new calendar.
    assert "已查" not in before
    matters.recompute_due_dates(office.at)
    assert "正在按新的安排重新计算期限：已查" in said(administrator.get("calendar/"))


def test_a_local_day_off_is_named_and_can_be_revoked(
    office: Office, keeper: Desk, administrator: Desk
) -> None:
    empty = keeper.post("calendar/local/", name="", off="", worked="", reason="")
    assert empty.status_code == 422
    assert keeper.post("calendar/local/", name="a", off="8月5日", reason="b").status_code == 422
    typed = {"name": "台风停工", "off": "2026-08-05、2026-08-06", "worked": "2026-08-15", "reason": "防汛"}
    assert keeper.post("calendar/local/", **typed).status_code == 302
    row = CalendarChange.objects.get()
    administrator.post(f"calendar/{row.id}/confirm/")
    page = administrator.get("calendar/", year="2026")
    assert "台风停工 08-05 – 08-06" in said(page)
    assert 'class="day-local"' in page.content.decode()
    assert keeper.post(f"calendar/{row.id}/revoke/", why="转向").status_code == 302
    undo = CalendarChange.objects.get(kind="revocation")
    administrator.post(f"calendar/{undo.id}/confirm/")
    assert Tenant.objects.get(id=office.tenant.id).calendar_digest == ""


def test_the_page_speaks_english(administrator: Desk) -> None:
    administrator.client.post("/language/", {"language": "en", "next": "/desk/"})
    page = said(administrator.get("calendar/", year="2026"))
    assert "Spring Festival 02-15 – 02-23" in page
    assert "All proposals" in page
    assert "放假" not in page


def test_a_missing_year_is_said_on_the_home_of_those_who_keep_the_calendar(
    office: Office, now: mock.Mock
) -> None:
    now.return_value = day("2026-09-30T10:00")
    assert "缺少" not in said(Desk(office, "efficiency_office").get())
    now.return_value = day("2026-10-01T10:00")
    assert "缺少 2027 年的放假安排" in said(Desk(office, "efficiency_office").get())
    assert "缺少" not in said(Desk(office, "clerk").get())


def test_a_provisional_day_is_marked_wherever_it_is_shown_and_no_longer_once_published(
    office: Office, clerk: Desk, now: mock.Mock
) -> None:
    now.return_value = day("2026-12-21T10:00")
    office.at = now.return_value
    clerk = Desk(office, "clerk")
    number = _accepted(office)
    leader = Desk(office, "main_leader")
    pages: dict[str, Callable[[], str]] = {
        "home": lambda: said(clerk.get()),
        "list": lambda: said(clerk.get("matters/")),
        "matter": lambda: said(clerk.get(f"matters/{number}/")),
        "decisions": lambda: said(leader.get("decisions/")),
    }
    for name, look in pages.items():
        assert "暂定" in look(), name
    change = actions.propose_year(
        office.tenant, _drafted(), by=office.asker("office_head", now.return_value), at=now.return_value
    )[0]
    actions.confirm_calendar(change, by=office.asker("administrator", now.return_value), at=now.return_value)
    matters.recompute_due_dates(now.return_value)
    for name, look in pages.items():
        assert "暂定" not in look(), name
    page = said(Desk(office, "administrator").get("calendar/"))
    assert "正在按新的安排重新计算期限" in page
    matters.recompute_due_dates(now.return_value + timedelta(seconds=90))
    matters.recompute_due_dates(now.return_value + timedelta(seconds=180))
    assert "正在按新的安排" not in said(Desk(office, "administrator").get("calendar/"))


def _accepted(office: Office) -> str:
    number = application(Desk(office, "clerk")).number
    by = matters.By(office.asker("clerk"), office.at, "ask-more")
    matters.request_extension(by, number, limit=FIVE_DAYS, reason="核查")
    return number


def _drafted() -> Drafted:
    drafted = read_schedule(text_2027().encode()).drafted
    assert drafted is not None
    return drafted
