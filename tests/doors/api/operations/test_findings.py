from __future__ import annotations

from huiyin.matters.models import Matter
from huiyin.obligations import queries as duties
from tests.doors.api.programs import Program, application, refused, said
from tests.factories import Office

TOLD = {"clause": "p4.first-responder.4", "facts": "来人反映无人理会"}


def test_who_is_over_the_work_points_a_clause_out_and_others_do_not(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    findings = f"/matters/{number}/findings"
    leader = Program(office, "main_leader")
    refused(clerk.post(findings, TOLD), 403, "forbidden")
    refused(leader.post(findings, {**TOLD, "clause": "p4.time-limit.5.b"}), 409, "not_invocable")
    found = refused(leader.post(findings, {**TOLD, "against": "9999"}), 422, "invalid")
    assert found["errors"] == {"against": "本单位没有这个工号"}
    said(leader.post(findings, TOLD))
    (row,) = duties.findings_of(Matter.objects.get().id)
    assert (row.what, row.clause, row.against) == ("invoked", TOLD["clause"], office.people["clerk"])
