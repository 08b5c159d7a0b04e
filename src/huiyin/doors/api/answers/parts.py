"""The small parts that answers are made of: moments with their offset, words with their codes, colleagues."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, PlainSerializer, WithJsonSchema

from huiyin.doors import phrases
from huiyin.matters import notice_labels
from huiyin.rules.vocabulary import Limit
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_name

if TYPE_CHECKING:
    from huiyin.matters.models import DeliveryProof
    from huiyin.organisation.models import Person


def iso(at: datetime) -> str:
    """Return a moment in the office's zone as ISO 8601 with its offset."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


Moment = Annotated[
    datetime,
    PlainSerializer(iso, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]


class Word(BaseModel):
    """A code for programs and what it means for people, in the language asked for."""

    code: str
    label: str


class Staff(BaseModel):
    """A colleague of the office."""

    staff_no: str
    name: str


class Span(BaseModel):
    """A limit."""

    amount: int
    unit: str
    label: str


def word(words: Mapping[str, str], code: str) -> Word | None:
    """Return the code with its label; None for no code."""
    return Word(code=code, label=phrases.label(words, code)) if code else None


def named(words: Mapping[str, str], code: str) -> Word:
    """Return a code that is always there with its label."""
    return Word(code=code, label=phrases.label(words, code))


def staff(person: Person) -> Staff:
    """Return who a colleague is."""
    return Staff(staff_no=person.staff_no, name=person.name)


def maybe_staff(person: Person | None) -> Staff | None:
    """Return who a colleague is; None for nobody."""
    return staff(person) if person is not None else None


def span(limit: Limit | None) -> Span | None:
    """Return a limit with its words; None for none."""
    if limit is None:
        return None
    return Span(amount=limit.amount, unit=limit.unit.value, label=phrases.limit(limit))


class Proof(BaseModel):
    """How a paper reached whom it is for; who took it is masked for those who do not deal with them."""

    how: Word
    served_at: Moment
    receiver: str
    relation: Word | None
    recorded_at: Moment


def proof_of(found: DeliveryProof | None, *, masked: bool) -> Proof | None:
    """Return the proof as it is answered; None while there is none."""
    if found is None:
        return None
    return Proof(
        how=named(notice_labels.WAYS, found.how),
        served_at=found.served_at,
        receiver=mask_name(found.receiver) if masked else found.receiver,
        relation=word(notice_labels.RELATIONS, found.relation),
        recorded_at=found.recorded_at,
    )
