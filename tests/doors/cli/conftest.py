"""A way to call commands in the test's own database, and to hold them to what they promise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from huiyin.doors.cli.group import huiyin

Run = Callable[..., "Said"]


class Said:
    """What a command answered: its exit code, what it printed, and the JSON object if it printed one."""

    def __init__(self, result: Result) -> None:
        self.code = result.exit_code
        self.out = result.stdout
        self.err = result.stderr
        self.error = result.exception

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    for name in ("HUIYIN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str) -> Said:
        result = CliRunner().invoke(huiyin, list(words), prog_name="huiyin")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result)

    language = translation.get_language()
    yield run
    translation.activate(language or "zh-hans")
