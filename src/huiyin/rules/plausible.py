"""Whether what is told of a clock could have happened to a matter: `follow` never lets the rest happen.

For clocks that rest on no matter, such as one typed in to see when it is due.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from huiyin.rules.clocks import Capped, Clock, Extended, Fact, Paused
from huiyin.rules.docket import Law
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.regimes import time_limit
from huiyin.rules.workdays import SHANGHAI

_CHECK_BOTH: Final = msg("请核对两个时刻的先后。")


def in_order(clock: Clock) -> Clock:
    """Return the same clock with its facts in the order in which they happened."""
    return replace(clock, facts=tuple(sorted(clock.facts, key=moment_of)))


def moment_of(fact: Fact) -> datetime:
    """Return when a fact happened; of an extension when it was approved, of a cap the moment itself."""
    if isinstance(fact, Capped):
        return fact.until
    return fact.approved_at if isinstance(fact, Extended) else fact.at


def check(clock: Clock, law: Law) -> None:
    """Raise Unlawful for the first fact that no matter could have; facts stand as `in_order` puts them.

    Nothing pauses or extends a clock before it runs, and no extension comes
    after the limit ran out, pauses considered (p4.time-limit.8.b): one approved
    at the due moment itself still counts, and a pause begun later does not
    bring the limit back. A pause begun after the limit is no fault: the
    procedure may well take place, it only moves nothing any more.
    """
    so_far = replace(clock, facts=())
    ended: datetime | None = None
    for fact in clock.facts:
        at = moment_of(fact)
        if at < clock.start and isinstance(fact, Paused | Extended):
            raise _before_the_start(fact, clock.start)
        standing = law.reckon(so_far)
        if not standing.paused and standing.due < at:
            ended = ended or standing.due
        if ended and isinstance(fact, Extended):
            raise _after_the_limit(fact, ended, law)
        so_far = replace(so_far, facts=(*so_far.facts, fact))


def _before_the_start(fact: Fact, start: datetime) -> Unlawful:
    extends = isinstance(fact, Extended)
    return Unlawful(
        msg("延期的批准时刻 %(at)s 早于起算时刻 %(start)s")
        if extends
        else msg("时段的开始 %(at)s 早于起算时刻 %(start)s"),
        code="extension_before_start" if extends else "pause_before_start",
        params={"at": _said(moment_of(fact)), "start": _said(start)},
        remedy=_CHECK_BOTH,
    )


def _after_the_limit(fact: Extended, ended: datetime, law: Law) -> Unlawful:
    return Unlawful(
        msg("时限已于 %(ended)s 届满，%(at)s 不能再批准延期"),
        code="extension_after_limit",
        params={"at": _said(fact.approved_at), "ended": _said(ended)},
        clause=law.book.cite(time_limit.EXTENSION),
        remedy=msg(
            "延期须在时限届满以前批准。请核对批准时刻；确已超期的，请去掉这一延期，尽快办结并说明超期原因。"
        ),
    )


def _said(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
