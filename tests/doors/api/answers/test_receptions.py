"""Programs read how first responders received people, each only what the person they act for may see."""

from __future__ import annotations

from huiyin.doors.api.answers.receptions import reception_list
from huiyin.reports.ratings import Reception


def test_a_rating_is_told_with_its_average_and_what_is_no_ground_as_nothing() -> None:
    found = reception_list([Reception("1005", "卫经办", 3, 13, None), Reception("1006", "蒋接待", 0, 0, 2)])
    assert found.model_dump() == {
        "asked": True,
        "rows": [
            {"staff_no": "1005", "name": "卫经办", "ratings": 3, "average": 13 / 3, "cold": None},
            {"staff_no": "1006", "name": "蒋接待", "ratings": 0, "average": None, "cold": 2},
        ],
    }


def test_where_nobody_is_asked_is_told_from_where_nobody_rated() -> None:
    assert reception_list(None).model_dump() == {"asked": False, "rows": []}
    assert reception_list([]).model_dump() == {"asked": True, "rows": []}
