"""`huiyin verify`: whether the ledger can be believed, and the matters with it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from uuid import UUID

import click

from huiyin.doors.cli.choosing import the_office
from huiyin.doors.cli.group import FAILED, Spoken, with_json
from huiyin.doors.cli.output import answer, progress
from huiyin.doors.cli.speaking import gettext
from huiyin.ledger import queries as ledger
from huiyin.matters import queries as matters
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, msg

_SHOWN = 50


@click.command(cls=Spoken, help=msg("核验账本：事件链是否完整、办件与事件是否一致；有问题时退出码为1"))
@click.option("--office", "slug", default="", help=msg("只核验这个单位（单位简码）"))
@click.option("--matter", "number", default="", help=msg("只核验这一件（回执编号）"))
@with_json
def verify(*, slug: str, number: str, as_json: bool) -> None:
    """Check every chain, then every matter against its chain; name what is wrong where."""
    tenant_id = the_office(slug).id if slug else None
    subject_id = None
    if number:
        tenant_id, subject_id = _of_number(tenant_id, number)
    with progress(gettext("核验事件"), ledger.count_events(tenant_id, subject_id), quiet=as_json) as advance:
        chains = ledger.verify(tenant_id, subject_id, progress=_steps(advance))
    with progress(gettext("核对办件"), matters.count_matters(tenant_id), quiet=as_json) as advance:
        rows = matters.verify(tenant_id, subject_id, progress=advance)
    faults = list(_named([*chains.faults, *rows.faults]))
    found: dict[str, object] = {
        "ok": not faults,
        "events": chains.events,
        "subjects": chains.subjects,
        "matters": rows.matters,
        "faults": faults,
    }
    answer(found, _lines(found, faults), as_json=as_json)
    if faults:
        sys.exit(FAILED)


def _of_number(tenant_id: UUID | None, number: str) -> tuple[UUID, UUID]:
    found = matters.ids_of_number(tenant_id, number)
    if len(found) == 1:
        return found[0]
    if found:
        raise HuiyinError(
            msg("几个单位都有编号 %(number)s"),
            code="which_office",
            params={"number": number},
            remedy=msg("请加上 --office 指明单位。"),
        )
    raise HuiyinError(
        msg("没有编号为 %(number)s 的办件"),
        code="not_found",
        params={"number": number},
        remedy=msg("请核对回执编号。"),
    )


def _steps(advance: Callable[[int], None]) -> Callable[[int], None]:
    """The ledger tells how many it has read in all; a bar wants to know how many more."""
    seen = 0

    def told(events: int) -> None:
        nonlocal seen
        advance(events - seen)
        seen = events

    return told


def _named(faults: list[ledger.Fault]) -> Iterator[dict[str, object]]:
    """Faults with the slug and the number people know instead of ids."""
    slugs = {one.id.hex: one.slug for one in organisation.tenants()}
    numbers = matters.numbers_of(
        {UUID(fault.subject) for fault in faults if len(fault.subject) == len(UUID(int=0).hex)}
    )
    for fault in faults:
        yield {
            "tenant": slugs.get(fault.tenant, fault.tenant),
            "matter": numbers.get(fault.subject, ""),
            "subject": fault.subject,
            "event": fault.seq,
            "check": fault.check,
            "detail": fault.detail,
        }


def _lines(found: dict[str, object], faults: list[dict[str, object]]) -> Iterator[str]:
    counted = gettext("已核验 %(events)s 个事件、%(subjects)s 条事件链、%(matters)s 件办件。") % found
    yield counted
    if not faults:
        yield gettext("没有发现问题。")
        return
    yield gettext("发现 %(count)s 处问题：") % {"count": len(faults)}
    for fault in faults[:_SHOWN]:
        yield gettext("  单位 %(tenant)s，办件 %(matter)s，第%(event)s个事件，检查 %(check)s：%(detail)s") % {
            **fault,
            "tenant": fault["tenant"] or "-",
            "matter": fault["matter"] or fault["subject"] or "-",
        }
    if len(faults) > _SHOWN:
        yield gettext("另有%(count)s处，加 --json 可以看到全部。") % {"count": len(faults) - _SHOWN}
    yield gettext("账本被改动或损坏。请停止写入，保留现场，并与备份核对。")
