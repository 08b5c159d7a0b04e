"""Tables of counts: ten lines open, the rest folded, and what there is nothing of is marked."""

from __future__ import annotations

import pytest

from huiyin.doors.desk.folding import OPEN, folded


@pytest.mark.parametrize(
    ("lines", "first", "rest"), [(0, 0, 0), (OPEN, OPEN, 0), (OPEN + 1, OPEN + 1, 0), (OPEN + 2, OPEN, 2)]
)
def test_what_is_more_than_fits_is_folded_but_never_one_line_alone(lines: int, first: int, rest: int) -> None:
    table = folded("姓名", ["件数"], [(str(n), "", [n]) for n in range(lines)])
    assert (len(table.first), len(table.rest), len(table)) == (first, rest, lines)


def test_noughts_are_marked_and_everything_else_is_said() -> None:
    table = folded(
        "姓名", ["应报备的", "按时报备率"], [("甲", "/a", [0, "—"]), ("乙", "", [3, "0.0% (0/3)"])]
    )
    assert [[(one.label, one.value, one.nought) for one in row.cells] for row in table.first] == [
        [("应报备的", "0", True), ("按时报备率", "—", True)],
        [("应报备的", "3", False), ("按时报备率", "0.0% (0/3)", False)],
    ]


def test_where_tables_follow_one_another_fewer_lines_stand_open() -> None:
    table = folded("姓名", ["件数"], [(str(n), "", [n]) for n in range(8)], keep=3)
    assert (len(table.first), len(table.rest)) == (3, 5)
