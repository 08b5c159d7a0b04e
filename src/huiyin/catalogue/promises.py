"""What an item may promise: its limits together, where the statutory one comes from, its steps and papers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from huiyin.catalogue.bases import Basis, demanding, statutory_on
from huiyin.catalogue.stages import Step
from huiyin.catalogue.terms import Category
from huiyin.catalogue.vague import is_vague
from huiyin.rules.comparing import ends_later, outlasts
from huiyin.rules.errors import msg
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.signing import STEPS
from huiyin.rules.vocabulary import Limit, Unit

SHORTER = "promise_shorter"
CLASSIFIED = "promise_needed"
CONCRETE = "concrete_papers"


class Fault(NamedTuple):
    """What is wrong with which field, what to do, and the clause that asks for it."""

    field: str
    message: str
    remedy: str
    clause: str


def basis_fault(
    book: Rulebook, category: str, bases: Iterable[Basis], statutory: Limit | None, on: date
) -> Fault | None:
    """Say what is wrong with where an item's statutory limit comes from; None when nothing is.

    Where the office's rulebook says that items of this category follow the law's
    limit, it is the one of the provision in force, and a free figure is refused.
    """
    part = demanding(book, category)
    if not part:
        return None
    lawful = statutory_on(bases, on)
    if lawful is None:
        return Fault(
            "bases",
            msg("这类事项的时限取自法律，须登记现行有效的设定依据和它规定的期限"),
            msg("请填写法律名称、条款、期限和施行日期。"),
            book.cite(part),
        )
    if statutory != lawful:
        return Fault(
            "statutory",
            msg("法定时限取自设定依据，不能另填"),
            msg("请把法定时限空着，或改设定依据里的期限。"),
            book.cite(part),
        )
    return None


def later_law_fault(
    book: Rulebook, category: str, bases: Iterable[Basis], committed: Limit | None, on: date
) -> Fault | None:
    """A promise that outlasts a provision recorded for a later day; None where there is none.

    Checked when the item is written, so that no promise has to give way on the day the law changes.
    """
    part = demanding(book, category)
    if not part or committed is None:
        return None
    known = list(bases)
    days = sorted({one.since for one in known if one.since > on})
    for day in days:
        lawful = statutory_on(known, day)
        if lawful is not None and outlasts(committed, lawful):
            return Fault(
                "committed",
                msg("承诺时限长于以后施行的法定时限"),
                msg("请缩短承诺时限，使它不超过已登记的每一条设定依据。"),
                book.cite(part),
            )
    return None


def steps_fault(book: Rulebook, category: str, steps: Iterable[Step]) -> Fault | None:
    """An approval without steps, or with one that has no limit, where the office's rulebook asks for them."""
    if category != Category.APPROVAL or not book.has(STEPS):
        return None
    known = list(steps)
    if not known or any(one.limit is None for one in known):
        return Fault(
            "steps",
            msg("审批的每个环节都须规定时限") if known else msg("审批事项须写明流转的环节和每个环节的时限"),
            msg("请在每个环节后面写明期限，例如：审核 2个工作日。"),
            book.cite(STEPS),
        )
    return None


def papers_fault(book: Rulebook, names: Iterable[str]) -> Fault | None:
    """A paper that only says "other papers", where the office's rulebook asks for a concrete list."""
    if book.has(CONCRETE) and any(is_vague(name) for name in names):
        return Fault(
            "materials",
            msg("材料须逐项写明，不能写“其他材料”一类的话"),
            msg("请写出每一份材料的名称；确实不需要的就不要列。"),
            book.cite(CONCRETE),
        )
    return None


def limits_fault(
    book: Rulebook, *, instant: bool, statutory: Limit | None, committed: Limit | None
) -> Fault | None:
    """Say what is wrong with an item's limits; None when nothing is.

    No promise may outlast the law, in any office and whatever day it begins on. That it must be
    shorter, and that an item not done at once needs a limit of its own, holds only where the
    office's rulebook says so.
    """
    if statutory and committed:
        fault = _outlasts(book, statutory, committed)
        if fault is not None:
            return fault
    if not instant and statutory is None and committed is None and book.has(CLASSIFIED):
        return Fault(
            "committed",
            msg("不是即办件，却没有法定时限和承诺时限"),
            msg("请至少填写一种时限，或把“即办件”填为“是”。"),
            book.cite(CLASSIFIED),
        )
    return None


def _outlasts(book: Rulebook, statutory: Limit, committed: Limit) -> Fault | None:
    """A promise that ends later than the law's limit from some day on, or no earlier where it has to."""
    if Unit.BEFORE_EVENT in {statutory.unit, committed.unit}:
        return Fault(
            "committed",
            msg("以活动日期为准的时限不能与承诺时限比较"),
            msg("请把承诺时限空着。"),
            "",
        )
    if ends_later(committed, statutory) is not None:
        same = committed.unit is statutory.unit
        return Fault(
            "committed",
            msg("承诺时限不能长于法定时限")
            if same
            else msg("承诺时限与法定时限单位不同，遇上节假日会比法定时限更晚到期"),
            msg("请缩短承诺时限，或把承诺时限空着。"),
            "",
        )
    if book.has(SHORTER) and ends_later(committed, statutory, strictly=True) is not None:
        return Fault(
            "committed",
            msg("承诺时限必须短于法定时限"),
            msg("请缩短承诺时限；没有承诺更短时限的，请把承诺时限空着。"),
            book.cite(SHORTER),
        )
    return None
