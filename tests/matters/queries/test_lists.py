"""What I owe, what is offered to me, and the matters I may see."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from tests.factories import make_office
from tests.matters.handling import Desk, moment


def test_what_is_owed_comes_by_working_time_left_and_paused_last(desk: Desk) -> None:
    paused, slow, quick = desk.accepted(), desk.accepted(), desk.enquiry()
    desk.do("pause", paused, procedure="hearing", planned_days=1, basis="听证")
    asker = desk.office.asker("clerk", desk.at)
    assert [one.number for one in queries.owed(asker, desk.at)] == [quick, slow, paused]


def test_names_are_masked_on_lists(desk: Desk) -> None:
    desk.register(applicant_name="王小明")
    (line,) = queries.owed(desk.office.asker("clerk", desk.at), desk.at)
    assert line.applicant == "王**"


def test_an_absent_colleagues_duties_show_for_whom(desk: Desk) -> None:
    desk.register()
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    (line,) = queries.owed(desk.office.asker("second_clerk", desk.at), desk.at)
    assert line.acting_for_id == desk.id("clerk")


def test_what_the_menu_counts_is_what_the_lists_show(desk: Desk) -> None:
    desk.register()
    desk.do("offer_handover", desk.register(), to=desk.id("second_clerk"))
    desk.reported(against="clerk")
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    counts = {}
    for who in desk.office.people:
        asker = desk.office.asker(who, desk.at)
        counts[who] = queries.on_the_desk(asker)
        assert counts[who] == len(queries.owed(asker, desk.at)) + len(queries.handovers_to(asker)), who
    assert counts["clerk"] == 2
    assert counts["second_clerk"] == 3
    assert counts["administrator"] == 0


def test_every_rank_sees_its_own_and_no_other_office(desk: Desk) -> None:
    number = desk.register()
    other = make_office("linzhen")
    seers = {
        who for who in desk.office.people if queries.matters(desk.office.asker(who, desk.at), desk.at).rows
    }
    assert {"clerk", "second_clerk", "head", "leader_in_charge", "main_leader", "efficiency_office"} <= seers
    assert {"receptionist", "administrator", "office_head"}.isdisjoint(seers)
    for who in other.people:
        assert queries.matters(other.asker(who, desk.at), desk.at, text=number).rows == []


def test_lists_are_found_by_light_and_stage(desk: Desk) -> None:
    late, fresh = desk.enquiry(), desk.accepted()
    at = moment("2026-03-06 09:00")
    asker = desk.office.asker("clerk", at)
    assert [row.number for row in queries.matters(asker, at, light="red").rows] == [late]
    assert [row.number for row in queries.matters(asker, at, stage="in_hand").rows] == [fresh]
    assert len(queries.matters(asker, at, stage="open").rows) == 2


def test_the_count_of_queries_does_not_grow(desk: Desk) -> None:
    counts = []
    for rounds in (1, 2):
        for _ in range(rounds):
            number = desk.register()
            desk.do("offer_handover", number, to=desk.id("second_clerk"))
        asker = desk.office.asker("clerk", desk.at)
        taker = desk.office.asker("second_clerk", desk.at)
        with CaptureQueriesContext(connection) as seen:
            assert len(queries.owed(asker, desk.at)) == len(queries.matters(asker, desk.at).rows)
            assert len(queries.handovers_to(taker)) == len(queries.owed(asker, desk.at))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_what_lists_show_of_a_question_names_nobody_and_the_whole_is_kept_encrypted(desk: Desk) -> None:
    asked = "王小明13812345678问低保"
    number = desk.enquiry(summary=asked, applicant_name="王小明", applicant_phone="13812345678")
    row = desk.matter(number)
    (line,) = [
        one for one in queries.owed(desk.office.asker("clerk", desk.at), desk.at) if one.number == number
    ]
    assert line.summary == row.summary == "王**138****5678问低保"
    assert queries.applicant_of(desk.office.asker("clerk", desk.at), row).summary == asked
    assert queries.applicant_of(desk.office.asker("head", desk.at), row).summary == line.summary
    with connection.cursor() as cursor:
        cursor.execute("SELECT question, summary FROM matter WHERE number = %s", [number])
        question, summary = cursor.fetchone()
    assert "王小明" not in summary
    assert "王小明".encode() not in bytes(question)
    # Search looks into what lists show, and nowhere else.
    found = queries.matters(desk.office.asker("clerk", desk.at), desk.at, text="问低保")
    assert number in [one.number for one in found.rows]
    assert queries.matters(desk.office.asker("clerk", desk.at), desk.at, text="王小明").rows == []
