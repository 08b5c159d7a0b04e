"""What happened to a matter, told in one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.matters import event_labels, labels, notice_labels
from huiyin.matters.queries import Moment
from huiyin.organisation import queries as organisation

Body = Mapping[str, Any]
_OF_APPLICANT: Final = frozenset({"matter.registered", "matter.rated", "matter.withdrawn", "return.asked"})
"""What nobody of the office does by themselves: without a name it was the person served."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event: what, the fact that matters most, when and by whom."""

    moment: Moment
    what: str
    fact: str
    who: str


def lines(tenant_id: UUID, moments: Iterable[Moment]) -> list[Line]:
    """Return the events newest first, each with its one fact; names are looked up in one query."""
    found = list(moments)
    named = {one for moment in found for one in (_named(moment), _urged(moment), _in_charge(moment)) if one}
    names = organisation.names(tenant_id, {UUID(one) for one in named})
    return [
        Line(
            moment=one,
            what=phrases.label(event_labels.EVENTS, one.kind),
            fact=_fact(one, names),
            who=_who(one),
        )
        for one in reversed(found)
    ]


def _named(moment: Moment) -> str:
    """Return the id of the person an event goes to, "" for none."""
    return _id(moment.body.get("to", ""))


def _urged(moment: Moment) -> str:
    """Return the id of who was urged, "" for any other event."""
    return _id(moment.body.get("bearer", "")) if moment.kind == "duty.urged" else ""


def _in_charge(moment: Moment) -> str:
    """Return the id of who stood in when a limit passed, "" for any other event."""
    return _id(moment.body.get("covered_by", "")) if moment.kind == "limit.passed" else ""


def _id(value: object) -> str:
    to = str(value)
    try:
        return str(UUID(to)) if to else ""
    except ValueError:
        return ""


def _who(moment: Moment) -> str:
    if moment.actor and moment.acting_for:
        return _("%(actor)s（替%(principal)s）") % {"actor": moment.actor, "principal": moment.acting_for}
    return moment.actor or (_("申请人") if moment.kind in _OF_APPLICANT else _("系统"))


def _fact(moment: Moment, names: Mapping[UUID, str]) -> str:
    to = _named(moment)
    if to and moment.kind == "refusal.filed" and not moment.actor:
        return _("分管领导不在岗，改报 %(name)s") % {"name": names.get(UUID(to), "")}
    if to:
        return _("交给 %(name)s") % {"name": names.get(UUID(to), "")}
    urged = _urged(moment)
    if urged:
        told = _("催 %(name)s：%(duty)s") % {"name": names.get(UUID(urged), ""), "duty": _duty(moment.body)}
        return f"{told} {moment.body.get('step', '')}".strip()
    covered = _in_charge(moment)
    if covered:
        in_charge = _("当时由%(name)s顶岗") % {"name": names.get(UUID(covered), "")}
        return f"{_duty(moment.body)} · {in_charge}"
    tell = _FACTS.get(moment.kind)
    return tell(moment.body) if tell else ""


def _duty(body: Body) -> str:
    return phrases.label(labels.DUTIES, str(body.get("what", "")))


def _reviewed(body: Body) -> str:
    """What the review of the papers found (p1.time-limit.1.a)."""
    return _("材料齐全") if body.get("complete") else _("材料不齐")


def _limit(body: Body) -> str:
    asked = body.get("limit") or {}
    return phrases.limit_of(int(asked.get("amount", 0)), str(asked.get("unit", "")))


def _number(body: Body) -> str:
    return str(body.get("number", ""))


def _stars(body: Body) -> str:
    return _("%(score)s星") % {"score": body.get("score", "")}


def _recomputed(body: Body) -> str:
    """The day before and the day now, and what is special about it."""
    before, after = (phrases.moment(_read(body.get(name))) for name in ("due_before", "due"))
    if before == after:
        return _("%(due)s，不再暂定") % {"due": after} if not body.get("provisional") else after
    told = _("%(before)s改为%(due)s") % {"before": before, "due": after}
    if body.get("earlier_than_told"):
        told += _("（早于已告知申请人的时间）")
    return told + (_("（原超时记录撤销）") if body.get("lifted") else "")


def _taken_back(body: Body) -> str:
    """Who took it back, how and when; nothing where that was not asked for."""
    if not body.get("how"):
        return ""
    said = (
        str(body.get("step", "")),
        phrases.label(notice_labels.WITHDRAWERS, str(body["relation"])) if body.get("relation") else "",
        phrases.label(labels.CHANNELS, str(body["how"])),
        phrases.moment(_read(body.get("declared_at"))),
    )
    return " ".join(one for one in said if one)


def _read(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _word(key: str, words: Mapping[str, str]) -> Callable[[Body], str]:
    return lambda body: phrases.label(words, str(body.get(key, "")))


_FACTS: Final[Mapping[str, Callable[[Body], str]]] = {
    "limit.passed": _duty,
    "matter.registered": _word("channel", labels.CHANNELS),
    "contact.routed": _word("route", labels.ROUTES),
    "papers.taken": lambda body: _("共%(count)s份") % body,
    "receipt.issued": lambda body: _("材料%(materials)s种，共%(pages)s页") % body,
    "materials.checked": _reviewed,
    "notice.issued": _number,
    "application.deemed_accepted": lambda body: (
        _("自%(since)s起算") % {"since": phrases.moment(_read(body.get("since")))}
    ),
    "decision.refused": _number,
    "extension.told": _number,
    "clock.paused": _word("procedure", labels.PROCEDURES),
    "extension.requested": _limit,
    "extension.approved": _limit,
    "decision.delivered": _word("how", {**notice_labels.WAYS, **labels.DELIVERIES}),
    "paper.served": lambda body: f"{_word('how', notice_labels.WAYS)(body)} {_number(body)}",
    "matter.withdrawn": _taken_back,
    "meeting.sent": lambda body: str(body.get("step", "")),
    "matter.rated": _stars,
    "clock.recomputed": _recomputed,
    "matter.uncertain": lambda body: str(body.get("step", "")),
    "uncertain.taken_back": lambda body: str(body.get("step", "")),
    "result.told": lambda body: str(body.get("step", "")),
    "notice.explained": lambda body: (
        f"{phrases.moment(_read(body.get('explained_at')))} {body.get('step', '')}"
    ),
    "overrun.explained": lambda body: str(body.get("step", "")),
    **dict.fromkeys(
        (
            "step.recorded",
            "task.progress",
            "task.superior_answered",
            "task.finished",
            "task.sent_back",
            "task.signed_off",
            "task.lateness_explained",
        ),
        lambda body: str(body.get("step", "")),
    ),
    "report.concluded": lambda body: "：".join(
        (phrases.label(labels.OUTCOMES, str(body.get("outcome", ""))), str(body.get("step", "")))
    ),
    "clause.invoked": lambda body: " ".join(
        str(body[name]) for name in ("clause", "duty_line", "promise_line", "step") if body.get(name)
    ),
}
