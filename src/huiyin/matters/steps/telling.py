"""What a notice must say by the office's rulebook, and whether the item says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from huiyin.catalogue.queries import Guide
from huiyin.matters.dossier import Dossier, Hand
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.regimes import one_time_notice, time_limit

EMPTY: Final[Mapping[str, str]] = {
    "basis": msg("事项没有填写“办理依据”，告知书讲不全"),
    "conditions": msg("事项没有填写“办理条件”，告知书讲不全"),
    "procedure": msg("事项没有填写“办理程序”，告知书讲不全"),
    "limit": msg("事项没有填写“办理时限”，告知书讲不全"),
    "materials": msg("事项没有填写“材料清单”，告知书讲不全"),
    "fee": msg("事项没有填写“收费”，告知书讲不全"),
}


def tells_all(dossier: Dossier, hand: Hand) -> None:
    """Refuse a notice that could not say what the rulebook demands; names each empty field of the item.

    Raises Invalid, citing the clause (p4.one-time-notice.1).
    """
    book = dossier.law.book
    if not book.has(one_time_notice.CONTENTS):
        return
    demanded = book.clause(one_time_notice.CONTENTS).on(hand.on).get("contents", ())
    guide = dossier.guide()
    wrong = {
        f"item.{name}": EMPTY[name]
        for name in demanded
        if guide is None or not _SAID[name](dossier, hand, guide)
    }
    if wrong:
        raise Invalid(wrong, code="notice_incomplete", clause=book.cite(one_time_notice.CONTENTS))


def _has_limit(dossier: Dossier, hand: Hand, _: Guide) -> bool:
    return time_limit.promised(dossier.state, dossier.law.book, hand.on) is not None


_SAID: Final[Mapping[str, Callable[[Dossier, Hand, Guide], bool]]] = {
    "basis": lambda _, __, guide: bool(guide.legal_basis.strip()),
    "conditions": lambda _, __, guide: bool(guide.conditions.strip()),
    "procedure": lambda _, __, guide: bool(guide.procedure.strip()),
    "limit": _has_limit,
    "materials": lambda dossier, _, guide: bool(guide.materials or dossier.materials()),
    "fee": lambda _, __, guide: bool(guide.fee.strip()),
}
