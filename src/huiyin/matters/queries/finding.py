"""One matter found: by its number for whoever may see it, by number and code for the person served."""

from __future__ import annotations

from uuid import UUID

from django.db.models import CharField, Q, QuerySet, UUIDField

from huiyin.documents import queries as papers
from huiyin.documents.models import Document
from huiyin.matters.models import Matter
from huiyin.matters.queries.one import visible_to
from huiyin.matters.rows import as_kept
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import NotFound
from huiyin.rules.events import MatterKind
from huiyin.storage.crypto import check_code
from huiyin.storage.prepared import Prepared, given


def document(asker: Asker, number: str, document_id: UUID) -> Document:
    """One paper of a matter that the person may see; raises NotFound otherwise."""
    matter = get(asker, number)
    row = papers.get(matter.tenant_id, document_id)
    if row.subject_id != matter.id:
        raise NotFound
    return row


def locked(asker: Asker, number: str) -> Matter:
    """The matter, locked until the transaction ends; raises NotFound as `get` does."""
    return _lock(get(asker, number).id)


def get(asker: Asker, number: str) -> Matter:
    """The matter of that number; raises NotFound for what is not there or not theirs."""
    row = _MINE.first(tenant=asker.tenant_id, number=as_kept(number), person=asker.person_id)
    row = row or _whole(visible_to(asker)).filter(number=as_kept(number)).first()
    if row is None:
        raise NotFound
    return row


def by_id(asker: Asker, matter_id: UUID) -> Matter:
    """The matter with that id; raises NotFound as `get` does."""
    row = visible_to(asker).filter(id=matter_id).first()
    if row is None:
        raise NotFound
    return row


def id_by_code(tenant_id: UUID, number: str, code: str) -> UUID:
    """The matter for the person served: number and query code together, or NotFound."""
    row = Matter.objects.filter(tenant_id=tenant_id, number=as_kept(number)).only("id", "code_hash").first()
    if not check_code(as_kept(code), row.code_hash if row else "") or row is None:
        raise NotFound
    return row.id


def locked_for_sweep(matter_id: UUID) -> Matter:
    """The matter, locked, for the sweep that asks for nobody, and for whoever held its code."""
    return _lock(matter_id)


def _lock(matter_id: UUID) -> Matter:
    # The bare row first: PostgreSQL drops a joined row whose custodian changed while it waited.
    _BARE.rows(id=matter_id)
    row = _JOINED.first(id=matter_id)
    if row is None:
        raise Matter.DoesNotExist
    return row


def _whole(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    return rows.select_related(
        "tenant", "unit", "item", "custodian", "first_responder", "offered_to", "assigner", "reply_item"
    )


def _mine() -> QuerySet[Matter]:
    """The part of `visible_to` that most who open a matter are found by: they handle it, or were asked first.

    Reports are not of it: whom one is against may be its custodian.
    """
    me, number = given("person", UUIDField()), given("number", CharField())
    rows = _whole(Matter.objects.filter(Q(custodian=me) | Q(first_responder=me)))
    return rows.filter(tenant=given("tenant", UUIDField()), number=number).exclude(kind=MatterKind.REPORT)


_MINE = Prepared(_mine)
_BARE = Prepared(lambda: Matter.objects.select_for_update().only("id").filter(id=given("id", UUIDField())))
_JOINED = Prepared(
    lambda: Matter.objects.select_related("tenant", "unit", "item", "custodian").filter(
        id=given("id", UUIDField())
    )
)
