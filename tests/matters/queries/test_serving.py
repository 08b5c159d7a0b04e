"""What was issued and not served is seen, and a notice that nobody got in time is late."""

from __future__ import annotations

import pytest

from huiyin.matters import queries
from huiyin.organisation.models import Tenant
from tests.factories import make_office
from tests.matters.actions.test_serving import TAKEN, told
from tests.matters.handling import Desk, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def service(desk: Desk, number: str, at: str) -> queries.Service:
    matter = desk.matter(number)
    [found] = queries.services_of(matter, queries.documents_of(matter), moment(at))
    return found


def test_a_notice_without_proof_is_late_once_the_days_for_telling_are_over(desk: Desk) -> None:
    number, paper = told(desk)
    early = service(desk, number, "2026-03-09 17:30")
    assert (early.document.number, early.proof, early.late) == (paper, None, False)
    late = service(desk, number, "2026-03-09 17:31")
    assert (late.late, late.clause) == (True, "law.licensing.32.4")
    desk.do("prove_delivery", number, paper=paper, **TAKEN)
    served = service(desk, number, "2026-04-09 09:00")
    assert (served.late, served.proof.receiver if served.proof else "") == (False, "王小明")


def test_a_receipt_and_an_acceptance_are_not_served(desk: Desk) -> None:
    number = desk.accepted()
    assert queries.unproved(desk.matter(number)) == []
    matter = desk.matter(number)
    assert queries.services_of(matter, queries.documents_of(matter), desk.at) == []


def test_what_nobody_proved_is_listed_oldest_first_until_somebody_does(desk: Desk) -> None:
    first, paper = told(desk)
    desk.at = moment("2026-03-04 09:00")
    second, _ = told(desk)
    clerk, stranger = (desk.office.asker(who, desk.at) for who in ("clerk", "office_head"))
    assert [one.matter.number for one in queries.unserved(clerk)] == [first, second]
    assert queries.unserved(stranger) == []
    desk.do("prove_delivery", first, paper=paper, **TAKEN)
    assert [one.matter.number for one in queries.unserved(clerk)] == [second]


def test_a_decision_waits_for_a_proof_only_until_it_is_delivered(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("grant", number, reply="准予。")
    clerk = desk.office.asker("clerk", desk.at)
    assert [one.document.kind for one in queries.unserved(clerk)] == ["grant_decision"]
    desk.do("deliver", number, how="post")
    assert queries.unserved(clerk) == []


@pytest.mark.parametrize(
    ("rulebook", "listed"), [("township", 1), ("commission", 1), ("headquarters", 1), ("company", 0)]
)
def test_they_are_listed_where_a_clause_wants_people_told_in_writing(
    desk: Desk, rulebook: str, listed: int
) -> None:
    told(desk)
    Tenant.objects.filter(id=desk.office.tenant.id).update(rulebook=rulebook)
    clerk = desk.office.asker("clerk", desk.at)
    assert len(queries.unserved(clerk)) == queries.unserved_papers(clerk).count() == listed
