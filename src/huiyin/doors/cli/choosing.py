"""Which office a command works in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from huiyin.doors.cli.speaking import listed
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, NotFound, msg

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

with_office = click.option("--office", "slug", default="", help=msg("单位简码；只有一个单位时不必写"))


def the_office(slug: str) -> Tenant:
    """Return the office of that slug, or the only one when none is named.

    Raises `HuiyinError` with the slugs to choose from.
    """
    if slug:
        try:
            return organisation.tenant_by_slug(slug)
        except NotFound as error:
            raise HuiyinError(
                msg("没有简码为 %(slug)s 的单位"),
                code="no_such_office",
                params={"slug": slug, "slugs": _slugs()},
                remedy=msg("现有单位：%(slugs)s。"),
            ) from error
    offices = list(organisation.tenants()[:2])
    if len(offices) == 1:
        return offices[0]
    if not offices:
        raise HuiyinError(
            msg("还没有任何单位"),
            code="no_office",
            remedy=msg("请先运行 huiyin init --rulebook 制度 --name 单位名称。"),
        )
    raise HuiyinError(
        msg("这里有多个单位，须指明一个"),
        code="which_office",
        params={"slugs": _slugs()},
        remedy=msg("请加上 --office，现有单位：%(slugs)s。"),
    )


def _slugs() -> str:
    return listed(one.slug for one in organisation.tenants()) or "-"
