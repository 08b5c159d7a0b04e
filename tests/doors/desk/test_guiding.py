"""What is typed into the forms of the first responder."""

from __future__ import annotations

import pytest

from huiyin.organisation.models import Tenant
from tests.doors.desk.browser import Desk, enquiry, said
from tests.factories import Office

WAY = {"way": "own", "to": "", "to_text": "", "words": "", "days": "", "phone": ""}


def test_days_are_a_number_and_what_was_typed_stays(clerk: Desk) -> None:
    number = enquiry(clerk).number
    page = clerk.act(number, "route_contact", **{**WAY, "days": "三天", "words": "马上办"})
    assert page.status_code == 422
    assert "马上办" in page.content.decode()
    assert (
        clerk.act(number, "route_contact", **{**WAY, "days": "3", "words": "三日内答复"}).status_code == 302
    )


def test_only_ways_are_offered_that_a_clause_speaks_of(office: Office, clerk: Desk) -> None:
    number = enquiry(clerk).number
    assert 'name="policy"' not in clerk.get(f"matters/{number}/").content.decode()
    assert 'value="barred"' not in clerk.get(f"matters/{number}/").content.decode()
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    page = clerk.get(f"matters/{number}/").content.decode()
    assert 'value="barred"' in page
    assert 'name="advice"' in page
    # Once for the answer, once for what cannot be done.
    assert page.count('name="policy"') == 2
    assert 'name="unknown"' not in page
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")
    page = clerk.get(f"matters/{number}/").content.decode()
    assert 'value="own"' in page
    assert 'value="unclear"' not in page


def test_what_cannot_be_done_says_by_what(office: Office, clerk: Desk) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    number = enquiry(clerk).number
    barred = {**WAY, "way": "barred", "words": "未满六十岁不能领。"}
    assert clerk.act(number, "route_contact", **barred, policy="高龄津贴发放办法").status_code == 302
    page = clerk.get(f"matters/{number}/").content.decode()
    assert "高龄津贴发放办法" in page
    assert "没有写依据" not in page
    number = enquiry(clerk).number
    assert clerk.act(number, "route_contact", **barred, policy="按规定").status_code == 302
    page = clerk.get(f"matters/{number}/").content.decode()
    assert "按规定" in page
    assert "没有写依据" in page


@pytest.mark.parametrize("papers", ["申请书 2 3 4", "申请书 两 3", "申请书 2 页"])
def test_a_line_that_cannot_be_read_is_named(office: Office, clerk: Desk, papers: str) -> None:
    number = enquiry(clerk).number
    to = str(office.people["head"].id)
    page = clerk.act(number, "keep_papers", to=to, papers=papers, contact="")
    assert page.status_code == 422
    assert "每行一种材料" in said(page)
