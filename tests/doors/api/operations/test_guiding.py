"""The ways of an enquiry through the interface for programs."""

from __future__ import annotations

from tests.doors.api.programs import Program, enquiry, refused, said
from tests.factories import Office


def test_an_outside_matter_is_answered_at_once(clerk: Program) -> None:
    matter = f"/matters/{enquiry(clerk)['number']}"
    found = refused(clerk.post(f"{matter}/route", {"way": "outside"}), 409, "way_incomplete")
    assert found["clause"] == "p4.first-responder.2.4"
    told = {"way": "outside", "words": "归县房管局办理。", "department": "县房管局", "phone": "0571-66660000"}
    missing = refused(clerk.post(f"{matter}/route", told), 409, "details_missing")
    assert missing["clause"] == "p4.first-responder.2.4"
    told["unknown"] = "刚搬家，新址不详"
    assert said(clerk.post(f"{matter}/route", told))["stage"]["code"] == "answered"
    assert "县房管局" in said(clerk.get(matter))["reply"]


def test_nobody_is_asked_or_given_papers_who_is_not_of_the_office(office: Office, clerk: Program) -> None:
    matter = f"/matters/{enquiry(clerk)['number']}"
    unknown = {"to": "9999"}
    asked = refused(clerk.post(f"{matter}/route", {"way": "unclear", **unknown}), 422, "invalid")
    kept = refused(clerk.post(f"{matter}/deposits", {"papers": [{"name": "书"}], **unknown}), 422, "invalid")
    assert asked["errors"] == kept["errors"] == {"to": "本单位没有这个工号"}
    refused(clerk.post(f"{matter}/deposits/taking"), 403, "forbidden")
