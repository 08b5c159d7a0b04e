"""The form by which what waits for somebody who has gone is put before another colleague."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.receipts import uuid_or_not_found
from huiyin.doors.desk.step import Step, Typed, person
from huiyin.doors.forms import Field
from huiyin.matters import actions
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, Receipt
from huiyin.rules.errors import msg

if TYPE_CHECKING:
    from huiyin.matters.models import Matter

READDRESS: Final = "readdress"


def asked(fields: Iterable[Field], verb: str, matter: Matter, at: datetime) -> list[Field]:
    """Return the fields as they are asked: whose it is, only where the matter waits for several in vain."""
    if verb != READDRESS:
        return list(fields)
    lost = {str(one.id): f"{one.name} {one.staff_no}" for one in matters.waits_for_in_vain(matter, at)}
    choices = {"": _("请选择"), **lost}
    return [
        replace(one, choices=choices) if one.name == "whose" else one
        for one in fields
        if one.name != "whose" or len(lost) > 1
    ]


def readdress(by: By, number: str, typed: Typed) -> Receipt:
    """Put before another what waits; raises Invalid for nobody, NotFound for somebody of elsewhere."""
    whose = uuid_or_not_found(typed["whose"]) if typed.get("whose") else None
    to = chosen(by.asker, typed, "to")
    return actions.readdress(by, number, to=to, reason=typed["reason"], whose=whose)


READDRESSING_STEPS: Final[Mapping[str, Step]] = {
    READDRESS: Step(
        (
            Field("whose", msg("改送哪一位的"), "select", help=msg("不在岗、没有办的那一位。")),
            person(msg("改送谁")),
            Field("reason", msg("理由"), "textarea", max_length=500, rows=2),
        ),
        readdress,
        msg("改送另一位同事"),
        msg("等着签收材料、核稿、会签或签发的同事已离岗，或者不在岗又没有人顶岗。"),
    ),
}
