"""Reading the text of a notice on days off, as somebody pastes it.

A notice goes holiday by holiday: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。
1月4日（周日）上班。 Each sentence with a date is either understood whole, and
checked against the weekdays and the number of days it states itself, or named
in `unread` with the reason; nothing is guessed.

A notice whose title or opening names only some of the holidays
(关于调整2019年劳动节假期安排的通知) changes a year that has its schedule
already: it becomes an amendment, and no holiday is missed in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from huiyin.rules.errors import msg
from huiyin.rules.identifiers import narrow
from huiyin.rules.schedules import Notice, ScheduleError
from huiyin.rules.yearfiles import HOLIDAYS, Drafted, Gathered, amend, draft, holiday_name

MOST: Final = 20_000
"""Characters; a notice has a few hundred."""

_SUBJECT = r"(\d{4})年([^\s。:]{0,40}?)(?:节假日|放假|假期|假日|调休)"
_TITLE = re.compile(rf"[^\s。:]{{0,20}}关于(?:调整|变更|延长|缩短)?{_SUBJECT}[^\s。:]{{0,6}}(?:安排)?的通知")
_OPENING = re.compile(
    rf"(?:^|(?<=[。\n]))[^。:\n]{{0,40}}现[将就][^。:\n]{{0,6}}?{_SUBJECT}[^。:\n]{{0,20}}如下[。:]"
)
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_NUMBER = re.compile(r"[一-鿿]{2,8}[〔\[(【]\d{4}[〕\])】]\d{1,4}号")
_SIGNED = re.compile(r"(?:^|[\s厅院])(\d{4})年(\d{1,2})月(\d{1,2})日\s*(?:\(此件[^)]*\)\s*)?$")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、([一-鿿、]{2,16}):")
_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(\([^)]*\))?"
_ONE = re.compile(_DATE)
_SPAN = re.compile(rf"{_DATE}(?:(?:至|到|-|—|–|~){_DATE})?")
_PIECE = re.compile(rf"^({_SPAN.pattern}(?:(?:、|和|及|,)?{_SPAN.pattern})*)(.*)$")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_DATED = re.compile(r"\d{1,2}日")
_COUNT = re.compile(r"^共(\d{1,2})天")
_OFF = re.compile(r"^(?:为)?(?:公休日?)?(?:放假(?:调休|公休)?|调休(?:放假)?|补休|休息|公休)(?:一天)?$")
_ON = re.compile(r"^(?:均)?(?:照常|正常)?上班$")
_SAYS_NOTHING = re.compile(r"^(?:并)?(?:与周末连休|不调休|与周末相连|连休)$")
_ADVICE = ("鼓励", "建议")
_DAYS = "一二三四五六日"
_SATURDAY = _DAYS.index("六")
_DECEMBER = 12

_NO_DATE: Final = msg("日期不存在")
_WRONG_WEEKDAY: Final = msg("日期与所写的星期不符")
_WRONG_COUNT: Final = msg("放假天数与所写的天数不符")
_NOT_UNDERSTOOD: Final = msg("没有读懂")
_BACKWARDS: Final = msg("结束早于开始")
_NO_HOLIDAY: Final = msg("没有写明是哪个节日")
_NO_WEEKEND: Final = msg("上班的日子不是周末")
_CONTRADICTION: Final = msg("放假与上班的日子有矛盾")


class Unread(NamedTuple):
    """A sentence that could not be used, as it stands in the text, and why (a message id)."""

    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. `drafted` is None unless every dated sentence was, and no holiday is missing.

    An amendment is missing none: the holidays it does not name stay as they are.
    """

    year: int
    notice: Notice | None
    off: dict[date, str]
    worked: frozenset[date]
    unread: tuple[Unread, ...]
    missing: tuple[str, ...]
    drafted: Drafted | None


def read_notice(text: str, *, year: int | None = None, notice: Notice | None = None) -> Reading:
    """Read a pasted notice; `year` and `notice` fill in or override what the text itself says.

    Never raises for what stands in the text: faults are in the answer. Without
    a year in the text and without `year` the answer has the year 0.
    """
    flat = re.sub(r"[ \t\u3000]+", "", narrow(text[:MOST]).replace("：", ":"))
    head = _head(flat, notice)
    year = year or head.year
    reader = _Reader(year, head.holiday)
    if year:
        reader.read(head.body)
    missing = () if head.amends else tuple(_missing(set(reader.off.values())))
    drafted = None
    if year and head.notice and not reader.unread and not missing:
        gathered = Gathered(year, head.notice, reader.off, frozenset(reader.worked))
        try:
            drafted = amend(gathered) if head.amends else draft(gathered)
        except ScheduleError as error:
            reader.unread.append(Unread(str(error), _CONTRADICTION))
    return Reading(
        year, head.notice, reader.off, frozenset(reader.worked), tuple(reader.unread), missing, drafted
    )


def changes_some(title: str) -> bool:
    """Whether a notice of that title changes some holidays of a year and leaves the others as they are."""
    found = _TITLE.search(narrow(title).replace(" ", ""))
    return bool(found and _some_of(found.group(2)))


class _Head(NamedTuple):
    """What a notice says of itself; `holiday` is the one it is about, "" where it is about more."""

    year: int
    notice: Notice | None
    body: str
    amends: bool
    holiday: str


