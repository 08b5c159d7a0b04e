"""The template people fill in."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils import translation
from django.utils.translation import gettext

from huiyin.organisation.models import Tenant
from huiyin.organisation.sheets import SHEETS, people_template
from huiyin.organisation.workbook import read_workbook
from tests.organisation.files import (
    counts,
    load,
)

pytestmark = pytest.mark.django_db


def test_the_template_imports_as_nothing(tenant: Tenant) -> None:
    report = load(tenant, people_template())
    assert (report.errors, counts(report)) == ([], (0, 0, 0, 0))


def test_the_template_reads_back_and_has_drop_downs() -> None:
    data = people_template()
    found = read_workbook(data)
    assert set(found) == {"科室", "岗位", "人员", "说明"}
    assert found["人员"][1][0] == "工号*"
    assert str(found["人员"][2][0]).startswith("示例")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        positions = archive.read("xl/worksheets/sheet2.xml").decode()
    assert positions.count("<dataValidation ") == 2
    assert "主要领导" in positions


def test_in_english_it_explains_itself_and_still_imports(tenant: Tenant) -> None:
    with translation.override("en"):
        data = people_template(gettext)
    found = read_workbook(data)
    assert found["人员"][1][0] == "工号* (Staff no.)"
    assert "Rank" in str(found["岗位"][1])
    said = str(found)
    assert "带 * 的列必填" not in said
    report = load(tenant, data)
    assert (report.errors, report.ignored, counts(report)) == ([], [], (0, 0, 0, 0))


def test_every_header_is_known_once() -> None:
    for one in SHEETS:
        headers = [name for column in one.columns for name in (column.header, *column.also)]
        assert len(headers) == len(set(headers)), one.name
