"""What of the person served is shown to whom: in full to those who deal with them, masked to the rest."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.matters.models import Matter
from huiyin.organisation.queries import Asker
from huiyin.storage.masking import (
    mask_email,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_text,
)


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person served, with what they asked. `masked` says that something is hidden."""

    name: str
    phone: str
    id_number: str
    email: str
    summary: str
    details: str
    reply: str
    record: str
    masked: bool


def deals_with(asker: Asker, matter: Matter) -> bool:
    """Say whether this person deals with it: custodian, first responder, whoever gave it, or a stand-in."""
    me = {asker.person_id, *asker.stands_in_for}
    return not me.isdisjoint({matter.custodian_id, matter.first_responder_id, matter.assigner_id})


def applicant_of(asker: Asker, matter: Matter) -> Applicant:
    """Return the applicant of a matter as this person may see them."""
    if deals_with(asker, matter):
        return Applicant(
            name=matter.applicant_name,
            phone=matter.applicant_phone,
            id_number=matter.applicant_id_number,
            email=matter.applicant_email,
            summary=matter.question,
            details=matter.details,
            reply=matter.reply,
            record=matter.record,
            masked=False,
        )
    return Applicant(
        name=mask_name(matter.applicant_name),
        phone=mask_phone(matter.applicant_phone),
        id_number=mask_id_number(matter.applicant_id_number),
        email=mask_email(matter.applicant_email),
        summary=matter.summary,
        details=mask_text(matter.details),
        reply=mask_text(matter.reply),
        record=mask_text(matter.record),
        masked=True,
    )


def basis_of(matter: Matter) -> str:
    """Return what the answer rests on: the item of the catalogue and the policy it names; "" for neither."""
    item = f"《{matter.reply_item.name}》" if matter.reply_item else ""
    return "；".join(one for one in (item, matter.reply_policy) if one)


def comment_for(asker: Asker, matter: Matter) -> str:
    """Return what the person served added to the rating; "" for others, and before the end.

    The custodian, the head of the matter's unit and the efficiency office read it once
    the matter is closed: until then it could change how the person is dealt with.
    """
    me = {asker.person_id, *asker.stands_in_for}
    reads = (
        matter.custodian_id in me
        or matter.unit_id in asker.headed_unit_ids
        or "efficiency_office" in asker.roles
    )
    return matter.rating_comment if reads and matter.closed_at else ""
