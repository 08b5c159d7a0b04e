"""The transition table: what may happen next, and nothing besides."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import TRANSITIONS, Stage, advance, possible
from huiyin.rules.recorded import EVENTS
from tests.rules.happenings import happen
from tests.rules.lifecycle.ways import state


def test_the_table_alone_decides_what_is_possible_at_each_stage() -> None:
    kinds = [kind for kind in EVENTS.values() if kind is not e.Registered]
    for matter, stage, kind in product(e.MatterKind, Stage, kinds):
        here = replace(state(kind=matter), stage=stage)
        code = ""
        try:
            advance(here, happen(kind))
        except Unlawful as objection:
            code = objection.code
        assert (code == "not_now") is (kind not in possible(here)), (matter, stage, kind)


@pytest.mark.parametrize("matter", e.MatterKind)
def test_no_stage_is_a_dead_end_and_nothing_leads_out_of_the_last(matter: e.MatterKind) -> None:
    born = state(kind=matter)
    for target in [target for _, target in TRANSITIONS[matter].values() if target]:
        assert possible(replace(born, stage=target)), target
    closed = replace(born, stage=Stage.CLOSED)
    owed_still = {e.Rated, e.OverrunExplained, e.CodeReissued, e.PaperServed} & set(TRANSITIONS[matter])
    # A refusal found wrong is the one way back, and only of what was refused.
    back = {e.RefusalCorrected, e.ReturnAsked, e.MaterialsReturned} if matter == "application" else set()
    assert set(possible(closed)) == {*owed_still, e.ClockRecomputed, e.ClauseInvoked} | back
    for kind in back:
        with pytest.raises(Unlawful, match="没有作出不予办理决定"):
            advance(closed, happen(kind))
    for kind in set(possible(closed)) - back:
        assert advance(closed, happen(kind)).stage is Stage.CLOSED
