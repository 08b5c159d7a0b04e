"""Files are handed out under their names, and who took how much of a register is logged."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from huiyin.doors.desk import files
from huiyin.reports.ledgers.registry import REGISTRY
from tests.factories import AT, make_office
from tests.matters.handling import Desk
from tests.reports.ledgers.books import YEAR, scope_of


def test_a_file_is_to_be_saved_under_its_name() -> None:
    answer = files.attached(b"x", files.XLSX, "台账.xlsx")
    assert answer.content == b"x"
    assert answer["Content-Type"] == files.XLSX
    assert answer["Content-Disposition"].startswith("attachment")
    assert "台账.xlsx" in unquote(answer["Content-Disposition"])


@pytest.mark.django_db
def test_who_took_how_much_is_logged_and_never_whose(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(make_office(), AT)
    desk.enquiry(applicant_name="赵小梅")
    scope = scope_of(desk, desk.office.asker("clerk"), YEAR)
    with caplog.at_level("INFO", logger=files.__name__):
        answer = files.register(REGISTRY[0], scope, made_by="卫经办")
    assert answer.content.startswith(b"PK")
    assert f"{desk.id('clerk')} exported 1 lines of {REGISTRY[0].name}" in caplog.text
    assert "赵小梅" not in caplog.text
