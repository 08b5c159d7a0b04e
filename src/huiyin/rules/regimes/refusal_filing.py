"""Refusal filing (否定报备): nobody is refused without a filing approved at the level named.

The clock runs from the moment somebody means to refuse until the form is with
the leader; it does not restart when the form goes to a stand-in leader. What a
form must say, which grounds there are, who may fill it in and how many sign it
is each office's rulebook's to say; what it does not regulate is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import REFUSING, Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Finding

FILE: Final = "file_refusal"
SIGN: Final = "sign_refusal"

FORM: Final = "filing"
FIELDS: Final = "filing_fields"
GUARD: Final = "refusal_guarded"
LEVELS: Final = "filing_levels"
IMPORTANT_LEVELS: Final = "filing_levels_important"
FILING_LIMIT: Final = "filing_limit"
FALLBACK: Final = "filing_fallback"
POWER: Final = "refusal_power"
AT_WILL: Final = "refusal_at_will"
SCOPE: Final = "filing_scope"
OPINION_LIMIT: Final = "opinion_limit"
WITHIN: Final = "refusal_within_limit"
KEPT: Final = "filing_kept"
ARCHIVED: Final = "filing_archived"
WRITTEN: Final = "refusal_in_writing"
COMPLAINT: Final = "refusal_complaint"
CORRECTED: Final = "filing_corrected"
COUNTED: Final = "filing_counted"
RETURN: Final = "materials_returned"
EXAMINED: Final = "filing_examined"
RIGHT_OFFICE: Final = "right_office"
OUTSIDE: Final = "route_outside"

AGAINST_LAW: Final = "ground_against_law"
PAPERS_MISSING: Final = "ground_papers_missing"
FRAUD: Final = "ground_fraud"
GROUNDS: Final = (AGAINST_LAW, PAPERS_MISSING, FRAUD)

ORDINARY: Final = "ordinary"
IMPORTANT: Final = "important"
TEAM: Final = "leadership_team"

SPOKEN: Final = frozenset({"phone"})
"""Ways to tell somebody that leave them nothing in writing."""

# Of all that may be owed on a matter, what the applicant waits for.
_AWAITED: Final = frozenset({"review", "decide"})


def levels(book: Rulebook, on: date, importance: str = "") -> tuple[str, ...]:
    """The ranks that approve a refusal, one after the other: the regulation's own, else the house's."""
    weighty = importance == IMPORTANT and book.has(IMPORTANT_LEVELS)
    return tuple(book.value(IMPORTANT_LEVELS if weighty else LEVELS, "levels", on))


def levels_part(book: Rulebook, importance: str) -> str:
    """The part whose clause says who signs."""
    return IMPORTANT_LEVELS if importance == IMPORTANT and book.has(IMPORTANT_LEVELS) else LEVELS


def grounds(book: Rulebook, on: date) -> Mapping[str, str]:
    """The closed list of grounds, each with the part its clause plays; empty where none are prescribed."""
    return {str(book.value(part, "ground", on)): part for part in GROUNDS if book.has(part)}


def fields(book: Rulebook, on: date) -> tuple[str, ...]:
    """What the form must hold as the regulation names it; empty where it says nothing."""
    return tuple(book.value(FIELDS, "fields", on)) if book.has(FIELDS) else ()


def sends_on(book: Rulebook, on: date) -> str:
    """The part by which a refusal of what is not the office's to do names the right office; "" for none.

    The law demands it (law.licensing.32.2); a regulation that has whoever asks told the
    department, its address and telephone has them told as far as they are known.
    """
    if book.has(RIGHT_OFFICE):
        return RIGHT_OFFICE
    told = book.clause(OUTSIDE).on(on).get("fields", ()) if book.has(OUTSIDE) else ()
    return OUTSIDE if "department" in told else ""


def form(book: Rulebook, on: date) -> str:
    """What the regulation calls the form, in Chinese; "" where it gives it no name."""
    return str(book.clause(FORM).on(on).get("form", "")) if book.has(FORM) else ""


def named_kinds(book: Rulebook, on: date) -> tuple[str, ...]:
    """The kinds of business that the regulation names as examples."""
    return tuple(book.value(SCOPE, "examples", on)) if book.has(SCOPE) else ()


def decided_together(book: Rulebook, on: date) -> bool:
    """Whether the leadership team may decide an important matter together."""
    weighty = book.has(IMPORTANT_LEVELS)
    return weighty and TEAM in book.clause(IMPORTANT_LEVELS).on(on).get("final_approvers", ())


def may_be_asked(book: Rulebook) -> bool:
    """Whether a handler may ask for an instruction instead of filing (请示)."""
    return book.has(POWER) or book.has(GUARD)


def power_part(book: Rulebook, *, told_no: bool = False) -> str:
    """The part by which whoever lacks the power to refuse an item may not fill in the form; "" for none.

    `told_no` says that a leader was asked and did not allow it.
    """
    asked = (AT_WILL, POWER) if told_no else (POWER, AT_WILL)
    return next((part for part in asked if book.has(part)), "")


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """No refusal without the approved form, filled in as prescribed; no level skipped, none out of turn."""
    if before is None:
        return
    match event:
        case e.RefusalProposed():
            yield from _not_yet(before, event, book)
            yield from _ground(before, event, book)
            yield from _elsewhere(event, book)
            yield from _importance(event, book)
        case e.RefusalApproved():
            yield from _level_in_turn(before, event, book)
        case e.Refused():
            yield from _unfiled(before, event, book)
        case e.Delivered() if before.outcome == "refused" and event.how in SPOKEN and book.has(WRITTEN):
            yield Unlawful(
                msg("不予办理决定须书面送达，不能只用电话告知"),
                code="refusal_only_spoken",
                clause=book.cite(WRITTEN),
                remedy=msg("请当面送交、邮寄或电子送达决定书；电话可以另打，不算送达。"),
            )
        case e.InstructionAsked() if not (before.uncertain or may_be_asked(book)):
            yield Unlawful(msg("本单位的制度没有规定否定前请示"), code="not_regulated")
        case e.ReturnAsked() | e.MaterialsReturned() if not book.has(RETURN):
            yield Unlawful(msg("本单位的制度没有规定退还材料的手续"), code="not_regulated")


def _unfiled(before: State, event: e.Refused, book: Rulebook) -> Iterator[Unlawful]:
    if not before.refusal_approved:
        accepted = before.accepted_at is not None and book.has(GUARD)
        yield Unlawful(
            msg("没有经批准的否定报备，不能作出不予办理决定"),
            code="refusal_not_filed",
            clause=book.cite(GUARD if accepted else FORM) or book.cite(LEVELS),
            remedy=msg("请先填写《%(form)s》并报领导审批。"),
            params={"form": form(book, event.on) or msg("否定报备表")},
        )
    elif book.has(WRITTEN) and not event.document_digest:
        yield Unlawful(msg("不予办理决定应当书面作出"), code="refusal_not_written", clause=book.cite(WRITTEN))
    if before.refusal_approved and not event.has_power and not before.refusal_allowed:
        yield from _without_power(before, event, book)


def _without_power(before: State, event: e.Refused, book: Rulebook) -> Iterator[Unlawful]:
    """What leaders approved is entered by nobody who may not refuse the item (p4.refusal-filing.2.2.b).

    Whose form it was could fill it in, and may enter what came of it.
    """
    part = power_part(book, told_no=True)
    if part and event.principal not in before.refusal_by:
        yield Unlawful(
            msg("您的岗位没有否定这个事项的权力，不能作出不予办理决定"),
            code="no_refusal_power",
            clause=book.cite(part),
            remedy=msg("请移交给有否定权的同事，或者由科室负责人作出决定。"),
        )


def _not_yet(before: State, event: e.RefusalProposed, book: Rulebook) -> Iterator[Unlawful]:
    """Who lacks the power asks first (p4.refusal-filing.2.2.a); a time to sign in must be set (note N26).

    Going on after the leader's no is another thing: a power abused (p4.refusal-filing.2.2.b).
    """
    part = power_part(book, told_no=event.told_no)
    if part and not event.has_power and not before.refusal_allowed:
        yield Unlawful(
            msg("您的岗位没有否定这个事项的权力，不能填写否定报备表"),
            code="no_refusal_power",
            clause=book.cite(part),
            remedy=msg("请先向分管领导请示；领导同意后再填表。"),
        )
    if book.has(OPINION_LIMIT) and not book.has_limit(OPINION_LIMIT, event.on):
        yield Unlawful(
            msg("本单位还没有规定领导对否定报备提出意见的时间，报备表不能启用"),
            code="opinion_limit_unset",
            clause=book.cite(OPINION_LIMIT),
            remedy=msg("请在“制度”中打开这一条，填写时限，经主要领导确认后施行。"),
        )


def _ground(before: State, event: e.RefusalProposed, book: Rulebook) -> Iterator[Unlawful]:
    """One ground of the regulation's closed list, and what that ground needs."""
    known = grounds(book, event.on)
    part = known.get(event.ground, "")
    if not part:
        if known or event.ground:
            yield Unlawful(
                msg("请从制度列明的情形中选择否定的情形"),
                code="no_such_ground",
                clause=book.cite(FORM),
            )
        return
    if part == PAPERS_MISSING:
        yield from _missing_or_untrue(before, event, book)
    if book.clause(part).on(event.on).get("requires") == "verified" and not event.verification_digest:
        yield Unlawful(
            msg("以伪造、欺诈否定的，须有查实的记录"),
            code="not_verified",
            clause=book.cite(part),
            remedy=msg("请写明何人何时以何种方式查实。"),
        )


