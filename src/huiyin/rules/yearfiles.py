"""Writing year files: from days gathered anywhere to the text that `schedules.parse_year` reads.

A notice of one year may change the December before it. So what was gathered
becomes the file of its own year and, where needed, one amendment to the year
before: `Drafted`. A notice that comes later and arranges some holidays anew
becomes an amendment to its own year. A change to a year is one entry of its
`amendments`, kept as YAML; `compose` puts base and changes together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import yaml

from huiyin.rules.schedules import Notice, ScheduleError, Year, parse_year
from huiyin.rules.workdays import Calendar

HOLIDAYS: Final[Mapping[str, tuple[str, str]]] = {
    "元旦": ("new_year", "New Year's Day"),
    "春节": ("spring_festival", "Spring Festival"),
    "清明节": ("qingming", "Tomb-sweeping Day"),
    "劳动节": ("labour_day", "Labour Day"),
    "端午节": ("dragon_boat", "Dragon Boat Festival"),
    "中秋节": ("mid_autumn", "Mid-Autumn Festival"),
    "国庆节": ("national_day", "National Day"),
    "中秋节、国庆节": ("mid_autumn_national_day", "Mid-Autumn Festival and National Day"),
}
"""Chinese name to key and English name; every yearly notice arranges the first seven."""

_ALSO: Final = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节", "五一": "劳动节"}
_NEW_YEAR: Final = "new_year"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Days off with the holiday's Chinese name, and worked weekends, of `year` and the December before."""

    year: int
    notice: Notice
    off: Mapping[date, str]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a notice gives: the file of `year` or a `change` to it, and an `amendment` to the year before.

    What it does not give is "".
    """

    year: int
    text: str = ""
    amendment: str = ""
    change: str = ""

    def own(self) -> Year:
        """Return the days that the notice itself names in its year; raises ScheduleError."""
        if not self.change:
            return parse_year(self.text, str(self.year))
        entry = {key: value for key, value in yaml.safe_load(self.change).items() if key != "replaces"}
        return parse_year(_year_file(self.year, entry), str(self.year))


@dataclass(frozen=True, slots=True)
class Change:
    """One day that two calendars see differently; both words are those of `Calendar.why`."""

    day: date
    before: str
    after: str


def holiday_name(text: str) -> str:
    """One form of a holiday's name: 国庆、中秋 and 中秋节、国庆节 are the same; so is the English name."""
    known_by = {english.casefold(): zh for zh, (_, english) in HOLIDAYS.items()}
    translated = known_by.get(" ".join(text.replace("’", "'").casefold().split()))
    if translated:
        return translated
    parts = [part.strip() for part in text.replace("和", "、").split("、") if part.strip()]
    order = list(HOLIDAYS)
    known = [_ALSO.get(part, part) for part in parts]
    return "、".join(sorted(dict.fromkeys(known), key=lambda n: order.index(n) if n in order else len(order)))


def draft(gathered: Gathered) -> Drafted:
    """Return the files for gathered days; raises ScheduleError for days of other years or a contradiction."""
    own = _entry(gathered, gathered.year)
    amendment = _december(gathered)
    if not own["days_off"]:
        raise ScheduleError(f"{gathered.year} has no day off at all; check the year")
    text = _year_file(gathered.year, own)
    parse_year(text, str(gathered.year))
    return Drafted(gathered.year, text, amendment)


def amend(gathered: Gathered) -> Drafted:
    """Return what a later notice changes: each holiday it names is arranged anew, the others stay.

    Weekends worked under the old arrangement stay worked unless the notice makes
    them days off: a year's file does not say which holiday they belong to.
    Raises ScheduleError as `draft` does.
    """
    own = _entry(gathered, gathered.year)
    amendment = _december(gathered)
    if not own["days_off"] and not own["working_weekends"]:
        raise ScheduleError(f"the notice changes no day of {gathered.year}; check the year")
    replaced = list(_replaced(gathered))
    drafted = Drafted(gathered.year, amendment=amendment, change=dump({**own, "replaces": replaced}))
    drafted.own()
    return drafted


