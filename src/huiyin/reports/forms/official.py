"""收文处理单 and 发文稿纸: an official document with everything that was written on it on its way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiyin.documents.forms import Fact, Form, facts
from huiyin.matters import labels
from huiyin.matters import queries as matters
from huiyin.matters.document_labels import GENRES, ROUTING_ENDINGS, SECRECY
from huiyin.matters.models import Matter, OfficialDocument, Routing
from huiyin.obligations import queries as obligations
from huiyin.organisation.queries import Asker
from huiyin.reports.forms.words import Words
from huiyin.rules.errors import NotFound, msg

INCOMING = msg("收文处理单")
OUTGOING = msg("发文稿纸")
_PASSED_OVER = "passed_over"


def incoming(asker: Asker, matter: Matter, words: Words) -> Form:
    """Return an incoming document's sheet: register, proposal, instructions, readers, handler and result."""
    say = words.say
    document, routings = _read(matter)
    shown = matters.applicant_of(asker, matter)
    explained = "\n".join(
        f"{one.explained_by.name} {words.moment(one.explained_at)} {one.reason}"
        for one in matters.explanations_of(matter)
    )
    found = (
        Fact(label=say(msg("收文号")), text=document.register_number),
        Fact(label=say(msg("收文日期")), text=words.day(document.received_on or matter.received_at)),
        Fact(label=say(msg("来文单位")), text=document.party),
        Fact(label=say(msg("来文字号")), text=document.their_number),
        *_marks(document, matter, words),
        Fact(label=say(msg("标题")), text=shown.summary, wide=True),
        Fact(label=say(msg("办理时限")), text=words.due(obligations.of_subject(matter.id)), wide=True),
        Fact(label=say(msg("拟办意见")), text=_written(routings, words, "proposal"), wide=True, room=2),
        Fact(
            label=say(msg("领导批示")),
            text=_written(routings, words, "main_leader", "leader"),
            wide=True,
            room=3,
        ),
        Fact(label=say(msg("传阅")), text=_written(routings, words, "reader"), wide=True, room=1),
        Fact(label=say(msg("承办签收")), text=_written(routings, words, "handler"), wide=True, room=1),
        Fact(label=say(msg("逾期说明")), text=explained, wide=True),
        Fact(label=say(msg("办理结果")), text=shown.reply, wide=True, room=2),
        Fact(label=say(msg("办结时间")), text=words.moment(matter.decided_at)),
        Fact(label=say(msg("归档号")), text=document.archive_number),
    )
    return _form(matter, document, INCOMING, found, words)


def outgoing(asker: Asker, matter: Matter, words: Words) -> Form:
    """Return an outgoing document's draft sheet: register, who drafted, checked and signed, and the text.

    How many copies are printed and what is enclosed are on no record: these lines stay free.
    """
    say = words.say
    document, routings = _read(matter)
    shown = matters.applicant_of(asker, matter)
    drafter = document.drafted_by or matter.custodian
    sent = " ".join((words.moment(matter.decided_at), words.of(labels.DELIVERIES, document.dispatched_how)))
    found = (
        Fact(label=say(msg("发文字号")), text=document.register_number),
        Fact(label=say(msg("文种")), text=words.of(GENRES, document.genre)),
        *_marks(document, matter, words),
        Fact(label=say(msg("签发")), text=_written(routings, words, "signer"), wide=True, room=2),
        Fact(label=say(msg("核稿")), text=_written(routings, words, "checker"), wide=True, room=1),
        Fact(label=say(msg("会签")), text=_written(routings, words, "countersigner"), wide=True, room=1),
        Fact(label=say(msg("拟稿单位")), text=matter.unit.name),
        Fact(label=say(msg("拟稿人")), text=drafter.name),
        Fact(label=say(msg("标题")), text=shown.summary, wide=True),
        Fact(label=say(msg("主送")), text=document.party, wide=True),
        Fact(label=say(msg("抄送")), text=document.copies_to, wide=True),
        Fact(label=say(msg("附件")), wide=True),
        Fact(label=say(msg("办理时限")), text=words.due(obligations.of_subject(matter.id)), wide=True),
        Fact(label=say(msg("印发")), text=sent.strip()),
        Fact(label=say(msg("印发份数"))),
        Fact(label=say(msg("归档号")), text=document.archive_number, wide=True),
        Fact(label=say(msg("正文")), text=_latest(matter), wide=True, room=3),
    )
    return _form(matter, document, OUTGOING, found, words)


def _read(matter: Matter) -> tuple[OfficialDocument, list[Routing]]:
    document = matters.of_matter(matter)
    if document is None:
        raise NotFound
    return document, [one for one in matters.routings_of(matter) if one.ending != _PASSED_OVER]


def _latest(matter: Matter) -> str:
    """The text as it was put forward last; "" while none was."""
    return next((one.text for one in matters.drafts_of(matter)), "")


def _marks(document: OfficialDocument, matter: Matter, words: Words) -> Iterable[Fact]:
    say = words.say
    yield Fact(label=say(msg("密级")), text=words.of(SECRECY, document.secrecy))
    yield Fact(label=say(msg("紧急程度")), text=words.of(labels.URGENCIES, matter.urgency))
    yield Fact(label=say(msg("页数")), text=str(document.pages or ""))
    yield Fact(label=say(msg("登记编号")), text=matter.number)


def _written(routings: Sequence[Routing], words: Words, *roles: str) -> str:
    """What was written in these roles, each with who, how it ended and when; waiting ones by their name."""
    lines = []
    for one in routings:
        if one.role not in roles:
            continue
        ending = words.of(ROUTING_ENDINGS, one.ending) if one.done_at else words.say(msg("未办"))
        hand = one.person.name
        if one.done_for:
            hand = words.say(msg("%(name)s代%(principal)s")) % {"name": one.done_for.name, "principal": hand}
        parts = (one.opinion, f"{hand} {ending}", words.moment(one.done_at))
        lines.append("  ".join(part for part in parts if part))
    return "\n".join(lines)


def _form(
    matter: Matter, document: OfficialDocument, title: str, found: Iterable[Fact], words: Words
) -> Form:
    return Form(
        number=document.register_number or matter.number,
        office=matters.issuer(matter.tenant),
        issued_at=matter.received_at,
        title=words.say(title),
        blocks=(facts(found),),
    )
