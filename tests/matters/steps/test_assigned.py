"""Steps of work that was given, on a dossier in memory: words, digests, rows."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.matters.models import StepNote
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.in_memory import Bench, bench


def task(office: Office) -> Bench:
    return bench(office, kind="task", source="superior_decision", assigner=office.people["head"])


def report(office: Office) -> Bench:
    return bench(office, kind="report", applicant_name="")


@pytest.mark.parametrize(
    ("kind", "step", "fields", "wrong"),
    [
        (task, "progress", {"words": " "}, "words"),
        (task, "progress", {"words": "长" * 5001}, "words"),
        (task, "answer_superior", {"words": "", "how": "post"}, "words"),
        (task, "answer_superior", {"words": "已办", "how": "pigeon"}, "how"),
        (task, "finish", {"result": ""}, "result"),
        (task, "explain_lateness", {"words": "", "to": []}, "words"),
        (report, "conclude", {"outcome": "proven", "words": ""}, "words"),
        (report, "conclude", {"outcome": "", "words": "查明"}, "outcome"),
        (report, "name_accused", {"accused": []}, "accused"),
    ],
)
def test_what_is_not_said_is_refused_and_nothing_happens(
    office: Office, kind: Any, step: str, fields: dict[str, Any], wrong: str
) -> None:
    one = kind(office)
    before = one.kinds(), len(one.dossier.fresh)
    with pytest.raises(Invalid) as caught:
        one.take(step, **fields)
    assert set(caught.value.fields) == {wrong}
    assert (one.kinds(), len(one.dossier.fresh)) == before


def test_words_are_kept_beside_the_event_that_holds_their_digest(office: Office) -> None:
    one = task(office)
    one.take("progress", words=" 已核对一半 ")
    one.take("answer_superior", words="已报县里", how="electronic")
    one.take("finish", result="清退3户")
    one.take("send_back", "head", opinion="名单呢")
    one.take("finish", result="附名单")
    one.take("sign_off", "head", opinion="")
    notes = one.fresh(StepNote)
    assert [note.text for note in notes] == ["已核对一半", "已报县里", "清退3户", "名单呢", "附名单"]
    assert [note.seq for note in notes] == [2, 3, 4, 5, 6]
    progress = one.dossier.events[1]
    assert isinstance(progress, e.ProgressReported)
    assert progress.words_digest == one.dossier.digest("已核对一半")
    assert one.dossier.matter.reply == "附名单"


def test_sending_back_needs_a_reason_and_takes_the_result_back(office: Office) -> None:
    one = task(office)
    one.take("finish", result="清退3户")
    with pytest.raises(Invalid):
        one.take("send_back", "head", opinion="")
    one.take("send_back", "head", opinion="名单呢")
    assert one.dossier.matter.reply == ""


def test_lateness_names_those_who_were_told(office: Office) -> None:
    one = task(office)
    one.take("explain_lateness", words="等材料", to=[one.id("leader_in_charge")])
    told = one.dossier.events[-1]
    assert isinstance(told, e.LatenessExplained)
    assert told.to == (one.id("leader_in_charge"),)


def test_a_report_names_each_once_and_not_too_many(office: Office) -> None:
    one = report(office)
    head, leader = one.id("head"), one.id("main_leader")
    one.take("name_accused", accused=[head, leader, head])
    assert one.dossier.matter.accused == f"{head} {leader}"
    with pytest.raises(Invalid):
        one.take("name_accused", accused=[head])
    with pytest.raises(Unlawful) as caught:
        one.take("name_accused", accused=[f"someone-{number}" for number in range(11)])
    assert caught.value.code == "too_many_accused"