def unnamed(drafted: Drafted) -> list[str]:
    """Return the Chinese names of the holidays that have no English one, in order."""
    return sorted({span["zh"] for text in _texts(drafted) for span in _spans_of(text) if _is_unnamed(span)})


def named(drafted: Drafted, english: Mapping[str, str]) -> Drafted:
    """Return the same draft with English names, by the Chinese ones, for holidays that have none yet."""
    given = {zh: name for zh, name in english.items() if name}
    return Drafted(drafted.year, *(_named(text, given) for text in _texts(drafted))) if given else drafted


def from_yaml(text: str) -> Drafted:
    """Return the draft in a year file of the shipped form, amendments included; raises ScheduleError."""
    found = parse_year(text, "file")
    return Drafted(found.year, dump(yaml.safe_load(text)))


def from_json(text: str, notice: Notice | None) -> Drafted:
    """Return the draft in a JSON file: the shipped form, or the common one of public holiday data.

    The common form is `{"year": 2027, "days": [{"name", "date", "isOffDay"}]}`;
    it names no notice, so one must be given. Raises ScheduleError.
    """
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise ScheduleError(f"file: not JSON: {error}") from error
    if not isinstance(raw, dict):
        raise ScheduleError("file: needs one JSON object")
    if "days" not in raw:
        return from_yaml(dump(_with_dates(raw)))
    if notice is None:
        raise ScheduleError("file: names no notice; give its title, number and date")
    try:
        days = [_json_day(entry) for entry in raw["days"]]
        year = int(raw["year"])
    except (KeyError, TypeError, ValueError) as error:
        raise ScheduleError(f"file: a day needs name, date and isOffDay: {error!r}") from error
    off = {day: name for day, name, is_off in days if is_off}
    return draft(Gathered(year, notice, off, frozenset(day for day, _, is_off in days if not is_off)))


def _json_day(entry: Mapping[str, Any]) -> tuple[date, str, bool]:
    day, is_off = date.fromisoformat(entry["date"]), entry["isOffDay"]
    if not isinstance(is_off, bool):
        raise TypeError(f"isOffDay of {day} is true or false, not {is_off!r}")
    return day, holiday_name(str(entry["name"])), is_off


def compose(base: str, changes: Iterable[str]) -> str:
    """Return a year's file with further entries of `amendments`; raises ScheduleError if wrong."""
    raw = yaml.safe_load(base)
    raw["amendments"] = [*raw.get("amendments", ()), *(yaml.safe_load(change) for change in changes)]
    text = dump(raw)
    parse_year(text, str(raw.get("year", "")))
    return text


def local_change(
    *, name: str, english: str = "", off: Iterable[date], worked: Iterable[date], notice: Notice
) -> str:
    """Return an office's own change as one entry of `amendments`; its day gets a key of its own.

    Without an English name the Chinese one stands for it.
    """
    days = sorted(off)
    key = f"local_{days[0]:%Y%m%d}" if days else ""
    spans = [{"holiday": key, "zh": name, "en": english or name, "from": a, "to": b} for a, b in _spans(days)]
    return dump({"notice": _notice(notice), "days_off": spans, "working_weekends": sorted(worked)})


def dump(raw: Mapping[str, Any]) -> str:
    """Return YAML as the shipped files write it: one form for equal content."""
    return yaml.safe_dump(dict(raw), allow_unicode=True, sort_keys=False, width=200)


@lru_cache(maxsize=1)
def shipped_texts() -> Mapping[int, str]:
    """Return the shipped year files by year."""
    folder = resources.files("huiyin") / "rulebooks" / "calendar"
    return {
        int(entry.name[3:7]): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.startswith("cn-")
    }


def working_days(calendar: Calendar, year: int) -> int:
    """Return how many days of a year are worked."""
    return calendar.count_workdays(date(year - 1, 12, 31), date(year, 12, 31))


