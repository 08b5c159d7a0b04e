"""In which ways the person asked first dealt with what somebody came for, as registers name them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from huiyin.matters.models import Deposit, Guidance, Handover, Matter
from huiyin.rules.errors import msg
from huiyin.rules.events import Route
from huiyin.rules.workdays import SHANGHAI

_LED: Final = {
    Route.SHARED: msg("引导"),
    Route.OUTSIDE: msg("告知外单位"),
    Route.UNCLEAR: msg("请示"),
    Route.BARRED: msg("说明不能办"),
    Route.UNABLE: msg("说明答不了"),
}


def ways(
    matter: Matter,
    guidance: Iterable[Guidance],
    deposits: Iterable[Deposit],
    handovers: Iterable[Handover],
) -> list[str]:
    """Return the ways in the order of the form, as message ids; never empty.

    Who was only told whom to turn to was guided; what was done the same day, by whoever was asked, was
    done on the spot, and what they keep is their own post's work.
    """
    found = [_led(one) for one in guidance]
    endings = {one.ending for one in handovers if one.ending in {"", "accepted"}}
    # It also passes without anybody's offer, from one who has gone.
    passed = "accepted" in endings or matter.custodian_id != matter.first_responder_id
    found += [msg("转交")] if passed else []
    found += [msg("转交中")] if "" in endings else []
    found += [msg("代收")] if any(True for _ in deposits) else []
    told = list(dict.fromkeys(one for one in found if one))
    return told or [msg("当场办理") if _same_day(matter) else msg("本岗办理")]


def _led(one: Guidance) -> str:
    if one.route == Route.COLLEAGUE:
        return "" if one.to_id else msg("引导")
    return _LED.get(Route(one.route), "")


def _same_day(matter: Matter) -> bool:
    ended = matter.decided_at or matter.closed_at
    return (
        ended is not None
        and ended.astimezone(SHANGHAI).date() == matter.received_at.astimezone(SHANGHAI).date()
    )
