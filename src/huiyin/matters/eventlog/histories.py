"""From a case of the log to a history of a matter, step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiyin.catalogue.models import ServiceItem
from huiyin.matters.eventlog.reading import Case
from huiyin.matters.histories import History, Step
from huiyin.organisation.models import Person, Unit
from huiyin.rules.errors import msg

REPLY = msg("导入的历史办件：原系统记录为已办结。")


def history_of(
    case: Case,
    *,
    unit: Unit,
    item: ServiceItem,
    acceptance: str,
    person: Callable[[str], Person],
) -> History:
    """The matter's past: received by the first resource, custody moving with the resources.

    The first step named `acceptance` takes the application on; a case without
    one is taken on when it is received. A case with an end is granted then,
    and closed when its last step is done; the log does not tell of refusals.
    """
    steps: list[Step] = []
    holder = _first_resource(case)
    responder = person(holder)
    accepted = not any(one.step == acceptance for one in case.steps)
    if accepted:
        steps.append(Step("take_on", str(responder.id), case.begun))
    decided = False
    for one in case.steps:
        actor = person(one.resource or holder)
        decided = decided or _decide_before(case, one.at, steps, str(person(holder).id), accepted)
        if one.resource and one.resource != holder:
            steps += _handover(str(person(holder).id), str(actor.id), one.at)
            holder = one.resource
        steps.append(Step("note", str(actor.id), one.at, {"step": one.step}))
        if not accepted and one.step == acceptance:
            steps.append(Step("take_on", str(actor.id), one.at))
            accepted = True
    last = case.steps[-1].at
    if case.ended_at is not None:
        custodian = str(person(holder).id)
        if not decided:
            steps.append(Step("grant", custodian, max(case.ended_at, last), {"reply": REPLY}))
        steps += _ending(custodian, max(case.ended_at, last))
    return History(
        kind="application",
        channel=case.channel.value,
        summary=(case.summary or f"{item.name} {case.ref}")[:200],
        first_responder=responder,
        unit=unit,
        received_at=case.begun,
        steps=tuple(steps),
        item=item,
        external_ref=reference(item.code, case),
        signed=False,
    )


def reference(item_code: str, case: Case) -> str:
    """What keeps a case from being imported twice: cases of two logs may share a name."""
    return f"{item_code}:{case.ref}"


def _first_resource(case: Case) -> str:
    return next((one.resource for one in case.steps if one.resource), "")


def _handover(giver: str, taker: str, at: datetime) -> list[Step]:
    return [
        Step("offer", giver, at, {"to": taker, "reason": ""}),
        Step("take", taker, at),
    ]


def _decide_before(case: Case, at: datetime, steps: list[Step], custodian: str, accepted: bool) -> bool:
    """Grant at the recorded end when the next step comes later than that."""
    if case.ended_at is None or not accepted or at <= case.ended_at:
        return False
    steps.append(Step("grant", custodian, _not_before(case.ended_at, steps), {"reply": REPLY}))
    return True


def _not_before(at: datetime, steps: list[Step]) -> datetime:
    return max(at, steps[-1].at) if steps else at


def _ending(custodian: str, at: datetime) -> list[Step]:
    return [
        Step("deliver", custodian, at, {"how": "post"}),
        Step("close", custodian, at),
    ]
