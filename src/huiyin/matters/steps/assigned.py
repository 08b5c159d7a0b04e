"""What happens to work that was given: how far it is, that it is done, and that it is struck off.

What people write is kept apart from the events, which hold its digest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from huiyin.matters.document_labels import VERDICTS
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import StepNote
from huiyin.matters.steps.deciding import check_how
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.lifecycle import CONCLUSIONS
from huiyin.rules.regimes.time_limit import parts

LONGEST: Final = 5000
LONGEST_ACCUSED: Final = 10


def progress(
    dossier: Dossier,
    hand: Hand,
    *,
    words: str,
    to: Iterable[str] = (),
    how: str = "",
    studied: bool = False,
) -> None:
    """Tell whoever gave it how far it is, and the leaders `to` besides; raises Invalid without a word.

    `how`, one of `labels.DELIVERIES`, is how the person served was told that it takes longer; `studied`
    says that a superior's decision was studied. Raises Invalid for a way that has no name.
    """
    if how:
        check_how(how)
        refuse_banned(dossier, hand, words=words)
    told = _said(words, "words", msg("请写明进展、存在问题和下步措施，不超过5000字"))
    dossier.record(
        e.ProgressReported(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            words_digest=dossier.digest(told),
            to=tuple(to),
            how=how,
            studied=studied,
        )
    )
    _keep(dossier, told)


def answer_superior(dossier: Dossier, hand: Hand, *, words: str, how: str, verdict: str = "") -> None:
    """Answer whoever sent it, and say how the answer went to them: one of `labels.DELIVERIES`.

    `verdict`, one of `document_labels.VERDICTS`, is what a request from below is told.
    """
    check_how(how)
    if verdict and verdict not in VERDICTS:
        raise Invalid({"verdict": msg("请选择同意、不同意或者转请有权的单位")})
    told = _said(words, "words", msg("请写明回复的内容，不超过5000字"))
    dossier.record(
        e.SuperiorAnswered(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            how=how,
            words_digest=dossier.digest(told),
            verdict=verdict,
        )
    )
    _keep(dossier, f"{VERDICTS[verdict]}：{told}" if verdict else told)


def finish(dossier: Dossier, hand: Hand, *, result: str) -> None:
    """Say that it is done and with what result; whoever gave it signs it off."""
    told = _said(result, "result", msg("请写明办理结果，不超过5000字"))
    dossier.record(
        e.Finished(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, result_digest=dossier.digest(told)
        )
    )
    dossier.matter.reply = told
    _keep(dossier, told)


def send_back(dossier: Dossier, hand: Hand, *, opinion: str) -> None:
    """Find that it is not done: it is owed again, on the clock it always had."""
    told = _said(opinion, "opinion", msg("退回须写明哪里没有办到位"))
    dossier.record(
        e.SentBack(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, reason_digest=dossier.digest(told)
        )
    )
    dossier.matter.reply = ""
    _keep(dossier, told)


def sign_off(dossier: Dossier, hand: Hand, *, opinion: str = "") -> None:
    """Agree that it is done: it is struck off, and ends."""
    dossier.record(
        e.SignedOff(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, opinion_digest=dossier.digest(opinion)
        )
    )
    if opinion.strip():
        _keep(dossier, opinion.strip())


def explain_lateness(dossier: Dossier, hand: Hand, *, words: str, to: Iterable[str]) -> None:
    """Tell those the rulebook names how far it is and why it is not done.

    Not one with `urging.explain`: that speaks to the person served, who reads it outside and is owed
    it by law; this to leaders, inside, about work that nobody outside may read of.
    """
    told = _said(words, "words", msg("请写明进度和没有按时办结的原因"))
    dossier.record(
        e.LatenessExplained(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            to=tuple(to),
            words_digest=dossier.digest(told),
        )
    )
    _keep(dossier, told)


def conclude(dossier: Dossier, hand: Hand, *, outcome: str, words: str) -> None:
    """Say what looking into a report has shown: one of `lifecycle.CONCLUSIONS`, and how it is known."""
    clause = dossier.cite(parts.REPORT_LIMIT)
    if outcome not in CONCLUSIONS:
        raise Invalid({"outcome": msg("请选择查处结论")}, clause=clause)
    told = _said(words, "words", msg("请写明查明的事实和处理意见"), clause)
    dossier.record(
        e.Concluded(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            outcome=outcome,
            words_digest=dossier.digest(told),
        )
    )
    _keep(dossier, told)


def name_accused(dossier: Dossier, hand: Hand, *, accused: Iterable[str]) -> None:
    """Name whom a report is against besides: from now on they see nothing of it."""
    fresh = tuple(who for who in dict.fromkeys(accused) if who not in dossier.state.accused)
    if not fresh:
        raise Invalid({"accused": msg("请选择还没有列入回避的人")})
    if len(fresh) > LONGEST_ACCUSED:
        raise Unlawful(msg("一件检举涉及的人员请不超过10名，多的请分件登记"), code="too_many_accused")
    for who in fresh:
        dossier.people(who)
    dossier.record(e.AccusedNamed(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, accused=fresh))


def _said(text: str, field: str, wanted: str, clause: str = "") -> str:
    told = text.strip()
    if not told or len(told) > LONGEST:
        raise Invalid({field: wanted}, clause=clause)
    return told


def _keep(dossier: Dossier, text: str) -> None:
    # As many events as the version says: this one is the latest of them.
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=text))
