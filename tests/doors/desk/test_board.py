"""The lights board and the figures of its chart."""

from __future__ import annotations

import json
from datetime import timedelta
from unittest import mock

from tests.doors.desk.browser import Desk, application, enquiry, said
from tests.factories import AT, Office


def test_table_and_chart_show_the_same_figures(
    clerk: Desk, receptionist: Desk, office: Office, now: mock.Mock
) -> None:
    application(clerk)
    now.return_value = office.at = AT + timedelta(days=40)
    enquiry(Desk(office, "receptionist"))
    leader = Desk(office, "main_leader")
    board = json.loads(leader.get("lights.json").content)
    assert board["units"] == [f"{office.canary}民政办", f"{office.canary}综合办"]
    counts = {one["light"]: one["counts"] for one in board["series"]}
    assert counts == {"red": [1, 0], "yellow": [0, 0], "green": [0, 1], "blue": [0, 0]}
    page = said(leader.get("lights/"))
    assert f"{office.canary}民政办 1 0 0 0 1" in page
    assert "合计 1 0 1 0 2" in page


def test_a_head_sees_the_own_unit_alone(clerk: Desk, receptionist: Desk, office: Office) -> None:
    application(clerk)
    enquiry(receptionist)
    assert json.loads(Desk(office, "head").get("lights.json").content)["units"] == [f"{office.canary}民政办"]


def test_the_sum_comes_first(clerk: Desk, office: Office) -> None:
    application(clerk)
    html = Desk(office, "main_leader").get("lights/").content.decode()
    assert html.index('class="board-total"') < html.index(f"{office.canary}民政办</th>")
    assert "左表" not in html


def test_an_empty_board_says_so(office: Office) -> None:
    assert "没有在办的时限" in said(Desk(office, "head").get("lights/"))
