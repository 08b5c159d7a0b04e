"""Whose hands were in an act: nobody decides on their own."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg


def hands(event: e.Event) -> tuple[str, ...]:
    """Everybody behind an act: who did it, and the absent colleague it was done for; nobody's by itself."""
    return tuple(one for one in (event.actor, event.acting_for) if one not in {"", e.SYSTEM})


def same_hand(asked_by: tuple[str, ...], event: e.Event) -> bool:
    """Whether somebody behind the act is among those who asked."""
    return not set(asked_by).isdisjoint(hands(event))


def not_accused(who: Iterable[str], accused: tuple[str, ...]) -> None:
    """Keep those whom a report is against out of it; raises Unlawful for one of them."""
    if not set(who).isdisjoint(accused):
        raise Unlawful(
            msg("被检举的人不能经手这件检举"),
            code="accused",
            remedy=msg("请交给与被检举人无关的同事办理。"),
        )
