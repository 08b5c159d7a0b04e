"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from huiyin.matters import dossier
from huiyin.reports import promises
from tests import flushing
from tools import chromium

# The same examples on every run, and no limit on how long one takes: machines differ. To look for
# new ones: HYPOTHESIS_PROFILE=explore.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


SELDOM = 20_000
"""Objects before the garbage collector looks."""


def pytest_collection_finish() -> None:
    """Keep what lasts for the whole run, every test of it, out of the garbage collector's way."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is `long`; leave out, saying so, what only PostgreSQL can answer on SQLite."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if "postgres" in str(settings.DATABASES["default"]["ENGINE"]):
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="says something about PostgreSQL only"))


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser of the journeys; without one they fail, and say what to do."""
    found = chromium.find()
    if found is None:
        pytest.fail("No Chromium was found. Run: make setup-test")
    return found


@pytest.fixture(scope="session", autouse=True)
def _emptiable_ledger() -> Iterator[None]:
    """Tests that commit for real are cleaned up after; the product itself has no such way out."""
    with flushing.allowed():
        yield


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """The language that a page of one test was asked in is not the next test's."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_guides() -> Iterator[None]:
    """A version of an item never changes and is remembered; the next test has an item of the same key."""
    yield
    dossier._guide.cache_clear()


@pytest.fixture(autouse=True)
def _own_figures() -> Iterator[None]:
    """What one test's office shows the public is not the next test's, which has the same key."""
    yield
    promises._SHOWN.clear()
