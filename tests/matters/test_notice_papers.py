"""A notice of missing papers says everything that the clause asks for."""

from __future__ import annotations

from huiyin.documents import contents as paper
from huiyin.matters.steps import Paper
from tests.factories import Office
from tests.matters.handling import INCOMPLETE
from tests.matters.in_memory import bench
from tests.matters.test_papers import said, whole_life


def test_the_notice_says_everything_the_clause_asks_for(office: Office) -> None:
    notice: paper.OneTimeNotice = said(whole_life(office))["one_time_notice"]
    assert [one.material for one in notice.defects] == ["收入证明"]
    assert notice.defects[0].problem == "没有单位盖章"
    assert (notice.policy_basis, notice.procedure) == ("社会救助暂行办法", "申请、审核、确认")
    assert notice.statutory is not None
    assert notice.committed is not None
    assert [(one.name, one.copies, one.original, one.optional) for one in notice.materials] == [
        ("居民户口簿", 1, True, False),
        ("收入证明", 1, False, False),
        ("近期照片", 2, False, True),
    ]
    assert notice.defects[0].requirement == "补交复印件1份"
    assert (notice.ordinal, notice.breach) == (1, False)


def test_a_notice_asks_for_originals_where_the_item_does_and_marks_what_may_follow(office: Office) -> None:
    one = bench(office)
    one.take(
        "check",
        found=(
            Paper("居民户口簿", present=False),
            Paper("近期照片", present=False, required=False, copies=2, problem="不是近期的"),
            Paper("村委会证明", present=True),
        ),
    )
    one.take("notify", supplement_how="到2号窗口")
    notice: paper.OneTimeNotice = said(one)["one_time_notice"]
    assert [(row.material, row.requirement, row.optional) for row in notice.defects] == [
        ("居民户口簿", "补交原件1份", False),
        ("近期照片", "补交复印件2份", True),
    ]
    # What the check added to the list stands behind it.
    assert [row.name for row in notice.materials] == ["居民户口簿", "收入证明", "近期照片", "村委会证明"]


def test_a_second_notice_says_that_it_is_a_breach(office: Office) -> None:
    one = bench(office)
    one.take("check", found=INCOMPLETE)
    one.take("notify", supplement_how="到2号窗口")
    one.take("supplement")
    one.take("check", found=INCOMPLETE)
    one.take("notify", supplement_how="到2号窗口")
    last: paper.OneTimeNotice = said(one)["one_time_notice"]
    assert (last.ordinal, last.breach) == (2, True)
