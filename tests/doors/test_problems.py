from __future__ import annotations

import json
from http import HTTPStatus

import pytest
from django.utils import translation

from huiyin.doors.problems import MEDIA_TYPE, TITLES, problem
from huiyin.rules.errors import Busy, Forbidden, HuiyinError, Invalid, NotFound, Unlawful


def test_a_problem_says_what_is_wrong_where_and_what_to_do() -> None:
    error = Unlawful(
        "还有%(count)s份必交材料没有收到，不能受理",
        code="materials_missing",
        params={"count": 2},
        clause="p4.one-time-notice.4",
        remedy="请先一次性告知，或在核对表中登记已收到。",
    )
    answer = problem(error)
    assert (answer.status_code, answer["Content-Type"]) == (409, MEDIA_TYPE)
    assert json.loads(answer.content) == {
        "type": "urn:huiyin:problem:materials_missing",
        "title": "现在不能这样办理",
        "status": 409,
        "detail": "还有2份必交材料没有收到，不能受理",
        "code": "materials_missing",
        "clause": "p4.one-time-notice.4",
        "remedy": "请先一次性告知，或在核对表中登记已收到。",
    }


def test_fields_come_with_their_sentences_and_empty_members_are_left_out() -> None:
    found = json.loads(problem(Invalid({"a": "此项必填", "b": "应为整数"})).content)
    assert found["errors"] == {"a": "此项必填", "b": "应为整数"}
    assert "clause" not in found
    assert "remedy" not in found


@pytest.mark.parametrize(
    "error", [NotFound(), Busy(), Forbidden("不", code="x"), HuiyinError("不", code="y")]
)
def test_every_status_of_a_refusal_has_a_title_and_is_never_kept(error: HuiyinError) -> None:
    answer = problem(error)
    assert json.loads(answer.content)["title"] == TITLES[HTTPStatus(error.status)]
    assert answer["Cache-Control"] == "no-store"


def test_programs_are_told_how_to_come_back() -> None:
    assert problem(Busy())["Retry-After"] == "2"
    refused = problem(HuiyinError("需要令牌", code="x"), status=401)
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_what_is_not_there_is_told_alike_in_each_language() -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert problem(NotFound()).content == problem(NotFound()).content
