"""Refusals keep their parts apart: sentence, parameters, code, clause and remedy."""

from __future__ import annotations

import pytest

from huiyin.rules.errors import (
    Busy,
    Conflict,
    Forbidden,
    HuiyinError,
    Invalid,
    NotFound,
    Unlawful,
    msg,
)


def test_the_sentence_is_filled_and_its_parts_stay_apart_for_translation() -> None:
    params = {"number": "QH202600000017K"}
    error = Unlawful("%(number)s已经归结", code="closed", params=params, clause="p4.x", remedy="请查看")
    params["number"] = "changed afterwards"
    assert str(error) == "QH202600000017K已经归结"
    assert (error.msgid, error.params) == ("%(number)s已经归结", {"number": "QH202600000017K"})
    assert (error.code, error.clause, error.remedy) == ("closed", "p4.x", "请查看")


def test_clause_and_remedy_may_be_empty_and_a_bare_percent_sign_stands() -> None:
    error = HuiyinError("已完成100%", code="done")
    assert str(error) == "已完成100%"
    assert (error.params, error.clause, error.remedy) == ({}, "", "")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (HuiyinError("不行", code="no"), 400),
        (NotFound(), 404),
        (Forbidden("不行", code="no"), 403),
        (Unlawful("不行", code="no"), 409),
        (Conflict("不行", code="no"), 409),
        (Invalid({"name": "请填写"}), 422),
        (Busy(), 503),
    ],
)
def test_each_refusal_has_its_status_and_one_root(error: HuiyinError, status: int) -> None:
    assert error.status == status
    assert isinstance(error, HuiyinError)
    assert error.code
    assert str(error)


def test_what_is_missing_and_what_is_hidden_answer_alike() -> None:
    missing, hidden = NotFound(), NotFound()
    assert vars(missing) == vars(hidden)
    assert (missing.code, missing.params) == ("not_found", {})
    assert missing.remedy
    with pytest.raises(TypeError):
        NotFound(params={"number": "QH202600000017K"})  # type: ignore[call-arg]


def test_wrong_entries_show_the_first_sentence_and_keep_every_field() -> None:
    fields = {"phone": "电话应为%(digits)s位", "name": "请填写姓名"}
    error = Invalid(fields, clause="p4.one-time-notice.1", params={"digits": 11})
    fields.clear()
    assert str(error) == "电话应为11位"
    assert error.fields == {"phone": "电话应为%(digits)s位", "name": "请填写姓名"}
    assert (error.code, error.clause) == ("invalid", "p4.one-time-notice.1")
    assert Invalid({"phone": "请填写"}, code="no_phone").code == "no_phone"


def test_a_busy_storage_says_that_repeating_is_safe() -> None:
    assert "不会重复登记" in Busy().remedy
    assert Busy().code == "busy"


def test_a_marked_literal_is_returned_unchanged() -> None:
    assert msg("第%(n)s项") == "第%(n)s项"
