"""How the portal says things: for people who come once, not for people who work here every day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext

from huiyin.doors import phrases
from huiyin.matters import labels
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI, Calendar

DELIBERATING: Final = frozenset({"refusal_proposed", "refusal_filed", "refusal_approved"})
"""Stages in which the office makes up its mind; to the public the matter is in hand."""

MEANING: Final[Mapping[str, str]] = {
    "open": msg("已经登记，经办人正在准备答复。"),
    "answered": msg("已经答复，内容见下方。"),
    "received": msg("已经收到，经办人正在核对材料是否齐全。"),
    "awaiting_supplement": msg("材料还缺，要补的列在下面；有不清楚的，请联系经办人。"),
    "in_hand": msg("已经受理，正在办理，您不用再跑。"),
    "paused": msg("正在听证、检验或评审，这段时间不计入办理时限。"),
    "granted": msg("已经同意，等待送达或领取。"),
    "refused": msg("没有同意，理由和救济途径写在决定书里。"),
    "delivered": msg("结果已经送达。"),
    "finished": msg("已经办好，等交办人确认。"),
    "concluded": msg("已经查完，正在准备答复。"),
    "withdrawn": msg("申请已经撤回。"),
    "closed": msg("这件事已经办结。"),
}

# It may never have been accepted: a refusal can begin before that.
_DELIBERATING: Final = msg("正在办理，有结果会告诉您。")

_LATE: Final = msg("超过期限还没有办完，我们向您道歉。您不用再跑；想催办或者投诉，联系方式在下面。")

SCORES: Final[Mapping[int, str]] = {
    5: msg("非常满意"),
    4: msg("满意"),
    3: msg("基本满意"),
    2: msg("不满意"),
    1: msg("非常不满意"),
}

HOURS: Final = "%H:%M"


def moment(at: datetime) -> str:
    """Return a moment with its weekday, in the office's zone: 2026年1月19日 星期一 17:30."""
    local = at.astimezone(SHANGHAI)
    return in_words(local, gettext("Y年n月j日 l H:i"))


def day(on: date) -> str:
    """Return a day with its weekday; of a moment, the day in the office's zone."""
    if isinstance(on, datetime):
        on = on.astimezone(SHANGHAI).date()
    return in_words(on, gettext("Y年n月j日 l"))


def stage(code: str) -> str:
    """Return the words for a stage as the public may know it."""
    return phrases.label(labels.STAGES, "in_hand" if code in DELIBERATING else code)


def meaning(code: str, *, late: bool = False) -> str:
    """Return what a stage means to the person who waits; `late` comes before anything else."""
    if late:
        return gettext(_LATE)
    return gettext(_DELIBERATING) if code in DELIBERATING else phrases.label(MEANING, code)


def duty(code: str) -> str:
    """Return what a clock is about."""
    return phrases.label(labels.DUTIES, code)


def scores() -> list[tuple[int, str]]:
    """Return the five answers of the rating, best first."""
    return [(score, gettext(word)) for score, word in SCORES.items()]


def score(given: int) -> str:
    """Return the words for a rating; "" for none."""
    return gettext(SCORES[given]) if given in SCORES else ""


def opening(calendar: Calendar, at: datetime) -> str:
    """Return whether the office is open today, and if not when it is again."""
    today = at.astimezone(SHANGHAI).date()
    if not calendar.is_workday(today):
        following = day(calendar.next_workday(today))
        return gettext("今天休息，%(day)s恢复办公") % {"day": following}
    hours = gettext("、").join(_session(*session) for session in calendar.sessions(today))
    return gettext("今天上班：%(hours)s") % {"hours": hours}


def dial(phone: str) -> str:
    """Return what a telephone dials for a number as printed; "" when there is nothing to dial."""
    return re.sub(r"[^0-9+]", "", phone)


def _session(opens: time, closes: time) -> str:
    # Word joiners: a line never breaks inside a sitting.
    return f"{opens.strftime(HOURS)}\u2060–\u2060{closes.strftime(HOURS)}"
