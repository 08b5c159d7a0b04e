"""Positions before the public: A, B, who is there now, duties; nothing secret, nothing not regulated."""

from __future__ import annotations

from huiyin.organisation import actions
from huiyin.organisation.models import Position, Tenant
from tests.doors.portal.citizen import Citizen, main, text
from tests.factories import Office


def bound_by(office: Office, rulebook: str) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook=rulebook)
    office.tenant.refresh_from_db()


def test_everybody_reads_who_answers_for_what(citizen: Citizen) -> None:
    page = main(citizen.get("/posts/"))
    for words in ("低保经办岗", "卫经办", "蒋经办", "低保经办岗的职责", "岗位责任按规定公示"):
        assert words in page
    assert 'href="/zhaogong/posts/"' in text(citizen.get("/"))


def test_the_page_follows_who_is_there_and_who_is_appointed(citizen: Citizen, office: Office) -> None:
    assert "B岗顶岗" not in main(citizen.get("/posts/"))
    office.absent("clerk")
    assert "B岗顶岗" in main(citizen.get("/posts/"))
    actions.describe_charge(office.tenant, None, "服务全镇群众", by=actions.OPERATOR, at=office.at)
    assert "服务全镇群众" in main(citizen.get("/posts/"))


def test_an_office_whose_rulebook_shows_none_has_no_such_page(citizen: Citizen, office: Office) -> None:
    bound_by(office, "company")
    assert citizen.get("/posts/").status_code == 404
    assert 'href="/zhaogong/posts/"' not in text(citizen.get("/"))


def test_nothing_of_a_secret_post_is_shown(citizen: Citizen, office: Office) -> None:
    bound_by(office, "commission")
    post = Position.objects.select_related("tenant").get(id=office.positions["MZ02"].id)
    actions.mark_secret(post, secret=True, reason="保密委员会确定", by=actions.OPERATOR, at=office.at)
    page = text(citizen.get("/posts/"))
    assert "救助经办岗" not in page
    assert "保密委员会确定" not in page
    assert "低保经办岗" in page


def test_a_position_is_found_by_what_it_does_or_by_who_holds_it(citizen: Citizen) -> None:
    whole = main(citizen.get("/posts/"))
    assert '<details class="group" name="units">' in whole
    found = main(citizen.get("/posts/?q=低保+卫经办"))
    assert "低保经办岗" in found
    assert "救助经办岗" not in found
    assert '<details class="group" open>' in found
    none = main(citizen.get("/posts/?q=没有的岗位"))
    assert "没有找到" in none
    assert "低保经办岗" not in none
