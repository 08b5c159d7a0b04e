"""Documents and given work told again are the same as lived: every row, every event, every hash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from huiyin.matters.histories import History
from tests import lasting
from tests.factories import Office
from tests.matters import living
from tests.matters.actions.test_replay import differences, told
from tests.matters.paper_living import OWN, STEPS, PaperLife

LIVES = 60


class Lived:
    """The lives: their histories, and all they left in the database."""

    def __init__(self, office: Office) -> None:
        with lasting.undone(), living.same_ids():
            self.histories: list[History] = [PaperLife(office, seed).live() for seed in range(LIVES)]
            self.left = living.everything(office)


@pytest.fixture(scope="module")
def lived(shared_office: Office, django_db_blocker: lasting.Blocker) -> Iterator[Lived]:
    with django_db_blocker.unblock():
        yield Lived(shared_office)


def test_documents_and_tasks_told_again_are_the_same(office: Office, lived: Lived) -> None:
    assert differences(lived.left, told(office, lived.histories)) == []


def test_the_lives_cover_every_step_and_end(office: Office, lived: Lived) -> None:
    taken = Counter(step.verb for history in lived.histories for step in history.steps)
    assert {STEPS[verb] for verb in OWN} - set(taken) == set()
    ends = {row["outcome"] for row in lived.left["matter"]}
    assert ends >= {"", "completed", "dispatched", "done", "voided"}
    assert {row["kind"] for row in lived.left["matter"]} == {"document_in", "document_out", "task"}
