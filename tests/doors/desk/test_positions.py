"""The responsibility book and each position: read by everybody, written by those over the work."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions
from huiyin.organisation.models import Appointment, Charge, DutySheet, Tenant, YearTarget
from tests.doors.desk.browser import Desk, said
from tests.factories import AT, Office


def bound_by(office: Office, rulebook: str) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook=rulebook)


def test_everybody_reads_the_book_with_its_levels_and_gaps(clerk: Desk, office: Office) -> None:
    page = said(clerk.get("positions/"))
    for text in ("总体职能", "低保经办岗", "没有可考核的任务", "没有对应的年度目标"):
        assert text in page
    # What was found against colleagues is for whoever leads.
    assert "考评：岗位责任部分" not in page
    assert "考评：岗位责任部分" in said(Desk(office, "main_leader").get("positions/"))
    assert "写总体职能或科室职责" not in page
    bound_by(office, "headquarters")
    page = said(clerk.get("positions/"))
    assert "没有B岗" in page
    assert "考评：岗位责任部分" not in page


def test_a_position_is_found_by_title_unit_or_holder(clerk: Desk) -> None:
    page = clerk.get("positions/", q="卫经办").content.decode()
    assert ("MZ01" in page, "MZ02" in page, "MZ00" in page) == (True, True, False)
    assert "没有这样的岗位" in said(clerk.get("positions/", q="没有的岗位"))


def test_the_administrator_writes_charges_and_targets(administrator: Desk, office: Office) -> None:
    answer = administrator.post("positions/change/", what="charge", unit="", text="服务全镇群众")
    assert answer.status_code == 302
    unit = str(office.units["MZ"].id)
    administrator.post("positions/change/", what="charge", unit=unit, text="社会救助")
    assert set(Charge.objects.values_list("text", flat=True)) == {"服务全镇群众", "社会救助"}
    typed = {"what": "target", "year": "2026", "code": "MB-1", "title": "应保尽保", "measure": ""}
    wrong = administrator.post("positions/change/", **typed, positions="MZ01、NO-1")
    assert wrong.status_code == 422
    assert "没有这个岗位编码" in said(wrong)
    assert 'value="MB-1"' in wrong.content.decode()
    assert administrator.post("positions/change/", **typed, positions="MZ01，mz02").status_code == 302
    page = said(administrator.get("positions/"))
    assert "服务全镇群众" in page
    assert "应保尽保" in page
    assert YearTarget.objects.get().posts.count() == 2


def test_a_sheet_is_written_refused_with_everything_kept_and_issued(office: Office) -> None:
    bound_by(office, "commission")
    head = Desk(office, "head")
    long = "长" * 201
    wrong = head.post("positions/MZ01/do/", what="sheet", content="办理低保", task=f"核查 | {long}")
    assert wrong.status_code == 422
    assert "考核标准不超过200字" in said(wrong)
    assert f"核查 | {long}" in wrong.content.decode()
    head.post("positions/MZ01/do/", what="sheet", content="办理低保\n接待来访")
    missing = head.post("positions/MZ01/do/", what="issue", since="2026-01-05")
    assert missing.status_code == 409
    assert "责任书还缺内容" in said(missing)
    head.post("positions/MZ01/do/", what="sheet", content="办理低保", task="核查在保对象｜每漏一户扣1分")
    assert head.post("positions/MZ01/do/", what="issue", since="").status_code == 422
    assert head.post("positions/MZ01/do/", what="issue", since="2026-01-05").status_code == 302
    page = said(head.get("positions/MZ01/"))
    assert "MZ01/2/2 任务（可考核） 核查在保对象 每漏一户扣1分" in page
    assert DutySheet.objects.filter(issued_at__isnull=False).count() == 1


def test_whoever_is_not_over_the_work_is_refused(clerk: Desk, office: Office) -> None:
    page = said(clerk.get("positions/MZ02/"))
    assert "写新一版责任书" not in page
    for what in ("sheet", "competence", "appoint", "secret"):
        typed = {"person": str(office.people["head"].id), "part": "A", "since": "2026-01-05", "content": "写"}
        answer = clerk.post("positions/MZ02/do/", what=what, reason="理由", basis="轮岗", **typed)
        assert answer.status_code in {403, 409}, what
    assert not DutySheet.objects.exists()
    assert clerk.post("positions/MZ02/do/", what="sing").status_code == 404
    assert clerk.get("positions/NO-1/").status_code == 404
    assert clerk.post("positions/change/", what="charge", unit="", text="写").status_code == 403


def test_appointing_shows_the_one_before_and_why(administrator: Desk, office: Office) -> None:
    bound_by(office, "headquarters")
    person = str(office.people["head"].id)
    typed = {"what": "appoint", "part": "A", "person": person, "since": "2026-01-05"}
    refused = administrator.post("positions/MZ01/do/", **typed, reason="")
    assert refused.status_code == 422
    assert "更换须写明理由" in said(refused)
    assert administrator.post("positions/MZ01/do/", **typed, reason="轮岗").status_code == 302
    page = said(administrator.get("positions/MZ01/"))
    assert "轮岗" in page
    assert "至今" in page
    assert Appointment.objects.filter(position=office.positions["MZ01"], part="A").count() == 2
    able = administrator.post("positions/MZ02/do/", what="competence", person=person, basis="轮岗半年")
    assert able.status_code == 302
    assert "轮岗半年" in said(administrator.get("positions/MZ02/"))


def test_a_secret_post_takes_a_reason_and_can_be_shown_again(administrator: Desk, office: Office) -> None:
    bound_by(office, "commission")
    assert administrator.post("positions/MZ02/do/", what="secret", reason="").status_code == 422
    administrator.post("positions/MZ02/do/", what="secret", wanted="secret", reason="经确定")
    administrator.post("positions/MZ02/do/", what="secret", wanted="secret", reason="又按了一次")
    assert "涉密岗，不公示" in said(administrator.get("positions/MZ02/"))
    administrator.post("positions/MZ02/do/", what="secret", wanted="open", reason="解密")
    assert "恢复公示" not in said(administrator.get("positions/MZ02/"))


def test_uncovered_positions_stand_on_top_with_since_when(clerk: Desk, office: Office) -> None:
    assert "无人顶岗的岗位" not in said(clerk.get("positions/"))
    office.absent("clerk", starts_at=AT, hours=4)
    office.absent("second_clerk", starts_at=AT, hours=4)
    page = said(clerk.get("positions/"))
    assert "无人顶岗的岗位" in page
    assert "自 2026-01-05 10:00 至 2026-01-05 14:00" in page


def test_the_number_of_queries_does_not_grow_with_the_positions(clerk: Desk, office: Office) -> None:
    clerk.get("positions/")
    with CaptureQueriesContext(connection) as few:
        clerk.get("positions/")
    for number in range(5):
        actions.add_position(
            office.units["MZ"], code=f"X{number}", title="岗", rank="clerk", by=actions.OPERATOR, at=AT
        )
    with CaptureQueriesContext(connection) as many:
        clerk.get("positions/")
    assert len(many) == len(few)
