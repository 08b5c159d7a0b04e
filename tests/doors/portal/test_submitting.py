from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest

from huiyin.matters import queries
from huiyin.matters.models import Matter
from huiyin.rules.errors import Busy
from tests.doors.portal.citizen import APPLICANT, SECRETS, Citizen, hidden, main, pair, text
from tests.factories import AT, Office


def test_an_application_gets_number_code_due_moment_and_handler(citizen: Citizen, office: Office) -> None:
    shown = citizen.apply()
    number, code = pair(shown)
    matter = Matter.objects.get(number=number)
    assert (matter.kind, matter.channel, matter.item) == ("application", "online", office.items["DB-1"])
    assert matter.applicant_name == APPLICANT["applicant_name"]
    assert matter.custodian == office.people["clerk"]
    page = main(shown)
    assert len(code) == 10
    assert "最晚2026年1月12日 星期一 17:30" in page
    assert "为什么是这一天？" in page
    assert "卫经办" in page
    assert "抄下来" in page


def test_a_question_goes_to_reception_and_one_about_an_item_to_its_post(
    citizen: Citizen, office: Office
) -> None:
    number, _ = pair(citizen.ask())
    assert Matter.objects.get(number=number).custodian == office.people["receptionist"]
    path = "/ask/ZM-1/"
    about = citizen.send(path, citizen.get(path), summary="能代办吗？", applicant_phone="13812345678")
    matter = Matter.objects.get(number=pair(about)[0])
    assert matter.custodian == office.people["second_clerk"]
    assert matter.item == office.items["ZM-1"]
    assert matter.kind == "enquiry"


def test_the_receipt_is_kept_by_no_cache_and_named_in_no_address(citizen: Citizen) -> None:
    shown = citizen.apply()
    assert shown.status_code == 200
    assert "Location" not in shown
    assert shown["Cache-Control"] == "no-store"
    assert shown["Referrer-Policy"] == "no-referrer"


def test_the_receipt_shows_nothing_the_person_typed(citizen: Citizen) -> None:
    page = text(citizen.apply())
    assert not [secret for secret in SECRETS if secret in page]


def test_reloading_or_clicking_twice_gives_the_same_receipt_and_one_matter(citizen: Citizen) -> None:
    form = citizen.get("/apply/DB-1/")
    first = citizen.send("/apply/DB-1/", form, **APPLICANT)
    second = citizen.send("/apply/DB-1/", form, **APPLICANT)
    assert pair(first) == pair(second)
    assert Matter.objects.count() == 1


def test_it_is_the_same_receipt_after_the_person_on_duty_changed(citizen: Citizen, office: Office) -> None:
    form = citizen.get("/apply/DB-1/")
    first = citizen.send("/apply/DB-1/", form, **APPLICANT)
    office.absent("clerk")
    assert pair(citizen.send("/apply/DB-1/", form, **APPLICANT)) == pair(first)


def test_a_form_shown_anew_makes_a_new_matter(citizen: Citizen) -> None:
    assert pair(citizen.apply()) != pair(citizen.apply())
    assert Matter.objects.count() == 2


def test_going_back_and_changing_something_asks_before_it_makes_another(citizen: Citizen) -> None:
    form = citizen.get("/apply/DB-1/")
    pair(citizen.send("/apply/DB-1/", form, **APPLICANT))
    changed = {**APPLICANT, "details": "还有一件事"}
    again = citizen.send("/apply/DB-1/", form, **changed)
    assert again.status_code == 409
    assert "已经提交成功" in main(again)
    assert "还有一件事" in main(again)
    assert Matter.objects.count() == 1
    pair(citizen.send("/apply/DB-1/", again, **changed))
    assert Matter.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("applicant_name", "", "请填写申请人姓名或单位名称"),
        ("applicant_phone", "12", "电话号码格式不对"),
        ("applicant_id_number", "110105194912310021", "校验位不符"),
        ("applicant_email", "xiuying@", "邮箱地址格式不对"),
    ],
)
def test_an_error_names_its_field_and_keeps_everything_typed(
    citizen: Citizen, field: str, typed: str, said: str
) -> None:
    paper = citizen.office.items["DB-1"].materials.get(name="收入证明").id
    shown = citizen.apply(**{field: typed}, materials=[str(paper)])
    assert shown.status_code == 422
    page = main(shown)
    assert said in page.partition("</form>")[0].partition("<form")[2]
    assert f'href="#f-{field}"' in page
    assert f'aria-describedby="f-{field}-help f-{field}-error"' in page
    for name, value in {**APPLICANT, field: typed}.items():
        assert f'value="{value}"' in page or (name == "details" and value in page)
    assert f'value="{paper}" checked' in page
    assert Matter.objects.count() == 0


