"""What somebody asks at registration, as it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from huiyin.matters.steps import Paper


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks, as typed. `first_responder` is who was asked; empty means by the item.

    An application names an item of the catalogue by its code; an enquiry may.
    """

    kind: str
    channel: str
    summary: str = ""
    details: str = ""
    item: str = ""
    urgency: str = "normal"
    answer_at_once: bool = False
    applicant_name: str = ""
    applicant_phone: str = ""
    applicant_id_number: str = ""
    applicant_email: str = ""
    first_responder: UUID | None = None
    materials: tuple[Paper, ...] = ()
    external_ref: str = ""
    nature: str = "business"
    important: bool = False
    record: str = ""
