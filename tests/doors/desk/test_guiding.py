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
    assert 'value="barred"' not in clerk.get(f"matters/{number}/").content.decode()
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    page = clerk.get(f"matters/{number}/").content.decode()
    assert 'value="barred"' in page
    assert 'name="advice"' in page
    assert 'name="unknown"' not in page
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")
    page = clerk.get(f"matters/{number}/").content.decode()
    assert 'value="own"' in page
    assert 'value="unclear"' not in page


@pytest.mark.parametrize("papers", ["申请书 2 3 4", "申请书 两 3", "申请书 2 页"])
def test_a_line_that_cannot_be_read_is_named(office: Office, clerk: Desk, papers: str) -> None:
    number = enquiry(clerk).number
    to = str(office.people["head"].id)
    page = clerk.act(number, "keep_papers", to=to, papers=papers, contact="")
    assert page.status_code == 422
    assert "每行一种材料" in said(page)