def test_all_errors_are_told_at_once(citizen: Citizen) -> None:
    page = main(
        citizen.apply(applicant_name="", applicant_phone="1", applicant_id_number="1", applicant_email="x")
    )
    assert page.count('class="error"') == 4


def test_a_question_must_be_put_into_words(citizen: Citizen) -> None:
    for path in ("/ask/", "/ask/DB-1/"):
        shown = citizen.send(path, citizen.get(path), summary="", applicant_phone="13812345678")
        assert shown.status_code == 422
        assert "请写一两句话，说明您要问什么" in main(shown)
    assert Matter.objects.count() == 0


def test_a_refused_form_can_be_corrected_under_its_key(citizen: Citizen) -> None:
    refused = citizen.apply(applicant_phone="12")
    pair(citizen.send("/apply/DB-1/", refused, **APPLICANT))
    assert Matter.objects.count() == 1


def test_what_was_typed_is_escaped(citizen: Citizen) -> None:
    page = text(citizen.apply(applicant_name='"><script>alert(1)</script>', details="</textarea><b>x"))
    assert "<script>alert" not in page
    assert "</textarea><b>" not in page


def test_papers_somebody_says_to_have_are_told_and_not_counted_as_received(citizen: Citizen) -> None:
    paper = citizen.office.items["DB-1"].materials.get(name="收入证明").id
    number, _ = pair(citizen.apply(materials=[str(paper), "nonsense"]))
    matter = Matter.objects.get(number=number)
    assert matter.details == "腿脚不便，请打电话\n申请人自述已备材料：收入证明"
    assert not any(row.present for row in queries.materials_of(matter))


@pytest.mark.parametrize("key", ["", "short", "with blank and signs!", "x" * 65])
def test_a_form_without_a_proper_key_is_asked_for_again(citizen: Citizen, key: str) -> None:
    form = citizen.get("/apply/DB-1/")
    shown = citizen.send("/apply/DB-1/", form, **APPLICANT, key=key)
    assert shown.status_code == 422
    assert "请再点一次提交" in main(shown)
    pair(citizen.send("/apply/DB-1/", shown, **APPLICANT))


def test_a_form_from_another_site_is_refused(citizen: Citizen) -> None:
    form = citizen.get("/apply/DB-1/")
    without = {**hidden(form), **APPLICANT}
    del without["csrfmiddlewaretoken"]
    assert citizen.client.post("/zhaogong/apply/DB-1/", without).status_code == 403
    assert Matter.objects.count() == 0


def test_fields_in_the_address_are_not_looked_at(citizen: Citizen) -> None:
    shown = citizen.get("/apply/DB-1/?applicant_name=欧阳秀英&applicant_phone=13812345678")
    assert "欧阳秀英" not in main(shown)
    assert "13812345678" not in main(shown)


def test_when_the_system_is_busy_nothing_is_lost_and_the_key_stays(citizen: Citizen) -> None:
    form = citizen.get("/apply/DB-1/")
    with mock.patch("huiyin.matters.actions.register", side_effect=Busy):
        shown = citizen.send("/apply/DB-1/", form, **APPLICANT)
    assert shown.status_code == 503
    assert "内容未保存" in main(shown)
    assert APPLICANT["applicant_name"] in main(shown)
    assert hidden(shown)["key"] == hidden(form)["key"]