def changes(before: Calendar, after: Calendar, year: int) -> list[Change]:
    """Return every day of a year whose kind differs between two calendars, worked or not, in order."""
    days = (date(year, 1, 1) + _DAY * i for i in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
    found = (Change(day, before.why(day), after.why(day)) for day in days)
    return [change for change in found if change.before != change.after]


def _december(gathered: Gathered) -> str:
    """What the notice changes in the year before, "" for nothing; raises ScheduleError."""
    year = gathered.year - 1
    strangers = {day.year for day in (*gathered.off, *gathered.worked)} - {year, gathered.year}
    if strangers:
        raise ScheduleError(
            f"{min(strangers)} is neither {gathered.year} nor the year before; remove its days"
        )
    before = _entry(gathered, year)
    if not before["days_off"] and not before["working_weekends"]:
        return ""
    amendment = dump(before)
    parse_year(compose(_year_file(year, before), [amendment]), str(year))
    return amendment


def _year_file(year: int, entry: Mapping[str, Any]) -> str:
    return dump({"year": year, "status": "official", **entry})


def _entry(gathered: Gathered, year: int) -> dict[str, Any]:
    off = {day: name for day, name in gathered.off.items() if day.year == year}
    spans = []
    for name in dict.fromkeys(off[day] for day in sorted(off)):
        key, english = HOLIDAYS.get(name) or (_key(name, name), name)
        spans += [
            {"holiday": key, "zh": name, "en": english, "from": first, "to": last}
            for first, last in _spans(sorted(day for day, of in off.items() if of == name))
        ]
    return {
        "notice": _notice(gathered.notice),
        "days_off": spans,
        "working_weekends": sorted(day for day in gathered.worked if day.year == year),
    }


def _key(name: str, english: str) -> str:
    """The key of a holiday that is not in the table: no two names share one, in whatever notice they are."""
    return f"holiday_{hashlib.sha256(f'{name}|{english}'.encode()).hexdigest()[:8]}"


def _replaced(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """What stood for the holidays that the notice names; New Year's days stand at both ends of a year."""
    year = gathered.year
    names = dict.fromkeys(gathered.off[day] for day in sorted(gathered.off) if day.year == year)
    for name in names:
        parts = set(name.split("、"))
        keys = [key for zh, (key, _) in HOLIDAYS.items() if set(zh.split("、")) <= parts]
        for key in keys or [_key(name, name)]:
            last = date(year, 6, 30) if key == _NEW_YEAR else date(year, 12, 31)
            yield {"holiday": key, "from": date(year, 1, 1), "to": last}


def _texts(drafted: Drafted) -> tuple[str, str, str]:
    return drafted.text, drafted.amendment, drafted.change


def _spans_of(text: str) -> Iterator[dict[str, Any]]:
    raw = yaml.safe_load(text) or {}
    for entry in (raw, *raw.get("amendments", ())):
        yield from entry.get("days_off", ())


def _is_unnamed(span: Mapping[str, Any]) -> bool:
    return span["en"] in {"", None, span["zh"]}


def _named(text: str, english: Mapping[str, str]) -> str:
    if not text:
        return text
    raw = yaml.safe_load(text)
    for entry in (raw, *raw.get("amendments", ())):
        for span in entry.get("days_off", ()):
            if _is_unnamed(span) and span["zh"] in english:
                span["en"] = english[span["zh"]]
                if span["holiday"] == _key(span["zh"], span["zh"]):
                    span["holiday"] = _key(span["zh"], span["en"])
    return dump(raw)


def _notice(notice: Notice) -> dict[str, Any]:
    return {"title": notice.title, "number": notice.number, "issued": notice.issued}


def _spans(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Days in a row as their first and last."""
    first = last = None
    for day in days:
        if last is not None and first is not None and day - last > _DAY:
            yield first, last
            first = None
        first, last = first or day, day
    if first is not None and last is not None:
        yield first, last


def _with_dates(raw: Any) -> Any:
    """Dates in JSON are texts; those of the shipped form are read as dates."""
    if isinstance(raw, dict):
        return {key: _with_dates(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_with_dates(value) for value in raw]
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            return raw
    return raw
