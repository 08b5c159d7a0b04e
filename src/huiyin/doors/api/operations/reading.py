"""Looking: matters, what is owed, what waits for a decision, and papers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router

from huiyin.documents import queries as papers
from huiyin.doors.api import calls, wanted
from huiyin.doors.api.answers import lists
from huiyin.doors.api.answers import matter as whole
from huiyin.doors.api.answers.parts import staff
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import reading
from huiyin.doors.rights import Right
from huiyin.matters import permissions, queries
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import msg

router = Router(tags=["matters"])


@router.get(
    "/matters/{number}",
    **reading(
        Right.READ,
        whole.Matter,
        msg("一件事的全貌"),
        msg("时限及理由、责任人变动、材料、文书，以及现在依法可办的操作。"),
    ),
)
def get_matter(request: Call, number: str) -> whole.Matter:
    """Return one matter."""
    row = queries.get(request.asker, number)
    request.back["ETag"] = calls.etag(row.version)
    return whole.matter(request.asker, row, request.now, calls.address(row.number))


@router.get(
    "/matters/{number}/timeline",
    **reading(Right.READ, whole.Timeline, msg("办理经过"), msg("逐条事件及其哈希，最早的在前。")),
)
def get_timeline(request: Call, number: str) -> whole.Timeline:
    """Return everything that happened to a matter."""
    row = queries.get(request.asker, number)
    return whole.Timeline(number=row.number, events=[whole.event(one) for one in queries.timeline(row)])


@router.get(
    "/matters/{number}/documents/{document_id}",
    **reading(Right.READ, None, msg("文书（PDF）")),
)
def get_document(request: Call, number: str, document_id: UUID) -> HttpResponse:
    """Return one paper as PDF."""
    row = queries.document(request.asker, number, document_id)
    response = HttpResponse(papers.page(row), content_type="application/pdf")
    shown_as = content_disposition_header(as_attachment=True, filename=papers.file_name(row))
    response["Content-Disposition"] = shown_as or "attachment"
    return response


@router.get(
    "/owed",
    **reading(
        Right.OWE,
        lists.OwedList,
        msg("待办与剩余时间"),
        msg("本人的；查看他人的，限其科室负责人、分管领导、主要领导和效能办。"),
    ),
)
def list_owed(request: Call, asked: Query[wanted.OwedFilter]) -> lists.OwedList:
    """List what a person owes, least working time first."""
    asker, most = request.asker, asked.limit
    if asked.staff_no:
        person = organisation.person_by_staff_no(asker, asked.staff_no)
        units = organisation.asker_for_person(person.id, request.now, asker.via).unit_ids
        permissions.may_see_owed(asker, person.id, units).require()
        rows = queries.owed(asker, request.now, most + 1, of=person.id)
    else:
        person = organisation.person(asker, asker.person_id)
        rows = queries.owed(asker, request.now, most + 1)
    return lists.owed_list(rows[:most], of=staff(person), more=len(rows) > most, base=calls.MATTERS)


@router.get(
    "/decisions",
    **reading(Right.READ, lists.DecisionList, msg("等待本人审批的延期与否定报备"), msg("等得最久的在前。")),
)
def list_decisions(request: Call) -> lists.DecisionList:
    """List what waits for the person's decision."""
    return lists.decision_list(queries.decisions(request.asker, request.now), calls.MATTERS)
