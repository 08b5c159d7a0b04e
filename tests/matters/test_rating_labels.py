"""Every point a rulebook names has words."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.matters.rating_labels import DIFFICULTIES, MISSED, POINTS
from huiyin.rules.regimes.service_commitment import not_kept_choices
from huiyin.rules.rulebook import load


@pytest.mark.parametrize(
    ("profile", "number"), [("company", 11), ("township", 11), ("headquarters", 4), ("commission", 0)]
)
def test_every_point_of_every_rulebook_has_words(profile: str, number: int) -> None:
    points = not_kept_choices(load(profile), date(2026, 3, 2))
    assert len(points) == number
    assert points.keys() <= POINTS.keys() | DIFFICULTIES.keys() == MISSED.keys()
