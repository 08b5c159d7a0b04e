"""`huiyin index`: what people are found by, worked out again."""

from __future__ import annotations

from time import monotonic
from typing import Any

import click

from huiyin.catalogue import actions as catalogue
from huiyin.doors.cli.choosing import the_office, with_office
from huiyin.doors.cli.group import Spoken, with_json
from huiyin.doors.cli.output import answer, progress
from huiyin.doors.cli.speaking import gettext
from huiyin.matters import actions as matters
from huiyin.matters import queries
from huiyin.organisation import actions as organisation
from huiyin.rules.errors import msg


@click.command(cls=Spoken, help=msg("重建“这事归谁”的查找索引：姓名、岗位、事项的拼音和以往办件的事由"))
@with_office
@with_json
def index(*, slug: str, as_json: bool) -> None:
    """Work out anew what the office's items, positions, people and matters are found by."""
    tenant, begun = the_office(slug), monotonic()
    with progress(gettext("重建索引"), queries.count_matters(tenant.id), quiet=as_json) as advance:
        named = organisation.rename_all(tenant)
        items = catalogue.name_all_items(tenant)
        texts = matters.keep_all_texts(tenant, advance)
    found: dict[str, Any] = {
        "office": tenant.slug,
        "people_and_positions": named,
        "items": items,
        "matters": texts,
        "seconds": round(monotonic() - begun, 1),
    }
    said = gettext(
        "人员和岗位%(people_and_positions)s个、事项%(items)s个、办件%(matters)s件，用时%(seconds)s秒。"
    )
    answer(found, [said % found], as_json=as_json)
