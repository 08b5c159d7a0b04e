"""Refusal: proposed on the filing form, filed, signed at every level, decided in writing, and corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, power_of, save
from huiyin.matters.dossier import Dossier
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import Unlawful
from huiyin.rules.regimes import refusal_filing


@command("propose_refusal", books=("filing",))
def propose_refusal(session: Session, /, number: str, *, elsewhere: bool = False, **written: str) -> Receipt:
    """Begin the filing form, with the parts of `steps.Form`; its clock starts now.

    `elsewhere` says that it is not the office's to do. Of a unit of the office, place and telephone
    are read from the register where they are not written.
    """
    dossier, hand = handled(session, number)
    written |= _whereabouts(session, written)
    principal = session.by.acting_for or session.by.asker.person_id
    has_power = queries.has_refusal_power(dossier.matter, principal, hand.at)
    # What the leader said binds whoever had to ask.
    told_no = not has_power and queries.told_not_to_refuse(dossier.matter)
    steps.propose(dossier, hand, has_power=has_power, told_no=told_no, elsewhere=elsewhere, **written)
    # A form that nobody could sign would leave the matter without a way on.
    queries.signer_of(dossier.matter, steps.next_level(dossier, hand), hand.at)
    return save(session, dossier)


def _whereabouts(session: Session, written: Mapping[str, str]) -> dict[str, str]:
    """Where a unit of the office is found, as far as it was not written."""
    if not written.get("right_office", "").strip():
        return {}
    found = organisation.unit_reach(session.by.asker.tenant_id, written["right_office"])
    known = {"right_place": found.place, "right_phone": found.phone}
    return {name: text for name, text in known.items() if text and not written.get(name, "").strip()}


@command("file_refusal")
def file_refusal(session: Session, number: str) -> Receipt:
    """Put the form before the leader in charge, or the main leader while that one is away.

    Filed already, it goes to whoever signs now where it lies in vain, raises Unlawful where
    it does not; its clock does not restart.
    """
    dossier, hand = handled(session, number)
    row = dossier.open_filing()
    if row.filed_to_id and not queries.lies_in_vain(row, dossier.matter, hand.at):
        raise steps.already_filed(dossier)
    level, me = steps.next_level(dossier, hand), {session.by.asker.person_id}
    leader, fell_back = queries.signer_of(dossier.matter, level, hand.at, filed_by=me)
    steps.file(dossier, hand, to=str(leader.id), fell_back=fell_back)
    return save(session, dossier)


@command("approve_refusal")
def approve_refusal(session: Session, number: str, *, opinion: str = "", raise_because: str = "") -> Receipt:
    """Sign the form at its level; with `raise_because` as an important matter, a level further."""
    dossier = open_dossier(session, number)
    _may_sign(session, dossier)
    hand = hand_of(session.by)
    following = steps.following_level(dossier, hand, important=bool(raise_because.strip()))
    next_to = _next_signer(dossier, following, session) if following else ""
    steps.approve(dossier, hand, opinion=opinion, next_to=next_to, raise_because=raise_because)
    return save(session, dossier)


@command("record_minute")
def record_minute(
    session: Session, number: str, *, minute_number: str, minute_day: date, present: str, text: str
) -> Receipt:
    """Record that the leadership team decided together, in place of the last signature."""
    dossier = open_dossier(session, number)
    permissions.may_record_minute(session.by.asker, dossier.open_filing(), dossier.matter).require()
    steps.decide_together(
        dossier,
        hand_of(session.by),
        minute_number=minute_number,
        minute_day=minute_day,
        present=present,
        text=text,
    )
    return save(session, dossier)


@command("overturn_refusal")
def overturn_refusal(session: Session, number: str, *, opinion: str) -> Receipt:
    """Find the refusal wrong; the application returns to handling with a new clock."""
    dossier = open_dossier(session, number)
    _may_sign(session, dossier)
    steps.overturn(dossier, hand_of(session.by), opinion=opinion)
    return save(session, dossier)


@command("correct_refusal", books=("correction",))
def correct_refusal(session: Session, number: str, *, opinion: str) -> Receipt:
    """Find a refusal wrong that was decided, perhaps delivered: handling goes on with a new clock.

    For whoever is over the unit; the applicant is told, in writing.
    """
    dossier = open_dossier(session, number)
    permissions.may_correct_refusal(session.by.asker, power_of(session.by), dossier.matter).require()
    steps.correct(dossier, hand_of(session.by), opinion=opinion)
    return save(session, dossier)


@command("refuse", books=("refusal",))
def refuse(session: Session, number: str, *, explanation: str) -> Receipt:
    """Decide not to grant, in writing; impossible without the approved filing.

    For who handles it or the head of its unit, and only with the power to refuse the item.
    """
    dossier = open_dossier(session, number)
    permissions.may_refuse(session.by.asker, power_of(session.by), dossier.matter).require()
    hand = hand_of(session.by)
    has_power = queries.has_refusal_power(dossier.matter, UUID(hand.principal), hand.at)
    steps.refuse(dossier, hand, explanation=explanation, has_power=has_power)
    return save(session, dossier)


def _next_signer(dossier: Dossier, level: str, session: Session) -> str:
    """Who signs next; nobody where all who could have a part in it and the team may decide."""
    by = session.by
    try:
        return str(queries.signer_of(dossier.matter, level, by.at, filed_by={by.asker.person_id})[0].id)
    except Unlawful:
        if not refusal_filing.decided_together(dossier.law.book, hand_of(by).on):
            raise
        return ""


def _may_sign(session: Session, dossier: Dossier) -> None:
    by = session.by
    row = dossier.open_filing()
    permissions.may_sign_filing(by.asker, by.acting_for, row, dossier.matter).require()
