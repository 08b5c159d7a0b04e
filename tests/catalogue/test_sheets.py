"""The template people fill in, and noise."""

from __future__ import annotations

from unittest import mock

import pytest
from django.utils import translation
from django.utils.translation import gettext

from huiyin.catalogue.actions import items_template
from huiyin.catalogue.promises import SHORTER
from huiyin.organisation.workbook import read_workbook
from huiyin.rules.rulebook import Rulebook
from tests.catalogue.files import counts, load
from tests.factories import Office

pytestmark = pytest.mark.django_db


def test_noise_and_the_template(office: Office) -> None:
    assert [e.message for e in load(office, b"noise").errors] == ["这不是 XLSX 文件，或文件已损坏"]
    report = load(office, items_template())
    assert (report.errors, counts(report)) == ([], (0, 0, 0, 0))


@pytest.mark.parametrize(
    ("parts", "said", "unsaid"),
    [(frozenset({SHORTER}), "须短于法定时限", "不能长于"), (frozenset(), "不能长于法定时限", "须短于")],
)
def test_what_a_promise_may_be_follows_the_rulebook(parts: frozenset[str], said: str, unsaid: str) -> None:
    book = mock.Mock(spec=Rulebook)
    book.has.side_effect = parts.__contains__
    told = str(read_workbook(items_template(book=book)))
    assert said in told
    assert unsaid not in told


def test_in_english_it_still_imports(office: Office) -> None:
    with translation.override("en"):
        data = items_template(gettext)
    assert "事项编码* (Item code)" in str(read_workbook(data))
    report = load(office, data)
    assert (report.errors, report.ignored, report.rows) == ([], [], 0)
