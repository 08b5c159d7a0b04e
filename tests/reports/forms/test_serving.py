"""送达回证: empty to be signed, filled in once it is proved."""

from __future__ import annotations

import pytest

from huiyin.matters import queries
from huiyin.reports.forms.matters import form_of
from huiyin.rules.errors import NotFound
from tests.factories import make_office
from tests.matters.actions.test_serving import TAKEN, told
from tests.matters.handling import Desk
from tests.reports.forms.reading import CHINESE
from tests.reports.forms.reading import told as read

pytestmark = pytest.mark.django_db


def sheet(desk: Desk, number: str, who: str = "clerk") -> dict[str, str]:
    matter = queries.get(desk.office.asker(who, desk.at), number)
    [one] = queries.services_of(matter, queries.documents_of(matter), desk.at)
    form = form_of(desk.office.asker(who, desk.at), matter, one.form, CHINESE)
    assert form.title == "送达回证"
    return read(form)


def test_the_sheet_is_empty_for_the_signature_and_filled_in_afterwards() -> None:
    desk = Desk(make_office())
    number, paper = told(desk)
    empty = sheet(desk, number)
    assert (empty["文书编号"], empty["送达文书"], empty["签收人"]) == (paper, "一次性告知书", "")
    desk.do("prove_delivery", number, paper=paper, **TAKEN)
    full = sheet(desk, number)
    assert (full["送达方式"], full["签收人"], full["与申请人的关系"]) == ("直接送达", "王小明", "本人")
    # Who does not deal with the person served does not read who took it.
    assert sheet(desk, number, "head")["签收人"] == ""


def test_a_paper_of_another_matter_has_no_sheet_here() -> None:
    desk = Desk(make_office())
    number, _ = told(desk)
    other, _ = told(desk)
    theirs = queries.get(desk.office.asker("clerk", desk.at), other)
    [one] = queries.services_of(theirs, queries.documents_of(theirs), desk.at)
    mine = queries.get(desk.office.asker("clerk", desk.at), number)
    for name in (one.form, "delivery-x"):
        with pytest.raises(NotFound):
            form_of(desk.office.asker("clerk", desk.at), mine, name, CHINESE)
