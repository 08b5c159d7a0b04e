"""Boards and guides as they are printed, for the doors that offer them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext

from huiyin.catalogue import queries as catalogue
from huiyin.documents import fonts, pdf
from huiyin.documents.parts import MaterialLine, Office
from huiyin.documents.sheets import Board, GuideSheet, Paper, PromisedItem, Section, SheetStep
from huiyin.doors import phrases
from huiyin.rules.regimes.service_commitment import FIELDS

if TYPE_CHECKING:
    from huiyin.catalogue.models import Commitment, ServiceItem
    from huiyin.catalogue.queries import Guide
    from huiyin.organisation.models import Tenant

_KEPT: Final = 64
"""Drawn sheets that a process keeps, of about 60 kB each."""


def drawn(content: Board | GuideSheet) -> bytes:
    """Return a sheet as PDF in the reader's language; the same sheet is drawn once.

    It is found again by everything that stands on it, so what has changed is another sheet: none can
    be out of date.
    """
    return _drawn(content, phrases.paper_language(), fonts.directories())


def mark(content: Board | GuideSheet) -> str:
    """Return what tells a drawn sheet from every other (an entity tag), without drawing it."""
    told = f"{phrases.paper_language()} {content!r}"
    return f'"{sha256(told.encode("utf-8", "surrogatepass")).hexdigest()}"'


@lru_cache(maxsize=_KEPT)
def _drawn(content: Board | GuideSheet, language: str, _fonts: tuple[Path, ...]) -> bytes:
    return pdf.sheet(content, language)


def board_of(row: Commitment, paper: str, at: datetime) -> Board:
    """Return a commitment as a board; of a draft the day is that of drawing."""
    tenant = row.tenant
    code = row.unit.code if row.unit else tenant.slug
    phone = row.said.get("complaint_phone") or tenant.complaint_phone
    items = catalogue.public_items(tenant.id)
    if row.unit is not None:
        items = items.filter(unit=row.unit)
    return Board(
        number=gettext("承诺-%(code)s-%(version)s") % {"code": code, "version": row.version},
        office=_office(tenant, phone),
        issued_at=row.published_at or at,
        unit=row.unit.name if row.unit else "",
        sections=tuple(
            Section(name=name, text=row.said[name]) for name in FIELDS if row.said.get(name, "").strip()
        ),
        items=tuple(_promised(one) for one in items),
        complaint_unit=row.said.get("complaint_unit", ""),
        paper=Paper.A3 if paper == Paper.A3 else Paper.A4,
    )


def board_name(row: Commitment) -> str:
    """Return what the file of a board is called."""
    whose = row.unit.name if row.unit else phrases.office_name(row.tenant)
    return gettext("%(whose)s承诺公示牌") % {"whose": whose} + ".pdf"


def guide_of(tenant: Tenant, guide: Guide) -> GuideSheet:
    """Return the guide of an item as it stands, from the day its version began.

    Raises:
        Invalid: the item says nothing of how long it takes.
    """
    return GuideSheet(
        number=f"{guide.code}-{guide.version}",
        office=_office(tenant, tenant.complaint_phone),
        issued_at=catalogue.began(guide),
        item=guide.name,
        unit=guide.unit,
        materials=tuple(
            MaterialLine(name=one.name, copies=one.copies, original=one.original, optional=not one.required)
            for one in guide.materials
        ),
        conditions=guide.conditions,
        procedure=guide.procedure,
        steps=tuple(SheetStep(name=one.name, limit=one.limit) for one in guide.steps),
        fee=guide.fee,
        basis="\n".join([guide.legal_basis, *(f"{one.law} {one.article}" for one in guide.bases)]).strip(),
        instant=guide.instant,
        statutory=guide.statutory,
        committed=guide.committed,
        place=guide.place,
        phone=guide.phone,
    )


def guide_name(guide: Guide) -> str:
    """Return what the file of a guide is called."""
    return gettext("%(item)s服务指南") % {"item": guide.name} + ".pdf"


def _office(tenant: Tenant, complaint_phone: str) -> Office:
    return Office(
        name=tenant.name,
        name_en=tenant.name_en,
        address=tenant.address,
        phone=tenant.phone,
        complaint_phone=complaint_phone,
    )


def _promised(item: ServiceItem) -> PromisedItem:
    statutory, committed = catalogue.limits_of(item)
    return PromisedItem(name=item.name, instant=item.instant, statutory=statutory, committed=committed)
