"""Verbs on work that was given: how far it is, that it is done, and that it is struck off."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, power_of, save
from huiyin.matters.dossier import Dossier
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.regimes.time_limit import parts


@command("report_progress")
def report_progress(
    session: Session, number: str, *, words: str, how: str = "", studied: bool = False
) -> Receipt:
    """Tell whoever gave it how far it is; no clock changes.

    A supervised item goes to the leader responsible too, where the rulebook has it reported; what was not
    answered at once to the next level above, with `how` the person served was told so (p4.time-limit.5.b).
    `studied` ends the duty to study a superior's decision. Raises Invalid without `how` where it is owed.
    """
    dossier, hand = handled(session, number)
    matter, law = dossier.matter, dossier.law
    if not how and matter.leader_told_at is None and queries.reports_up(matter, law, hand.at):
        raise Invalid({"how": msg("请选择怎么向当事人说明的")}, clause=law.book.cite(parts.ANSWER_BY_URGENCY))
    to = queries.told_of_progress(matter, law, hand.at, hand.people)
    steps.progress(dossier, hand, words=words, to=map(str, to), how=how, studied=studied)
    return save(session, dossier)


@command("answer_superior")
def answer_superior(session: Session, number: str, *, words: str, how: str, verdict: str = "") -> Receipt:
    """Record the answer to the superior body, the deputies or the lower body who sent it.

    Raises Unlawful for a request from below whose answer is not definite, where the rulebook wants that.
    """
    dossier, hand = handled(session, number)
    steps.answer_superior(dossier, hand, words=words, how=how, verdict=verdict)
    return save(session, dossier)


@command("finish")
def finish(session: Session, number: str, *, result: str) -> Receipt:
    """Say that it is done, and with what result."""
    dossier, hand = handled(session, number)
    steps.finish(dossier, hand, result=result)
    return save(session, dossier)


@command("send_back")
def send_back(session: Session, number: str, *, opinion: str) -> Receipt:
    """Find that it is not done, as whoever gave it; never one's own work."""
    dossier = _judged(session, number)
    steps.send_back(dossier, hand_of(session.by), opinion=opinion)
    return save(session, dossier)


@command("sign_off")
def sign_off(session: Session, number: str, *, opinion: str = "") -> Receipt:
    """Strike it off as done, as whoever gave it; never one's own work.

    Raises Unlawful while the superior who sent it has no answer, where the rulebook demands one.
    """
    dossier = _judged(session, number)
    steps.sign_off(dossier, hand_of(session.by), opinion=opinion)
    return save(session, dossier)


@command("explain_lateness")
def explain_lateness(session: Session, number: str, *, words: str) -> Receipt:
    """Report to those the rulebook names how far it is and why it is not done.

    Raises Unlawful where the rulebook names nobody, and where it would be whoever reports.
    """
    dossier, hand = handled(session, number)
    to = queries.told_of_lateness(dossier.matter, dossier.law, hand.at, hand.people)
    if not to:
        raise Unlawful(
            msg("本单位的制度没有规定要报告进度和原因"),
            code="not_regulated",
            remedy=msg("可以反馈进展。"),
        )
    steps.explain_lateness(dossier, hand, words=words, to=map(str, to))
    return save(session, dossier)


@command("conclude")
def conclude(session: Session, number: str, *, outcome: str, words: str) -> Receipt:
    """Record what looking into a misconduct report has shown."""
    dossier, hand = handled(session, number)
    steps.conclude(dossier, hand, outcome=outcome, words=words)
    return save(session, dossier)


@command("name_accused")
def name_accused(session: Session, number: str, *, accused: UUID) -> Receipt:
    """Name a colleague whom a misconduct report is against, so that they see nothing of it.

    Raises Unlawful for the custodian: it is handed over first.
    """
    dossier, hand = handled(session, number)
    steps.name_accused(dossier, hand, accused=(str(accused),))
    return save(session, dossier)


def _judged(session: Session, number: str) -> Dossier:
    dossier = open_dossier(session, number)
    permissions.may_sign_off(session.by.asker, power_of(session.by), dossier.matter).require()
    return dossier
