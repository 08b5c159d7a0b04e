"""What the verbs of the opinion book share: what leaves an event in the ledger, and which line is cited."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import Commitment
from huiyin.ledger.actions import Entry, append
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Invalid, NotFound, msg
from huiyin.storage.crypto import digest
from huiyin.supervision.models import Breach, Opinion

ROOM: Final = "supervision"
LONGEST: Final = 2000


def cited(tenant: Tenant, named: str) -> tuple[Commitment | None, int | None]:
    """The version and the number of the line that a reference names.

    Raises:
        Invalid: there is no such line.
    """
    try:
        row, line = catalogue.promise_line(tenant.id, named)
    except NotFound as error:
        raise Invalid(
            {"line": msg("没有这一条承诺，请按“科室编码/版本/序号”填写，全单位的承诺只写“版本/序号”")}
        ) from error
    return row, line.number


def note(
    kind: str,
    row: Opinion,
    by: Asker | None,
    at: datetime,
    *,
    new: bool = False,
    breach: Breach | None = None,
) -> None:
    """The ledger keeps digests of the words; whoever holds the row can check them."""
    salt = bytes(row.salt)
    entry = Entry(
        kind=kind,
        at=at,
        actor=f"person:{by.person_id}" if by else "applicant",
        acting_for="",
        via=by.via if by else "portal",
        body={
            "number": row.number,
            "what": str(row.kind),
            "unit": str(row.unit_id or ""),
            "text": digest(row.text, salt),
            "finding": row.finding,
            "result": digest(row.result, salt) if row.result else "",
            "told": row.told_how,
            "told_on": row.told_on.isoformat() if row.told_on else "",
            "commitment": str(row.commitment_id or ""),
            "line": row.line or 0,
            "disposition": breach.disposition if breach else "",
            "words": digest(breach.words, salt) if breach else "",
        },
    )
    append(tenant_id=row.tenant_id, room=ROOM, subject_id=row.id, entries=[entry], recorded_at=at, new=new)
