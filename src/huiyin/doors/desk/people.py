"""Whom a form means: the colleague chosen from the list, or the one whose name or number was typed."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from huiyin.doors.desk.receipts import uuid_or_not_found
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Invalid, msg


def chosen(asker: Asker, typed: Mapping[str, str], name: str) -> UUID:
    """Return the colleague's id; without scripts, or when typing was faster than the list, the text decides.

    Raises:
        Invalid: nobody, or more than one, goes by what was typed.
        NotFound: the id is not one of this office's.
    """
    if typed[name]:
        return uuid_or_not_found(typed[name])
    text = " ".join(typed.get(f"{name}_text", "").split())
    found = organisation.colleagues(asker, text) if text else []
    meant = [one for one in found if text in {one.name, one.staff_no}] or found
    if len(meant) != 1:
        raise Invalid({name: msg("请从列表中选择一位同事")})
    return meant[0].id
