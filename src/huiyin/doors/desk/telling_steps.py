"""The forms by which an applicant is told: a notice as the rulebook allows it to be given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from huiyin.doors.desk.step import Step, Typed
from huiyin.doors.forms import Field
from huiyin.matters import actions
from huiyin.matters.actions import By, Receipt
from huiyin.rules.errors import msg
from huiyin.rules.regimes import one_time_notice
from huiyin.rules.rulebook import Rulebook

if TYPE_CHECKING:
    from huiyin.matters.models import Matter

NOTICE: Final = "issue_notice"
FORMS: Final = {"written": msg("书面"), "oral": msg("口头（电话）")}
ORALLY: Final = frozenset({"form", "told_to", "told_phone"})


def asked(fields: Iterable[Field], verb: str, matter: Matter, book: Rulebook, day: date) -> list[Field]:
    """Return the fields as they are asked: of telling by word of mouth only where that is allowed."""
    if verb != NOTICE:
        return list(fields)
    oral = one_time_notice.oral_allowed(matter.channel, book, day)
    known = {"told_to": matter.applicant_name, "told_phone": matter.applicant_phone}
    return [
        replace(one, initial=known.get(one.name, one.initial))
        for one in fields
        if oral or one.name not in ORALLY
    ]


def notify(by: By, number: str, typed: Typed) -> Receipt:
    """Give the notice, in writing unless it was said otherwise."""
    return actions.issue_notice(by, number, **{**typed, "form": typed["form"] or "written"})


TELLING_STEPS: Final[Mapping[str, Step]] = {
    NOTICE: Step(
        (
            Field(
                "supplement_how",
                msg("补正方式"),
                "textarea",
                max_length=1000,
                rows=2,
                help=msg("例如：请携带原件到一楼3号窗口，或邮寄至办公地址。"),
            ),
            Field("form", msg("告知形式"), "radio", choices=FORMS, initial="written"),
            Field(
                "told_to",
                msg("口头告知了谁"),
                required=False,
                max_length=200,
                help=msg("口头告知的填这两项，出具口头告知记录。"),
            ),
            Field("told_phone", msg("用的哪个电话"), "tel", required=False, max_length=40),
        ),
        notify,
        msg("出具一次性告知书"),
        msg("按最近一次核对中缺少或有问题的材料出具告知书，应一次讲全。"),
    ),
}
