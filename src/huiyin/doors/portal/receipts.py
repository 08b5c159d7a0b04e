"""The receipt of what was handed in: sealed while its page is open, and drawn as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.documents import contents, pdf
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.portal import wording
from huiyin.doors.sealing import seal, unseal
from huiyin.matters import queries
from huiyin.matters.queries import Clock, Tracked
from huiyin.storage.masking import HIDDEN

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

GOOD_FOR: Final = timedelta(minutes=30)
_PURPOSE: Final = "portal receipt"


@dataclass(frozen=True, slots=True)
class Slip:
    """What the receipt's page must know again: number and code, and whose it is, masked."""

    number: str
    code: str
    applicant: str = ""

    @property
    def spaced(self) -> str:
        """The code in two groups, easier to copy by hand; blanks do not count when it is typed."""
        half = len(self.code) // 2
        return f"{self.code[:half]} {self.code[half:]}"


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, and why then."""

    what: str
    at: str
    why: str
    provisional: bool


def sealed(slip: Slip, office: Tenant, at: datetime) -> str:
    """Seal a slip for this office."""
    facts = {"office": office.slug, "number": slip.number, "code": slip.code, "applicant": slip.applicant}
    return seal(_PURPOSE, facts, at)


def opened(token: str, office: Tenant, at: datetime) -> Slip | None:
    """Open a sealed slip of this office; None when it is another's, too old, or not one of ours."""
    facts = unseal(_PURPOSE, token, at, good_for=GOOD_FOR)
    if facts is None or facts.pop("office", "") != office.slug:
        return None
    return Slip(**facts)


def soonest(tracked: Tracked) -> Due | None:
    """The clock that runs out first."""
    clock = _soonest(tracked)
    if clock is None:
        return None
    return Due(wording.duty(clock.what), wording.moment(clock.due_at), clock.why, clock.provisional)


def page(request: DoorRequest, office: Tenant, slip: Slip) -> bytes:
    """Draw the receipt as PDF with the code; raises NotFound when number and code no longer fit."""
    address = request.build_absolute_uri(reverse("portal:track-number", args=[office.slug, slip.number]))
    content = queries.tracked_receipt(
        office,
        slip.number,
        slip.code,
        request.now,
        track_url=address,
        applicant=slip.applicant or HIDDEN,
        enquiry=_("咨询"),
        report=_("检举"),
    )
    return pdf.render(contents.Kind.RECEIPT, content, phrases.paper_language(), query_code=slip.code)


def _soonest(tracked: Tracked) -> Clock | None:
    running = [clock for clock in tracked.clocks if clock.ended_at is None and not clock.awaits_event]
    return min(running, key=lambda clock: clock.due_at, default=None)
