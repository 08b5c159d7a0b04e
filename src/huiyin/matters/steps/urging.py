"""Urging whoever bears a duty, and telling the person served why a limit was overrun."""

from __future__ import annotations

from collections.abc import Collection

from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import StepNote
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful, msg

_LONGEST_WORDS = 500
_LONGEST_REASON = 1000


def urge(dossier: Dossier, hand: Hand, *, keys: Collection[str], words: str = "") -> None:
    """Put on record that the bearers of these duties were urged, with what was said.

    Raises Invalid for words that are too long, Unlawful where none of them runs.
    """
    said = words.strip()
    if len(said) > _LONGEST_WORDS:
        raise Invalid({"words": msg("催办的话不超过500字")})
    owed = dossier.docket.owed if dossier.docket else ()
    # By key: duties that arose together stand in no other order that is the same every time.
    chosen = sorted((one for one in owed if one.key in keys), key=lambda one: one.key)
    if not chosen:
        raise Unlawful(msg("没有正在计时、可以催办的事"), code="nothing_owed")
    for one in chosen:
        dossier.record(
            e.DutyUrged(
                at=hand.at,
                actor=hand.actor,
                acting_for=hand.acting_for,
                key=one.key,
                what=one.what,
                bearer=one.bearer,
                words_digest=dossier.digest(said),
            )
        )
        if said:
            # As many events as the version says: this one is the latest of them.
            dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=said))


def explain(dossier: Dossier, hand: Hand, *, reason: str) -> None:
    """Put on record, for the person served to read, why a limit was overrun (law.business.36).

    Raises Invalid without a reason, Unlawful where nothing was overrun or no law wants one.
    """
    given = reason.strip()
    if not given or len(given) > _LONGEST_REASON:
        raise Invalid({"reason": msg("请写明超期的原因，不超过1000字")})
    refuse_banned(dossier, hand, reason=given)
    dossier.record(
        e.OverrunExplained(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            reason_digest=dossier.digest(given),
        )
    )
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=given))
