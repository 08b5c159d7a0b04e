"""The words for codes: a word for every code there is, and an enquiry is no application."""

from __future__ import annotations

from huiyin.matters import labels
from huiyin.organisation.terms import Rank
from huiyin.rules.lifecycle import Stage
from huiyin.rules.vocabulary import Light, Outcome


def test_every_code_has_its_word() -> None:
    assert set(labels.STAGES) == {stage.value for stage in Stage}
    assert set(labels.LIGHTS) == {light.value for light in Light}
    assert set(labels.PUNCTUALITY) == {outcome.value for outcome in Outcome}
    assert set(labels.RANKS) == set(Rank.values)


def test_an_enquiry_is_withdrawn_as_an_enquiry() -> None:
    assert labels.verbs("enquiry")["withdraw"] == "撤回咨询"
    assert labels.verbs("application")["withdraw"] == "撤回申请"
    assert set(labels.verbs("enquiry")) == set(labels.verbs("application"))
