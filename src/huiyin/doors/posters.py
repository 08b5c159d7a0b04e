"""Boards and guides as they are printed, for the doors that offer them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from huiyin.catalogue import queries as catalogue
from huiyin.documents import pdf
from huiyin.documents.parts import MaterialLine, Office
from huiyin.documents.sheets import Board, GuideSheet, Paper, PromisedItem, Section, SheetStep
from huiyin.doors import phrases
from huiyin.rules.regimes.service_commitment import FIELDS

if TYPE_CHECKING:
    from huiyin.catalogue.models import Commitment, ServiceItem
    from huiyin.catalogue.queries import Guide
    from huiyin.organisation.models import Tenant


def board_pdf(row: Commitment, paper: str, at: datetime) -> bytes:
    """Draw a commitment as a board; of a draft the day is that of drawing."""
    tenant = row.tenant
    code = row.unit.code if row.unit else tenant.slug
    phone = row.said.get("complaint_phone") or tenant.complaint_phone
    items = catalogue.public_items(tenant.id)
    if row.unit is not None:
        items = items.filter(unit=row.unit)
    content = Board(
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
    return pdf.sheet(content, phrases.paper_language())


def board_name(row: Commitment) -> str:
    """Return what the file of a board is called."""
    whose = row.unit.name if row.unit else phrases.office_name(row.tenant)
    return gettext("%(whose)s承诺公示牌") % {"whose": whose} + ".pdf"


def guide_pdf(tenant: Tenant, guide: Guide, at: datetime) -> bytes:
    """Draw the guide of an item as it stands.

    Raises:
        Invalid: the item says nothing of how long it takes.
    """
    content = GuideSheet(
        number=f"{guide.code}-{guide.version}",
        office=_office(tenant, tenant.complaint_phone),
        issued_at=at,
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
    return pdf.sheet(content, phrases.paper_language())


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
