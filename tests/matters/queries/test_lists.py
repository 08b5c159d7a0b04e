"""What I owe, what is offered to me, and the matters I may see."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from huiyin.organisation import actions as organisation
from tests.factories import make_office
from tests.matters.handling import Desk, moment


def test_what_is_owed_comes_by_working_time_left_and_paused_last(desk: Desk) -> None:
    paused, slow, quick = desk.accepted(), desk.accepted(), desk.enquiry()
    desk.do("pause", paused, procedure="hearing", planned_days=9, basis="听证")
    asker = desk.office.asker("clerk", desk.at)
    found = [(one.number, one.what) for one in queries.owed(asker, desk.at)]
    assert found == [(quick, "answer"), (paused, "end_procedure"), (slow, "decide"), (paused, "decide")]


def test_names_are_masked_on_lists(desk: Desk) -> None:
    desk.register(applicant_name="王小明")
    (line,) = queries.owed(desk.office.asker("clerk", desk.at), desk.at)
    assert line.applicant == "王**"


def test_an_absent_colleagues_duties_show_for_whom(desk: Desk) -> None:
    desk.register()
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    (line,) = queries.owed(desk.office.asker("second_clerk", desk.at), desk.at)
    assert line.acting_for_id == desk.id("clerk")


def two_posts_and_away(desk: Desk) -> None:
    """The efficiency office has a second post, each with a stand-in of its own, and goes away."""
    office, by = desk.office, organisation.OPERATOR
    second = organisation.add_position(
        office.units["ZH"], code="ZH09", title="信息岗", rank="clerk", by=by, at=office.at
    )
    absentee, since = office.people["efficiency_office"], office.at.date()
    organisation.appoint(second, absentee, "A", since=since, by=by, at=office.at)
    organisation.appoint(second, office.people["second_clerk"], "B", since=since, by=by, at=office.at)
    first = office.positions["ZH02"]
    organisation.appoint(first, office.people["receptionist"], "B", since=since, by=by, at=office.at)
    office.absent("efficiency_office", starts_at=desk.at, hours=24 * 60)


def test_a_report_with_somebody_absent_is_on_the_desk_of_the_first_posts_stand_in_alone(desk: Desk) -> None:
    number = desk.reported(against="clerk")
    two_posts_and_away(desk)
    found = {}
    for who in ("receptionist", "second_clerk"):
        asker = desk.office.asker(who, desk.at)
        assert desk.id("efficiency_office") in asker.stands_in_for
        owed = [one.number for one in queries.owed(asker, desk.at)]
        covered = [one.number for one in queries.covered(asker)]
        first = [one.number for one in queries.followed(asker)]
        found[who] = (owed, covered, first, queries.on_the_desk(asker))
    assert found == {"receptionist": ([number], [number], [number], 1), "second_clerk": ([], [], [], 0)}


def test_a_report_offered_to_somebody_absent_is_theirs_and_their_first_stand_ins(desk: Desk) -> None:
    number = desk.reported(against="efficiency_office")
    desk.do("name_accused", number, who="main_leader", accused=desk.id("clerk"))
    assert desk.matter(number).custodian_id == desk.id("main_leader")
    desk.do("offer_handover", number, who="main_leader", to=desk.id("head"), reason="由其查办")
    second = organisation.add_position(
        desk.office.units["ZH"],
        code="ZH09",
        title="信息岗",
        rank="clerk",
        by=organisation.OPERATOR,
        at=desk.at,
    )
    for who, part in (("head", "A"), ("second_clerk", "B")):
        organisation.appoint(
            second, desk.office.people[who], part, since=desk.at.date(), by=organisation.OPERATOR, at=desk.at
        )
    desk.office.absent("head", starts_at=desk.at, hours=24)
    asker = desk.office.asker("second_clerk", desk.at)
    assert desk.id("head") in asker.stands_in_for - asker.first_for
    assert queries.handovers_to(asker) == []
    assert [one.matter.number for one in queries.handovers_to(desk.office.asker("head", desk.at))] == [number]


def test_what_is_not_theirs_takes_no_place_on_the_list_of_anothers_duties(desk: Desk) -> None:
    hidden = desk.reported(against="head")
    desk.at = moment("2026-03-04 09:00")
    seen = desk.register(first_responder=desk.id("efficiency_office"))
    desk.do("accept_application", seen, who="efficiency_office")
    head = desk.office.asker("head", desk.at)
    every = queries.owed(desk.office.asker("efficiency_office", desk.at), desk.at)
    assert [one.number for one in every] == [hidden, seen]
    assert [one.number for one in queries.owed(head, desk.at, 1, of=desk.id("efficiency_office"))] == [seen]


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
