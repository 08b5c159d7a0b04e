"""Whatever is found when a limit passes is known to be, so that it can be lifted with it."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from huiyin.rules import examining, joint, lifting, unsure
from huiyin.rules.lifting import found_by_passing
from huiyin.rules.regimes import time_limit

BY_AN_ACT = {"late_notice", "second_notice", "asked_anew"}
"""What somebody did, whatever the calendar says."""


@pytest.mark.parametrize(
    ("what", "found"),
    [
        (examining.EXAMINE, "examined_late"),
        (examining.NOTIFY, "untold"),
        (unsure.REFER, "referred_late"),
        (joint.CONSULT, "consult_silent"),
        (time_limit.TELL_EXTENSION, "extension_told_late"),
        (time_limit.DECIDE, "refusal_overdue"),
        (time_limit.DECIDE, "left_open"),
        (time_limit.DECIDE, "delay_unexplained"),
    ],
)
def test_what_a_passed_limit_finds_belongs_to_its_duty(what: str, found: str) -> None:
    assert {"overdue", found} <= found_by_passing(what)
    assert found not in found_by_passing("register")


def test_no_finding_of_a_regime_is_forgotten() -> None:
    root = Path(str(files("huiyin.rules")))
    told = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    named = set(re.findall(r'\bFinding\(\s*"(\w+)"', told))
    known = {"overdue", *lifting._OF_THE_WORK, *(one for some in lifting._OF_ONE.values() for one in some)}
    assert named - BY_AN_ACT <= known
    # Negative control: the look finds what there is.
    assert {"untold", "examined_late", "referred_late", "second_notice"} <= named
