"""AB岗设置表: who holds each position and who stands in; and AB岗交接单: one hand-over, either way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.documents.forms import Block, Fact, Form, facts
from huiyin.matters import event_labels, labels
from huiyin.matters import queries as matters
from huiyin.matters.models import Briefing, BriefingLine
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker, Record
from huiyin.organisation.terms import AbsenceKind, Part
from huiyin.reports.forms.words import Words
from huiyin.reports.pairs_shown import Pair, pairs_of
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI

PAIRS = msg("AB岗设置表")
OUT = msg("AB岗交接单")
BACK = msg("AB岗返岗移交单")


def pairs(tenant: Tenant, at: datetime, words: Words) -> Form:
    """Return every position with its A, its B and since when the public sees them; a few queries for all.

    Who approved an appointment is on no record: the administrator who entered it is in the ledger,
    the leader's signature belongs on the paper.
    """
    say = words.say
    records = organisation.records(tenant, at)
    held = pairs_of(tenant, [one.held.position for one in records], at)
    columns = (
        msg("序号"),
        msg("科室"),
        msg("岗位"),
        msg("职责"),
        msg("A岗"),
        msg("B岗"),
        msg("审批"),
        msg("公示日期"),
        msg("变更原因"),
    )
    changed = max((one.changed_at for one in held.values() if one.changed_at), default=tenant.created_at)
    return Form(
        number=f"AB-{changed.astimezone(SHANGHAI):%Y%m%d}",
        office=matters.issuer(tenant),
        issued_at=changed,
        title=say(PAIRS),
        blocks=(
            Block(
                columns=tuple(say(one) for one in columns),
                widths=(1, 2, 3, 7, 2, 2, 2, 3, 3),
                rows=tuple(
                    (str(place), *_pair(one, held[one.held.position.id], words))
                    for place, one in enumerate(records, start=1)
                ),
                nothing=say(msg("还没有岗位")),
            ),
        ),
        signatures=(words.signed(msg("填表人"), None, None), words.signed(msg("审批领导"), None, None)),
        across=True,
    )


def _pair(one: Record, pair: Pair, words: Words) -> tuple[str, ...]:
    position = one.held.position
    shown = words.say(msg("涉密岗，不公示")) if position.secret else words.day(pair.shown_on)
    return (
        position.unit.name,
        position.title,
        "\n".join(one.duties),
        pair.holder(Part.A.value),
        pair.holder(Part.B.value) or words.say(msg("未设B岗")),
        "",
        shown,
        pair.reason,
    )


def hand_over(asker: Asker, sheet: Briefing, words: Words) -> Form:
    """Return one hand-over as both sides signed it: open matters, things and words, and of a return the acts.

    The person served stands there as this reader may see them.
    """
    say = words.say
    lines = matters.lines_of(sheet)
    absence = sheet.absence
    ends = absence.cancelled_at or absence.ends_at
    found = [
        Fact(label=say(msg("岗位")), text=sheet.position.title),
        Fact(label=say(msg("离岗事由")), text=say(str(AbsenceKind(absence.kind).label))),
        Fact(label=say(msg("交接人")), text=sheet.writer.name),
        Fact(label=say(msg("接收人")), text=sheet.reader.name),
        Fact(
            label=say(msg("离岗时间")),
            text=f"{words.moment(absence.starts_at)} – {words.moment(ends)}",
            wide=True,
        ),
        Fact(label=say(msg("文件、印章、钥匙、账号")), text=sheet.things, wide=True, room=1),
        Fact(label=say(msg("交代事项")), text=sheet.notes, wide=True, room=1),
    ]
    if absence.unbriefed:
        told = msg("没有交接就离岗，B岗主动顶岗")
        found.append(Fact(label=say(msg("说明")), text=say(told), wide=True))
    blocks = [facts(found), _open(asker, [one for one in lines if not one.done], words, back=sheet.back)]
    if sheet.back:
        blocks.append(_done([one for one in lines if one.done], words))
    return Form(
        number=f"{sheet.position.code}-{absence.starts_at.astimezone(SHANGHAI):%Y%m%d}",
        office=matters.issuer(sheet.tenant),
        issued_at=sheet.acknowledged_at or sheet.written_at,
        title=say(BACK if sheet.back else OUT),
        blocks=tuple(blocks),
        signatures=(
            words.signed(msg("交接人"), sheet.writer, sheet.written_at),
            words.signed(msg("接收人"), sheet.reader, sheet.acknowledged_at),
        ),
    )


def _open(asker: Asker, lines: Sequence[BriefingLine], words: Words, *, back: bool) -> Block:
    columns = (msg("编号"), msg("事项"), msg("时限"), msg("进度"), msg("联系人"))
    rows = []
    for one in lines:
        person = matters.applicant_of(asker, one.matter)
        due = f"{words.of(labels.DUTIES, one.what)} {words.moment(one.at)}" if one.at else "—"
        progress = "\n".join(part for part in (words.of(labels.STAGES, one.stage), one.progress) if part)
        contact = " ".join(part for part in (person.name, person.phone) if part)
        rows.append((one.matter.number, one.matter.summary, due, progress, contact))
    return Block(
        heading=words.say(msg("遗留的办件") if back else msg("未办结的办件")),
        columns=tuple(words.say(one) for one in columns),
        widths=(4, 5, 4, 5, 3),
        rows=tuple(rows),
        nothing=words.say(msg("没有未办结的办件")),
    )


def _done(lines: Sequence[BriefingLine], words: Words) -> Block:
    return Block(
        heading=words.say(msg("顶岗期间办理的")),
        columns=tuple(words.say(one) for one in (msg("编号"), msg("办理"), msg("时间"))),
        widths=(3, 4, 3),
        rows=tuple(
            (one.matter.number, words.of(event_labels.EVENTS, one.what), words.moment(one.at))
            for one in lines
        ),
        nothing=words.say(msg("其间没有代办的事")),
    )
