"""Which forms exist, and that each asks for what its verb takes."""

from __future__ import annotations

import inspect

from huiyin.doors.desk import steps
from huiyin.matters import labels
from huiyin.matters.permissions import verbs


def test_every_verb_that_can_be_offered_has_a_form_and_a_name() -> None:
    offered = set(labels.VERBS)
    assert set(steps.STEPS) == offered
    assert all(f'"{verb}"' in inspect.getsource(verbs) for verb in offered)


def test_dangerous_verbs_stand_apart() -> None:
    grave = {verb for verb, step in steps.STEPS.items() if step.grave}
    assert {"refuse", "propose_refusal", "withdraw", "reissue_code", "refuse_extension"} <= grave
    assert not grave & {"grant", "answer", "accept_application", "issue_notice"}
