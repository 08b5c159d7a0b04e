"""How first responders received people, as programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from huiyin.rules.errors import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.reports.ratings import Reception


class ReceptionLine(BaseModel):
    """One first responder's ratings of this year."""

    staff_no: str
    name: str
    ratings: int
    average: Annotated[float | None, Field(description=msg("平均星级，5星为最高；没有人打星时为空"))]
    cold: Annotated[int | None, Field(description=msg("反映生冷硬的次数；制度没有这一项时为空"))]


class ReceptionList(BaseModel):
    """The year's ratings of first responders; `asked` is false where no clause has people rate them."""

    asked: Annotated[bool, Field(description=msg("制度是否请来人评价接待"))]
    rows: list[ReceptionLine]


def reception_list(found: Sequence[Reception] | None) -> ReceptionList:
    """Return the ratings of first responders."""
    rows = [
        ReceptionLine(
            staff_no=one.staff_no, name=one.name, ratings=one.number, average=one.average, cold=one.cold
        )
        for one in found or ()
    ]
    return ReceptionList(asked=found is not None, rows=rows)
