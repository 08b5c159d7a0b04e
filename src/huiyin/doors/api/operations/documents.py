"""Official documents: entered and ordered, put before people, signed for and signed, sent and filed."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from ninja import Query, Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls, paperwork, wanted
from huiyin.doors.api.answers import official, receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import reading, writing
from huiyin.doors.rights import Right
from huiyin.matters import actions, queries
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import Invalid, NotFound, msg
from huiyin.rules.events import MatterKind
from huiyin.rules.vocabulary import Limit, Unit

router = Router(tags=["documents"])
_APART = {"limit_amount", "limit_unit", "drafter"}


@router.post(
    "/documents/incoming",
    **writing(
        Right.DOCUMENTS,
        receipts.Receipt,
        msg("登记收文"),
        msg("编号、时限从登记起。国家秘密不得登记；同一来文单位、字号登记过的，须写明仍要登记。"),
        status=HTTPStatus.CREATED,
    ),
)
def register_incoming(request: Call, body: paperwork.Incoming) -> Status[receipts.Receipt]:
    """Enter a document that came in."""
    by = calls.by_of(request)
    told = actions.IncomingDocument(**body.model_dump(exclude=_APART), limit=body.limit())
    return _entered(request, by, actions.register_incoming(by, told))


@router.post(
    "/documents/outgoing",
    **writing(
        Right.DOCUMENTS,
        receipts.Receipt,
        msg("登记发文"),
        msg("由拟稿人承办；签发后编发文字号。"),
        status=HTTPStatus.CREATED,
    ),
)
def order_document(request: Call, body: paperwork.Outgoing) -> Status[receipts.Receipt]:
    """Have a document written."""
    by = calls.by_of(request)
    told = actions.OutgoingDocument(
        **body.model_dump(exclude=_APART),
        limit=body.limit(),
        drafter=_person(request, body.drafter, "drafter") if body.drafter else None,
    )
    return _entered(request, by, actions.order_document(by, told))


@router.get(
    "/documents/incoming",
    **reading(Right.READ, official.DocumentList, msg("收文登记簿"), msg("可见的收文，最新的在前。")),
)
def list_incoming(request: Call, asked: Query[wanted.DocumentFilter]) -> official.DocumentList:
    """List the register of what came in."""
    return _register(request, MatterKind.DOCUMENT_IN, asked)


@router.get(
    "/documents/outgoing",
    **reading(Right.READ, official.DocumentList, msg("发文登记簿"), msg("可见的发文，最新的在前。")),
)
def list_outgoing(request: Call, asked: Query[wanted.DocumentFilter]) -> official.DocumentList:
    """List the register of what goes out."""
    return _register(request, MatterKind.DOCUMENT_OUT, asked)


@router.get(
    "/documents/waiting",
    **reading(
        Right.READ,
        official.LyingList,
        msg("等本人签收、批阅、核稿、会签、签发、传阅的公文"),
        msg("等得最久的在前；替不在岗同事的也在内。"),
    ),
)
def list_waiting_documents(request: Call) -> official.LyingList:
    """List the documents that lie before the person."""
    found = queries.before(request.asker, request.now)
    rows = sorted([*found.to_sign_for, *found.for_a_word], key=lambda one: one.since)
    return official.lying_list(rows, more=found.more, base=calls.MATTERS)


@router.post(
    "/matters/{number}/main-leader",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("送主要领导"), msg("主要领导不在岗的，送其顶岗人。")),
)
def present_to_main_leader(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Put it before the main leader."""
    return calls.done(request, actions.present_to_main_leader, number, body.fields())


@router.post(
    "/matters/{number}/leader",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("送分管领导")),
)
def present_to_leader(request: Call, number: str, body: paperwork.To) -> Status[receipts.Receipt]:
    """Put it before a leader in charge."""
    return calls.done(request, actions.present_to_leader, number, _to(request, body))


@router.post(
    "/matters/{number}/opinions", **writing(Right.SIGN_DOCUMENTS, receipts.Receipt, msg("写拟办意见或批示"))
)
def write_opinion(request: Call, number: str, body: paperwork.Written) -> Status[receipts.Receipt]:
    """Write what should be done with it."""
    return calls.done(request, actions.write_opinion, number, body.fields())


@router.post(
    "/matters/{number}/readers",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("送传阅"), msg("传阅的人只阅，不办理。")),
)
def circulate(request: Call, number: str, body: paperwork.Readers) -> Status[receipts.Receipt]:
    """Put colleagues on the reading list."""
    readers = _people(request, body.to)
    return calls.done(request, actions.circulate, number, {"to": readers})


@router.post(
    "/matters/{number}/reading",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("标为已阅")),
)
def note_read(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Say that one has read it."""
    return calls.done(request, actions.note_read, number, body.fields())


@router.post(
    "/matters/{number}/sending",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("送承办人"), msg("承办人签收以前仍由送的人负责。")),
)
def send_document(request: Call, number: str, body: paperwork.Sending) -> Status[receipts.Receipt]:
    """Send it to whoever is to handle it."""
    limit = Limit(body.days, Unit.WORKING_DAY) if body.days else None
    fields = {**_to(request, body), "limit": limit, "special": body.special}
    return calls.done(request, actions.send_document, number, fields)


@router.post(
    "/matters/{number}/sending/signature",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("签收公文"), msg("签收后由签收的人承办。")),
)
def sign_for_document(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Sign for it, to handle it."""
    return calls.done(request, actions.sign_for_document, number, body.fields())


@router.post(
    "/matters/{number}/sending/return", **writing(Right.DOCUMENTS, receipts.Receipt, msg("退回公文"))
)
def return_document(request: Call, number: str, body: asks.Reason) -> Status[receipts.Receipt]:
    """Decline it, with a reason."""
    return calls.done(request, actions.return_document, number, body.fields())


@router.post(
    "/matters/{number}/delay",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("说明逾期原因"), msg("不延长时限；过期再说明不免责。")),
)
def explain_delay(request: Call, number: str, body: paperwork.Delay) -> Status[receipts.Receipt]:
    """Say before the limit why it takes longer."""
    return calls.done(request, actions.explain_delay, number, body.fields())


