"""首问责任登记表, and 代收材料转交单 for the papers that were taken in for a colleague."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.documents.forms import Block, Fact, Form, facts
from huiyin.matters import labels
from huiyin.matters import queries as matters
from huiyin.matters.models import Deposit, Guidance, Matter
from huiyin.matters.queries import Applicant
from huiyin.obligations import queries as obligations
from huiyin.organisation.queries import Asker
from huiyin.reports.contact_ways import ways
from huiyin.reports.forms.words import Words
from huiyin.rules.errors import msg
from huiyin.rules.events import Route

REGISTER = msg("首问责任登记表")
SLIP = msg("代收材料转交单")


def register(asker: Asker, matter: Matter, words: Words) -> Form:
    """Return who came, what for, who was asked first, where they were led and what came of it.

    How many people came is on no record: the line stays free. What was said to the person is for
    whoever deals with them, as on the page.
    """
    say = words.say
    applicant = matters.applicant_of(asker, matter)
    guidance = matters.guidance_of(matter)
    deposits = matters.deposits_of(matter)
    handled = words.names(say(one) for one in ways(matter, guidance, deposits, matters.handovers_of(matter)))
    result = words.of(labels.OUTCOMES, matter.outcome) or words.of(labels.STAGES, matter.stage)
    duties = obligations.of_subject(matter.id)
    found = (
        Fact(label=say(msg("登记时间")), text=words.moment(matter.received_at)),
        Fact(label=say(msg("方式")), text=words.of(labels.CHANNELS, matter.channel)),
        Fact(label=say(msg("服务对象")), text=applicant.name),
        Fact(label=say(msg("联系电话")), text=applicant.phone),
        Fact(label=say(msg("人数"))),
        Fact(label=say(msg("首问责任人")), text=matter.first_responder.name),
        Fact(label=say(msg("事由")), text=_both(applicant.summary, applicant.details), wide=True, room=1),
        Fact(label=say(msg("归属判断")), text=_belongs(guidance, words), wide=True),
        Fact(label=say(msg("处理方式")), text=handled),
        Fact(label=say(msg("承办")), text=f"{matter.unit.name} {matter.custodian.name}"),
        Fact(label=say(msg("引导到")), text=_led_to(guidance, applicant), wide=True),
        Fact(label=say(msg("代收材料")), text=_kept(deposits, words), wide=True),
        Fact(label=say(msg("请示领导及批示")), text=_asked(guidance, applicant, words), wide=True, room=1),
        Fact(label=say(msg("办理时限")), text=words.due(duties), wide=True),
        Fact(label=say(msg("办理结果")), text=_both(result, applicant.reply), wide=True, room=1),
        Fact(label=say(msg("答复时间")), text=words.moment(matter.decided_at)),
        Fact(label=say(msg("归结时间")), text=words.moment(matter.closed_at)),
        Fact(label=say(msg("备注")), wide=True, room=1),
    )
    return Form(
        number=matter.number,
        office=matters.issuer(matter.tenant),
        issued_at=matter.received_at,
        title=say(REGISTER),
        blocks=(facts(found),),
        signatures=(
            words.signed(msg("首问责任人"), None, None),
            words.signed(msg("承办人"), None, None),
        ),
    )


def slip(asker: Asker, matter: Matter, deposit: Deposit, words: Words) -> Form:
    """Return the papers of one deposit, signed by who took them in and by who took them on.

    Whether a paper is the original is not asked when it is taken in: its column stays free.
    """
    say = words.say
    applicant = matters.applicant_of(asker, matter)
    contact = "" if applicant.masked else deposit.contact
    found = (
        Fact(label=say(msg("办件编号")), text=matter.number),
        Fact(label=say(msg("代收时间")), text=words.moment(deposit.kept_at)),
        Fact(label=say(msg("服务对象")), text=applicant.name),
        Fact(label=say(msg("联系方式")), text=contact or applicant.phone),
        Fact(label=say(msg("事由")), text=applicant.summary, wide=True),
        Fact(label=say(msg("代收人")), text=deposit.kept_by.name),
        Fact(label=say(msg("接收人")), text=deposit.to.name),
    )
    columns = (msg("序号"), msg("材料名称"), msg("份数"), msg("页数"), msg("原件或复印件"), msg("备注"))
    rows = tuple(
        (str(place), str(one["name"]), str(one["copies"]), str(one.get("pages") or "—"), "", "")
        for place, one in enumerate(deposit.papers, start=1)
    )
    return Form(
        number=matter.number,
        office=matters.issuer(matter.tenant),
        issued_at=deposit.taken_at or deposit.kept_at,
        title=say(SLIP),
        blocks=(
            facts(found),
            Block(columns=tuple(say(one) for one in columns), widths=(1, 6, 1, 1, 2, 2), rows=rows),
        ),
        signatures=(
            words.signed(msg("转交人"), deposit.kept_by, deposit.kept_at),
            words.signed(msg("接收人"), deposit.taken_by, deposit.taken_at),
        ),
    )


def _both(one: str, other: str) -> str:
    return "\n".join(part for part in (one, other) if part)


def _belongs(guidance: Sequence[Guidance], words: Words) -> str:
    return "\n".join(
        f"{words.of(labels.ROUTES, one.route)} ({one.chosen_by.name} {words.moment(one.chosen_at)})"
        for one in guidance
    )


def _led_to(guidance: Sequence[Guidance], applicant: Applicant) -> str:
    """Whom and where somebody was shown; where and by phone only to who deals with them."""
    lines = []
    for one in guidance:
        known = () if applicant.masked else (one.department, one.place, one.phone)
        person = one.to.name if one.to and one.route != Route.UNCLEAR else ""
        lines.append(" ".join(part for part in (person, *known) if part))
        lines += [] if applicant.masked or one.route == Route.UNCLEAR else [one.words, one.advice]
    return "\n".join(line for line in lines if line)


def _kept(deposits: Sequence[Deposit], words: Words) -> str:
    one_of = words.say(msg("%(name)s%(copies)s份"))
    return "\n".join(
        f"{deposit.kept_by.name} → {deposit.to.name}: "
        + words.say(msg("、")).join(
            one_of % {"name": paper["name"], "copies": paper["copies"]} for paper in deposit.papers
        )
        for deposit in deposits
    )


def _asked(guidance: Sequence[Guidance], applicant: Applicant, words: Words) -> str:
    lines = []
    for one in guidance:
        if one.route != Route.UNCLEAR:
            continue
        asked, answer = ("", "") if applicant.masked else (one.words, one.answer)
        lines.append(" ".join(part for part in (one.to.name if one.to else "", asked) if part))
        lines.append(" ".join(part for part in (answer, words.moment(one.answered_at)) if part))
    return "\n".join(line for line in lines if line)
