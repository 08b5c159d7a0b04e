"""Why this day: the steps of a reckoning as one paragraph, in Chinese or English."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from huiyin.rules.facts import Clock
from huiyin.rules.layout import SHIFTED
from huiyin.rules.local_days import LOCAL
from huiyin.rules.steps import AWAITED_REASON, PAUSED_REASON, Step, StepKind
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar

_WEEKEND: Final = "weekend"


def paragraph(
    *,
    clock: Clock,
    steps: Sequence[Step],
    due: datetime,
    paused: bool,
    calendar: Calendar,
    english: bool,
) -> str:
    """One paragraph: where it starts, what was skipped, paused and added, and where it ends."""
    story = _Story(clock, steps, due, paused, calendar)
    words: _Words = _English(story) if english else _Chinese(story)
    clauses = [
        *(words.deferred(step) for step in story.of(StepKind.DEFERRED)),
        words.start(),
        words.skipped(),
        words.shifted(),
        *(words.pause(step) for step in story.of(StepKind.PAUSED)),
        *(words.extension(step) for step in story.of(StepKind.EXTENDED)),
        *(words.rolled(step) for step in story.of(StepKind.ROLLED)),
        *(words.capped() for _ in story.of(StepKind.CAPPED)),
        words.end(),
    ]
    text = words.comma.join(clause for clause in clauses if clause) + words.stop
    return text + "".join(words.provisional(step) for step in story.of(StepKind.PROVISIONAL))


@dataclass(frozen=True, slots=True)
class _Story:
    clock: Clock
    steps: Sequence[Step]
    due: datetime
    paused: bool
    calendar: Calendar

    @property
    def start(self) -> datetime:
        deferred = self.of(StepKind.DEFERRED)
        begun = deferred[0].ends if deferred else None
        return begun or self.clock.start.astimezone(SHANGHAI)

    def awaits_event(self) -> bool:
        return any(step.reason == AWAITED_REASON for step in self.of(StepKind.EVENT))

    def of(self, kind: StepKind) -> list[Step]:
        return [step for step in self.steps if step.kind is kind]

    def weekend_days(self) -> int:
        return sum(s.days for s in self.of(StepKind.SKIPPED) if s.reason == _WEEKEND)

    def holidays(self) -> list[Step]:
        return [s for s in self.of(StepKind.SKIPPED) if s.reason != _WEEKEND]

    def is_planned(self, step: Step) -> bool:
        """Whether this pause still runs, so that its end is only planned."""
        return self.paused and step is self.of(StepKind.PAUSED)[-1]

    def worked_weekends(self) -> list[date]:
        """Weekend days that were counted because a notice makes them working days."""
        return [day for day in self._worked() if self.calendar.why(day) == SHIFTED]

    def worked_locally(self) -> list[tuple[date, str]]:
        """Days that were counted because a local notice makes them working days, with their keys."""
        found = ((day, self.calendar.why(day)) for day in self._worked())
        return [(day, why) for day, why in found if why.startswith(LOCAL)]

    def _worked(self) -> Iterable[date]:
        for step in self.of(StepKind.COUNTED):
            if step.unit in {Unit.WORKING_DAY, Unit.WORKING_HOUR}:
                yield from _days(step)


class _Words(ABC):
    """The sentences of one language; an empty one is left out."""

    comma: str
    stop: str

    def __init__(self, story: _Story) -> None:
        self.story = story

    @abstractmethod
    def start(self) -> str: ...

    @abstractmethod
    def deferred(self, step: Step) -> str: ...

    @abstractmethod
    def skipped(self) -> str: ...

    @abstractmethod
    def shifted(self) -> str: ...

    @abstractmethod
    def pause(self, step: Step) -> str: ...

    @abstractmethod
    def extension(self, step: Step) -> str: ...

    @abstractmethod
    def rolled(self, step: Step) -> str: ...

    @abstractmethod
    def capped(self) -> str: ...

    @abstractmethod
    def end(self) -> str: ...

    @abstractmethod
    def provisional(self, step: Step) -> str: ...


class _Chinese(_Words):
    comma = "，"
    stop = "。"
    units: Final = {
        Unit.AT_ONCE: "",
        Unit.WORKING_HOUR: "个工作小时",
        Unit.WORKING_DAY: "个工作日",
        Unit.CALENDAR_DAY: "个自然日",
        Unit.MONTH: "个月",
        Unit.YEAR: "年",
        Unit.CLOCK_HOUR: "小时",
        Unit.BEFORE_EVENT: "",
    }

    def start(self) -> str:
        begun, limit = self.story.start, self.story.clock.limit
        day = f"{begun.year}年{begun.month}月{begun.day}日"
        if limit.unit is Unit.AT_ONCE:
            return f"{day}{begun:%H:%M}起即时办理"
        if limit.unit is Unit.BEFORE_EVENT:
            return f"{day}{begun:%H:%M}起，须在活动举行前办理"
        if limit.unit is Unit.WORKING_HOUR:
            return f"从{day}{begun:%H:%M}起算{self.amount(limit)}（只计办公时间）"
        if limit.unit is Unit.CLOCK_HOUR:
            return f"从{day}{begun:%H:%M}起算{self.amount(limit)}（不分昼夜，休息日照计）"
        return f"从{day}（不计当日）起算{self.amount(limit)}"

    def deferred(self, step: Step) -> str:
        if step.begins is None or step.ends is None:
            raise ValueError("a deferred receipt says from when to when")
        return f"{self.moment(step.begins)}收到的，视为{self.moment(step.ends)}上班时收到"

    def skipped(self) -> str:
        weekends = self.story.weekend_days()
        parts = [f"周末{weekends}天"] if weekends else []
        parts += [f"{self.holiday(s.reason)}（{self.span(s)}）" for s in self.story.holidays()]
        return f"跳过{'、'.join(parts)}" if parts else ""

    def shifted(self) -> str:
        days = self.story.worked_weekends()
        parts = [f"{'、'.join(map(self.day, days))}调休上班计入"] if days else []
        parts += [f"{self.day(day)}{self.holiday(why)}计入" for day, why in self.story.worked_locally()]
        return f"其中{'，'.join(parts)}" if parts else ""

    def pause(self, step: Step) -> str:
        if step.begins and step.ends:
            return f"暂停{self.moment(step.begins)}至{self.moment(step.ends)}（{step.minutes}分钟不计）"
        unit = "个工作日" if step.unit is Unit.WORKING_DAY else "天"
        running = "，按计划时长" if self.story.is_planned(step) else ""
        return f"暂停{self.span(step)}（{step.days}{unit}不计{running}）"

    def extension(self, step: Step) -> str:
        return f"{self.day(step.first)}批准延长{self.amount(_limit(step))}"

    def rolled(self, step: Step) -> str:
        if step.reason == PAUSED_REASON:
            return f"末日{self.day(step.first)}正在暂停，顺延至{self.day(step.last)}"
        return f"末日{self.day(step.first)}为{self.holiday(step.reason)}，顺延至{self.day(step.last)}"

    def capped(self) -> str:
        return "须在所涉事项的时限之前留出办理的时间，提前截止"

    def end(self) -> str:
        due = self.story.due
        if self.story.awaits_event():
            return "活动时间尚未确定，确定后即为期限"
        if due == self.story.calendar.closing(due.date()):
            return f"至{self.day(due.date())}下班前（{due:%H:%M}）"
        return f"至{self.moment(due)}"

    def provisional(self, step: Step) -> str:
        year = step.first.year
        return f"{year}年没有正式公布的放假安排可依，此期限为暂定，公布后重新计算。"

    def holiday(self, reason: str) -> str:
        return "周末" if reason == _WEEKEND else self.story.calendar.holiday_name(reason)[0]

    def amount(self, limit: Limit) -> str:
        return f"{limit.amount}{self.units[limit.unit]}"

    def span(self, step: Step) -> str:
        if step.first == step.last:
            return self.day(step.first)
        return f"{self.day(step.first)}至{self.day(step.last)}"

    def moment(self, at: datetime) -> str:
        return f"{self.day(at.date())}{at:%H:%M}"

    def day(self, day: date) -> str:
        year = f"{day.year}年" if day.year != self.story.start.year else ""
        return f"{year}{day.month}月{day.day}日"


class _English(_Words):
    comma = ", "
    stop = "."
    months: Final = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    units: Final = {
        Unit.AT_ONCE: "",
        Unit.WORKING_HOUR: "working hour",
        Unit.WORKING_DAY: "working day",
        Unit.CALENDAR_DAY: "calendar day",
        Unit.MONTH: "month",
        Unit.YEAR: "year",
        Unit.CLOCK_HOUR: "clock hour",
        Unit.BEFORE_EVENT: "",
    }

    def start(self) -> str:
        begun, limit = self.story.start, self.story.clock.limit
        day = f"{begun.day} {self.months[begun.month - 1]} {begun.year}"
        if limit.unit is Unit.AT_ONCE:
            return f"To be done at once from {begun:%H:%M} on {day}"
        if limit.unit is Unit.BEFORE_EVENT:
            return f"To be done from {begun:%H:%M} on {day} and before the event takes place"
        if limit.unit is Unit.WORKING_HOUR:
            return f"{self.amount(limit)} of office time from {begun:%H:%M} on {day}"
        if limit.unit is Unit.CLOCK_HOUR:
            return f"{self.amount(limit)}, day and night, from {begun:%H:%M} on {day}"
        return f"{self.amount(limit)} from {day} (that day not counted)"

    def deferred(self, step: Step) -> str:
        if step.begins is None or step.ends is None:
            raise ValueError("a deferred receipt says from when to when")
        came, counts = self.moment(step.begins), self.moment(step.ends)
        return f"What came in at {came} counts as received at {counts}, when the office opens"

    def skipped(self) -> str:
        weekends = self.story.weekend_days()
        parts = [_plural(weekends, "weekend day")] if weekends else []
        parts += [f"{self.holiday(s.reason)} ({self.span(s)})" for s in self.story.holidays()]
        return f"skipping {' and '.join(parts)}" if parts else ""

    def shifted(self) -> str:
        days = self.story.worked_weekends()
        parts = [f"the worked weekend of {' and '.join(map(self.day, days))}"] if days else []
        parts += [f"{self.day(day)} ({self.holiday(why)})" for day, why in self.story.worked_locally()]
        return f"counting {' and '.join(parts)}" if parts else ""

    def pause(self, step: Step) -> str:
        if step.begins and step.ends:
            span = f"{self.moment(step.begins)} to {self.moment(step.ends)}"
            return f"paused from {span} ({_plural(step.minutes, 'minute')} not counted)"
        unit = "working day" if step.unit is Unit.WORKING_DAY else "day"
        running = ", as planned" if self.story.is_planned(step) else ""
        return f"paused {self.span(step)} ({_plural(step.days, unit)} not counted{running})"

    def extension(self, step: Step) -> str:
        return f"extended on {self.day(step.first)} by {self.amount(_limit(step))}"

    def rolled(self, step: Step) -> str:
        why = "paused" if step.reason == PAUSED_REASON else self.holiday(step.reason)
        return f"moved from {self.day(step.first)} ({why}) to {self.day(step.last)}"

    def capped(self) -> str:
        return "cut short so that time is left before the limit of the matter itself"

    def end(self) -> str:
        due = self.story.due
        if self.story.awaits_event():
            return "which is not scheduled yet"
        if due == self.story.calendar.closing(due.date()):
            return f"until close of business on {self.day(due.date())} ({due:%H:%M})"
        return f"until {self.moment(due)}"

    def provisional(self, step: Step) -> str:
        year = step.first.year
        return (
            f" No official schedule is published for {year}; "
            "the moment is provisional and will be reckoned again when there is one."
        )

    def holiday(self, reason: str) -> str:
        return "weekend" if reason == _WEEKEND else self.story.calendar.holiday_name(reason)[1]

    def amount(self, limit: Limit) -> str:
        return _plural(limit.amount, self.units[limit.unit])

    def span(self, step: Step) -> str:
        if step.first == step.last:
            return self.day(step.first)
        return f"{self.day(step.first)} to {self.day(step.last)}"

    def moment(self, at: datetime) -> str:
        return f"{at:%H:%M} on {self.day(at.date())}"

    def day(self, day: date) -> str:
        year = f" {day.year}" if day.year != self.story.start.year else ""
        return f"{day.day} {self.months[day.month - 1]}{year}"


def _limit(step: Step) -> Limit:
    if step.unit is None:
        raise ValueError("an extension says its unit")
    return Limit(step.days, step.unit)


def _days(step: Step) -> Iterable[date]:
    return (step.first + timedelta(days=n) for n in range((step.last - step.first).days + 1))


def _plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
