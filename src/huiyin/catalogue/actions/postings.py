"""What hangs where: boards of commitments, guides of items; and guides that were handed over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from huiyin.catalogue.models import Commitment, GuideGiven, Posting, ServiceItem
from huiyin.catalogue.permissions import may_record_posting
from huiyin.catalogue.queries import GIVEN
from huiyin.catalogue.terms import CommitmentState, PostingKind
from huiyin.organisation.actions.record import note
from huiyin.organisation.permissions import By, Operator, same_office
from huiyin.organisation.queries import book_of
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

ROOM: Final = "catalogue"
_LONGEST: Final = 100


def post_board(row: Commitment, *, place: str, day: date, by: By, at: datetime) -> Posting:
    """Record that the board of a published commitment hangs in a place since a day.

    Raises:
        Forbidden: not for this person. NotFound: another office.
        Invalid: no place, or a day to come or before it was published.
        Unlawful: the commitment is not published.
    """
    same_office(by, row.tenant_id)
    may_record_posting(by, row.unit_id).require()
    if row.state != CommitmentState.PUBLISHED or row.published_at is None:
        raise Unlawful(msg("只有已公布的承诺可以上墙"), code="not_published")
    first = row.published_at.astimezone(SHANGHAI).date()
    posting = Posting(
        tenant_id=row.tenant_id, kind=PostingKind.BOARD, commitment=row, version=row.version, since=day
    )
    return _hang(posting, place, first, by=by, at=at)


def post_guide(item: ServiceItem, *, place: str, day: date, by: By, at: datetime) -> Posting:
    """Record that the guide of an item, as it stands, hangs in a place since a day.

    Raises like `post_board`.
    """
    same_office(by, item.tenant_id)
    may_record_posting(by, item.unit_id).require()
    if not item.active:
        raise Unlawful(msg("停办的事项不再公示"), code="not_active")
    posting = Posting(
        tenant_id=item.tenant_id, kind=PostingKind.GUIDE, item=item, version=item.version, since=day
    )
    return _hang(posting, place, None, by=by, at=at)


def take_down(posting: Posting, *, day: date, by: By, at: datetime) -> Posting:
    """Record the day on which something was taken down.

    Raises:
        Forbidden: not for this person. NotFound: another office.
        Invalid: a day to come, or before it was hung up. Unlawful: it was taken down already.
    """
    same_office(by, posting.tenant_id)
    may_record_posting(by, _unit(posting)).require()
    if not posting.since <= day <= at.astimezone(SHANGHAI).date():
        raise Invalid({"day": msg("日期应在上墙之后、今天之前")})
    with write():
        found = Posting.objects.select_for_update().get(id=posting.id)
        if found.until is not None:
            raise Unlawful(msg("这一张已经取下"), code="taken_down")
        found.until = day
        found.save(update_fields=["until"])
        _note("posting_removed", found, by, at)
    return found


def give_guide(
    item: ServiceItem, *, by: By, at: datetime, subject_id: UUID | None = None, number: str = ""
) -> GuideGiven:
    """Record that somebody was given the printed guide of an item, as it stands.

    `subject_id` and `number` name the matter it was about, which whoever calls has looked up;
    without them nobody's name or matter is kept.

    Raises:
        NotFound: another office.
        Unlawful: the office's rulebook does not ask for such a record, or the item is not offered.
    """
    same_office(by, item.tenant_id)
    if not book_of(item.tenant, at.astimezone(SHANGHAI).date()).has(GIVEN):
        raise Unlawful(msg("本单位的制度没有要求登记指南的发放"), code="not_regulated")
    if not item.active:
        raise Unlawful(msg("停办的事项不再发指南"), code="not_active")
    with write():
        row = GuideGiven.objects.create(
            tenant_id=item.tenant_id,
            item=item,
            version=item.version,
            given_at=at,
            given_by_id=None if isinstance(by, Operator) else by.person_id,
            subject_id=subject_id,
            number=number,
        )
        body: dict[str, str | int | bool | None] = {
            "version": item.version,
            "number": number,
            "given": str(row.id),
        }
        note(
            "guide_given",
            tenant_id=item.tenant_id,
            subject_id=item.id,
            by=by,
            at=at,
            body=body,
            room=ROOM,
        )
    return row


def _hang(posting: Posting, place: str, first: date | None, *, by: By, at: datetime) -> Posting:
    where = " ".join(strip_marks(place).split())
    wrong = {}
    if not 0 < len(where) <= _LONGEST:
        wrong["place"] = msg("请写明上墙的地点，不超过100字")
    if posting.since > at.astimezone(SHANGHAI).date():
        wrong["day"] = msg("上墙日期不能晚于今天")
    elif first is not None and posting.since < first:
        wrong["day"] = msg("上墙日期不能早于公布日期")
    if wrong:
        raise Invalid(wrong)
    posting.place = where
    posting.recorded_by_id = None if isinstance(by, Operator) else by.person_id
    posting.recorded_at = at
    with write():
        posting.save(force_insert=True)
        _note("posting_hung", posting, by, at, new=True)
    return posting


def _unit(posting: Posting) -> UUID | None:
    if posting.commitment is not None:
        return posting.commitment.unit_id
    return posting.item.unit_id if posting.item else None


def _note(kind: str, posting: Posting, by: By, at: datetime, *, new: bool = False) -> None:
    body: dict[str, str | int | bool | None] = {
        "kind": str(posting.kind),
        "of": str(posting.commitment_id or posting.item_id),
        "version": posting.version,
        "since": posting.since.isoformat(),
        "until": posting.until.isoformat() if posting.until else "",
    }
    note(
        kind,
        tenant_id=posting.tenant_id,
        subject_id=posting.id,
        by=by,
        at=at,
        body=body,
        new=new,
        room=ROOM,
    )
