"""Who reads the opinion book, who copies into it, and who says what came of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiyin.organisation.queries import Asker
from huiyin.rules.errors import msg
from huiyin.rules.verdict import ALLOWED, Verdict, refused
from huiyin.supervision.queries import reads_book

if TYPE_CHECKING:
    from huiyin.supervision.models import Opinion


def may_read_opinions(by: Asker) -> Verdict:
    """The efficiency office and the main leader, at the desk: not those whom it may be about."""
    return ALLOWED if reads_book(by) else refused(msg("意见簿由效能办和主要领导登录后查看、处理"))


def may_copy_opinion(by: Asker) -> Verdict:
    """Copy from the paper book: anybody of the office, at the desk."""
    return refused(msg("意见簿只能由工作人员登录后办理")) if by.rights is not None else ALLOWED


def may_handle_opinion(by: Asker, row: Opinion) -> Verdict:
    """Say what came of an entry: who reads the book, and is not concerned by it.

    Concerned is whom it names, and whoever works in, heads or oversees the unit it is about.
    """
    allowed = may_read_opinions(by)
    if not allowed:
        return allowed
    if row.against_id == by.person_id:
        return refused(msg("这条意见与您有关，须由另一人处理"))
    if row.unit_id in by.unit_ids | by.headed_unit_ids | by.overseen_unit_ids:
        return refused(msg("这条意见涉及您所在或分管的科室，须由另一人处理"))
    return ALLOWED
