"""Loading the demo office, in one transaction: a load that was broken off leaves nothing."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from huiyin.doors.cli.demo import errands, registers, roles
from huiyin.doors.cli.demo.cast import Cast
from huiyin.doors.cli.demo.establishing import establish
from huiyin.doors.cli.demo.pending import pending
from huiyin.doors.cli.demo.plots import tell
from huiyin.doors.cli.demo.registers import numbered
from huiyin.doors.cli.demo.today import waiting
from huiyin.doors.cli.output import progress
from huiyin.doors.cli.speaking import gettext
from huiyin.matters import actions, queries
from huiyin.matters.actions import By, History, Receipt, Written
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, NotFound, msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

MATTERS: Final = 6000
SEED: Final = 20260101
YEARS: Final = 3

_ONLINE: Final = 0.25
_AT_NIGHT: Final = 0.3
_OFFICE_CHANNELS: Final = ("counter",) * 10 + ("phone",) * 4 + ("letter",)
_A_MINUTE: Final = 60_000_000
_GROWTH: Final = 0.85  # below 1: more matters in later years


_TO_WRITE: Final = "document_out"
_SHARES: Final = {
    "document_in": 0.045,
    _TO_WRITE: 0.02,
    "task": 0.025,
    "petition": 0.015,
    "proposal": 0.004,
    "report": 0.003,
}
"""How many of all matters are official documents or given work; people bring the others."""
_TELLERS: Final[dict[str, Callable[..., History]]] = {
    "document_in": registers.incoming,
    _TO_WRITE: registers.outgoing,
    "task": errands.task,
    "petition": errands.petition,
    "proposal": errands.proposal,
    "report": errands.report,
}


class _Arrival(NamedTuple):
    """When something came in; what is told of it depends on its number alone."""

    at: datetime
    number: int
    channel: str
    kind: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and one matter that anybody may track on the portal."""

    tenant: Tenant
    written: Written
    tracked: Receipt | None


def load(*, count: int, seed: int, until: datetime, quiet: bool = False) -> Loaded:
    """Found the demo office and write its past up to `until`.

    The same seed, number and end tell the same past. Raises `HuiyinError`
    when the office is there already.
    """
    refuse_twice()
    opened = opening_of(until)
    with progress(gettext("演示办件"), count, quiet=quiet) as advance, write():
        cast = establish(opened=opened, until=until, rng=Random(seed))
        told = histories(cast, seed=seed, count=count, opened=opened, until=until)
        written = actions.write_histories(cast.tenant, told, via="demo", until=until, progress=advance)
        tracked = _trackable(cast, until)
    return Loaded(cast.tenant, written, tracked)


def refuse_twice() -> None:
    """Raise `HuiyinError` when the demo office exists."""
    try:
        organisation.tenant_by_slug(roles.SLUG)
    except NotFound:
        return
    raise HuiyinError(
        msg("演示单位已经建立过"),
        code="demo_exists",
        remedy=msg("要重新建立，请另设一个空的 HUIYIN_HOME 或数据库。"),
    )


def tracking_line(loaded: Loaded) -> str:
    """Return how to try the public tracking page."""
    tracked = loaded.tracked
    if tracked is None:
        return ""
    return gettext("在办事窗口查询进度可用：编号 %(number)s，查询码 %(code)s") % {
        "number": tracked.number,
        "code": tracked.code,
    }


def histories(cast: Cast, *, seed: int, count: int, opened: datetime, until: datetime) -> Iterator[History]:
    """Tell `count` matters in the order of their receipt: the past, and what waits today."""
    rng = Random(f"{seed} today")
    today = sorted([*waiting(cast, rng, until), *pending(cast, rng, until)], key=_received)[:count]
    past = sorted(
        _arrival(cast, Random(f"{seed} {number}"), opened, until, number)
        for number in range(count - len(today))
    )
    # Told before the others: their numbers follow the order of a later step.
    written = [one for one in past if one.kind == _TO_WRITE]
    ready = numbered([*_past(cast, seed, written, until), *today])
    others = (one for one in past if one.kind != _TO_WRITE)
    return heapq.merge(_past(cast, seed, others, until), sorted(ready, key=_received), key=_received)


def opening_of(until: datetime) -> datetime:
    """Return when the office was founded: a while before the first matter."""
    return (until - timedelta(days=365 * YEARS)).astimezone(SHANGHAI).replace(microsecond=0)


def _past(cast: Cast, seed: int, arrivals: Iterable[_Arrival], until: datetime) -> Iterator[History]:
    for one in arrivals:
        rng = Random(f"{seed} {one.number} told")
        told = _TELLERS.get(one.kind)
        if told is None:
            yield tell(cast, rng, received=one.at, channel=one.channel, until=until)
        else:
            yield told(cast, rng, received=one.at, until=until)


def _arrival(cast: Cast, rng: Random, opened: datetime, until: datetime, number: int) -> _Arrival:
    """When a matter came in, how, and of which kind."""
    at, channel = _received_at(cast, rng, opened, until)
    drawn = rng.random()
    for kind, share in _SHARES.items():
        drawn -= share
        # Nobody registers papers at night; the next morning they are there.
        opened_at = cast.calendar.add_minutes(at, 1)
        if drawn < 0 and opened_at <= until:
            return _Arrival(opened_at, number, channel, kind)
    return _Arrival(at, number, channel, "")


def _received_at(cast: Cast, rng: Random, opened: datetime, until: datetime) -> tuple[datetime, str]:
    """When a matter came in and how: in office hours, or at any hour online."""
    share = rng.random() ** _GROWTH
    if rng.random() < _ONLINE and rng.random() < _AT_NIGHT:
        return opened + (until - opened) * share, "online"
    first, last = cast.calendar.office_time(opened), cast.calendar.office_time(until)
    at = cast.calendar.moment(first + round((last - first - _A_MINUTE) * share))
    channel = "online" if rng.random() < _ONLINE * (1 - _AT_NIGHT) else rng.choice(_OFFICE_CHANNELS)
    return at.replace(microsecond=0), channel


def _received(history: History) -> datetime:
    return history.received_at


def _trackable(cast: Cast, until: datetime) -> Receipt | None:
    """Hand out a query code for one of the clerk's matters, as the clerk would at the counter."""
    clerk = organisation.staff_member(cast.tenant.id, roles.ROLES[0].staff_no)
    if clerk is None:
        return None
    asker = organisation.asker_for_person(clerk.id, until, "cli")
    mine = queries.matters(asker, until, mine="custodian", kind="application", stage="open", limit=1).rows
    return actions.reissue_code(By(asker, until, "demo"), mine[0].number) if mine else None
