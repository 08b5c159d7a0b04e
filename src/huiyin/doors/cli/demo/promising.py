"""What the demo office promises: as a whole and unit by unit, published, and hung on the wall."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from huiyin.catalogue import actions as catalogue
from huiyin.doors.cli.demo.cast import Cast, Item, read
from huiyin.organisation import actions
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Unit

BY: Final = actions.OPERATOR


def promise(cast: Cast, at: datetime) -> None:
    """Publish the commitment of the office, and of every unit that people come to, and hang them."""
    told = read("words")["promises"]
    hall = cast.posts[cast.reception[0]].unit
    _publish(cast, None, told["office"], place=told["hall"], at=at)
    for code in cast.overseers:
        items = [item for item in cast.items if item.post.unit.code == code]
        if items:
            unit = items[0].post.unit
            said = {name: text % _about(cast, unit, items) for name, text in told["unit"].items()}
            place = told["hall"] if unit == hall else told["door"] % {"unit": unit.name}
            _publish(cast, unit, said, place=place, at=at)


def _about(cast: Cast, unit: Unit, items: list[Item]) -> dict[str, str]:
    duties = [post.row.duties for post in cast.posts.values() if post.unit == unit]
    return {
        "unit": unit.name,
        "duties": "\n".join(dict.fromkeys(duties)),
        "items": "、".join(item.row.name for item in items),
    }


def _publish(cast: Cast, unit: Unit | None, said: dict[str, str], *, place: str, at: datetime) -> None:
    row = catalogue.draft_commitment(cast.tenant, unit, said=said, by=BY, at=at)
    row = catalogue.publish_commitment(row, by=BY, at=at)
    catalogue.post_board(row, place=place, day=at.astimezone(SHANGHAI).date(), by=BY, at=at)
