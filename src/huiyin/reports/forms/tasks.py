"""交办单 and 督办单: work that was given, how far it is, who pressed for it, and how it was struck off."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.documents.forms import Block, Fact, Form, facts
from huiyin.matters import event_labels, labels
from huiyin.matters import queries as matters
from huiyin.matters.labelled import GOALS, PARTNERS, parts_of
from huiyin.matters.models import Matter
from huiyin.matters.queries import Moment
from huiyin.obligations import queries as obligations
from huiyin.obligations.models import Obligation, Reminder
from huiyin.organisation.queries import Asker
from huiyin.reports.forms.words import Words
from huiyin.rules.errors import msg
from huiyin.rules.events import (
    ExtensionApproved,
    Finished,
    LatenessExplained,
    ProgressReported,
    SentBack,
    SignedOff,
    SuperiorAnswered,
)
from huiyin.rules.sources import Source
from huiyin.rules.vocabulary import Outcome

GIVEN = msg("交办单")
SUPERVISED = msg("督办单")
_STEPS = frozenset(
    one.kind
    for one in (
        ProgressReported,
        SuperiorAnswered,
        LatenessExplained,
        ExtensionApproved,
        Finished,
        SentBack,
        SignedOff,
    )
)
_URGED = "urged"


def title_of(matter: Matter) -> str:
    """Return what the form is called: 督办单 for what is supervised, else 交办单."""
    return SUPERVISED if matter.source == Source.SUPERVISED else GIVEN


def sheet(asker: Asker, matter: Matter, words: Words) -> Form:
    """Return what was asked by whom until when, every report, every time it was pressed for, and the end.

    The colour is that of three-coloured slips (三色督办单): red once a limit was missed, yellow once
    it was urged or sent back, blue once a reminder said that the limit is near. It rests on what is
    on record, never on the hour of printing.
    """
    say = words.say
    shown = matters.applicant_of(asker, matter)
    duties = obligations.of_subject(matter.id)
    reminders = list(reversed(obligations.reminders_of(matter.id)))
    steps = [one for one in matters.timeline(matter) if one.kind in _STEPS]
    asked = parts_of(shown.details)
    source = words.of(labels.SOURCES, matter.source)
    found = (
        Fact(label=say(msg("编号")), text=matter.number),
        Fact(label=say(msg("立项日期")), text=words.day(matter.received_at)),
        Fact(label=say(msg("任务来源")), text=" ".join(one for one in (source, matter.origin) if one)),
        Fact(label=say(msg("紧急程度")), text=words.of(labels.URGENCIES, matter.urgency)),
        Fact(label=say(msg("交办人")), text=matter.assigner.name if matter.assigner else ""),
        Fact(label=say(msg("督办颜色")), text=say(_colour(duties, reminders, steps))),
        Fact(label=say(msg("牵头单位")), text=matter.unit.name),
        Fact(label=say(msg("责任人")), text=matter.custodian.name),
        Fact(label=say(PARTNERS), text=asked.get(PARTNERS, ""), wide=True),
        Fact(label=say(GOALS), text=asked.get(GOALS, ""), wide=True),
        Fact(
            label=say(msg("任务内容")),
            text="\n".join(one for one in (shown.summary, asked[""]) if one),
            wide=True,
            room=1,
        ),
        Fact(label=say(msg("完成时限")), text=words.due(duties), wide=True),
        Fact(label=say(msg("办理结果")), text=shown.reply, wide=True, room=2),
        Fact(label=say(msg("办结时间")), text=words.moment(matter.decided_at)),
        Fact(label=say(msg("销号时间")), text=words.moment(matter.closed_at)),
    )
    return Form(
        number=matter.number,
        office=matters.issuer(matter.tenant),
        issued_at=matter.received_at,
        title=say(title_of(matter)),
        blocks=(facts(found), _told(steps, words), _pressed(reminders, words)),
        signatures=tuple(
            words.signed(label, None, None) for label in (msg("交办人"), msg("责任人"), msg("销号审核人"))
        ),
    )


def _colour(duties: Sequence[Obligation], reminders: Sequence[Reminder], steps: Sequence[Moment]) -> str:
    if any(one.overdue_noted or one.outcome == Outcome.LATE for one in duties):
        return msg("红色：已超过时限")
    if any(one.stage == _URGED for one in reminders) or any(one.kind == SentBack.kind for one in steps):
        return msg("黄色：已催办或退回续办")
    return msg("蓝色：已提醒将到期") if reminders else msg("无")


def _told(steps: Sequence[Moment], words: Words) -> Block:
    return Block(
        heading=words.say(msg("进展反馈和办理经过")),
        columns=tuple(words.say(one) for one in (msg("时间"), msg("事项"), msg("内容"), msg("经办人"))),
        widths=(3, 2, 9, 2),
        rows=tuple(
            (
                words.moment(one.at),
                words.of(event_labels.EVENTS, one.kind),
                str(one.body.get("step", "")),
                one.actor,
            )
            for one in steps
        ),
        nothing=words.say(msg("还没有反馈")),
    )


def _pressed(reminders: Sequence[Reminder], words: Words) -> Block:
    return Block(
        heading=words.say(msg("提醒和催办")),
        columns=tuple(words.say(one) for one in (msg("时间"), msg("提醒"), msg("对象"), msg("期限"))),
        widths=(3, 3, 2, 3),
        rows=tuple(
            (
                words.moment(one.told_at),
                words.of(labels.REMINDERS, one.stage),
                one.person.name,
                words.moment(one.due_at),
            )
            for one in reminders
        ),
        nothing=words.say(msg("没有提醒或催办过")),
    )
