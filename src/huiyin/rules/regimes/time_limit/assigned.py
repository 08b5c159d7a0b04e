"""Work that the office was given: tasks, motions and proposals, petitions, reports of misconduct.

Which limit applies, most specific first: what is extra urgent is done at once;
what a meeting, a superior or the rulebook demands a date for has that date; a
limit that was set comes next; else the urgency decides within the printed
range. A petition sent from above has its own range, one that the person
brought has that of enquiries; a profile that refers to the law has the law's.
A misconduct report has its limit, and an anonymous one none (N25: the most
specific kind of matter decides).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from huiyin.rules import events as e
from huiyin.rules import official_documents
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.regimes.time_limit import parts, petitions
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.sources import SOURCES, Source
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Limit, Reopen, ScheduleEvent, Unit

GIVEN: Final = frozenset({e.MatterKind.TASK, e.MatterKind.PROPOSAL})
KINDS: Final = frozenset({*GIVEN, e.MatterKind.PETITION, e.MatterKind.REPORT})
"""What the office takes in itself."""

_DEMANDED: Final[Mapping[str, str]] = {
    Source.MEETING: parts.MEETING_LIMIT,
    Source.SUPERVISED: parts.SUPERVISED_LIMIT,
    Source.SUPERIOR: parts.SUPERIOR_ANSWER,
    Source.MOTION: parts.MOTION_LIMIT,
    Source.PROPOSAL: parts.MOTION_LIMIT,
}
"""The sources whose limit somebody outside sets, each with the part that says so."""

_TO_ANSWER: Final[Mapping[str, str]] = {
    Source.SUPERIOR: parts.SUPERIOR_ANSWER,
    Source.MOTION: parts.MOTION_LIMIT,
    Source.PROPOSAL: parts.MOTION_LIMIT,
    Source.FROM_BELOW: parts.DEFINITE,
}
"""The sources that want an answer before the end, each with the part that says so."""

_ANSWERED_BY_THEN: Final = frozenset({parts.SUPERIOR_ANSWER, parts.MOTION_LIMIT})
"""The parts by which the answer is due on the day that was set, as the work is (p2.time-limit.4.b, 5)."""

_ENDS: Final[Mapping[type[e.Event], tuple[str, ...]]] = {
    e.Finished: (parts.SETTLE,),
    e.SuperiorAnswered: (parts.ANSWER_SUPERIOR,),
    e.Answered: (parts.SETTLE, parts.INVESTIGATE),
    # A report that was nobody's to answer ends with the matter.
    e.Closed: (parts.INVESTIGATE,),
    e.LatenessExplained: (parts.EXPLAIN,),
}
"""The duties that each event does."""


def sources(kind: e.MatterKind, book: Rulebook, on: date) -> tuple[Source, ...]:
    """Where a matter of this kind may come from by the rulebook on that day, in the order of `SOURCES`."""
    known = set(_known_sources(kind, book, on))
    return tuple(one for one in SOURCES.get(kind, ()) if one in known)


def taken_in(kind: e.MatterKind, book: Rulebook, on: date) -> bool:
    """Whether the rulebook knows such matters at all: what a profile does not regulate is off."""
    if kind is e.MatterKind.REPORT:
        return book.has(parts.REPORT_LIMIT) or book.has(parts.ANONYMOUS_EXEMPT)
    return bool(sources(kind, book, on))


def demands_limit(source: str, book: Rulebook) -> str:
    """The part that demands a set limit for what comes from there; "" where none does."""
    part = _DEMANDED.get(source, "")
    return part if part and book.has(part) else ""


def answer_owed(state: State, book: Rulebook) -> str:
    """The part that demands an answer to whoever sent it, while there is none; "" where nothing is owed."""
    part = _TO_ANSWER.get(state.source, "")
    return part if part and book.has(part) and state.superior_answered_at is None else ""


def report_owed(state: State, book: Rulebook) -> str:
    """The part that has a supervised item reported to the leader responsible, while it was not."""
    due = state.source == Source.SUPERVISED and state.kind in GIVEN and state.leader_told_at is None
    return parts.REPORT_LEADER if due and book.has(parts.REPORT_LEADER) else ""


def investigates(book: Rulebook) -> str:
    """Who looks into reports by the clause that wants a result of each, as the register calls them; or ""."""
    return book.clause(parts.REPORT_RESULT).actor if book.has(parts.REPORT_RESULT) else ""


def wants_study(source: str, book: Rulebook) -> bool:
    """Whether what comes from there is studied by a day set when it is taken in (p2.time-limit.4.a)."""
    return source == Source.SUPERIOR and book.has(parts.SUPERIOR_STUDY)


def report_line(book: Rulebook, on: date) -> tuple[str, ...]:
    """The ranks, lowest first, to whom what is not answered at once is reported; none by no clause."""
    if not book.has(parts.ANSWER_BY_URGENCY):
        return ()
    return tuple(book.clause(parts.ANSWER_BY_URGENCY).on(on).get("report_line", ()))


def by_urgency(kind: e.MatterKind, source: str, book: Rulebook) -> str:
    """The part whose range by urgency applies where no limit was set; "" where none does."""
    if kind is e.MatterKind.PETITION:
        return petitions.by_urgency(source, book)
    return parts.TASK_BY_URGENCY if kind in GIVEN and book.has(parts.TASK_BY_URGENCY) else ""


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """No limit where one must be set, a source nobody knows, an end without the answer that is owed."""
    match event:
        case e.Registered():
            yield from _not_so(event, book)
        case e.SignedOff() | e.Withdrawn() if before is not None and before.kind in GIVEN:
            # Who gave it inside the house cannot take back what a body outside it waits for.
            yield from _unanswered(before, book)
        case e.Withdrawn() if before is not None and petitions.sent_down(before, book):
            yield Unlawful(
                msg("上级督办、转办的信访件不能撤回"),
                code="sent_from_above",
                clause=book.cite(parts.PETITION_LIMIT),
                remedy=msg("请在规定时限内办结，答复信访人并回复上级。"),
            )
        case e.SuperiorAnswered() if before is not None and before.source == Source.FROM_BELOW:
            yield from _indefinite(event, book)
        case e.Closed() if before is not None and before.kind is e.MatterKind.REPORT:
            yield from _without_result(before, book)


def unreported(event: e.Event, open_duties: Collection[str], book: Rulebook) -> Iterator[Unlawful]:
    """What a meeting decided and was late ends once those the rulebook names know why (p2.time-limit.6.b).

    `open_duties` names what is still owed on the matter.
    """
    if isinstance(event, e.SignedOff | e.Withdrawn) and parts.EXPLAIN in open_duties:
        yield Unlawful(
            msg("没有按时办结的进度和原因还没有向分管领导报告，不能结束"),
            code="lateness_unexplained",
            clause=book.cite(parts.UNFINISHED),
            remedy=msg("请经办人先报告进度和原因。"),
        )


def consequences(event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Start and end the clocks of what was given to the office; nothing for other kinds of matter."""
    if after.kind not in KINDS:
        return
    match event:
        case e.Registered():
            yield from _begin(event, after, book)
        case e.SentBack():
            yield Reopen(parts.SETTLE, after.custodian)
        case e.LimitPassed() if event.what == parts.SETTLE:
            yield from _unfinished(event, after, book)
        case e.Withdrawn() | e.SignedOff():
            # Whoever gave the work says that nothing is owed any more.
            for what in (parts.SETTLE, parts.ANSWER_SUPERIOR, parts.STUDY):
                yield Discharge(what, event.at, waived=True)
        case _:
            studied = isinstance(event, e.ProgressReported) and event.studied
            for what in (parts.STUDY,) if studied else _ENDS.get(type(event), ()):
                yield Discharge(what, event.at)


