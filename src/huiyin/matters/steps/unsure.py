"""Flagging what one is not sure of, and telling the applicant what came of asking."""

from __future__ import annotations

from typing import Final

from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import StepNote
from huiyin.matters.notice_labels import RESULTS
from huiyin.matters.steps.deciding import check_how
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.rules import events as e
from huiyin.rules import unsure
from huiyin.rules.errors import Invalid, msg

LONGEST: Final = 1000


def flag(dossier: Dossier, hand: Hand, *, why: str) -> None:
    """Flag the application as not clear or special, with why; raises Invalid without a reason."""
    said = why.strip()
    if not said or len(said) > LONGEST:
        raise Invalid(
            {"why": msg("请写明哪里把握不准或者情况怎样特殊，不超过1000字")},
            clause=dossier.cite(unsure.UNSURE),
        )
    dossier.record(
        e.FlaggedUncertain(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, why_digest=dossier.digest(said)
        )
    )
    _note(dossier, said)


def take_flag_back(dossier: Dossier, hand: Hand, *, why: str) -> None:
    """Take back a flag that was a slip, with why; raises Invalid without a reason."""
    said = why.strip()
    if not said or len(said) > LONGEST:
        raise Invalid({"why": msg("请写明为什么撤销，不超过1000字")}, clause=dossier.cite(unsure.UNSURE))
    dossier.record(
        e.FlagTakenBack(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, why_digest=dossier.digest(said)
        )
    )
    _note(dossier, said)


def tell_result(dossier: Dossier, hand: Hand, *, can: bool, how: str, words: str) -> None:
    """Tell the applicant whether it can be done, and why; raises Invalid without a reason.

    `how` is one of `labels.DELIVERIES`. Raises Unlawful while nobody who was asked has answered.
    """
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise Invalid(
            {"words": msg("请写明能办或者不能办的原因，不超过1000字")}, clause=dossier.cite(unsure.UNSURE)
        )
    check_how(how)
    refuse_banned(dossier, hand, words=said)
    text = f"{RESULTS['yes' if can else 'no']}：{said}"
    dossier.record(
        e.ResultTold(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            can=can,
            how=how,
            words_digest=dossier.digest(text),
        )
    )
    _note(dossier, text)


def _note(dossier: Dossier, said: str) -> None:
    # As many events as the version says: this one is the latest of them.
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=said))
