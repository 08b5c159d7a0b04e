"""`huiyin account`: letting people sign in, for an office that was just filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from huiyin.doors.cli.choosing import the_office, with_office
from huiyin.doors.cli.group import Spoken, SpokenGroup, with_json
from huiyin.doors.cli.output import answer, progress
from huiyin.doors.cli.speaking import gettext, listed
from huiyin.organisation import actions
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Person, Tenant

_LONGEST = 30


@click.group(cls=SpokenGroup, help=msg("为人员开通登录账号"))
def account() -> None:
    """Group of commands about accounts."""


@account.command("open", cls=Spoken, help=msg("开通账号；一次性口令只显示这一次，首次登录须更换"))
@click.argument("staff_no", nargs=-1)
@click.option("--all", "everybody", is_flag=True, help=msg("为还没有账号的全部在职人员开通"))
@click.option("--days", type=click.IntRange(1, _LONGEST), default=1, help=msg("口令有效天数，默认1"))
@with_office
@with_json
def open_(*, staff_no: tuple[str, ...], everybody: bool, days: int, slug: str, as_json: bool) -> None:
    """Open accounts with one-time passwords, for all who are named or for none of them."""
    if bool(staff_no) == everybody:
        raise click.UsageError(gettext("请写出工号，或用 --all"), click.get_current_context())
    tenant = the_office(slug)
    people = list(organisation.without_account(tenant.id)) if everybody else _named(tenant, staff_no)
    at = datetime.now(UTC)
    valid = timedelta(days=days)
    with progress(gettext("开通账号"), len(people), quiet=as_json) as advance:
        made = actions.create_accounts(people, by=actions.OPERATOR, at=at, valid_for=valid, progress=advance)
    opened = [
        {"staff_no": person.staff_no, "name": person.name, "login": account.login, "password": clear}
        for person, (account, clear) in zip(people, made, strict=True)
    ]
    until = (at + valid).astimezone(SHANGHAI)
    found = {
        "office": tenant.slug,
        "password_valid_until": until.isoformat(timespec="seconds"),
        "accounts": opened,
    }
    answer(found, _lines(opened, until), as_json=as_json)


def _named(tenant: Tenant, numbers: Iterable[str]) -> list[Person]:
    """Return these people; raises `HuiyinError` that names every number nobody here has."""
    found = {number: organisation.staff_member(tenant.id, number) for number in dict.fromkeys(numbers)}
    unknown = [number for number, person in found.items() if person is None]
    if unknown:
        raise HuiyinError(
            msg("%(office)s没有工号为 %(staff_no)s 的在职人员"),
            code="no_such_person",
            params={"office": tenant.name, "staff_no": listed(unknown)},
            remedy=msg("请核对工号。"),
        )
    return [person for person in found.values() if person is not None]


def _lines(opened: list[dict[str, str]], until: datetime) -> Iterator[str]:
    if not opened:
        yield gettext("在职人员都已有账号。")
        return
    yield gettext("一次性口令（只显示这一次，%(until)s 前有效，首次登录须更换）：") % {
        "until": until.strftime("%Y-%m-%d %H:%M")
    }
    for one in opened:
        yield f"  {one['login']:<24} {one['password']}  {one['name']}"
