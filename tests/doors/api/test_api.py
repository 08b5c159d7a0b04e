from __future__ import annotations

from tests.doors.api.programs import Program


def test_chinese_travels_as_it_is_written(clerk: Program) -> None:
    answer = clerk.get("/me")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "卫经办" in answer.content.decode()
