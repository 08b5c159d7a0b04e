"""Who can do which work, and which of the year's targets falls to whom."""

from __future__ import annotations

import pytest

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import TargetPost
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from tests.factories import AT, SINCE, Office
from tests.organisation.test_duties import bound_by

pytestmark = pytest.mark.django_db


def test_a_later_record_replaces_the_earlier_one(office: Office) -> None:
    post, person = office.positions["MZ01"], office.people["receptionist"]
    for basis in ("跟班一个月", "轮岗半年"):
        actions.record_competence(post, person, basis=basis, by=office.asker("head"), at=AT)
    (row,) = queries.competences_of(post)
    assert (row.person, row.basis, row.recorded_by) == (person, "轮岗半年", office.people["head"])


def test_who_may_record_it_and_of_whom(office: Office, other: Office) -> None:
    post = office.positions["MZ01"]
    with pytest.raises(Forbidden):
        actions.record_competence(post, office.people["clerk"], basis="我行", by=office.asker("clerk"), at=AT)
    with pytest.raises(Forbidden):
        actions.record_competence(post, office.people["head"], basis="我行", by=office.asker("head"), at=AT)
    with pytest.raises(NotFound):
        actions.record_competence(post, other.people["clerk"], basis="别家的", by=OPERATOR, at=AT)
    with pytest.raises(Invalid):
        actions.record_competence(post, office.people["head"], basis=" ", by=OPERATOR, at=AT)


def test_a_stand_in_needs_it_for_both_posts_where_the_rulebook_says_so(office: Office) -> None:
    post, person = office.positions["ZH02"], office.people["receptionist"]
    actions.appoint(post, person, "B", since=SINCE, by=OPERATOR, at=AT)  # the township asks for none
    bound_by(office, "headquarters")
    post = office.positions["ZH03"]
    for known in ((), ("ZH03",), ("ZH01",)):
        for code in known:
            actions.record_competence(office.positions[code], person, basis="轮岗", by=OPERATOR, at=AT)
        if {"ZH01", "ZH03"} <= {row.position.code for row in person.competences.select_related("position")}:
            break
        with pytest.raises(Unlawful) as caught:
            actions.appoint(post, person, "B", since=SINCE, by=OPERATOR, at=AT)
        assert caught.value.clause == "p2.post-substitution.2.b"
    actions.appoint(post, person, "B", since=SINCE, by=OPERATOR, at=AT)


def test_a_target_falls_to_positions_and_can_be_changed(office: Office) -> None:
    posts = office.positions
    by = office.asker("administrator")

    def set_to(*codes: str, year: int = 2026, title: str = "应保尽保") -> None:
        actions.set_target(
            office.tenant,
            year=year,
            code="MB-1",
            title=title,
            measure="每漏一户扣1分",
            positions=[posts[code] for code in codes],
            by=by,
            at=AT,
        )

    set_to("MZ01", "MZ02")
    set_to("MZ02", title="应保尽保、应退尽退")
    (row,) = queries.targets_of(office.tenant, 2026)
    assert row.title == "应保尽保、应退尽退"
    assert [link.position.code for link in TargetPost.objects.filter(target=row)] == ["MZ02"]
    for wrong in ({"codes": ()}, {"codes": ("MZ01",), "year": 1}, {"codes": ("MZ01",), "title": " "}):
        codes = wrong.pop("codes")
        with pytest.raises(Invalid):
            set_to(*codes, **wrong)  # type: ignore[misc]
    with pytest.raises(Forbidden):
        actions.set_target(
            office.tenant,
            year=2026,
            code="MB-2",
            title="甲",
            measure="",
            positions=[posts["MZ01"]],
            by=office.asker("head"),
            at=AT,
        )
    bound_by(office, "commission")
    by = office.asker("administrator")
    with pytest.raises(Unlawful):
        set_to("MZ01")
