"""Notices in the official form, written from year files: what the tests of reading paste."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import yaml

from huiyin.rules.yearfiles import shipped_texts

NUMERALS = "一二三四五六七八九十"
WEEK = "一二三四五六日"


def notice_text(year: int, *, week: str = "周", before: bool = True, joined: bool = False) -> str:
    """The yearly notice of a shipped year as it would be pasted; later notices are left out.

    `week` is how weekdays are written ("" for not at all), `before` whether
    the December before is named with its year, `joined` puts all on one line.
    """
    raw = yaml.safe_load(shipped_texts()[year])
    return written(year, raw, _changed_before(year, raw), week=week, before=before, joined=joined)


def written(
    year: int,
    entry: Mapping[str, Any],
    december: Mapping[str, Any],
    *,
    week: str = "周",
    before: bool = True,
    joined: bool = False,
) -> str:
    """A notice for the entry of a year file and the entry that changes the year before."""
    names = list(dict.fromkeys(span["zh"] for span in entry["days_off"]))
    lines = []
    worked = [*december.get("working_weekends", ()), *entry.get("working_weekends", ())]
    spans = [*december.get("days_off", ()), *entry["days_off"]]
    for at, name in enumerate(names):
        own = _merged([span for span in spans if span["zh"] == name])
        parts = [_span(first, last, year, week, before=before) for first, last in own]
        days = sum((last - first).days + 1 for first, last in own)
        near = _near(worked, own, [_merged([s for s in spans if s["zh"] == n]) for n in names])
        text = f"{parts[0]}放假{'调休' if near else ''}"
        text += "".join(f"，{part}补休" for part in parts[1:])
        text += f"，共{days}天。" if days > 1 else "，与周末连休。"
        if near:
            text += "、".join(_one(day, year, week, before=before) for day in near) + "上班。"
        lines.append(f"{NUMERALS[at]}、{name}：{text}")
    issued: date = entry["notice"]["issued"]
    head = f"{entry['notice']['title']}\n{entry['notice']['number']}\n各省、自治区、直辖市人民政府：\n"
    head += f"经批准，现将{year}年元旦、春节等节日放假调休日期的具体安排通知如下。\n"
    tail = "\n节假日期间，各单位要妥善安排值班。\n办公厅\n"
    body = ("" if joined else "\n").join(lines)
    return head + body + tail + f"{issued.year}年{issued.month}月{issued.day}日"


def _changed_before(year: int, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the same notice changed in the year before."""
    if year - 1 not in shipped_texts():
        return {}
    earlier = yaml.safe_load(shipped_texts()[year - 1]).get("amendments", ())
    same = [entry for entry in earlier if entry["notice"] == raw["notice"]]
    return same[0] if same else {}


def _merged(spans: list[Mapping[str, Any]]) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for span in spans:
        if found and span["from"] - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], span["to"])
        else:
            found.append((span["from"], span["to"]))
    return found


def _near(
    worked: list[date], own: list[tuple[date, date]], others: list[list[tuple[date, date]]]
) -> list[date]:
    """The worked weekends that lie nearest to this holiday."""

    def distance(day: date, spans: list[tuple[date, date]]) -> int:
        return min(min(abs((day - a).days), abs((day - b).days)) for a, b in spans)

    return [day for day in worked if distance(day, own) == min(distance(day, spans) for spans in others)]


def _span(first: date, last: date, year: int, week: str, *, before: bool) -> str:
    if first == last:
        return _one(first, year, week, before=before)
    begin = _one(first, year, week, before=before)
    if first.year != last.year:
        return begin + "至" + (f"{last.year}年" if before else "") + _one(last, year, week, before=before)
    month = "" if first.month == last.month else f"{last.month}月"
    return f"{begin}至{month}{last.day}日{_week(last, week)}"


def _one(day: date, year: int, week: str, *, before: bool) -> str:
    named = f"{day.year}年" if before and day.year != year else ""
    lunar = "农历腊月二十八、" if named == "" and day.month == 2 and day.day == 15 and week else ""
    return f"{named}{day.month}月{day.day}日{_week(day, week, lunar)}"


def _week(day: date, week: str, more: str = "") -> str:
    return f"（{more}{week}{WEEK[day.weekday()]}）" if week else ""


LABOUR_DAY_2019 = """国务院办公厅关于调整 2019年劳动节假期安排的通知
国办发明电〔2019〕3号
各省、自治区、直辖市人民政府：
经批准，现将调整2019年劳动节放假安排通知如下。
一、2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
二、各地区、各部门要抓紧做好劳动节假期调整落实工作。
国务院办公厅
2019年3月22日"""
"""A notice that came during the year, in its real form."""

LABOUR_DAY_2026 = """国务院办公厅关于调整2026年劳动节假期安排的通知
经批准，现将2026年劳动节放假安排通知如下：2026年5月1日（星期五）至5月4日（星期一）放假调休，共4天。\
4月26日（星期日）上班。
国务院办公厅
2026年3月20日"""
"""The same, made up for a year whose schedule has five days and works 9 May."""