def _unfinished(event: e.LimitPassed, after: State, book: Rulebook) -> Iterator[Consequence]:
    """What a meeting decided and nobody finished is reported to those the rulebook names."""
    if after.source == Source.MEETING and book.has(parts.UNFINISHED):
        limit = book.limit(parts.UNFINISHED, event.on)
        yield Duty(parts.EXPLAIN, book.cite(parts.UNFINISHED), after.custodian, event.at, limit)


def _known_sources(kind: e.MatterKind, book: Rulebook, on: date) -> Iterator[Source]:
    tasks = book.has(parts.TASK_LIMIT) or book.has(parts.TASK_BY_URGENCY)
    if kind is e.MatterKind.TASK:
        if tasks:
            yield from _printed(parts.TASK_LIMIT, book, on) or SOURCES[kind]
        yield from (one for one in SOURCES[kind] if demands_limit(one, book))
        if book.has(parts.URGENT_AT_ONCE):
            yield Source.FROM_BELOW
    elif kind is e.MatterKind.PROPOSAL and (tasks or book.has(parts.MOTION_LIMIT)):
        yield from _printed(parts.MOTION_LIMIT, book, on) or SOURCES[kind]
    elif kind is e.MatterKind.PETITION:
        yield from petitions.sources(book, on)


def _printed(part: str, book: Rulebook, on: date) -> tuple[Source, ...]:
    """The list that the clause itself prints; empty where it prints none."""
    listed = book.clause(part).on(on).get("sources", ()) if book.has(part) else ()
    return tuple(map(Source, listed))


