from __future__ import annotations

import pytest

from huiyin.doors.cli.choosing import the_office
from huiyin.rules.errors import HuiyinError
from tests.factories import make_office

pytestmark = pytest.mark.django_db


def test_one_of_several_must_be_named() -> None:
    make_office("qingshi")
    assert the_office("").slug == "qingshi"
    make_office("baisha")
    with pytest.raises(HuiyinError) as refused:
        the_office("")
    assert "baisha、qingshi" in refused.value.remedy % refused.value.params
    assert the_office("baisha").slug == "baisha"


def test_without_any_office_it_says_how_to_make_one() -> None:
    with pytest.raises(HuiyinError) as refused:
        the_office("")
    assert "huiyin init" in refused.value.remedy


def test_an_unknown_office_is_answered_with_those_there_are() -> None:
    make_office("qingshi")
    with pytest.raises(HuiyinError) as refused:
        the_office("moon")
    assert "qingshi" in refused.value.remedy % refused.value.params
