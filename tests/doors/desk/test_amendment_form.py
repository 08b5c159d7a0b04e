"""The form of a clause: what may be set, what is said of a wrong answer, and that nothing typed is lost."""

from __future__ import annotations

import re

import pytest

from huiyin.organisation.models import RulebookChange
from huiyin.rules.rulebook import load
from tests.doors.desk.browser import Desk, said
from tests.factories import Office

CLAUSE = "p4.time-limit.5.b"


def typed(**other: str) -> dict[str, str]:
    """Fill the form in so that only the answer to a general enquiry becomes quicker."""
    clause = load("township").clause(CLAUSE)
    days = {"urgent": "1", "normal": "1", "low": "3"}
    fields = {f"limit.by_urgency.{level}": text for level, text in days.items()}
    rest = {"zh": clause.zh, "en": clause.en, "since": "2026-04-01", "reason": "镇长办公会"}
    return fields | rest | {name.replace("__", "."): text for name, text in other.items()}


@pytest.fixture
def efficiency(office: Office) -> Desk:
    return Desk(office, "efficiency_office")


def test_it_asks_for_what_the_clause_says(efficiency: Desk, clerk: Desk) -> None:
    page = efficiency.get(f"rules/{CLAUSE}/").content.decode()
    assert 'name="limit.by_urgency.normal" value="2"' in page
    assert "1至3之间" in page
    assert 'name="since"' in page
    assert 'id="amend"' not in clerk.get(f"rules/{CLAUSE}/").content.decode()


def test_a_law_is_not_an_offices_to_change(efficiency: Desk, office: Office) -> None:
    law = next(key for key in load(office.tenant.rulebook).clauses if key.startswith("law."))
    page = efficiency.get(f"rules/{law}/")
    assert page.status_code == 200
    assert 'id="amend"' not in page.content.decode()
    assert efficiency.post(f"rules/{law}/amend/", **typed()).status_code == 422
    assert not RulebookChange.objects.exists()


def test_what_holds_for_every_clock_is_not_asked_about_running_matters(efficiency: Desk) -> None:
    page = efficiency.get("rules/house.counting/").content.decode()
    assert '<option value="next_opening">' in page
    assert 'name="running"' not in page
    assert 'name="running"' in efficiency.get(f"rules/{CLAUSE}/").content.decode()


def test_what_may_be_set_is_named_in_words_in_both_languages(efficiency: Desk) -> None:
    told = {
        "rules/p4.time-limit.8.b/": (("批准人", "主要领导"), ("Approved by", "Main leader")),
        "rules/house.counting/": (
            ("下班后或休息日收到的", "从次一开门时起算", "不顺延"),
            ("Received after hours or on a day off", "Counts from the next opening", "Stays on that day"),
        ),
    }
    for place in (0, 1):
        for path, words in told.items():
            page = efficiency.get(path).content.decode()
            form = page[page.index('id="amend"') :]
            shown = re.sub("<[^>]+>", " ", form)
            assert [word for word in words[place] if word not in shown] == []
            for raw in ("approver", "main_leader", "late_receipt", "next_opening", "stays "):
                assert raw not in shown.replace("Stays on", "")
        efficiency.client.post("/language/", {"language": "en", "next": "/desk/"})


def test_the_levels_of_a_refusal_are_chosen_in_their_order(efficiency: Desk) -> None:
    page = efficiency.get("rules/p4.refusal-filing.1.c/").content.decode()
    assert '<option value="leader_in_charge main_leader">分管领导 → 主要领导</option>' in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"limit__by_urgency__normal": "4"}, "请填写允许范围内的整数"),
        ({"since": "2026-01-05"}, "施行日期应在今天之后"),
        ({"since": "1900-01-01", "limit__by_urgency__low": "2"}, "施行日期应在今天之后"),
        ({"since": "明天"}, "请填写日期"),
        ({"reason": ""}, "请填写理由和依据"),
        ({"zh": ""}, "请写明条文"),
    ],
)
def test_a_wrong_answer_is_named_and_the_rest_is_kept(
    efficiency: Desk, wrong: dict[str, str], told: str
) -> None:
    answer = efficiency.post(f"rules/{CLAUSE}/amend/", **typed(en="Quicker.", **wrong))
    assert "Quicker." in answer.content.decode()
    normal, low = (f"limit__by_urgency__{level}" for level in ("normal", "low"))
    for field, usual in ((normal, "1"), (low, "3")):
        name = field.replace("__", ".").replace("by.urgency", "by_urgency")
        assert f'name="{name}" value="{wrong.get(field, usual)}"' in answer.content.decode()
    assert answer.status_code == 422
    assert told in said(answer)
    assert '<details class="card-body why" open>' in answer.content.decode()
    assert not RulebookChange.objects.exists()


def test_a_form_sent_as_it_was_changes_nothing(efficiency: Desk) -> None:
    answer = efficiency.post(f"rules/{CLAUSE}/amend/", **typed(limit__by_urgency__normal="2"))
    assert answer.status_code == 422
    assert "没有改动任何内容" in said(answer)
    assert not RulebookChange.objects.exists()


def test_the_form_starts_from_what_the_clause_will_say_on_its_day(efficiency: Desk, office: Office) -> None:
    efficiency.post(f"rules/{CLAUSE}/amend/", **typed())
    row = RulebookChange.objects.get()
    assert Desk(office, "main_leader").post(f"rules/changes/{row.id}/confirm/").status_code == 302
    # From June on low in two days: the form showed today's values, of which April changes one.
    june = typed(since="2026-06-01", limit__by_urgency__normal="2", limit__by_urgency__low="2")
    answer = efficiency.post(f"rules/{CLAUSE}/amend/", **june)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "这一条已另有修订" in said(answer)
    assert 'name="limit.by_urgency.normal" value="1"' in page
    assert 'name="shown" value="2026-06-01"' in page
    assert "镇长办公会" in page
    again = typed(since="2026-06-01", limit__by_urgency__low="2", shown="2026-06-01")
    assert efficiency.post(f"rules/{CLAUSE}/amend/", **again).status_code == 302
    text = RulebookChange.objects.get(number=2).text
    assert "normal: 1" in text
    assert "low: 2" in text
    # And back to two days from June on can be said as well.
    back = typed(since="2026-06-01", limit__by_urgency__normal="2", shown="2026-06-01")
    assert efficiency.post(f"rules/{CLAUSE}/amend/", **back).status_code == 302


def test_a_clause_nothing_acts_on_says_so(efficiency: Desk) -> None:
    assert "还没有按这一条自动计时" in said(efficiency.get("rules/p4.assessment.5.c/"))
    assert "还没有按这一条自动计时" not in said(efficiency.get(f"rules/{CLAUSE}/"))
