"""Sending an application to a meeting, with what the applicant was told of it."""

from __future__ import annotations

from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import StepNote
from huiyin.matters.steps.deciding import check_how
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.regimes import time_limit

_LONGEST_WORDS = 1000


def send_to_meeting(dossier: Dossier, hand: Hand, *, how: str, words: str) -> None:
    """Put on record that a meeting decides it, and that the applicant was told so and why.

    `how` is one of `labels.DELIVERIES`. Raises Invalid, with the clause, without an explanation: there
    is no going to a meeting behind the applicant's back (p1.time-limit.1.c). No clock stops for it.
    """
    said = words.strip()
    if not said or len(said) > _LONGEST_WORDS:
        raise Invalid(
            {"words": msg("请写明怎样向申请人说明要提交会议研究，不超过1000字")},
            clause=dossier.cite(time_limit.MEETING),
        )
    check_how(how)
    refuse_banned(dossier, hand, words=said)
    dossier.record(
        e.SentToMeeting(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            how=how,
            words_digest=dossier.digest(said),
        )
    )
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=said))