def _without_result(before: State, book: Rulebook) -> Iterator[Unlawful]:
    """Every report has an outcome, and who made it in their own name an answer (p4.time-limit.7.a)."""
    clause = book.cite(parts.REPORT_RESULT)
    if not clause:
        return
    if before.stage is Stage.OPEN:
        yield Unlawful(
            msg("检举件件要有结果：还没有查处结论，不能归结"),
            code="no_outcome",
            clause=clause,
            remedy=msg("请先查结。"),
        )
    elif before.stage is Stage.CONCLUDED and not before.anonymous:
        yield Unlawful(
            msg("实名检举须把结果答复检举人，才能归结"),
            code="reporter_not_answered",
            clause=clause,
            remedy=msg("请先答复检举人。"),
        )


def _not_so(event: e.Registered, book: Rulebook) -> Iterator[Unlawful]:
    kind = event.matter_kind
    if kind in official_documents.KINDS:
        return
    if event.urgency is e.Urgency.EXTRA_URGENT and not _at_once(event, book):
        yield Unlawful(
            msg("本单位的制度对这类事项没有规定“特急”"),
            code="no_such_urgency",
            clause=book.cite(parts.URGENT_AT_ONCE),
            remedy=msg("请选择紧急、一般或不急。"),
        )
    if kind not in KINDS:
        if petitions.is_set(event):
            set_by = (parts.APPROVAL_BY_LAW, parts.ITEM_LIMIT_BY_LAW, parts.ITEM_LIMIT)
            yield _from_law(next(filter(None, map(book.cite, set_by)), ""))
    elif not taken_in(kind, book, event.on):
        yield Unlawful(msg("本单位的制度没有规定这类事项怎么办"), code="not_regulated")
    elif event.source not in (sources(kind, book, event.on) or ("",)):
        yield Unlawful(
            msg("请从制度所列的来源中选择"), code="no_such_source", clause=book.cite(parts.TASK_LIMIT)
        )
    else:
        yield from _wrong_limit(event, book)


def _wrong_limit(event: e.Registered, book: Rulebook) -> Iterator[Unlawful]:
    """A limit where only the law's or the rulebook's holds; none where somebody has to set one."""
    legal = {
        e.MatterKind.PETITION: parts.PETITION_BY_LAW,
        e.MatterKind.REPORT: parts.REPORT_LIMIT,
    }.get(event.matter_kind, "")
    if petitions.is_set(event) and legal and book.has(legal):
        yield _from_law(book.cite(legal))
    elif (
        petitions.is_set(event)
        and event.matter_kind is e.MatterKind.PETITION
        and not petitions.may_be_set(event.source, book)
    ):
        yield _from_law(book.cite(petitions.by_urgency(event.source, book)))
    if wants_study(event.source, book) and event.study_by is None:
        yield Unlawful(
            msg("上级重大决策部署要写明什么时候研究"),
            code="study_needed",
            clause=book.cite(parts.SUPERIOR_STUDY),
            remedy=msg("请填写研究的日期；由承办人负责。"),
        )
    demanding = demands_limit(event.source, book)
    if demanding and not petitions.is_set(event):
        yield Unlawful(
            msg("这类事项必须写明限定的办理时限"),
            code="limit_needed",
            clause=book.cite(demanding),
            remedy=msg("请填写来文、会议或领导所定的时限或日期。"),
        )


def _from_law(clause: str) -> Unlawful:
    return Unlawful(
        msg("这类事项的时限由法律或制度规定，不能另行填写"),
        code="limit_from_law",
        clause=clause,
        remedy=msg("请不要填写时限；时限按事项登记的法定依据或制度计算。"),
    )