def test_the_receipt_can_be_shown_in_large_type_and_in_english(citizen: Citizen) -> None:
    receipt = citizen.apply()
    token = hidden(receipt)["pass"]
    large = citizen.client.post("/zhaogong/receipt/", {"pass": token, "type": "large"})
    assert pair(large) == pair(receipt)
    assert 'class="large"' in text(large)
    assert large.cookies["huiyin-type"].value == "large"
    english = citizen.client.post("/zhaogong/receipt/", {"pass": token, "language": "en"})
    assert pair(english) == pair(receipt)
    assert '<html lang="en"' in text(english)
    assert english["Cache-Control"] == "no-store"


def test_the_receipt_is_printed_with_its_code(citizen: Citizen) -> None:
    receipt = citizen.apply()
    number, _ = pair(receipt)
    printed = citizen.client.post("/zhaogong/receipt.pdf", {"pass": hidden(receipt)["pass"]})
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")
    assert printed["Content-Disposition"] == f'attachment; filename="{number}.pdf"'
    assert printed["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/receipt/", "/receipt.pdf"])
def test_a_receipt_opens_for_half_an_hour_at_its_own_office_only(
    citizen: Citizen, other: Office, now: mock.Mock, path: str
) -> None:
    token = hidden(citizen.apply())["pass"]
    assert citizen.client.post(f"/linzhen{path}", {"pass": token}).status_code == 403
    assert citizen.client.post(f"/zhaogong{path}", {"pass": "forged"}).status_code == 403
    now.return_value = AT + timedelta(minutes=31)
    expired = citizen.client.post(f"/zhaogong{path}", {"pass": token})
    assert expired.status_code == 403
    assert "页面已过期" in text(expired)


def test_coming_back_to_an_address_that_only_takes_forms_leads_to_tracking(citizen: Citizen) -> None:
    for path in ("/receipt/", "/receipt.pdf", "/rate/"):
        response = citizen.get(path)
        assert response.status_code == 302
        assert response["Location"] == "/zhaogong/track/"


def test_one_address_does_not_flood_the_office(citizen: Citizen, office: Office, now: mock.Mock) -> None:
    form = citizen.get("/ask/")
    first = citizen.send("/ask/", form, summary="第一问", applicant_phone="13800000000")
    for number in range(1, 10):
        assert citizen.ask(applicant_phone=f"1380000000{number}").status_code == 200
    refused = citizen.ask("第十一问", applicant_phone="13900000000")
    assert refused.status_code == 429
    assert "一小时最多提交10次" in main(refused)
    assert "第十一问" in main(refused)
    assert Matter.objects.count() == 10
    # Negative controls: what was registered gives its receipt again, others and later ones get through.
    again = citizen.send("/ask/", form, summary="第一问", applicant_phone="13800000000")
    assert pair(again) == pair(first)
    assert Citizen(office, "203.0.113.8").ask(applicant_phone="13900000000").status_code == 200
    now.return_value = AT + timedelta(hours=1)
    assert citizen.ask(applicant_phone="13900000000").status_code == 200


def test_one_phone_asks_five_times_a_day_from_wherever(office: Office) -> None:
    for number in range(5):
        assert Citizen(office, f"203.0.113.{number}").ask().status_code == 200
    refused = Citizen(office, "203.0.113.9").ask()
    assert refused.status_code == 429
    assert "一天最多提交5次" in main(refused)


@pytest.mark.parametrize("path", ["/items/%00/", "/apply/%00/", "/ask/%00/", "/items/DB-1%00/"])
def test_what_no_code_can_hold_is_no_error_of_ours(citizen: Citizen, path: str) -> None:
    assert citizen.get(path).status_code in {200, 404}
