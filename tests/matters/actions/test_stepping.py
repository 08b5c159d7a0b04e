"""Only its signer signs a step, who hears of it and may see the matter for it."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.matters import actions, queries
from huiyin.matters.actions import write_histories
from huiyin.matters.histories import History, Step
from huiyin.matters.models import Matter
from huiyin.matters.steps import Paper
from huiyin.obligations.models import Obligation
from huiyin.rules.errors import Forbidden, NotFound
from tests.matters.actions.test_consulting import heard
from tests.matters.handling import Desk, moment
from tests.matters.stepped import accepted, commission

pytestmark = pytest.mark.django_db


def test_a_step_is_signed_by_its_signer_or_stand_in_and_by_nobody_else() -> None:
    desk = Desk(commission())
    number = accepted(desk)
    for who in ("head", "leader_in_charge"):
        with pytest.raises(Forbidden):
            desk.do("sign_step", number, who=who)
    desk.do("sign_step", number)
    desk.do("sign_step", number, who="head")
    assert heard(desk, "step_to_sign") == {"head", "leader_in_charge"}
    with pytest.raises((Forbidden, NotFound)):
        desk.do("sign_step", number, who="stand_in")
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    desk.do("sign_step", number, who="stand_in", acting_for="leader_in_charge")
    found = queries.approval_steps(desk.matter(number), desk.at)
    assert [(one.name, one.signed_at is not None) for one in found] == [
        ("受理", True),
        ("审核", True),
        ("签发", True),
    ]


def owed(matter: Matter) -> list[tuple[str, object, datetime, datetime, datetime | None, str]]:
    rows = Obligation.objects.filter(subject_id=matter.id, what="sign_step").order_by("key")
    return [(one.key, one.bearer_id, one.started_at, one.due_at, one.ended_at, one.outcome) for one in rows]


def test_signed_steps_told_again_are_the_same() -> None:
    desk = Desk(commission())
    desk.at = moment("2026-03-02 09:00")
    lived = accepted(desk)
    desk.do("sign_step", lived, at="2026-03-02 10:00")
    desk.do("sign_step", lived, who="head", at="2026-03-09 10:00")
    matter = desk.matter(lived)
    assert matter.accepted_at is not None
    clerk, head = str(desk.id("clerk")), str(desk.id("head"))
    history = History(
        kind="application",
        channel="online",
        summary=matter.summary,
        first_responder=matter.first_responder,
        unit=matter.unit,
        received_at=matter.received_at,
        steps=(
            Step("accept", clerk, matter.accepted_at),
            Step("sign_step", clerk, moment("2026-03-02 10:00")),
            Step("sign_step", head, moment("2026-03-09 10:00")),
        ),
        item=desk.office.items["SP-1"],
        applicant_name="王小明",
    )
    write_histories(desk.office.tenant, [history], via="replay", until=desk.at)
    told = Matter.objects.exclude(id=matter.id).get(tenant=desk.office.tenant)
    assert owed(told) == owed(matter)
    assert [outcome for *_, outcome in owed(told)] == ["early", "late", ""]


def silent(desk: Desk) -> str:
    desk.at = moment("2026-03-02 09:00")
    return desk.register(item="SP-1", channel="online", materials=(), applicant_phone="13900001234")


def test_silence_begins_the_first_step_whether_the_sweep_or_somebody_came_first() -> None:
    desk = Desk(commission())
    swept, handled = silent(desk), silent(desk)
    late = moment("2026-03-12 09:00")
    actions.note_limits_passed(late, 1)
    for number in (handled, swept):
        desk.do(
            "check_materials", number, at="2026-03-12 09:00", found=[Paper("图纸", present=True, pages=1)]
        )
        desk.do("sign_step", number, at="2026-03-12 09:01")
    assert desk.kinds(swept) == desk.kinds(handled)
    assert desk.kinds(swept)[-7:] == [
        "application.deemed_accepted",
        "signing.begun",
        "limit.passed",
        "materials.checked",
        "receipt.issued",
        "signing.done",
        "signing.begun",
    ]
    first, second = owed(desk.matter(swept))
    assert first[2:4] == (moment("2026-03-09 17:30"), moment("2026-03-10 17:30"))
    assert (first[-1], second[1]) == ("late", desk.id("head"))
    assert queries.verify(desk.office.tenant.id).faults == []


@pytest.mark.parametrize(("signed", "began"), [(True, 1), (False, 0)])
def test_no_step_begins_where_nobody_knows_who_signed_it(signed: bool, began: int) -> None:
    desk = Desk(commission())
    history = History(
        kind="application",
        channel="online",
        summary="项目",
        first_responder=desk.office.people["clerk"],
        unit=desk.office.units["MZ"],
        received_at=desk.at,
        steps=(),
        item=desk.office.items["SP-1"],
        applicant_name="王小明",
        signed=signed,
    )
    write_histories(desk.office.tenant, [history], via="replay", until=moment("2026-03-12 09:00"))
    told = Matter.objects.get(tenant=desk.office.tenant)
    assert told.deemed_at is not None
    assert len(owed(told)) == began
