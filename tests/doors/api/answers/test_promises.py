"""Programs read what is published, whole, and nothing that is not."""

from __future__ import annotations

from huiyin.catalogue import actions
from huiyin.catalogue.stages import Step
from huiyin.rules.vocabulary import Limit, Unit
from tests.doors.api.programs import Program, said
from tests.factories import AT, Office, make_office

SAID = {"duties": "救助", "powers": "审核", "content": "受理", "standards": "当天答复"}


def test_published_commitments_are_listed_and_drafts_are_not(office: Office, clerk: Program) -> None:
    assert said(clerk.get("/commitments")) == {"rows": []}
    by = office.asker("efficiency_office")
    row = actions.draft_commitment(office.tenant, office.units["MZ"], said=SAID, by=by, at=AT)
    assert said(clerk.get("/commitments")) == {"rows": []}
    actions.publish_commitment(row, by=by, at=AT)
    [found] = said(clerk.get("/commitments"))["rows"]
    assert (found["unit_code"], found["version"]) == ("MZ", 1)
    assert [one["part"]["code"] for one in found["parts"]] == ["duties", "powers", "content", "standards"]
    assert found["complaint_phone"] == "0571-88881111"
    other = make_office("wuming")
    assert said(Program(other, "clerk").get("/commitments")) == {"rows": []}


def test_an_item_tells_its_steps(office: Office, clerk: Program) -> None:
    steps = [Step("受理", Limit(1, Unit.WORKING_DAY)), Step("公示")]
    actions.change_item(office.items["DB-1"], steps=steps, by=office.asker("administrator"), at=AT)
    found = said(clerk.get("/items/DB-1"))["steps"]
    assert [one["name"] for one in found] == ["受理", "公示"]
    assert (found[0]["limit"]["amount"], found[1]["limit"]) == (1, None)
