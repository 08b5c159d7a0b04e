"""From receipt to acceptance, in memory."""

from __future__ import annotations

import pytest

from huiyin.documents.models import Document
from huiyin.matters import steps
from huiyin.matters.models import MaterialCheck, Matter, Notice
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.handling import COMPLETE, INCOMPLETE
from tests.matters.steps.memory import hand, in_hand, received


def test_steps_write_nothing_themselves(office: Office) -> None:
    dossier = in_hand(office)
    assert [event.kind for event in dossier.events] == [
        "matter.registered",
        "materials.checked",
        "application.accepted",
    ]
    assert not Matter.objects.filter(id=dossier.matter.id).exists()
    assert not Document.objects.filter(subject_id=dossier.matter.id).exists()


def test_a_notice_makes_its_row_and_its_paper_together(office: Office) -> None:
    dossier = received(office)
    steps.check(dossier, hand(office, minutes=1), found=INCOMPLETE)
    steps.notify(dossier, hand(office, minutes=2), supplement_how="到窗口")
    kinds = {type(row) for row in dossier.fresh}
    assert {MaterialCheck, Notice, Document} == kinds
    (paper,) = (row for row in dossier.fresh if isinstance(row, Document))
    assert dossier.events[-1].body()["document_digest"] == paper.content_digest


def test_a_supplement_makes_the_file_whole(office: Office) -> None:
    dossier = received(office)
    steps.check(dossier, hand(office, minutes=1), found=INCOMPLETE)
    steps.notify(dossier, hand(office, minutes=2), supplement_how="到窗口")
    steps.supplement(dossier, hand(office, minutes=3))
    assert all(row.present and not row.problem for row in dossier.materials())
    assert dossier.last_notice().completed_at == hand(office, minutes=3).at


def test_acceptance_asks_for_every_paper_the_item_demands(office: Office) -> None:
    dossier = received(office)
    with pytest.raises(Unlawful) as caught:
        steps.accept(dossier, hand(office, minutes=1))
    assert caught.value.code == "materials_missing"
    with pytest.raises(Invalid):
        steps.check(dossier, hand(office, minutes=1), found=())
    steps.check(dossier, hand(office, minutes=1), found=COMPLETE)
    steps.accept(dossier, hand(office, minutes=2))
    assert dossier.open_duty("decide") is not None
