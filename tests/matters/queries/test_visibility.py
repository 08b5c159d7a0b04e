"""Who sees which matters: every rank, the own office, another office, and nobody's canary."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from huiyin.matters.models import Matter
from huiyin.matters.queries import finding
from huiyin.organisation import actions as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import NotFound
from tests.factories import SINCE, Office, make_office
from tests.matters.handling import Desk

ALL = {"at_reception", "of_clerk", "of_unit", "offered", "given", "filed", "stood_in"}
SEES = {
    "main_leader": ALL,
    "efficiency_office": ALL,
    "leader_in_charge": {"of_clerk", "of_unit", "offered", "given", "filed", "stood_in"},
    "head": {"of_clerk", "of_unit", "offered", "given", "filed", "stood_in"},
    "clerk": {"of_clerk", "of_unit", "offered", "given", "filed", "stood_in"},
    "second_clerk": {"of_clerk", "of_unit", "offered", "given", "filed", "stood_in"},
    "receptionist": {"at_reception", "offered", "given"},
    "office_head": {"at_reception"},
    "administrator": {"at_reception"},
    "stand_in": set(),
}


@pytest.fixture
def numbers(desk: Desk) -> dict[str, str]:
    """Matters that touch people in every way there is."""
    found = {
        "at_reception": desk.enquiry(who="receptionist"),
        "of_clerk": desk.accepted(),
        "of_unit": desk.accepted(),
        "offered": desk.accepted(),
        "given": desk.register("receptionist"),
        "filed": desk.filed(),
        "stood_in": desk.enquiry(),
    }
    desk.do("offer_handover", found["offered"], to=desk.id("receptionist"))
    desk.do("offer_handover", found["given"], who="receptionist", to=desk.id("clerk"))
    desk.do("accept_handover", found["given"], who="clerk")
    return found


def seen_by(asker: Asker, numbers: dict[str, str]) -> set[str]:
    rows = set(queries.visible_to(asker).values_list("number", flat=True))
    return {name for name, number in numbers.items() if number in rows}


def test_every_person_of_the_office_sees_what_concerns_them(desk: Desk, numbers: dict[str, str]) -> None:
    found = {who: seen_by(desk.office.asker(who, desk.at), numbers) for who in desk.office.people}
    assert found == SEES


def test_a_stand_in_sees_what_the_absent_one_must_act_on_and_only_then(
    desk: Desk, numbers: dict[str, str]
) -> None:
    desk.office.absent("leader_in_charge", starts_at=desk.at, hours=2)
    assert seen_by(desk.office.asker("stand_in", desk.at), numbers) == {"filed"}
    after = desk.at.replace(hour=desk.at.hour + 3)
    assert seen_by(desk.office.asker("stand_in", after), numbers) == set()


def test_the_main_leaders_stand_in_sees_extensions_that_wait(desk: Desk) -> None:
    office = desk.office
    by = organisation.OPERATOR
    organisation.appoint(
        office.positions["LD01"], office.people["stand_in"], "B", since=SINCE, by=by, at=office.at
    )
    waiting, other = desk.asked_for_time(), desk.accepted()
    assert not queries.visible_to(office.asker("stand_in", desk.at)).exists()
    office.absent("main_leader", starts_at=desk.at)
    asker = office.asker("stand_in", desk.at)
    assert [row.number for row in queries.visible_to(asker)] == [waiting]
    with pytest.raises(NotFound):
        queries.get(asker, other)
    desk.do("approve_extension", waiting, who="stand_in", acting_for="main_leader")
    assert not queries.visible_to(office.asker("stand_in", desk.at)).exists()


def test_a_report_is_for_the_stand_in_of_the_first_post_alone(desk: Desk) -> None:
    desk.office.small_post("clerk", "receptionist")
    number, report = desk.enquiry(), desk.enquiry()
    Matter.objects.filter(number=report).update(kind="report", unit=desk.office.units["LD"])
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    both = {"enquiry": number, "report": report}
    assert seen_by(desk.office.asker("receptionist", desk.at), both) == {"enquiry"}
    assert seen_by(desk.office.asker("second_clerk", desk.at), both) == {"enquiry", "report"}


def test_outsiders_see_nothing(desk: Desk, numbers: dict[str, str]) -> None:
    asker = queries.public_asker(desk.office.tenant, desk.at, "portal")
    assert seen_by(asker, numbers) == set()


class TestAnotherOffice:
    """Nothing of one office shows in the other, to whomever and by whatever question."""

    @pytest.mark.parametrize("who", sorted(SEES))
    def test_no_canary_comes_out(self, desk: Desk, numbers: dict[str, str], who: str) -> None:
        assert canaries(self.everything(self.other(desk), who, numbers), desk.office) == 0

    def test_the_own_canary_does_come_out(self, desk: Desk, numbers: dict[str, str]) -> None:
        # Negative control: the same questions asked at home.
        assert canaries(self.everything(desk, "main_leader", numbers), desk.office) > 0

    def test_a_query_without_the_office_is_noticed(
        self, desk: Desk, numbers: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Negative control: forget the office in the one query, and the canary shows.
        other = self.other(desk)

        def forgetful(_asker: Asker) -> QuerySet[Matter]:
            return Matter.objects.all()

        monkeypatch.setattr(finding, "visible_to", forgetful)
        assert canaries(self.everything(other, "clerk", numbers), desk.office) > 0

    def other(self, desk: Desk) -> Desk:
        return Desk(make_office("beitang"), desk.at)

    def everything(self, desk: Desk, who: str, numbers: dict[str, str]) -> str:
        asker, at = desk.office.asker(who, desk.at), desk.at
        said: list[Any] = [asdict(line) for line in queries.owed(asker, at)]
        said += [asdict(line) for line in queries.decisions(asker, at)]
        said += [(row.matter.summary, row.giver.name, row.taker.name) for row in queries.handovers_to(asker)]
        said += [(row.summary, row.custodian.name, row.unit.name) for row in queries.matters(asker, at).rows]
        for number in numbers.values():
            try:
                row = queries.get(asker, number)
            except NotFound as error:
                said.append(str(error))
            else:
                said += [row.summary, row.unit.name, queries.timeline(row), queries.clocks_of(row, at)]
        return str(said)


def canaries(text: str, office: Office) -> int:
    return text.count(office.canary)


def test_the_count_of_queries_of_seeing_does_not_grow(desk: Desk) -> None:
    counts: list[int] = []
    for _ in range(2):
        for _ in range(1 if not counts else 2):
            desk.asked_for_time()
        asker = desk.office.asker("main_leader", desk.at)
        with CaptureQueriesContext(connection) as seen:
            assert len(queries.visible_to(asker)) in {1, 3}
        counts.append(len(seen))
    assert counts == [1, 1]
