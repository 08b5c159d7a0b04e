"""The steps of an approval: each lies before whoever signs it, on its own clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.catalogue.stages import Step, timed
from huiyin.matters.dossier import Dossier, Hand
from huiyin.organisation import queries as organisation
from huiyin.rules import events as e
from huiyin.rules import signing
from huiyin.rules.docket import run_out
from huiyin.rules.lifecycle import Stage


def sign_step(dossier: Dossier, hand: Hand) -> None:
    """Sign the step that waits; the next one begins. Raises Unlawful where none waits."""
    owed = dossier.docket.owed if dossier.docket else ()
    number = signing.following(owed)
    dossier.record(
        e.StepSigned(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, number=number),
    )
    begin_next(dossier, hand)


def catch_up(dossier: Dossier, at: datetime) -> None:
    """Let what time alone brought about before `at` happen first, so that a step sees it.

    What silence took on has its first step before its signer from then, as any acceptance does.
    """
    if dossier.docket is None:
        return
    passed = run_out(dossier.docket, at, dossier.law)
    silence = next((one.at for one in passed.events if isinstance(one, e.DeemedAccepted)), None)
    if silence is None:
        dossier.take_over(passed)
        return
    # As far as the silence, so that the step stands where it began, before what ran out later.
    dossier.catch_up(silence + timedelta.resolution)
    begin_next(dossier, Hand(e.SYSTEM, silence))
    dossier.catch_up(at)


def begin_next(dossier: Dossier, hand: Hand) -> None:
    """Put the first step that was not signed before whoever signs it.

    Nothing where the rulebook asks for no such times, for what is no approval or not in hand, while a
    step waits already, and when all are signed (p3.service-commitment.2.2.b).
    """
    state = dossier.state
    if not dossier.law.book.has(signing.STEPS) or not state.approval or state.stage is not Stage.IN_HAND:
        return
    step = _waiting(dossier)
    if step is None or dossier.open_duty(signing.SIGN) is not None:
        return
    assert step.limit is not None  # noqa: S101 (timed steps have one)
    dossier.record(
        e.StepBegun(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            number=signing.following(dossier.docket.owed if dossier.docket else ()),
            to=_signer(dossier, hand, step),
            limit=step.limit,
        )
    )


def pass_step_on(dossier: Dossier, hand: Hand, *, to: str) -> None:
    """Put the step that waits before `to`, who holds the post that signs it now; its clock goes on."""
    number = signing.following(dossier.docket.owed if dossier.docket else ())
    dossier.record(
        e.StepPassed(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, number=number, to=to)
    )


def kept_by_post(dossier: Dossier, at: datetime) -> tuple[str, ...]:
    """What stays with a custodian who gives the matter away: the step they sign by a post they hold."""
    owed = dossier.open_duty(signing.SIGN)
    if owed is None or owed.bearer != dossier.state.custodian:
        return ()
    step = _waiting(dossier)
    holder = organisation.holder_of_post(dossier.tenant.id, step.post, at) if step and step.post else None
    return (signing.SIGN,) if holder and str(holder.id) == owed.bearer else ()


def _waiting(dossier: Dossier) -> Step | None:
    """The first step that was not signed; None once all are."""
    guide = dossier.guide()
    steps = timed(guide.steps) if guide else []
    number = signing.following(dossier.docket.owed if dossier.docket else ())
    return steps[number - 1] if number <= len(steps) else None


def _signer(dossier: Dossier, hand: Hand, step: Step) -> str:
    """Whoever holds the step's post; the custodian where none is named or nobody holds it."""
    holder = organisation.holder_of_post(dossier.tenant.id, step.post, hand.at) if step.post else None
    return str(holder.id) if holder else dossier.state.custodian
