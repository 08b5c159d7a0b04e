"""Garbage is collected seldom during bulk work, and as before after it, also when it fails."""

from __future__ import annotations

import gc

import pytest

from huiyin.storage.collecting import seldom


def test_collections_are_rare_inside_and_usual_again_afterwards() -> None:
    usual = gc.get_threshold()
    with seldom():
        assert all(now > before for now, before in zip(gc.get_threshold(), usual, strict=True))
    assert gc.get_threshold() == usual


def test_work_that_fails_leaves_the_collector_as_it_was() -> None:
    usual = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"), seldom():
        raise ValueError("broken")
    assert gc.get_threshold() == usual
