"""An important refusal at a commission, by hand: six fields, two signatures, an answer, the papers back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Cast
from tests.journeys.steps import PHONE, look, open_matter, take

pytestmark = pytest.mark.journey

CLERK, LEADER, MAIN = "commission_clerk", "commission_leader_in_charge", "commission_main_leader"
WRITTEN = {
    "facts": "家庭月收入9000元",
    "reasons": "收入超过标准",
    "legal_basis": "《社会救助暂行办法》第九条",
    "opinion": "拟不予办理",
}
LEVELS = {LEADER: "分管领导", MAIN: "主要领导"}
EXPLAINED = "家庭收入超过标准，可以在六十日内申请行政复议。"


# Walked once, the leaders and the applicant on their phones; every page is looked at in both windows.
@pytest.mark.parametrize("window", [(1440, 900)], ids=["both"], indirect=True)
def test_an_important_refusal_is_signed_twice_answered_in_writing_and_the_papers_go_back(cast: Cast) -> None:
    number, code = _apply(cast)
    _papers_in(cast, number)
    _propose(cast, number)
    take(cast, CLERK, number, "file_refusal")
    _sign(cast, LEADER, number, "审查属实，报主要领导")
    # The first signature decides nothing yet.
    clerk = open_matter(cast, CLERK, number)
    expect(clerk.locator("#verb-refuse")).to_have_count(0)
    _sign(cast, MAIN, number, "同意")
    take(cast, CLERK, number, "refuse", explanation=EXPLAINED)
    expect(clerk.locator(".matter-title")).to_contain_text("不予办理")
    take(cast, CLERK, number, "deliver")
    _answered(cast, number, code)
    _give_back(cast, number)
    _counted(cast)


def _apply(cast: Cast) -> tuple[str, str]:
    page = cast.page("applicant")
    page.set_viewport_size(PHONE)
    page.goto(f"{cast.site.address}/weiban/apply/DB-1/")
    page.locator("input[name=applicant_name]").fill("王小明")
    page.locator("input[name=applicant_phone]").fill("13800001234")
    page.get_by_role("button", name="提交").click()
    number = page.locator("#number").inner_text().strip()
    return number, page.locator("#code").inner_text().replace(" ", "").strip()


def _papers_in(cast: Cast, number: str) -> None:
    page = open_matter(cast, CLERK, number)
    for box in page.locator("#papers input[type=checkbox]").all():
        box.check()
    for pages in page.locator("#papers input[name^=pages-]").all():
        pages.fill("1")
    page.get_by_role("button", name="记下核对结果").click()
    take(cast, CLERK, number, "accept_application")


def _propose(cast: Cast, number: str) -> None:
    """Fill in the six fields; important without saying why is refused, and what was typed stays."""
    page = open_matter(cast, CLERK, number)
    step = page.locator("#verb-propose_refusal")
    step.locator("summary").click()
    for name, text in WRITTEN.items():
        step.locator(f"[name={name}]").fill(text)
    expect(step.locator("[name=applicant]")).to_have_value("王小明")
    expect(step.locator("[name=phone]")).to_have_value("13800001234")
    step.locator("[name=ground]").select_option("violates_law")
    step.get_by_text("重要事项", exact=True).click()
    step.locator(".form-actions button").click()
    step = page.locator("#verb-propose_refusal")
    expect(step).to_contain_text("请写明属于重要事项的理由")
    expect(step.locator("[name=facts]")).to_have_value(WRITTEN["facts"])
    look(cast, CLERK, "refusal-form-refused")
    step.locator("[name=importance_reason]").fill("涉及全村三十户")
    step.locator(".form-actions button").click()
    expect(page.locator(".filing")).to_contain_text("涉及全村三十户")


def _sign(cast: Cast, who: str, number: str, opinion: str) -> None:
    page = cast.page(who)
    page.set_viewport_size(PHONE)
    page.goto(f"{cast.site.address}/desk/decisions/")
    filing = page.locator("section.decision", has_text=number)
    expect(filing).to_contain_text(WRITTEN["reasons"])
    expect(filing).to_contain_text("重要事项")
    expect(filing.locator(".way [aria-current]")).to_contain_text(LEVELS[who])
    look(cast, who, f"refusal-{who}")
    filing.locator("[name=opinion]").fill(opinion)
    filing.get_by_role("button", name="同意否定").click()
    expect(page.locator("section.decision", has_text=number)).to_have_count(0)


def _answered(cast: Cast, number: str, code: str) -> None:
    """The applicant reads the decision with its reasons, takes it home, and wants the papers back."""
    page = cast.page("applicant")
    page.goto(f"{cast.site.address}/weiban/track/")
    page.locator("input[name=number]").fill(number)
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.locator("main")).to_contain_text(EXPLAINED)
    expect(page.locator("main")).to_contain_text(WRITTEN["reasons"])
    expect(page.locator("main")).to_contain_text("不服怎么办")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="不予办理决定书").click()
    assert downloading.value.path().read_bytes().startswith(b"%PDF")


def _give_back(cast: Cast, number: str) -> None:
    page = cast.page("applicant")
    page.get_by_role("button", name="我要取回材料").click()
    expect(page.locator("main")).to_contain_text("已经记下您要取回材料")
    look(cast, "applicant", "refusal-answered")
    clerk = open_matter(cast, CLERK, number)
    step = clerk.locator("#verb-return_materials")
    step.locator("summary").click()
    step.locator("[name=receiver]").fill("王小明")
    step.locator("[name=identity]").select_option("id_card")
    step.locator(".form-actions button").click()
    expect(clerk.locator("main")).not_to_contain_text("材料已于")
    step = clerk.locator("#verb-return_materials")
    expect(step.locator("[name=receiver]")).to_have_value("王小明")
    step.get_by_text("领取人已当面点清并签收").click()
    step.locator(".form-actions button").click()
    expect(clerk.locator("main")).to_contain_text("退还并签收")
    look(cast, CLERK, "refusal-papers-back")


def _counted(cast: Cast) -> None:
    """The main leader finds it in the figures, which lead to who may refuse what."""
    page = cast.page(MAIN)
    page.goto(f"{cast.site.address}/desk/refusals/?by=ground")
    expect(page.get_by_role("rowheader", name="违反法律法规")).to_be_visible()
    expect(page.locator("#refusals-chart canvas")).to_be_visible()
    look(cast, MAIN, "refusal-figures")
    page.get_by_role("link", name="否定权限").click()
    expect(page.get_by_role("heading", name="谁可以否定什么")).to_be_visible()
    look(cast, MAIN, "refusal-powers")
