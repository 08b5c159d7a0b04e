"""What the ledger says, and whether it can be believed."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import connection

from huiyin.ledger import triggers
from huiyin.ledger.models import Head, LedgerEvent
from huiyin.ledger.verification import Examiner, Fault, Scope, Verification, events_in, orphans_in
from huiyin.storage.transactions import snapshot

_PROGRESS_EVERY = 10_000

__all__ = ["Fault", "Verification", "count_events", "events_of", "head_of", "verify"]


def events_of(tenant_id: UUID, subject_id: UUID) -> Sequence[LedgerEvent]:
    """Return a subject's events in order; empty when it is not this tenant's."""
    return list(LedgerEvent.objects.filter(tenant_id=tenant_id, subject_id=subject_id).order_by("seq"))


def head_of(tenant_id: UUID, subject_id: UUID) -> Head | None:
    """Return where a subject's chain ends, None when this tenant has no such chain."""
    return Head.objects.filter(tenant_id=tenant_id, subject_id=subject_id).first()


def count_events(tenant_id: UUID | None = None, subject_id: UUID | None = None) -> int:
    """Count the events of the office, of one tenant or of one subject."""
    wanted = {"tenant_id": tenant_id, "subject_id": subject_id}
    return LedgerEvent.objects.filter(**{k: v for k, v in wanted.items() if v is not None}).count()


def verify(
    tenant_id: UUID | None = None,
    subject_id: UUID | None = None,
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Check every event of the office, of one tenant or of one subject.

    For each event: the storage class of every column, its place in an unbroken
    row of `seq`, the link to the event before, the order of recording, that
    tenant and room stay the same within a subject, and the hash of the stored
    bytes. For each subject: that its head is where its events end. And that
    the triggers are armed. Reads one moment of the database as a stream, with
    memory that does not grow with the ledger; writers go on meanwhile.

    `progress` is called with the number of events read, every 10,000.
    A fault names tenant, subject, seq and the check; nothing is repaired. A
    chain that was rewritten whole, head included, or removed whole shows only
    against a copy kept elsewhere.
    """
    scope = Scope(tenant_id, subject_id)
    examiner = Examiner()
    with snapshot():
        for name in triggers.missing(connection):
            examiner.report("", "", 0, "trigger", f"{name} is missing or disarmed")
        for row in events_in(scope):
            examiner.take(row)
            if progress and examiner.events % _PROGRESS_EVERY == 0:
                progress(examiner.events)
        examiner.finish()
        for tenant, subject, seq in orphans_in(scope):
            examiner.report(tenant, subject, seq, "head", "the head has no events")
    return examiner.verdict()