def _head(flat: str, given: Notice | None) -> _Head:
    """The year, the notice if its title and date stand there or it is given, and the text without them."""
    joined = re.sub(r"(?<=[一-鿿\d])\n(?=[一-鿿\d])", "", flat) if not _TITLE.search(flat) else flat
    title, number = _TITLE.search(joined), _NUMBER.search(flat)
    signed = _SIGNED.search(flat.rstrip())
    body = flat.rstrip()[: signed.start()] if signed else flat
    issued = _day(*map(int, signed.groups())) if signed else None
    known = None
    if title and issued:
        known = Notice(title.group(), number.group() if number else "", issued)
    if title:
        body = body.replace(title.group(), "\n").replace(number.group() if number else "\0", "\n")
    opening = _OPENING.search(body)
    named = title or (_TITLE.search(narrow(given.title)) if given else None) or opening
    some = _some_of(named.group(2)) if named else ""
    return _Head(
        int(named.group(1)) if named else 0,
        given or known,
        _OPENING.sub("\n", body),
        bool(some),
        some if some in HOLIDAYS or "、" not in some else "",
    )


def _some_of(subject: str) -> str:
    """The holidays that a notice is about by its own words, in one form; "" for those of a whole year."""
    names = holiday_name(subject)
    whole = not names or names.startswith("部分") or "等" in names or not any(_missing({names}))
    return "" if whole else names


def _missing(names: set[str]) -> Iterator[str]:
    there = {part for name in names for part in name.split("、")}
    return (name for name in HOLIDAYS if "、" not in name and name not in there)


@dataclass
class _Reader:
    """Walks over the sentences of a notice and gathers days."""

    year: int
    holiday: str = ""
    off: dict[date, str] = field(default_factory=dict)
    worked: set[date] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)

    def read(self, body: str) -> None:
        headings = list(_HEADING.finditer(body))
        start = headings[0].start() if headings else len(body)
        self._sentences(self.holiday, body[:start])
        ends = [heading.start() for heading in headings[1:]] + [len(body)]
        for heading, end in zip(headings, ends, strict=False):
            self._sentences(holiday_name(heading.group(1)), body[heading.end() : end])

    def _sentences(self, holiday: str, text: str) -> None:
        for sentence in re.split(r"[。;\n]", re.sub(r"(?<![。;:])\n", "", text)):
            if not _DATED.search(sentence) or sentence.startswith(_ADVICE):
                continue
            try:
                self._sentence(holiday, _NUMBERED.sub("", sentence))
            except _Unclear as error:
                self.unread.append(Unread(sentence, error.reason))

    def _sentence(self, holiday: str, sentence: str) -> None:
        """Understand a whole sentence, or nothing of it."""
        off: list[date] = []
        worked: list[date] = []
        rest = sentence
        while rest:
            rest = self._piece(holiday, rest.lstrip(",、"), off, worked)
        if off and not holiday:
            raise _Unclear(_NO_HOLIDAY)
        self.off.update(dict.fromkeys(off, holiday))
        self.worked.update(worked)

    def _piece(self, holiday: str, rest: str, off: list[date], worked: list[date]) -> str:
        """Take one clause from the front; returns what is left."""
        found = _PIECE.match(rest)
        if found is None:
            clause, _, left = rest.partition(",")
            count = _COUNT.match(clause)
            if count and int(count.group(1)) != len(off):
                raise _Unclear(_WRONG_COUNT)
            if not count and not _SAYS_NOTHING.match(clause):
                raise _Unclear(_NOT_UNDERSTOOD)
            return left
        days = self._days(holiday, found.group(1))
        verb, _, left = found.groups()[-1].partition(",")
        if _OFF.match(verb):
            off += days
        elif _ON.match(verb):
            if any(day.weekday() < _SATURDAY for day in days):
                raise _Unclear(_NO_WEEKEND)
            worked += days
        else:
            raise _Unclear(_NOT_UNDERSTOOD)
        return left

    def _days(self, holiday: str, text: str) -> list[date]:
        days: list[date] = []
        month = year = 0
        for span in _SPAN.finditer(text):
            parts = span.groups()
            first = self._date(holiday, parts[:4], month, year)
            last = first
            if parts[6]:
                last = self._date(holiday, parts[4:], first.month, int(parts[0] or 0) and first.year)
                if last < first and first.month == _DECEMBER and not parts[0]:
                    first = first.replace(year=first.year - 1)
            if last < first:
                raise _Unclear(_BACKWARDS)
            _check_weekday(first, parts[3])
            _check_weekday(last, parts[7])
            month, year = last.month, int(parts[4] or parts[0] or 0) and last.year
            days += [first + timedelta(days=i) for i in range((last - first).days + 1)]
        return days

    def _date(self, holiday: str, parts: tuple[str | None, ...], month: int, year: int) -> date:
        """A date with what it leaves out taken from the one before it and from the notice."""
        said_year, said_month, day, _ = parts
        number = int(said_month or month)
        chosen = int(said_year or 0) or (year if not said_month or number >= month else 0) or self.year
        found = _day(chosen, number, int(day or 0))
        if found is None:
            raise _Unclear(_NO_DATE)
        earlier = found.replace(year=found.year - 1)
        # New Year's days off may begin in the December before, and the notice need not say which.
        named = said_year or holiday != "元旦" or number != _DECEMBER
        return earlier if not named and parts[3] and _as_stated(earlier, parts[3]) else found


class _Unclear(Exception):
    """A sentence cannot be used, and why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def _check_weekday(day: date, brackets: str | None) -> None:
    if not _as_stated(day, brackets):
        raise _Unclear(_WRONG_WEEKDAY)


def _as_stated(day: date, brackets: str | None) -> bool:
    """Whether the day is the weekday that the brackets after it name, if they name one."""
    stated = _WEEKDAY.search(brackets or "")
    return stated is None or day.weekday() == _DAYS.index(stated.group(1).replace("天", "日"))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
