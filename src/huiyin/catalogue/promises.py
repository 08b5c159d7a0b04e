"""The limits of an item: the statutory one, the promised one, and what they may be together."""

from __future__ import annotations

from typing import NamedTuple

from huiyin.rules.errors import msg
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Limit

SHORTER = "promise_shorter"
CLASSIFIED = "promise_needed"


class Fault(NamedTuple):
    """What is wrong with which field, what to do, and the clause that asks for it."""

    field: str
    message: str
    remedy: str
    clause: str


def limits_fault(
    book: Rulebook, *, instant: bool, statutory: Limit | None, committed: Limit | None
) -> Fault | None:
    """Say what is wrong with an item's limits; None when nothing is.

    No promise may outlast the law, in any office. That it must be shorter, and
    that an item not done at once needs a limit of its own, holds only where the
    office's rulebook says so. Different units cannot be compared and are left
    to the office.
    """
    if statutory and committed and statutory.unit is committed.unit:
        if committed.amount > statutory.amount:
            return Fault(
                "committed",
                msg("承诺时限不能长于法定时限"),
                msg("请缩短承诺时限，或把承诺时限空着。"),
                "",
            )
        if committed.amount == statutory.amount and book.has(SHORTER):
            return Fault(
                "committed",
                msg("承诺时限必须短于法定时限"),
                msg("请缩短承诺时限；没有承诺更短时限的，请把承诺时限空着。"),
                book.cite(SHORTER),
            )
    if not instant and statutory is None and committed is None and book.has(CLASSIFIED):
        return Fault(
            "committed",
            msg("不是即办件，却没有法定时限和承诺时限"),
            msg("请至少填写一种时限，或把“即办件”填为“是”。"),
            book.cite(CLASSIFIED),
        )
    return None
