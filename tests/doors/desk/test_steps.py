"""Which forms exist, and that each asks for what its verb takes."""

from __future__ import annotations

import inspect

from huiyin.doors.desk import steps
from huiyin.matters import labels
from huiyin.matters.permissions import paperwork, refusals, verbs


def test_every_verb_that_can_be_offered_has_a_form_and_a_name() -> None:
    offered = set(labels.VERBS)
    assert set(steps.STEPS) == offered
    told = "".join(map(inspect.getsource, (verbs, paperwork, refusals)))
    assert all(f'"{verb}"' in told for verb in offered)


def test_dangerous_verbs_stand_apart() -> None:
    grave = {verb for verb, step in steps.STEPS.items() if step.grave}
    assert {"refuse", "propose_refusal", "withdraw", "reissue_code", "refuse_extension"} <= grave
    assert not grave & {"grant", "answer", "accept_application", "issue_notice"}


def test_the_last_button_of_each_form_says_what_happens_then() -> None:
    said = [step.go for step in steps.STEPS.values()]
    assert len(set(said)) == len(said)
    assert not [go for go in said if go.startswith("确认")]
    assert steps.STEPS["pause"].go == "启动特别程序"
