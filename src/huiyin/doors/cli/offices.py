"""`huiyin init` and `huiyin office`: offices of this installation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import click

from huiyin.doors.cli import preparing, standing
from huiyin.doors.cli.choosing import the_office, with_office
from huiyin.doors.cli.group import Spoken, SpokenGroup, with_json
from huiyin.doors.cli.output import answer
from huiyin.doors.cli.speaking import gettext, listed
from huiyin.organisation import actions
from huiyin.organisation import queries as organisation
from huiyin.rules import rulebook as rulebooks
from huiyin.rules.errors import HuiyinError, Invalid, msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage import home
from huiyin.storage.safety import refuse_unsafe
from huiyin.storage.transactions import write

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

FIRST_SIGN_IN: Final = timedelta(hours=24)
STAFF_NO: Final = "admin"
_LONGEST_SLUG: Final = 32
_LETTERS: Final = 26


@click.command(cls=Spoken, help=msg("建立一个空的单位和它的第一位系统管理员"))
@click.option("--rulebook", required=True, help=msg("适用的制度，例如 township"))
@click.option("--name", required=True, help=msg("单位名称"))
@click.option("--name-en", default="", help=msg("单位的英文名称"))
@click.option(
    "--slug", default="", help=msg("单位简码，用于登录名；默认由名称中的英文字母得出，否则为 office-1 等")
)
@click.option("--prefix", default="", help=msg("回执编号前缀，2至4个大写字母"))
@click.option("--address", default="", help=msg("单位地址"))
@click.option("--phone", default="", help=msg("单位电话"))
@click.option("--complaint-phone", default="", help=msg("监督投诉电话"))
@click.option("--review-body", default="", help=msg("行政复议机关，印在不予办理决定书上"))
@click.option("--another", is_flag=True, help=msg("已有同名单位时仍另建一个"))
@click.option("--administrator", default=lambda: gettext("系统管理员"), help=msg("第一位系统管理员的姓名"))
@with_json
def init(
    *,
    rulebook: str,
    name: str,
    slug: str,
    prefix: str,
    another: bool,
    administrator: str,
    as_json: bool,
    **place: str,
) -> None:
    """Make the office; its administrator's one-time password is printed this once."""
    book = chosen(rulebook)
    at = datetime.now(UTC)
    with preparing.alone(home.home()):
        refuse_unsafe()
        preparing.migrate()
        if not (slug or another):
            _refuse_again(name)
        taken = {one.slug: one.receipt_prefix for one in organisation.tenants()}
        wanted = slug or slug_from(name, set(taken))
        with write():
            tenant = _open(
                slug=wanted,
                name=name,
                rulebook=book.slug,
                prefix=prefix or prefix_from(wanted, set(taken.values())),
                at=at,
                **place,
            )
            account, password = actions.first_administrator(
                tenant, staff_no=STAFF_NO, name=administrator, at=at, valid_for=FIRST_SIGN_IN
            )
            # An office without people has nobody else who could look at its matters.
            [person] = organisation.people_with_role(tenant.id, "administrator")
            actions.grant_role(person, "efficiency_office", by=actions.OPERATOR, at=at)
        standing.forget(home.home())
    until = at + FIRST_SIGN_IN
    found: dict[str, object] = {
        "office": described(tenant),
        "administrator": {
            "name": administrator,
            "staff_no": STAFF_NO,
            "login": account.login,
            "password": password,
            "password_valid_until": until.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "roles": ["administrator", "efficiency_office"],
        },
    }
    answer(found, _lines(tenant, account.login, password, until), as_json=as_json)


@click.group(cls=SpokenGroup, help=msg("查看和改动本系统中的单位"))
def office() -> None:
    """Group of commands about offices."""


@office.command("list", cls=Spoken, help=msg("列出所有单位"))
@with_json
def list_(*, as_json: bool) -> None:
    """List every office with its rulebook."""
    found = [described(one) for one in organisation.tenants()]
    lines = [
        f"{one['slug']:<20} {one['receipt_prefix']:<5} {one['rulebook']:<12} {one['name']}" for one in found
    ]
    answer({"offices": found}, lines or [gettext("还没有任何单位。")], as_json=as_json)