def _missing_or_untrue(before: State, event: e.RefusalProposed, book: Rulebook) -> Iterator[Unlawful]:
    """What is missing was told once before; what was brought is shown to be wrong or untrue."""
    if event.lacking and not before.notices:
        yield Unlawful(
            msg("没有一次性告知过，不能以缺少材料否定"),
            code="not_told_what_is_missing",
            clause=book.cite(PAPERS_MISSING),
            remedy=msg("请先核对材料并出具一次性告知书；告知后没有补齐的，才能以此否定。"),
        )
    elif not event.lacking and not event.verification_digest:
        yield Unlawful(
            msg("材料已经齐全，没有写明哪份材料、哪项事实经审核有误或者不实的，不能以此否定"),
            code="not_shown_untrue",
            clause=book.cite(PAPERS_MISSING),
            remedy=msg("请在查实记录里写明哪份材料或者哪项事实、怎样审核出来的。"),
        )


def _elsewhere(event: e.RefusalProposed, book: Rulebook) -> Iterator[Unlawful]:
    """What is not the office's to do is refused with the name of the right office, where that is demanded."""
    part = sends_on(book, event.on)
    if event.elsewhere and not part:
        yield Unlawful(msg("本单位的制度没有规定告知应向何处申请"), code="not_regulated")
    elif event.elsewhere and part == RIGHT_OFFICE and not event.where_digest:
        yield Unlawful(
            msg("不归本单位办的，须告诉申请人向哪个机关申请"),
            code="right_office_not_named",
            clause=book.cite(part),
            remedy=msg("请写明该机关或科室的名称；地址和电话知道的也写上。"),
        )


