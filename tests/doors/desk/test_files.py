"""Files are handed out under their names, and who took how much of a register is logged."""

from __future__ import annotations

from typing import cast
from urllib.parse import unquote

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils.translation import gettext as _
from django.utils.translation import override

from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import files
from huiyin.reports.ledgers.registry import REGISTRY
from huiyin.reports.making import Making
from tests.factories import AT, make_office
from tests.matters.handling import Desk
from tests.reports.ledgers.books import YEAR, scope_of


def test_a_file_is_to_be_saved_under_its_name() -> None:
    answer = files.attached(b"x", files.XLSX, "台账.xlsx")
    assert answer.content == b"x"
    assert answer["Content-Type"] == files.XLSX
    assert answer["Content-Disposition"].startswith("attachment")
    assert "台账.xlsx" in unquote(answer["Content-Disposition"])


def asked_by(desk: Desk, **headers: str) -> DoorRequest:
    request = cast("DoorRequest", RequestFactory().get("/", headers=headers))
    request.asker = desk.office.asker("clerk")
    return request


def counted(lines: int) -> Making[bytes]:
    yield from range(1, lines + 1)
    return b"PK\n\nfile" + _("导出表格").encode()


def test_a_script_is_told_how_far_a_file_is_before_it_comes() -> None:
    request = cast("DoorRequest", RequestFactory().get("/", headers={"X-Progress": "yes"}))
    with override("en"):
        answer = files.made(request, counted(3 * files.STEP + 1), files.XLSX, "台账.xlsx", of=3 * files.STEP)
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Type"] == files.TOLD
    assert "台账.xlsx" in unquote(answer["Content-Disposition"])
    told, _empty, file = answer.getvalue().partition(b"\n\n")
    assert told == b"200/600\n400/600\n600/600"
    with override("en"):
        assert file == b"PK\n\nfile" + _("导出表格").encode(), "the words are those of who asked"


def test_a_short_file_comes_with_nothing_told() -> None:
    request = cast("DoorRequest", RequestFactory().get("/", headers={"X-Progress": "yes"}))
    answer = files.made(request, counted(1), files.XLSX, "a.xlsx", of=1)
    assert isinstance(answer, StreamingHttpResponse)
    assert answer.getvalue().startswith(b"\nPK")


def test_whoever_does_not_ask_to_be_told_gets_the_file() -> None:
    request = cast("DoorRequest", RequestFactory().get("/"))
    answer = files.made(request, counted(500), files.XLSX, "a.xlsx", of=500)
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Type"] == files.XLSX
    assert answer.content.startswith(b"PK")


@pytest.mark.django_db
def test_who_took_how_much_is_logged_and_never_whose(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(make_office(), AT)
    desk.enquiry(applicant_name="赵小梅")
    scope = scope_of(desk, desk.office.asker("clerk"), YEAR)
    with caplog.at_level("INFO", logger=files.__name__):
        answer = files.register(asked_by(desk), REGISTRY[0], scope)
    assert isinstance(answer, HttpResponse)
    assert answer.content.startswith(b"PK")
    assert f"{desk.id('clerk')} exported 1 lines of {REGISTRY[0].name}" in caplog.text
    assert "赵小梅" not in caplog.text
