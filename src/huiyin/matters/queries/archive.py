"""What is on file as it was first written, proved by the ledger (p4.one-time-notice.5.b)."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.documents import queries as papers
from huiyin.documents.contents import NOTICES
from huiyin.documents.models import Document
from huiyin.documents.queries import Altered
from huiyin.ledger import queries as ledger
from huiyin.matters.models import Matter
from huiyin.matters.queries.one import law_for
from huiyin.rules.events import NoticeIssued
from huiyin.rules.regimes import one_time_notice
from huiyin.storage.crypto import digest

_NOTICES: Final = frozenset(kind.value for kind in NOTICES)


@dataclass(frozen=True, slots=True)
class Archived:
    """One notice on file; `unaltered` when paper, row and ledger say the same."""

    number: str
    ordinal: int
    form: str
    issued_at: datetime
    document_id: UUID | None
    unaltered: bool


def archived_notices(matter: Matter) -> list[Archived]:
    """Return the matter's notices on file, oldest first; none where no file is asked for."""
    if not law_for(matter).book.has(one_time_notice.ARCHIVED):
        return []
    issued = [one for one in ledger.events_of(matter.tenant_id, matter.id) if one.kind == NoticeIssued.kind]
    if not issued:
        return []
    kept = {row.number: row for row in papers.of_subject(matter.tenant_id, matter.id) if row.kind in _NOTICES}
    return [_archived(json.loads(one.body), one.at, kept) for one in issued]


def original_unaltered(matter: Matter) -> bool:
    """Whether what the person said stands as it was written down on receipt (p2.first-responder.6.b)."""
    first = next(iter(ledger.events_of(matter.tenant_id, matter.id)), None)
    told = str(json.loads(first.body).get("request_digest", "")) if first else ""
    said = digest(f"{matter.question}\n{matter.details}", bytes(matter.salt))
    return hmac.compare_digest(said, told)


def _archived(body: dict[str, object], at: datetime, kept: dict[str, Document]) -> Archived:
    number = str(body["number"])
    row = kept.get(number)
    return Archived(
        number=number,
        ordinal=int(str(body["ordinal"])),
        form=str(body["form"]),
        issued_at=at,
        document_id=row.id if row else None,
        unaltered=row is not None and _is_as_issued(row, str(body["document_digest"])),
    )


def _is_as_issued(row: Document, told: str) -> bool:
    if not hmac.compare_digest(row.content_digest, told):
        return False
    try:
        papers.content_of(row)
    except Altered:
        return False
    return True
