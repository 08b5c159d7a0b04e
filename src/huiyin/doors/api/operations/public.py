"""What the person served does with number and query code: see where it stands, and say how it was.

No token: number and code are the right. Wrong ones are counted per address
and per number, together with those typed at the portal.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

from ninja import Router
from ninja.responses import Status

from huiyin.doors import phrases
from huiyin.doors.api import asks, calls, telling_asks
from huiyin.doors.api.answers import others, receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import open_to_all
from huiyin.doors.headers import client_address
from huiyin.matters import actions, queries
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, NotFound, msg
from huiyin.storage import limits

router = Router(tags=["public"])

PURPOSE: Final = "track"


class Slower(HuiyinError):
    """Too many wrong tries; `wait` is in seconds."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, wait: int) -> None:
        """Say how long to wait, and nothing about what was tried."""
        self.wait = wait
        super().__init__(
            msg("输错次数过多，请稍后再试"),
            code="too_many_tries",
            remedy=msg("请在%(wait)s秒后再试；忘记查询码请凭身份证件到窗口重发。"),
            params={"wait": wait},
        )


@router.post(
    "/track",
    **open_to_all(
        others.Tracked,
        msg("凭编号和查询码查询进度"),
        msg("编号不存在与查询码不符，答复相同。"),
    ),
)
def track(request: Call, body: asks.Track) -> others.Tracked:
    """Show where a matter stands to whoever has its number and code."""
    with _counted(request, body):
        office = organisation.tenant_by_slug(body.office) if body.office else None
        found = queries.track(office, body.number, body.code, request.now, phrases.language())
    return others.tracked(found)


@router.post(
    "/rate",
    **open_to_all(receipts.Receipt, msg("凭编号和查询码评价"), msg("每件事评价一次。"), keyed=True),
)
def rate(request: Call, body: asks.Rate) -> Status[receipts.Receipt]:
    """Rate a matter, once."""
    key = calls.key_of(request)
    with _counted(request, body):
        by = _by_code(request, body, key)
        code = body.code.strip().upper()
        found = actions.rate(
            by,
            body.number,
            code=code,
            score=body.score,
            comment=body.comment,
            missed=body.missed,
            reception=body.reception,
        )
    return calls.answered(request, by, found)


@router.post(
    "/return",
    **open_to_all(
        receipts.Receipt,
        msg("凭编号和查询码要求退还材料"),
        msg("不予办理的，可以要回交来的材料；凭身份证明签收领取。"),
        keyed=True,
    ),
)
def ask_return_as_applicant(request: Call, body: asks.Track) -> Status[receipts.Receipt]:
    """Note that the person served wants the papers back."""
    key = calls.key_of(request)
    with _counted(request, body):
        by = _by_code(request, body, key)
        found = actions.ask_return_as_applicant(by, body.number, code=body.code.strip().upper())
    return calls.answered(request, by, found)


@router.post(
    "/withdrawal",
    **open_to_all(
        receipts.Receipt,
        msg("凭编号和查询码撤回"),
        msg("还没有办结的，本人可以撤回；理由可以不写。须由负责人先核实的答复403，见进度的way_to_withdraw。"),
        keyed=True,
    ),
)
def withdraw_as_applicant(request: Call, body: telling_asks.OwnWithdrawal) -> Status[receipts.Receipt]:
    """Take a matter back as the person served."""
    key = calls.key_of(request)
    with _counted(request, body):
        by = _by_code(request, body, key)
        code = body.code.strip().upper()
        found = actions.withdraw_as_applicant(by, body.number, code=code, reason=body.reason)
    return calls.answered(request, by, found)


def _by_code(request: Call, body: asks.Track, key: str) -> actions.By:
    """Whoever holds number and code, as who acts; raises NotFound as tracking does."""
    office = queries.office_of(body.number, body.code)
    if body.office not in {"", office.slug}:
        raise NotFound
    return actions.By(queries.public_asker(office, request.now, "api"), request.now, key, applicant=True)


@contextmanager
def _counted(request: Call, body: asks.Track) -> Iterator[None]:
    """Count a wrong try, and make whoever tried too often wait."""
    where = client_address(request)
    target = body.number.strip().upper()
    now = limits.standing(PURPOSE, address=where, target=target, at=request.now)
    if now.barred:
        raise Slower(now.wait)
    try:
        yield
    except NotFound:
        limits.note_wrong(PURPOSE, address=where, target=target, at=request.now)
        if now.wait:
            raise Slower(now.wait) from None
        raise
