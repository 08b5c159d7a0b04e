"""Which papers were served, and which still wait to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.documents import queries as documents
from huiyin.documents.contents import REFUSALS, Kind
from huiyin.documents.models import Document
from huiyin.matters.models import DeliveryProof, Matter
from huiyin.matters.queries.one import visible_to
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules.lifecycle import Stage
from huiyin.rules.regimes import one_time_notice
from huiyin.rules.workdays import SHANGHAI

SERVED: Final = (
    Kind.ONE_TIME_NOTICE,
    Kind.PAUSE_NOTICE,
    Kind.EXTENSION_NOTICE,
    Kind.GRANT_DECISION,
    *REFUSALS,
    Kind.CORRECTION_NOTICE,
)
"""The written papers whose delivery is proved."""
MOST: Final = 200
DECISIONS: Final = frozenset({Kind.GRANT_DECISION.value, *(kind.value for kind in REFUSALS)})


@dataclass(frozen=True, slots=True)
class Service:
    """One paper and the proof that it was served, None while there is none.

    `late` says that the days for telling the applicant are over, and nothing shows that it reached them;
    `clause` is the one that sets those days.
    """

    document: Document
    proof: DeliveryProof | None
    late: bool = False
    clause: str = ""

    @property
    def form(self) -> str:
        """What its sheet is called in addresses."""
        return f"delivery-{self.document.id}"


def unproved(matter: Matter) -> list[Document]:
    """Return the matter's papers that wait for a proof, oldest first; two queries."""
    proved = set(DeliveryProof.objects.filter(matter=matter).values_list("document_id", flat=True))
    issued = documents.of_subject(matter.tenant_id, matter.id)
    return [row for row in issued if row.kind in SERVED and row.id not in proved]


class Unserved(NamedTuple):
    """A paper that nothing shows to have reached anybody, and its matter."""

    matter: Matter
    document: Document


def unserved(asker: Asker) -> list[Unserved]:
    """Return the first of `unserved_papers` with their matters, at most `MOST`; two queries."""
    found = list(unserved_papers(asker)[:MOST])
    about = Matter.objects.select_related("custodian").in_bulk({row.subject_id for row in found})
    return [Unserved(about[row.subject_id], row) for row in found]


def unserved_papers(asker: Asker) -> QuerySet[Document]:
    """Select the papers without a proof of delivery, oldest first, of the open matters the person may see.

    Only where a clause wants people told in writing. A decision that was delivered some other way waits
    for no proof.
    """
    office = organisation.tenant(asker.tenant_id)
    if not organisation.book_of(office, asker.at.astimezone(SHANGHAI).date()).has(one_time_notice.FORM):
        return Document.objects.none()
    # What has ended waits for nothing any more.
    seen = visible_to(asker).exclude(stage__in=[Stage.WITHDRAWN.value, Stage.CLOSED.value])
    seen = seen.filter(id=OuterRef("subject_id"))
    undelivered = seen.filter(stage__in=[Stage.GRANTED.value, Stage.REFUSED.value])
    notices = [kind for kind in SERVED if kind not in DECISIONS]
    rows = Document.objects.filter(
        Q(Exists(seen), kind__in=notices) | Q(Exists(undelivered), kind__in=DECISIONS),
        ~Exists(DeliveryProof.objects.filter(document=OuterRef("id"))),
        tenant_id=asker.tenant_id,
    )
    return rows.order_by("issued_at", "id")


def services_of(matter: Matter, issued: Sequence[Document], at: datetime) -> list[Service]:
    """Return each paper that is to be served with its proof, in the order given; two queries at most.

    A written notice tells nobody before it has reached them: once the days of its review are over it is late.
    """
    rows = [row for row in issued if row.kind in SERVED]
    if not rows:
        return []
    proofs = {
        one.document_id: one
        for one in DeliveryProof.objects.filter(matter=matter).select_related("recorded_by")
    }
    reviews = [row for row in duties.of_subject(matter.id) if row.what == one_time_notice.REVIEW]
    return [_service(row, proofs.get(row.id), reviews, at) for row in rows]


def _service(
    row: Document, proof: DeliveryProof | None, reviews: Sequence[Obligation], at: datetime
) -> Service:
    if proof is not None or row.kind != Kind.ONE_TIME_NOTICE:
        return Service(row, proof)
    review = next((one for one in reviews if one.started_at <= row.issued_at <= one.due_at), None)
    late = review is not None and at > review.due_at
    return Service(row, None, late, review.clause if review and late else "")
