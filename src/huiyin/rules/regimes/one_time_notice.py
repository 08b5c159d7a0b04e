"""One-time notice (一次性告知): everything missing is said once, within its limit, in writing.

The review clock starts on receipt and again when the file is whole. A second
notice is a finding against the office and stops no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Finding

REVIEW: Final = "review"
REVIEW_LIMIT: Final = "review_limit"
ONCE: Final = "said_once"
FORM: Final = "notice_form"
CONTENTS: Final = "notice_contents"
ARCHIVED: Final = "notice_archived"
FINISH: Final = "finish"
COMPLETE_AT_ONCE: Final = "complete_at_once"

_NOT_TAKEN_ON: Final = frozenset({Stage.RECEIVED, Stage.AWAITING_SUPPLEMENT})
"""A check after the decision is for the file alone and sets no clock."""


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """An oral notice is possible only where the rulebook allows it for the channel."""
    if not isinstance(event, e.NoticeIssued) or before is None or not book.has(FORM):
        return
    values = book.clause(FORM).on(event.on)
    if event.form != values.get("form") and before.channel != values.get("oral_channel"):
        yield Unlawful(
            msg("一次性告知应当书面作出，只有电话咨询可以口头告知"),
            code="notice_not_written",
            clause=book.cite(FORM),
        )


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Start and end the review clock; find the second notice."""
    if after.instant and book.has(COMPLETE_AT_ONCE):
        yield from _at_once(event, after, book)
    match event:
        case e.Registered() | e.SupplementReceived():
            yield from _review(event, after, book)
        case e.RefusalOverturned() | e.RefusalCorrected() if after.stage is Stage.RECEIVED:
            yield Discharge(REVIEW, event.at, waived=True)
            yield from _review(event, after, book)
        case e.NoticeIssued():
            yield from _noticed(before, event, after, book)
        case e.ApplicationAccepted():
            yield Discharge(REVIEW, event.at)
        case e.Withdrawn():
            yield Discharge(REVIEW, event.at, waived=True)
        case e.Refused():
            # Deciding not to accept ends the review; its lateness stays visible.
            yield Discharge(REVIEW, event.at)


def _review(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    if after.kind is e.MatterKind.APPLICATION and book.has(REVIEW_LIMIT):
        limit = book.limit(REVIEW_LIMIT, event.on)
        yield Duty(REVIEW, book.cite(REVIEW_LIMIT), after.custodian, event.at, limit)


def _at_once(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """What can be done at once and is complete is owed by the end of the sitting, accepted or not."""
    match event:
        case e.MaterialsChecked() if event.complete and after.stage in _NOT_TAKEN_ON:
            limit = book.limit(COMPLETE_AT_ONCE, event.on)
            clause = book.cite(COMPLETE_AT_ONCE)
            yield Duty(FINISH, clause, after.custodian, event.at, limit, once=True)
        case e.MaterialsChecked() | e.Withdrawn():
            yield Discharge(FINISH, event.at, waived=True)
        case e.ApplicationAccepted() | e.Refused():
            # From acceptance on its deciding clock says the same.
            yield Discharge(FINISH, event.at)


def _noticed(
    before: State | None, event: e.NoticeIssued, after: State, book: Rulebook
) -> Iterator[Consequence]:
    if after.stage is Stage.AWAITING_SUPPLEMENT:
        yield Discharge(REVIEW, event.at)
        return
    if before is not None and book.has(ONCE):
        yield Finding("second_notice", book.cite(ONCE), event.at, event.principal)
