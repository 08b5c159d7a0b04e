"""Whose hands were in an act: nobody decides on their own."""

from __future__ import annotations

from huiyin.rules import events as e


def hands(event: e.Event) -> tuple[str, ...]:
    """Everybody behind an act: who did it, and the absent colleague it was done for."""
    return (event.actor, event.acting_for) if event.acting_for else (event.actor,)


def same_hand(asked_by: tuple[str, ...], event: e.Event) -> bool:
    """Whether somebody behind the act is among those who asked."""
    return not set(asked_by).isdisjoint(hands(event))
