"""What a receipt says: the same at the desk and at the portal, whatever has happened since."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from huiyin.documents import contents as paper
from huiyin.documents import parts
from huiyin.matters.models import Matter
from huiyin.matters.queries.one import Clock, clocks_of, law_for, materials_of, timeline
from huiyin.matters.rows import state_of
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Reach
from huiyin.rules.regimes import one_time_notice, time_limit
from huiyin.rules.vocabulary import Limit
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_name, mask_text

NOBODY: Final = "—"


def receipt_of(
    matter: Matter, at: datetime, *, track_url: str, applicant: str = "", enquiry: str = ""
) -> paper.Receipt:
    """Return the receipt of a matter. It lies about on counters, so the applicant is masked on it.

    Until an application is accepted it says by when that is decided, and how long
    the item takes from then on: the day of the review is nobody's finishing day.
    `applicant` is shown instead of the masked name where it is given, and `enquiry`
    instead of what was asked.
    """
    tenant = matter.tenant
    found = reach_of(matter, at)
    running = [one for one in clocks_of(matter, at) if not one.ended_at and not one.awaits_event]
    review = next((one for one in running if one.what == one_time_notice.REVIEW), None)
    due = None if review else min(running, key=lambda one: one.due_at, default=None)
    return paper.Receipt(
        number=matter.number,
        matter_number=matter.number,
        office=issuer(tenant),
        item=matter.item.name if matter.item else enquiry or mask_text(matter.summary),
        issued_at=matter.received_at,
        handler=parts.Contact(
            name=matter.custodian.name, unit=found.unit, phone=found.phone, window=found.place
        ),
        applicant_masked=applicant or mask_name(matter.applicant_name) or NOBODY,
        received_at=matter.received_at,
        track_url=track_url,
        materials=tuple(
            parts.MaterialLine(name=one.name, copies=one.copies, pages=one.pages or 0, original=one.original)
            for one in materials_of(matter)
            if one.present
        ),
        limit=_promised(matter, at) if review else (due.limit if due else None),
        review_until=review.due_at if review else None,
        due_at=due.due_at if due else None,
        provisional=_provisional(review, due),
        event_hash=timeline(matter)[-1].hash,
    )


def reach_of(matter: Matter, at: datetime) -> Reach:
    """Return the custodian's own unit, telephone and place; the office's where they have none."""
    found = organisation.reach(matter.custodian, at, matter.item.position_id if matter.item else None)
    return Reach(found.unit or matter.unit.name, found.phone or matter.tenant.phone, found.place)


def issuer(tenant: Tenant) -> parts.Office:
    """Return the office as papers name it."""
    return parts.Office(
        name=tenant.name,
        name_en=tenant.name_en,
        address=tenant.address,
        phone=tenant.phone,
        complaint_phone=tenant.complaint_phone,
    )


def _promised(matter: Matter, at: datetime) -> Limit | None:
    """The limit that would run if the application were accepted now."""
    return time_limit.promised(state_of(matter), law_for(matter).book, at.astimezone(SHANGHAI).date())


def _provisional(*clocks: Clock | None) -> bool:
    return any(one.provisional for one in clocks if one)
