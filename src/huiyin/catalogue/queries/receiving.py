"""What whoever receives people has to know at hand: the duties of the posts, and the guides of the items.

Shown where people are received, where the rulebook has staff know both (p3.first-responder.2.b).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Prefetch

from huiyin.catalogue.models import Material, ServiceItem
from huiyin.catalogue.queries.whose import SHORTEST, contains
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Position
from huiyin.organisation.queries import Asker
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.regimes import first_responder
from huiyin.rules.workdays import SHANGHAI

DUTIES: Final = "duties"
GUIDE: Final = "guide"
_LONGEST: Final = 50


@dataclass(frozen=True, slots=True)
class Known:
    """One thing to know: the duties of a post, or the guide of an item, with `item_id` then.

    Of a post only `duties` is said; of an item what it takes, how it goes and what to bring.
    """

    kind: str
    unit: str
    title: str
    duties: str = ""
    conditions: str = ""
    procedure: str = ""
    materials: tuple[str, ...] = ()
    item_id: UUID | None = None


def at_hand(asker: Asker, text: str = "", *, most: int = 8) -> list[Known]:
    """Find duties and guides by their words; with no text to go by those of the person's own units.

    At most `most` of either, guides first. Three queries besides the rulebook's; empty where no clause of
    it has staff know them.
    """
    day = asker.at.astimezone(SHANGHAI).date()
    book = organisation.book_of(organisation.tenant(asker.tenant_id), day)
    if not book.has(first_responder.KNOWN):
        return []
    wanted = " ".join(strip_marks(text[:200]).split())[:_LONGEST].strip()
    return [*_guides(asker, wanted, most), *_duties(asker, wanted, most)]


def _guides(asker: Asker, wanted: str, most: int) -> Iterator[Known]:
    rows = ServiceItem.objects.filter(tenant_id=asker.tenant_id, active=True)
    if len(wanted) < SHORTEST:
        rows = rows.filter(unit__in=asker.unit_ids)
    else:
        said = ("name", "code", "conditions", "procedure", "legal_basis", "unit__name", "materials__name")
        rows = rows.filter(contains(wanted, *said)).distinct()
    materials = Prefetch("materials", queryset=Material.objects.order_by("order", "name"))
    for row in rows.select_related("unit").prefetch_related(materials).order_by("unit__code", "code")[:most]:
        yield Known(
            GUIDE,
            row.unit.name,
            row.name,
            conditions=row.conditions,
            procedure=row.procedure,
            materials=tuple(one.name for one in row.materials.all()),
            item_id=row.id,
        )


def _duties(asker: Asker, wanted: str, most: int) -> Iterator[Known]:
    rows = Position.objects.filter(tenant_id=asker.tenant_id).exclude(duties="")
    if len(wanted) < SHORTEST:
        rows = rows.filter(unit__in=asker.unit_ids)
    else:
        rows = rows.filter(contains(wanted, "title", "duties", "unit__name"))
    for row in rows.select_related("unit").order_by("unit__code", "code")[:most]:
        yield Known(DUTIES, row.unit.name, row.title, duties=row.duties)
