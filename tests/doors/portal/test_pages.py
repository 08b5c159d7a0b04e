from __future__ import annotations

from django.utils import translation

from huiyin.doors.portal.pages import office_name
from tests.doors.portal.citizen import Citizen, text
from tests.factories import Office


def test_an_office_is_named_in_the_readers_language_where_it_has_a_name(office: Office) -> None:
    assert office_name(None) == ""
    assert office_name(office.tenant) == office.tenant.name
    office.tenant.name_en = "Zhaogong Township"
    with translation.override("en"):
        assert office_name(office.tenant) == "Zhaogong Township"


def test_pages_with_forms_come_back_with_what_was_typed_when_going_back(citizen: Citizen) -> None:
    for path in ("/apply/DB-1/", "/ask/"):
        assert citizen.get(path)["Cache-Control"] == "private, no-cache"


def test_an_expired_page_says_so_and_leads_on(citizen: Citizen) -> None:
    response = citizen.client.post("/zhaogong/receipt/", {"pass": ""})
    assert response.status_code == 403
    assert 'href="/zhaogong/track/"' in text(response)
    assert 'name="next" value="/zhaogong/track/"' in text(response)
