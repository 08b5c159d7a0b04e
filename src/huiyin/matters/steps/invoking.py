"""Pointing out that a clause was not kept."""

from __future__ import annotations

from huiyin.matters import labelled
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import StepNote
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, msg

_LONGEST = 2000
_LONGEST_PROOF = 1000


def invoke(
    dossier: Dossier,
    hand: Hand,
    *,
    clause: str,
    against: str,
    facts: str,
    duty_line: str = "",
    promise_line: str = "",
    measure: str = "",
    gravity: str = "",
    verified: str = "",
    effect: str = "",
) -> None:
    """Put on record who did not keep a clause, and what happened; `duty_line` names a duty sheet's line.

    `promise_line` names the line of a commitment, `measure` is what is proposed and `gravity` how grave it
    is, both as the clause has them. `verified` says how it was complained of and found true, `effect` what
    harm it did.

    The words are kept apart from the event, which holds their digest. Raises
    Invalid without them, Unlawful for a clause that cannot be invoked.
    """
    if not clause:
        raise Invalid({"clause": msg("请选择没有照办的条款")})
    told = facts.strip()
    if not told or len(told) > _LONGEST:
        raise Invalid({"facts": msg("请写明什么时候、什么事，不超过2000字")})
    proof, harm = verified.strip(), effect.strip()
    wrong = {
        name: msg("此项请不超过1000字")
        for name, text in {"verified": proof, "effect": harm}.items()
        if len(text) > _LONGEST_PROOF
    }
    if wrong:
        raise Invalid(wrong)
    dossier.record(
        e.ClauseInvoked(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            clause=clause,
            against=str(dossier.people(against).id),
            facts_digest=dossier.digest(told),
            duty_line=duty_line,
            promise_line=promise_line,
            measure=measure,
            gravity=gravity,
            verified_digest=dossier.digest(proof),
            effect_digest=dossier.digest(harm),
        )
    )
    # As many events as the version says: this one is the latest of them.
    said = labelled.joined(told, {labelled.VERIFIED: proof, labelled.EFFECT: harm})
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=said))
