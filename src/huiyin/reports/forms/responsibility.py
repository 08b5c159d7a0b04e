"""岗位责任书: what each position answers for, one position or the whole office as a book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from huiyin.documents.forms import Block, Fact, Form, facts
from huiyin.matters import queries as matters
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Record
from huiyin.organisation.terms import Element, Rank
from huiyin.reports.forms.words import Words
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI

BOOK = msg("岗位责任书")
ONE = msg("岗位责任书（%(title)s）")


def of_post(tenant: Tenant, record: Record, words: Words) -> Form:
    """Return one position's sheet in force, with its holder to sign it."""
    position = record.held.position
    version = f"{position.code}/{record.sheet.version}" if record.sheet else position.code
    return Form(
        number=version,
        office=matters.issuer(tenant),
        issued_at=_issued(record) or tenant.created_at,
        title=words.say(ONE) % {"title": position.title},
        blocks=tuple(_post(record, words, heading="")),
        signatures=(
            words.signed(msg("责任人"), None, None),
            words.signed(msg("科室负责人"), None, None),
            words.signed(msg("分管领导"), None, None),
        ),
    )


def book(tenant: Tenant, at: datetime, words: Words) -> Form:
    """Return the whole responsibility book: the office's charge, each unit's, each position's sheet.

    The number of queries does not grow with the office.
    """
    found = organisation.responsibility_book(tenant, at)
    known = [one.made_at for one in found.charges.values()]
    known += [issued for one in found.records if (issued := _issued(one))]
    changed = max(known, default=tenant.created_at)
    blocks: list[Block] = []
    if None in found.charges:
        blocks.append(_charge(words.say(msg("单位总体职能")), found.charges[None].text))
    for unit, records in groupby(found.records, key=lambda one: one.held.position.unit):
        text = found.charges[unit.id].text if unit.id in found.charges else ""
        blocks.append(_charge(unit.name, text, words.say(msg("科室职责"))))
        for one in records:
            blocks += _post(one, words, heading=one.held.position.title)
    return Form(
        number=f"{changed.astimezone(SHANGHAI):%Y%m%d}",
        office=matters.issuer(tenant),
        issued_at=changed,
        title=words.say(BOOK),
        blocks=tuple(blocks) or (Block(heading=words.say(msg("还没有岗位"))),),
        signatures=(words.signed(msg("主要领导"), None, None),),
    )


def _issued(record: Record) -> datetime | None:
    return record.sheet.issued_at if record.sheet else None


def _charge(heading: str, text: str, label: str = "") -> Block:
    return facts([Fact(label=label or heading, text=text, wide=True)], heading)


def _post(record: Record, words: Words, *, heading: str) -> Iterator[Block]:
    say, held = words.say, record.held
    position = held.position
    sheet = record.sheet
    version = ""
    if sheet:
        version = say(msg("第%(n)s版，%(since)s起")) % {"n": sheet.version, "since": words.day(sheet.since)}
    found = [
        Fact(label=say(msg("岗位")), text=f"{position.title} {position.code}"),
        Fact(label=say(msg("层级")), text=say(str(Rank(position.rank).label))),
        Fact(label=say(msg("科室")), text=position.unit.name),
        Fact(label=say(msg("电话与地点")), text=f"{position.phone} {position.place}".strip()),
        Fact(label=say(msg("责任人（A岗）")), text=held.a.name if held.a else ""),
        Fact(label=say(msg("B岗")), text=held.b.name if held.b else ""),
        Fact(label=say(msg("版本")), text=version),
        Fact(label=say(msg("是否涉密岗")), text=words.yes_no(position.secret)),
        *_elements(record, words),
    ]
    yield facts(found, heading)
    scored = [one for one in record.lines if one.measure] + list(record.targets)
    if scored:
        yield Block(
            columns=(say(msg("可考核的任务和年度目标")), say(msg("考核标准"))),
            widths=(3, 2),
            rows=tuple(
                (getattr(one, "text", "") or getattr(one, "title", ""), one.measure) for one in scored
            ),
        )


def _elements(record: Record, words: Words) -> Iterable[Fact]:
    """The lines of the sheet by element; the plain duties of a position without one."""
    by_element: dict[str, list[str]] = {}
    for one in record.lines:
        by_element.setdefault(one.element, []).append(one.text)
    if not by_element:
        yield Fact(label=words.say(msg("职责")), text="\n".join(record.duties), wide=True, room=2)
    for element in Element:
        if element.value in by_element:
            yield Fact(
                label=words.say(str(element.label)), text="\n".join(by_element[element.value]), wide=True
            )
