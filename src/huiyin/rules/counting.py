"""How an office counts where the law leaves it open: two switches, dated in its rulebook.

The switches stand in the clause that plays the part `counting`; an office whose
rulebook has none counts as the Civil Code does (articles 201 and 203).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

PART: Final = "counting"
"""The part that the clause plays in a rulebook (`house.counting` where no office says otherwise)."""

_LATE_RECEIPT: Final = {"own_day": False, "next_opening": True}
_END_ON_DAY_OFF: Final = {"next_working_day": True, "stays": False}

SWITCHES: Final = {"late_receipt": tuple(_LATE_RECEIPT), "end_on_day_off": tuple(_END_ON_DAY_OFF)}
"""Each switch with its positions."""


@dataclass(frozen=True, slots=True)
class Counting:
    """The two switches.

    `late_receipt_waits`: what comes in after close of business or on a day off
    counts as received at the next opening, not on its own day. `end_rolls`: a
    limit in calendar units that would end on a day off ends on the next working
    day.
    """

    late_receipt_waits: bool = False
    end_rolls: bool = True


def counting_of(values: Mapping[str, Any]) -> Counting:
    """The switches as a clause gives them; those it leaves out stay as they are by default.

    `late_receipt` is 'own_day' or 'next_opening', `end_on_day_off` is
    'next_working_day' or 'stays'. Raises ValueError naming what else stands there.
    """
    unknown = values.keys() - SWITCHES.keys()
    if unknown:
        raise ValueError(f"knows late_receipt and end_on_day_off, not {', '.join(sorted(unknown))}")
    return Counting(
        late_receipt_waits=_chosen(values, "late_receipt", _LATE_RECEIPT, default="own_day"),
        end_rolls=_chosen(values, "end_on_day_off", _END_ON_DAY_OFF, default="next_working_day"),
    )


def _chosen(values: Mapping[str, Any], name: str, words: Mapping[str, bool], *, default: str) -> bool:
    word = values.get(name, default)
    if word not in words:
        raise ValueError(f"{name} must be {' or '.join(words)}, not {word!r}")
    return words[word]
