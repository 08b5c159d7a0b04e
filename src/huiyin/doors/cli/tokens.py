"""`huiyin token`: keys for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import click

from huiyin.doors.cli.choosing import the_office, with_office
from huiyin.doors.cli.group import Spoken, SpokenGroup, with_json
from huiyin.doors.cli.output import answer
from huiyin.doors.cli.speaking import gettext, listed
from huiyin.doors.rights import RIGHTS
from huiyin.organisation import actions
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.workdays import SHANGHAI

_LONGEST = 366


@click.group(cls=SpokenGroup, help=msg("签发和停用接口令牌"))
def token() -> None:
    """Group of commands about tokens."""


@token.command(cls=Spoken, help=msg("签发一个令牌；令牌只显示这一次"))
@click.option("--person", "staff_no", required=True, help=msg("令牌代表谁办事（工号）"))
@click.option("--name", required=True, help=msg("给哪个系统用"))
@click.option("--rights", required=True, help=msg("权限，用逗号分开"))
@click.option("--days", type=click.IntRange(1, _LONGEST), default=365, help=msg("有效天数，默认365"))
@with_office
@with_json
def issue(*, staff_no: str, name: str, rights: str, days: int, slug: str, as_json: bool) -> None:
    """Make a token that acts as a person with the named rights."""
    wanted = _known([right.strip() for right in rights.split(",") if right.strip()])
    tenant = the_office(slug)
    at = datetime.now(UTC)
    person = organisation.staff_member(tenant.id, staff_no)
    if person is None:
        raise HuiyinError(
            msg("%(office)s没有工号为 %(staff_no)s 的在职人员"),
            code="no_such_person",
            params={"office": tenant.name, "staff_no": staff_no},
            remedy=msg("请核对工号。"),
        )
    made, clear = actions.issue_token(
        person, name=name, rights=wanted, expires_at=at + timedelta(days=days), by=actions.OPERATOR, at=at
    )
    until = made.expires_at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    found = {
        "id": str(made.id),
        "token": clear,
        "name": made.name,
        "person": staff_no,
        "rights": made.rights,
        "expires_at": until,
        "office": tenant.slug,
    }
    lines = [
        gettext("令牌（只显示这一次）：%(token)s") % {"token": clear},
        gettext("编号 %(id)s，有效至 %(until)s；停用：huiyin token revoke %(id)s")
        % {"id": made.id, "until": until},
    ]
    answer(found, lines, as_json=as_json)


@token.command(cls=Spoken, help=msg("立即停用一个令牌"))
@click.argument("token_id", type=click.UUID)
@with_office
@with_json
def revoke(*, token_id: UUID, slug: str, as_json: bool) -> None:
    """Stop a token at once."""
    tenant = the_office(slug)
    at = datetime.now(UTC)
    made = actions.revoke_token(organisation.integration_of(tenant.id, token_id), by=actions.OPERATOR, at=at)
    found = {
        "id": str(made.id),
        "name": made.name,
        "revoked_at": at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
    }
    answer(found, [gettext("已停用“%(name)s”的令牌。") % {"name": made.name}], as_json=as_json)


def _known(wanted: Iterable[str]) -> list[str]:
    names = list(wanted)
    unknown = [name for name in names if name not in RIGHTS]
    if unknown:
        raise HuiyinError(
            msg("没有这些权限：%(unknown)s"),
            code="no_such_right",
            params={"unknown": listed(unknown), "known": listed(RIGHTS)},
            remedy=msg("可用的权限：%(known)s。"),
        )
    return names
