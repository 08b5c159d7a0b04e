from __future__ import annotations

from huiyin.catalogue.models import Material, ServiceItem
from huiyin.doors.cli.demo import roles
from huiyin.doors.cli.demo.cast import Cast
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Absence, Account
from tests.doors.cli.demo.conftest import UNTIL


def test_every_item_has_papers_a_handler_and_a_limit(cast: Cast) -> None:
    assert ServiceItem.objects.count() == len(cast.items) == 40
    for item in cast.items:
        papers = Material.objects.filter(item=item.row).count()
        assert 1 <= papers <= 6
        assert item.post.rank == "clerk"
        assert item.instant or item.days > 0
        assert item.row.legal_basis.startswith("《")
        assert item.row.legal_basis.endswith("》")
        assert item.row.conditions
        assert item.row.procedure


def test_every_unit_has_a_leader_in_charge_who_is_there_today(cast: Cast) -> None:
    for code in cast.overseers:
        unit = next(post.unit for post in cast.posts.values() if post.unit.code == code)
        leader, fell_back = organisation.leader_in_charge(unit.id, UNTIL)
        assert not fell_back
        assert leader == cast.posts[cast.overseers[code]].a


def test_reception_and_the_main_leader_are_there(cast: Cast) -> None:
    assert organisation.reception(cast.tenant.id, UNTIL) == cast.posts["BM01"].a
    assert organisation.main_leader(cast.tenant.id, UNTIL) == cast.posts["LD01"].a


def test_only_the_demo_roles_can_sign_in(cast: Cast) -> None:
    logins = set(Account.objects.values_list("login", flat=True))
    assert logins == {f"{role.staff_no}@{roles.SLUG}" for role in roles.ROLES}


def test_people_were_away_now_and_then_and_one_is_today(cast: Cast) -> None:
    assert Absence.objects.count() > 100
    today = Absence.objects.filter(starts_at__lte=UNTIL, ends_at__gt=UNTIL)
    assert [absence.person.staff_no for absence in today] == ["1017"]


def test_no_phone_is_anybodys(cast: Cast) -> None:
    phones = [post.row.phone for post in cast.posts.values()] + [cast.tenant.phone]
    assert all(phone.startswith("0500-5550") for phone in phones)
