"""The form for an item: what is asked, how lists are typed line by line, and how they are read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.utils.translation import gettext

from huiyin.catalogue.actions import PaperSpec
from huiyin.catalogue.bases import Basis
from huiyin.catalogue.stages import Step
from huiyin.catalogue.terms import Category
from huiyin.doors.forms import Field
from huiyin.organisation import queries as organisation
from huiyin.rules import cells
from huiyin.rules.cells import CellFault
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.vocabulary import Limit, Unit

if TYPE_CHECKING:
    from huiyin.catalogue.queries import Guide
    from huiyin.organisation.queries import Asker

T = TypeVar("T")
_SPLIT: Final = re.compile(r"\s*[|｜\t]\s*")
_COPIES: Final = re.compile(r"(\d{1,3})\s*份?")
_LAST: Final = re.compile(r"(.+?)[\s　]+(\S+)")
_MOST: Final = 200
_TYPED: Final[Mapping[Unit, str]] = {
    Unit.WORKING_DAY: "{n}个工作日",
    Unit.WORKING_HOUR: "{n}个工作小时",
    Unit.CALENDAR_DAY: "{n}日",
    Unit.MONTH: "{n}个月",
    Unit.YEAR: "{n}年",
    Unit.CLOCK_HOUR: "{n}自然小时",
}
TEXTS: Final = ("legal_basis", "conditions", "procedure", "fee")
ANSWERS: Final = ("instant", "open_to_public", "active")


def fields(asker: Asker, *, new: bool) -> tuple[Field, ...]:
    """Return what is asked; the code of an item is given once."""
    posts = {str(one.id): f"{one.title}（{one.unit.name}）" for one in organisation.positions(asker)}
    code = (Field("code", msg("事项编码"), max_length=64),) if new else ()
    return (
        *code,
        Field("name", msg("事项名称"), max_length=200),
        Field("position", msg("承办岗位"), "select", choices=posts),
        Field("category", msg("事项类别"), "select", required=False, choices=dict(Category.choices)),
        Field("instant", msg("即办件"), "checkbox", required=False, help=msg("材料齐全时当场办结。")),
        Field(
            "statutory",
            msg("法定时限"),
            required=False,
            max_length=20,
            help=msg("连单位填写，例如 30个工作日。取自设定依据的事项请空着。"),
        ),
        Field(
            "committed",
            msg("承诺时限"),
            required=False,
            max_length=20,
            help=msg("连单位填写，例如 15个工作日。"),
        ),
        Field(
            "bases",
            msg("规定时限的法律条款"),
            "textarea",
            required=False,
            max_length=4000,
            help=msg("每行一条：法律名称｜条款｜期限｜施行日期｜失效日期。失效日期可以空着。"),
        ),
        Field("legal_basis", msg("设定依据"), "textarea", required=False, max_length=4000),
        Field("conditions", msg("受理条件"), "textarea", required=False, max_length=4000),
        Field("procedure", msg("办理程序"), "textarea", required=False, max_length=4000),
        Field(
            "steps",
            msg("环节和时限"),
            "textarea",
            required=False,
            max_length=4000,
            help=msg("每行一个环节，后面写时限；由别的岗位签批的再写岗位，例如：审核 2个工作日｜科长岗。"),
        ),
        Field("fee", msg("收费"), required=False, max_length=200),
        Field(
            "materials",
            msg("材料"),
            "textarea",
            required=False,
            max_length=20_000,
            rows=6,
            help=msg("每行一份：名称｜原件或复印件｜份数｜必要或可容缺。只写名称时为复印件1份、必要。"),
        ),
        Field("open_to_public", msg("向社会公开"), "checkbox", required=False, initial="on"),
        Field("active", msg("在用"), "checkbox", required=False, initial="on"),
    )


def typed_of(guide: Guide, *, active: bool) -> dict[str, str]:
    """Return an item as it would be typed."""
    answers = {"instant": guide.instant, "open_to_public": guide.open_to_public, "active": active}
    return {
        "code": guide.code,
        "name": guide.name,
        "position": str(guide.position_id),
        "category": guide.category,
        "statutory": _limit_typed(guide.statutory),
        "committed": _limit_typed(guide.committed),
        "bases": "\n".join(_basis_typed(one) for one in guide.bases),
        "steps": "\n".join(
            f"{one.name} {_limit_typed(one.limit)}".strip() + (f"｜{one.post}" if one.post else "")
            for one in guide.steps
        ),
        "materials": "\n".join(
            "｜".join(
                (
                    one.name,
                    "原件" if one.original else "复印件",
                    f"{one.copies}份",
                    "必要" if one.required else "可容缺",
                )
            )
            for one in guide.materials
        ),
        **{name: getattr(guide, name) for name in TEXTS},
        **{name: "on" if said else "" for name, said in answers.items()},
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, understood: `changes` are the arguments of `catalogue.actions.change_item`."""

    position_id: str
    changes: dict[str, Any]