@office.command(cls=Spoken, help=msg("改动单位的名称、地址和电话；没有写的不变"))
@click.option("--name", help=msg("单位名称"))
@click.option("--name-en", help=msg("单位的英文名称"))
@click.option("--address", help=msg("单位地址"))
@click.option("--phone", help=msg("单位电话"))
@click.option("--complaint-phone", help=msg("监督投诉电话"))
@click.option("--review-body", help=msg("行政复议机关，印在不予办理决定书上"))
@with_office
@with_json
def edit(*, slug: str, as_json: bool, **typed: str | None) -> None:
    """Change what is said of an office; what is not given stays, and "" empties a field."""
    if all(value is None for value in typed.values()):
        raise click.UsageError(gettext("请至少写出一项要改的内容，例如 --phone"), click.get_current_context())
    tenant = actions.describe_office(the_office(slug), by=actions.OPERATOR, at=datetime.now(UTC), **typed)
    found = described(tenant) | {name: getattr(tenant, name) for name in typed}
    lines = [gettext("已更新单位“%(name)s”；已经出具的文书不变。") % {"name": tenant.name}]
    answer({"office": found}, lines, as_json=as_json)


def chosen(slug: str) -> rulebooks.Rulebook:
    """Return the rulebook of that name; raises `HuiyinError` with those there are."""
    if slug not in rulebooks.available():
        raise HuiyinError(
            msg("没有名为 %(slug)s 的制度"),
            code="no_such_rulebook",
            params={"slug": slug, "known": listed(rulebooks.available())},
            remedy=msg("可用的制度：%(known)s。"),
        )
    return rulebooks.load(slug)


def slug_from(name: str, taken: set[str]) -> str:
    """Derive a slug from a name's Latin letters, else the next free of `office-1`, `office-2` and so on."""
    letters = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:_LONGEST_SLUG].strip("-")
    if re.fullmatch(r"[a-z][a-z0-9-]+", letters):
        return letters
    number = 1
    while f"office-{number}" in taken:
        number += 1
    return f"office-{number}"


def prefix_from(slug: str, taken: set[str]) -> str:
    """Derive a prefix that no other office here uses: from the slug's letters, else HYA, HYB and so on."""
    letters = "" if re.fullmatch(r"office-\d+", slug) else re.sub(r"[^A-Z]", "", slug.upper())
    for length in (2, 3, 4):
        if len(letters) >= length and letters[:length] not in taken:
            return letters[:length]
    free = ("HY" + _in_letters(number) for number in range(_LETTERS * _LETTERS))
    return next((prefix for prefix in free if prefix not in taken), "HY")


def described(tenant: Tenant) -> dict[str, object]:
    """Return an office as programs read it."""
    return {
        "slug": tenant.slug,
        "name": tenant.name,
        "rulebook": tenant.rulebook,
        "receipt_prefix": tenant.receipt_prefix,
    }


def _refuse_again(name: str) -> None:
    """Raise `HuiyinError` where there is an office of this name: the command was probably repeated."""
    for one in organisation.tenants():
        if one.name == " ".join(name.split()):
            raise HuiyinError(
                msg("已经有单位“%(name)s”（简码 %(slug)s），没有再建"),
                code="office_exists",
                params={"name": one.name, "slug": one.slug},
                remedy=msg("可以直接导入人员和事项；确要另建一个同名的单位，请加 --another。"),
            )


def _open(*, slug: str, name: str, rulebook: str, prefix: str, at: datetime, **place: str) -> Tenant:
    try:
        return actions.open_office(
            slug=slug, name=name, rulebook=rulebook, receipt_prefix=prefix, at=at, **place
        )
    except Invalid as error:
        if error.code != "slug_taken":
            raise
        raise HuiyinError(
            msg("已经有简码为 %(slug)s 的单位"),
            code="slug_taken",
            params={"slug": slug},
            remedy=msg("请用 --slug 另取一个简码；要看现有单位，请运行 huiyin office list。"),
        ) from error


def _in_letters(number: int) -> str:
    high, low = divmod(number, _LETTERS)
    return (chr(ord("A") + high - 1) if high else "") + chr(ord("A") + low)


def _lines(tenant: Tenant, login: str, password: str, until: datetime) -> Iterator[str]:
    yield gettext("已建立单位“%(name)s”（简码 %(slug)s，回执编号前缀 %(prefix)s）。") % {
        "name": tenant.name,
        "slug": tenant.slug,
        "prefix": tenant.receipt_prefix,
    }
    yield gettext("系统管理员的登录名：%(login)s") % {"login": login}
    yield gettext("一次性口令（只显示这一次，%(until)s 前有效，首次登录须更换）：%(password)s") % {
        "until": until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "password": password,
    }
    yield gettext("该账号同时有效能办角色，因此可以查看全部办件；人员到位后可以收回。")
    yield ""
    yield gettext("接下来：")
    yield gettext("  huiyin import template people 人员.xlsx    填好后 huiyin import people 人员.xlsx")
    yield gettext("  huiyin import template catalogue 事项.xlsx 填好后 huiyin import catalogue 事项.xlsx")
    yield gettext("  huiyin run                                 启动服务")