def _importance(event: e.RefusalProposed, book: Rulebook) -> Iterator[Unlawful]:
    """Where important matters go another way, the form says which the matter is, and why when important."""
    if not book.has(IMPORTANT_LEVELS):
        if event.importance == IMPORTANT:
            yield Unlawful(msg("本单位的制度没有另外规定重要事项的审批"), code="not_regulated")
    elif event.importance not in {ORDINARY, IMPORTANT} or (
        event.importance == IMPORTANT and not event.importance_digest
    ):
        yield Unlawful(
            msg("请写明是一般事项还是重要事项；重要的写明理由"),
            code="importance_not_said",
            clause=book.cite(IMPORTANT_LEVELS),
        )


def _level_in_turn(before: State, event: e.RefusalApproved, book: Rulebook) -> Iterator[Unlawful]:
    importance = IMPORTANT if event.raised_digest else before.refusal_importance
    clause = book.cite(levels_part(book, importance))
    wanted = levels(book, event.on, importance)
    done = len(before.refusal_levels)
    expected = wanted[done] if done < len(wanted) else ""
    if event.raised_digest and (before.refusal_importance == IMPORTANT or not book.has(IMPORTANT_LEVELS)):
        yield Unlawful(msg("不能再改作重要事项"), code="cannot_raise", clause=clause)
    if event.level == TEAM:
        yield from _by_minute(before, event, book)
    elif event.level != expected or event.final != (done + 1 == len(wanted)):
        yield Unlawful(
            msg("否定报备须逐级审批，现在应由%(level)s审批"),
            code="level_out_of_turn",
            params={"level": expected},
            clause=clause,
        )
    elif {event.actor, event.acting_for} & set(before.refusal_signers):
        yield Unlawful(msg("同一人不能审批两级"), code="same_signer", clause=clause)