def understood(typed: Mapping[str, str], *, lawful: bool) -> Asked:
    """Read a form. With `lawful` the statutory limit is the provision's, and one left as it was is not typed.

    Raises:
        Invalid: with a sentence for every field that cannot be read.
    """
    wrong: dict[str, str] = {}
    changes: dict[str, Any] = {
        "name": typed["name"],
        "category": typed["category"],
        "committed": _read(cells.limit, typed["committed"], "committed", wrong),
        "bases": _lines(_basis, typed["bases"], "bases", wrong),
        "steps": _lines(_step, typed["steps"], "steps", wrong),
        "materials": _lines(_paper, typed["materials"], "materials", wrong),
        **{name: typed[name] for name in TEXTS},
        **{name: bool(typed[name]) for name in ANSWERS},
    }
    statutory = _read(cells.limit, typed["statutory"], "statutory", wrong)
    if statutory is not None or not lawful:
        changes["statutory"] = statutory
    if wrong:
        raise Invalid(wrong)
    return Asked(typed["position"], changes)


def _read(reader: Callable[[str], T], text: str, name: str, wrong: dict[str, str]) -> T | None:
    try:
        return reader(text)
    except CellFault as fault:
        wrong[name] = gettext(fault.msgid) % fault.params if fault.params else gettext(fault.msgid)
        return None


def _lines(reader: Callable[[str], T], text: str, name: str, wrong: dict[str, str]) -> list[T]:
    rows = [line.strip() for line in text.splitlines() if line.strip()]
    if len(rows) > _MOST:
        wrong[name] = msg("太多行了，最多200行")
        return []
    found = [_read(reader, line, name, wrong) for line in rows]
    return [one for one in found if one is not None]


def _basis(line: str) -> Basis:
    parts = [*_SPLIT.split(line), "", "", "", "", ""]
    limit, since = cells.limit(parts[2]), cells.day(parts[3])
    if not parts[0] or limit is None or since is None:
        raise CellFault(
            msg("“%(line)s”缺少法律名称、期限或施行日期"),
            msg("请写成 行政许可法｜第四十二条｜20个工作日｜2004-07-01。"),
            line=line[:40],
        )
    until: date | None = cells.day(parts[4])
    if until is not None and until <= since:
        raise CellFault(msg("“%(line)s”的失效日期不晚于施行日期"), "", line=line[:40])
    return Basis(parts[0][:100], parts[1][:60], limit, since, until)


def _step(line: str) -> Step:
    said, *posts = _SPLIT.split(line, maxsplit=1)
    post = posts[0][:100] if posts else ""
    found = _LAST.fullmatch(said)
    if found is None:
        return Step(said[:100], post=post)
    try:
        return Step(found[1][:100], cells.limit(found[2]), post)
    except CellFault:
        return Step(said[:100], post=post)


def _paper(line: str) -> PaperSpec:
    name, *rest = _SPLIT.split(line)
    form, copies, need = [*rest, "", "", ""][:3]
    count = _COPIES.fullmatch(copies) if copies else None
    if (
        form not in {"", "原件", "复印件"}
        or need not in {"", "必要", "可容缺"}
        or (copies and (count is None or not int(count[1]) >= 1))
    ):
        raise CellFault(msg("“%(line)s”看不懂"), msg("请写成 居民户口簿｜原件｜1份｜必要。"), line=line[:40])
    return PaperSpec(name, int(count[1]) if count else 1, original=form == "原件", required=need != "可容缺")


def _limit_typed(limit: Limit | None) -> str:
    return _TYPED[limit.unit].format(n=limit.amount) if limit and limit.unit in _TYPED else ""


def _basis_typed(one: Basis) -> str:
    until = one.until.isoformat() if one.until else ""
    parts = (one.law, one.article, _limit_typed(one.limit), one.since.isoformat(), until)
    return "｜".join(parts).rstrip("｜")
