"""One-time notice (一次性告知): everything missing is said once, within its limit, in writing.

The review clock starts on receipt and again when the file is whole. A second
notice is a finding against the office and stops no clock. Where the law says so of
approvals, silence until the review's days are over takes the application on, since the day
its papers came in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import REFUSING, Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Finding, Reopen
from huiyin.rules.workdays import SHANGHAI

REVIEW: Final = "review"
REVIEW_LIMIT: Final = "review_limit"
ONCE: Final = "said_once"
ONCE_GROUND: Final = "once_ground"
FORM: Final = "notice_form"
CONTENTS: Final = "notice_contents"
ARCHIVED: Final = "notice_archived"
EXPLAINED: Final = "ineligible_explained"
DEFERRED: Final = "deferral_reasoned"
DEEMED: Final = "deemed_accepted"
WHOLE: Final = "made_whole_handled"
ORALLY: Final = "explained_orally"


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """An oral notice only where the rulebook allows it for the channel; no acceptance after silence's own.

    What was told is explained where a clause says so, and once there is something to explain.
    """
    if isinstance(event, e.ApplicationAccepted) and before is not None and before.deemed:
        yield Unlawful(
            msg("审查期限内没有告知，这件事已经视为受理，不用再受理"),
            code="deemed_accepted",
            clause=book.cite(DEEMED),
            remedy=msg(
                "请直接办理。还缺材料的，可以核对后一次告知申请人补交；办理时限仍从收到材料之日起算。"
            ),
        )
    if isinstance(event, e.NoticeExplained) and before is not None:
        yield from _nothing_to_explain(before, book)
    if isinstance(event, e.NoticeIssued) and before is not None and book.has(FORM):
        yield from _not_written(before, event, book)


def _nothing_to_explain(before: State, book: Rulebook) -> Iterator[Unlawful]:
    if not book.has(ORALLY):
        yield Unlawful(msg("本单位的制度没有规定记录口头说明"), code="not_regulated")
    elif not before.notices:
        yield Unlawful(
            msg("还没有作过一次性告知，没有可以说明的告知内容"),
            code="nothing_told",
            clause=book.cite(ORALLY),
            remedy=msg("请先作一次性告知，再记下口头说明。"),
        )


def _not_written(before: State, event: e.NoticeIssued, book: Rulebook) -> Iterator[Unlawful]:
    values = book.clause(FORM).on(event.on)
    if event.form != values.get("form") and not oral_allowed(before.channel, book, event.on):
        yield Unlawful(
            msg("一次性告知应当书面作出，只有电话咨询可以口头告知"),
            code="notice_not_written",
            clause=book.cite(FORM),
        )
    elif event.form != values.get("form") and not event.told_digest:
        yield Unlawful(
            msg("口头告知要记下告知了谁、用的哪个电话"),
            code="oral_notice_unrecorded",
            clause=book.cite(FORM),
        )


def oral_allowed(channel: str, book: Rulebook, on: date) -> bool:
    """Whether who came by a channel may be told by word of mouth: where nothing is said, by any."""
    return not book.has(FORM) or channel == book.clause(FORM).on(on).get("oral_channel")


def silence(
    state: State, passed: e.LimitPassed, since: datetime, book: Rulebook
) -> Iterator[e.DeemedAccepted]:
    """What the law makes of a review whose days passed unused: acceptance since the papers came in.

    A notice or an acceptance in time would have ended the review, so that its limit could not pass.
    The law speaks of licences: what is no approval waits for its papers, however long nobody looks.
    """
    waiting = state.stage is Stage.RECEIVED or state.stage in REFUSING
    if (
        state.approval
        and passed.what == REVIEW
        and waiting
        and state.accepted_at is None
        and book.has(DEEMED)
    ):
        came_in = since.astimezone(SHANGHAI)
        yield e.DeemedAccepted(at=passed.at, actor="system", since=came_in, clause=book.cite(DEEMED))


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Start and end the review clock; find the second notice."""
    match event:
        case e.Registered() | e.SupplementReceived() if after.accepted_at is None:
            yield from _review(event, after, book)
        case e.RefusalOverturned() | e.RefusalCorrected() if after.stage is Stage.RECEIVED:
            yield from _reviewed_again(before, event, after, book)
        case e.NoticeIssued():
            yield from _noticed(before, event, after, book)
        case e.ApplicationAccepted() | e.DeemedAccepted():
            yield Discharge(REVIEW, event.at)
        case e.Withdrawn():
            yield Discharge(REVIEW, event.at, waived=True)
        case e.Refused():
            # Deciding not to accept ends the review; its lateness stays visible.
            yield Discharge(REVIEW, event.at)


def _reviewed_again(
    before: State | None, event: e.Event, after: State, book: Rulebook
) -> Iterator[Consequence]:
    """A refusal found wrong begins the review anew, except where the law counts silence.

    What an office had in mind for a while, or had even decided, adds nothing to the days it has: of
    an approval the review that the wrong refusal ended goes on from the day the papers came in. One
    that a notice had ended before begins with the correction.
    """
    if not after.approval:
        yield Discharge(REVIEW, event.at, waived=True)
        yield from _review(event, after, book)
    elif isinstance(event, e.RefusalCorrected) and before is not None:
        yield Reopen(REVIEW, after.custodian, ended_at=before.decided_at)
        yield from (replace(one, once=True) for one in _review(event, after, book))


def _review(event: e.Event, after: State, book: Rulebook) -> Iterator[Duty]:
    if after.kind is e.MatterKind.APPLICATION and book.has(REVIEW_LIMIT):
        limit = book.limit(REVIEW_LIMIT, event.on)
        yield Duty(REVIEW, book.cite(REVIEW_LIMIT), after.custodian, event.at, limit)


def _noticed(
    before: State | None, event: e.NoticeIssued, after: State, book: Rulebook
) -> Iterator[Consequence]:
    if after.stage is Stage.AWAITING_SUPPLEMENT:
        yield Discharge(REVIEW, event.at)
        return
    if before is not None and before.deemed and not before.notices:
        yield Finding("late_notice", book.cite(DEEMED), event.at, event.principal)
    elif before is not None and event.anew and book.has(WHOLE):
        # Who brought all that was asked for is served; nothing more is thought of then. One act is
        # found once: by the clause that says more of it.
        yield Finding("asked_anew", book.cite(WHOLE), event.at, event.principal)
    elif before is not None and book.has(ONCE):
        # Where not telling all at once is named as a ground of accountability, it is found under that.
        part = ONCE_GROUND if book.has(ONCE_GROUND) else ONCE
        yield Finding("second_notice", book.cite(part), event.at, event.principal)
