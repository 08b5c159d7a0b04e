"""Checking papers, telling once, and taking the application on."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.matters import steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import handled, save
from huiyin.matters.steps import Paper


@command("check_materials")
def check_materials(session: Session, number: str, *, found: Sequence[Paper]) -> Receipt:
    """Compare what was handed in with the item's list."""
    dossier, hand = handled(session, number)
    steps.check(dossier, hand, found=found)
    return save(session, dossier)


@command("issue_notice", books=("notice",))
def issue_notice(
    session: Session,
    number: str,
    *,
    supplement_how: str,
    form: str = "written",
    told_to: str = "",
    told_phone: str = "",
) -> Receipt:
    """Tell everything missing, once; a second notice is a finding and stops no clock.

    By word of mouth only over the telephone, with whom was told and by which number.
    """
    dossier, hand = handled(session, number)
    steps.notify(
        dossier, hand, supplement_how=supplement_how, form=form, told_to=told_to, told_phone=told_phone
    )
    return save(session, dossier)


@command("receive_supplement")
def receive_supplement(session: Session, number: str, *, papers: Sequence[Paper] = ()) -> Receipt:
    """Everything the notice named has arrived; the review clock starts afresh.

    `papers` are counted: the copies and pages of each, for the receipt where one is given.
    """
    dossier, hand = handled(session, number)
    steps.supplement(dossier, hand, counted=papers)
    return save(session, dossier)


@command("send_to_meeting")
def send_to_meeting(session: Session, number: str, *, how: str, words: str) -> Receipt:
    """Send the application to a meeting, with what the applicant was told of it; no clock stops.

    Raises Invalid without an explanation, Unlawful where no clause speaks of meetings.
    """
    dossier, hand = handled(session, number)
    steps.send_to_meeting(dossier, hand, how=how, words=words)
    return save(session, dossier)


@command("accept_application", books=("acceptance",))
def accept_application(session: Session, number: str) -> Receipt:
    """Take the application on; the deciding clock starts."""
    dossier, hand = handled(session, number)
    steps.accept(dossier, hand)
    return save(session, dossier)