@router.post(
    "/matters/{number}/completion",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("办结公文")),
)
def complete_document(request: Call, number: str, body: asks.Result) -> Status[receipts.Receipt]:
    """Finish what it asked for."""
    return calls.done(request, actions.complete_document, number, body.fields())


@router.post(
    "/matters/{number}/draft",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("送核稿")),
)
def submit_draft(request: Call, number: str, body: paperwork.Draft) -> Status[receipts.Receipt]:
    """Put the draft before a colleague who checks it."""
    return calls.done(request, actions.submit_draft, number, {**_to(request, body), "text": body.text})


@router.post(
    "/matters/{number}/draft/check", **writing(Right.SIGN_DOCUMENTS, receipts.Receipt, msg("核稿通过"))
)
def check_draft(request: Call, number: str, body: paperwork.Checked) -> Status[receipts.Receipt]:
    """Find the draft in order, and put it before the leader who signs."""
    fields = {**_to(request, body), "opinion": body.opinion}
    return calls.done(request, actions.check_draft, number, fields)


@router.post(
    "/matters/{number}/draft/return", **writing(Right.SIGN_DOCUMENTS, receipts.Receipt, msg("退回重拟"))
)
def return_draft(request: Call, number: str, body: paperwork.Written) -> Status[receipts.Receipt]:
    """Give the draft back, as whoever checks or signs it."""
    return calls.done(request, actions.return_draft, number, body.fields())


@router.post(
    "/matters/{number}/countersigners",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("请会签")),
)
def ask_countersign(request: Call, number: str, body: paperwork.To) -> Status[receipts.Receipt]:
    """Ask a colleague to countersign."""
    return calls.done(request, actions.ask_countersign, number, _to(request, body))


@router.post(
    "/matters/{number}/countersigners/signature",
    **writing(Right.SIGN_DOCUMENTS, receipts.Receipt, msg("会签")),
)
def countersign(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Countersign."""
    return calls.done(request, actions.countersign, number, body.fields())


@router.post(
    "/matters/{number}/signature", **writing(Right.SIGN_DOCUMENTS, receipts.Receipt, msg("签发公文"))
)
def sign_document(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Sign it to be issued."""
    return calls.done(request, actions.sign_document, number, body.fields())


@router.post(
    "/matters/{number}/numbering",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("编发文字号")),
)
def number_document(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Give it the next number of its book."""
    return calls.done(request, actions.number_document, number, body.fields())


@router.post(
    "/matters/{number}/dispatch",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("寄发公文")),
)
def dispatch_document(request: Call, number: str, body: asks.Told) -> Status[receipts.Receipt]:
    """Send it out."""
    return calls.done(request, actions.dispatch_document, number, body.fields())


@router.post(
    "/matters/{number}/archive",
    **writing(Right.DOCUMENTS, receipts.Receipt, msg("归档公文")),
)
def archive_document(request: Call, number: str, body: paperwork.Archive) -> Status[receipts.Receipt]:
    """File it in the archive, which ends the matter."""
    return calls.done(request, actions.archive_document, number, body.fields())


@router.post(
    "/matters/{number}/voiding",
    **writing(
        Right.DOCUMENTS, receipts.Receipt, msg("作废公文登记"), msg("号码不再使用，不计入统计；不能恢复。")
    ),
)
def void_document(request: Call, number: str, body: asks.Reason) -> Status[receipts.Receipt]:
    """Declare void what was entered by mistake."""
    return calls.done(request, actions.void_document, number, body.fields())


def _register(request: Call, kind: MatterKind, asked: wanted.DocumentFilter) -> official.DocumentList:
    chosen = asked.model_dump(exclude={"offset", "limit"})
    found = queries.documents_in_register(
        request.asker,
        kind,
        request.now,
        queries.Wanted(**chosen),
        offset=asked.offset,
        limit=asked.limit,
    )
    return official.document_list(found, calls.MATTERS)


def _entered(request: Call, by: actions.By, found: actions.Receipt) -> Status[receipts.Receipt]:
    request.back["Location"] = calls.address(found.number)
    return calls.answered(request, by, found, HTTPStatus.CREATED)


def _to(request: Call, body: paperwork.To) -> dict[str, object]:
    return {"to": _person(request, body.to, "to")}


def _people(request: Call, staff_nos: Sequence[str]) -> list[UUID]:
    """Colleagues by staff number, in their order; one query for any number of them."""
    found = organisation.ids_by_staff_no(request.asker, staff_nos)
    if not found.keys() >= set(staff_nos):
        raise Invalid({"to": msg("本单位没有这个工号")})
    return [found[one] for one in staff_nos]


def _person(request: Call, staff_no: str, field: str) -> UUID:
    try:
        return calls.person_id(request.asker, staff_no)
    except NotFound as error:
        raise Invalid({field: msg("本单位没有这个工号")}) from error
