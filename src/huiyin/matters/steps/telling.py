"""What a notice must say by the office's rulebook, whether the item says it, and how it was explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from huiyin.catalogue.queries import Guide
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import StepNote
from huiyin.matters.notice_labels import EXPLAINED_TO
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.regimes import one_time_notice, time_limit

LONGEST_WORDS: Final = 1000
LONGEST_NAME: Final = 200
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


def explain_notice(
    dossier: Dossier, hand: Hand, *, words: str, told_to: str, explained_at: datetime | None = None
) -> None:
    """Note beside the latest notice how it was explained by word of mouth, to whom, and when (else now).

    Raises Invalid by field for what is not said, and for a time before the notice or to come; Unlawful
    where no clause speaks of it, or nothing was told yet (p3.one-time-notice.2.c).
    """
    at, said, whom = explained_at or hand.at, words.strip(), told_to.strip()
    wrong = {}
    if not said or len(said) > LONGEST_WORDS:
        wrong["words"] = msg("请写明怎样说明的，不超过1000字")
    if not whom or len(whom) > LONGEST_NAME:
        wrong["told_to"] = msg("请写明向谁说明的，不超过200字")
    if at > hand.at:
        wrong["explained_at"] = msg("说明的时间不能晚于现在")
    elif dossier.state.notices and at < dossier.last_notice().issued_at.replace(second=0, microsecond=0):
        wrong["explained_at"] = msg("说明的时间不能早于告知的时间")
    if wrong:
        raise Invalid(wrong, clause=dossier.cite(one_time_notice.ORALLY))
    refuse_banned(dossier, hand, words=said)
    text = f"{said}\n{EXPLAINED_TO}：{whom}"
    dossier.record(
        e.NoticeExplained(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            explained_at=at,
            words_digest=dossier.digest(text),
        )
    )
    # As many events as the version says: this one is the latest of them.
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=text))


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
