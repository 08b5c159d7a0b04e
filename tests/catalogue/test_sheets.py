"""The template people fill in, and noise."""

from __future__ import annotations

import pytest

from huiyin.catalogue.actions import items_template
from tests.catalogue.files import counts, load
from tests.factories import Office

pytestmark = pytest.mark.django_db


def test_noise_and_the_template(office: Office) -> None:
    assert [e.message for e in load(office, b"noise").errors] == ["这不是 XLSX 文件，或文件已损坏"]
    report = load(office, items_template())
    assert (report.errors, counts(report)) == ([], (0, 0, 0, 0))