def _unanswered(before: State, book: Rulebook) -> Iterator[Unlawful]:
    part = answer_owed(before, book)
    if part:
        yield Unlawful(
            msg("还没有对下级的请示明确答复，不能结束")
            if part == parts.DEFINITE
            else msg("还没有向交办的上级或代表委员回复办理情况，不能结束"),
            code="superior_not_answered",
            clause=book.cite(part),
            remedy=msg("请经办人先登记回复。"),
        )
    part = report_owed(before, book)
    if part:
        yield Unlawful(
            msg("督办件还没有向主管领导汇报，不能结束"),
            code="leader_not_told",
            clause=book.cite(part),
            remedy=msg("请经办人先反馈进展，系统同时报告主管领导。"),
        )


def _indefinite(event: e.SuperiorAnswered, book: Rulebook) -> Iterator[Unlawful]:
    """A request from below is agreed to, not agreed to, or referred (p2.time-limit.7.a)."""
    if book.has(parts.DEFINITE) and event.verdict not in book.value(parts.DEFINITE, "answers", event.on):
        yield Unlawful(
            msg("对下级的请示要明确答复"),
            code="answer_not_definite",
            clause=book.cite(parts.DEFINITE),
            remedy=msg("请选择同意、不同意或者转请有权的单位。"),
        )


def _begin(event: e.Registered, after: State, book: Rulebook) -> Iterator[Consequence]:
    for what, part, limit in _owed(event, book):
        begun = limit or Limit(0, Unit.BEFORE_EVENT)
        yield Duty(what, book.cite(part), after.custodian, event.at, begun)
        if event.given_for is not None and begun.unit is Unit.BEFORE_EVENT:
            yield ScheduleEvent(what, event.given_for, event.at)
    if event.study_by is not None and wants_study(event.source, book):
        clause = book.cite(parts.SUPERIOR_STUDY)
        yield Duty(parts.STUDY, clause, after.custodian, event.at, Limit(0, Unit.BEFORE_EVENT))
        yield ScheduleEvent(parts.STUDY, event.study_by, event.at)


def _owed(event: e.Registered, book: Rulebook) -> Iterator[tuple[str, str, Limit | None]]:
    """Each duty, the part that demands it, and its limit: none for a set day."""
    if event.matter_kind in GIVEN:
        demanding = demands_limit(event.source, book)
        if demanding in _ANSWERED_BY_THEN:
            yield parts.ANSWER_SUPERIOR, demanding, event.given
        yield from _to_settle(event, book)
    elif event.matter_kind is e.MatterKind.PETITION:
        yield from petitions.owed(event, book)
    elif event.matter_kind is e.MatterKind.REPORT:
        exempt = event.anonymous and book.has(parts.ANONYMOUS_EXEMPT)
        if book.has(parts.REPORT_LIMIT) and not exempt:
            yield parts.INVESTIGATE, parts.REPORT_LIMIT, book.limit(parts.REPORT_LIMIT, event.on)


def _to_settle(event: e.Registered, book: Rulebook) -> Iterator[tuple[str, str, Limit | None]]:
    demanding = demands_limit(event.source, book)
    if event.urgency is e.Urgency.EXTRA_URGENT:
        yield parts.SETTLE, parts.URGENT_AT_ONCE, book.limit(parts.URGENT_AT_ONCE, event.on)
    elif demanding and demanding != parts.SUPERIOR_ANSWER:
        yield parts.SETTLE, demanding, event.given
    elif petitions.is_set(event) and (part := _set_by(event, book)):
        yield parts.SETTLE, part, event.given
    elif book.has(parts.TASK_BY_URGENCY):
        limit = book.limit(parts.TASK_BY_URGENCY, event.on, urgency=event.urgency.value)
        yield parts.SETTLE, parts.TASK_BY_URGENCY, limit


def _set_by(event: e.Registered, book: Rulebook) -> str:
    """The part under which a limit that was set counts: a request from below has it by its own clause."""
    if book.has(parts.TASK_LIMIT):
        return parts.TASK_LIMIT
    from_below = event.source == Source.FROM_BELOW and book.has(parts.DEFINITE)
    return parts.DEFINITE if from_below else ""


def _at_once(event: e.Registered, book: Rulebook) -> bool:
    """Whether extra urgent is a word here: for requests from below, where the rulebook has it."""
    return event.source == Source.FROM_BELOW and book.has(parts.URGENT_AT_ONCE)
