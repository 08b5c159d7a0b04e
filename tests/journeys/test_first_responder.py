"""A first responder leads on: asks a leader, passes matter and papers to a colleague, shares or has it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Cast
from tests.journeys.steps import PHONE, look, open_matter, take

pytestmark = [
    pytest.mark.journey,
    # Walked once, the leader on a phone; every page is looked at in both windows.
    pytest.mark.parametrize("window", [(1440, 900)], ids=["both"], indirect=True),
]
DESK = "receptionist"


def test_an_unclear_matter_goes_to_a_leader_then_to_a_colleague_with_its_papers(cast: Cast) -> None:
    number = _register(cast, "想问临时救助怎么申请")
    page = cast.page(DESK)
    step = _way(cast, number, "不清楚归谁，请示领导")
    step.get_by_label("说明").fill("像是民政的业务")
    _go(step)
    # A way without its demand is refused, and what was typed stays.
    step = page.locator("#verb-route_contact")
    expect(step).to_contain_text("请写明请示哪位领导")
    expect(step.get_by_label("说明")).to_have_value("像是民政的业务")
    look(cast, DESK, "first-refused")
    _choose(step, "冯分管")
    _go(step)
    expect(page.locator("#guidance-title")).to_be_visible()
    expect(page.locator("main")).to_contain_text("待批示")
    look(cast, DESK, "first-asked")

    cast.page("leader_in_charge").set_viewport_size(PHONE)
    take(cast, "leader_in_charge", number, "instruct", words="请民政办卫经办办理")
    step = _way(cast, number, "同事的业务")
    expect(page.locator("main")).to_contain_text("请民政办卫经办办理")
    _choose(step, "卫经办")
    _go(step)
    _keep_papers(cast, number)
    _taken_over(cast, number)
    page.goto(f"{cast.site.address}/desk/first/")
    expect(page.locator("main")).to_contain_text(number)
    look(cast, DESK, "first-followed")


def test_a_matter_is_shared_is_for_another_office_or_is_ones_own(cast: Cast) -> None:
    number = _register(cast, "想问房产证怎么补办")
    page = cast.page(DESK)
    step = _way(cast, number, "与其他部门职能交叉")
    step.get_by_label("说明").fill("由本镇牵头")
    _go(step)
    step = page.locator("#verb-route_contact")
    expect(step).to_contain_text("请列出共同办理的部门")
    step.get_by_label("承办部门").fill("自然资源所、住建所")
    _go(step)
    expect(page.locator("main")).to_contain_text("自然资源所、住建所")
    # From then on it is the office's own.
    step = _way(cast, number, "不归本单位")
    step.get_by_label("说明").fill("归自然资源所办。")
    _go(step)
    expect(page.locator("#verb-route_contact")).to_contain_text("不能再作为不归本单位的事项答复")
    look(cast, DESK, "first-shared")

    number = _register(cast, "想问房产证怎么补办")
    step = _way(cast, number, "不归本单位")
    step.get_by_label("说明").fill("这事不归我管")
    for label, text in (
        ("承办部门", "县不动产登记中心"),
        ("地址", "人民路8号"),
        ("联系电话", "0571-66660000"),
    ):
        step.get_by_label(label).fill(text)
    _go(step)
    step = page.locator("#verb-route_contact")
    expect(step).to_contain_text("不能使用“不归我管”")
    step.get_by_label("说明").fill("房产登记由县不动产登记中心办理。")
    _go(step)
    expect(page.locator(".matter-title")).to_contain_text("已答复")
    look(cast, DESK, "first-outside")

    number = _register(cast, "想问大厅几点开门")
    step = _way(cast, number, "本岗业务，由我办理")
    step.get_by_label("说明").fill("要问清假日安排，今天答复。")
    _go(step)
    expect(page.locator(".clocks")).to_contain_text("韩接待")
    take(cast, DESK, number, "answer", reply="八点半到十七点半")
    expect(page.locator(".matter-title")).to_contain_text("已答复")


def _keep_papers(cast: Cast, number: str) -> None:
    page = open_matter(cast, DESK, number)
    step = page.locator("#verb-keep_papers")
    step.locator("summary").click()
    _choose(step, "卫经办")
    step.get_by_label("代收的材料").fill("申请书 2 3\n收入证明")
    step.get_by_label("来人联系方式").fill("13900001234")
    _go(step)
    expect(page.locator("main")).to_contain_text("待签收")
    look(cast, DESK, "first-papers-kept")


def _taken_over(cast: Cast, number: str) -> None:
    """The clerk finds the papers waiting, and takes matter and papers over."""
    page = cast.page("clerk")
    page.goto(f"{cast.site.address}/desk/first/")
    expect(page.locator("main")).to_contain_text(number)
    look(cast, "clerk", "first-papers-waiting")
    take(cast, "clerk", number, "accept_handover")
    take(cast, "clerk", number, "take_papers")
    expect(page.locator("main")).to_contain_text("已签收")


def _register(cast: Cast, text: str) -> str:
    page = cast.page(DESK)
    page.goto(f"{cast.site.address}/desk/")
    page.locator("#ask").press_sequentially(text)
    page.get_by_role("option", name=re.compile("登记为咨询")).click()
    page.locator("form.register [data-go]").click()
    return page.locator("#receipt-number").inner_text().strip()


def _way(cast: Cast, number: str, label: str) -> Locator:
    step = open_matter(cast, DESK, number).locator("#verb-route_contact")
    step.locator("summary").click()
    step.get_by_text(label, exact=True).click()
    return step


def _choose(step: Locator, name: str) -> None:
    step.get_by_role("combobox").fill(name)
    step.get_by_role("option").first.click()


def _go(step: Locator) -> None:
    step.locator(".form-actions button").click()