def _by_minute(before: State, event: e.RefusalApproved, book: Rulebook) -> Iterator[Unlawful]:
    """The leadership team decides at the last level of an important matter, after its review."""
    clause = book.cite(IMPORTANT_LEVELS)
    if before.refusal_importance != IMPORTANT or not book.has(IMPORTANT_LEVELS):
        yield Unlawful(msg("只有重要事项由班子集体研究决定"), code="not_collective", clause=clause)
    elif not decided_together(book, event.on):
        yield Unlawful(msg("制度没有规定由班子集体研究决定"), code="not_collective", clause=clause)
    elif len(before.refusal_levels) + 1 != len(levels(book, event.on, IMPORTANT)) or not event.final:
        yield Unlawful(msg("重要事项须先经审查，再由班子集体研究决定"), code="not_reviewed", clause=clause)
    elif not event.minute_digest:
        yield Unlawful(msg("集体研究须有会议纪要"), code="no_minute", clause=clause)


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Start and end the clocks of filing and signing; find what outlasts the application's limit."""
    match event:
        case e.RefusalProposed() if book.has(FILING_LIMIT):
            limit = book.limit(FILING_LIMIT, event.on)
            yield Duty(FILE, book.cite(FILING_LIMIT), after.custodian, event.at, limit)
        case e.RefusalFiled():
            yield Discharge(FILE, event.at)
            yield from _to_sign(event, after, book)
        case e.RefusalApproved() | e.RefusalOverturned():
            yield from _to_sign(event, after, book)
        case e.Withdrawn():
            yield Discharge(FILE, event.at, waived=True)
            yield from _to_sign(event, after, book)
        case e.LimitPassed() if before is not None:
            yield from _outlasted(before, event, book)


def _to_sign(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """The leader before whom the form lies has the time that the office set (p3.refusal-filing.3.3.a).

    Put before another, or taken back, nothing of the first one's time is owed any more.
    """
    if not book.has_limit(OPINION_LIMIT, event.on):
        return
    yield Discharge(SIGN, event.at, waived=isinstance(event, e.RefusalFiled | e.Withdrawn))
    if after.stage is Stage.REFUSAL_FILED and after.refusal_to:
        limit = book.limit(OPINION_LIMIT, event.on)
        yield Duty(SIGN, book.cite(OPINION_LIMIT), after.refusal_to, event.at, limit)


def _outlasted(before: State, event: e.LimitPassed, book: Rulebook) -> Iterator[Consequence]:
    """A refusal pending past the application's limit is late for who holds it (p3.refusal-filing.4.a)."""
    if event.what in _AWAITED and before.stage in REFUSING and book.has(WITHIN):
        with_leader = before.stage is Stage.REFUSAL_FILED and before.refusal_to
        holder = before.refusal_to if with_leader else before.custodian
        yield Finding("refusal_overdue", book.cite(WITHIN), event.at, holder)
