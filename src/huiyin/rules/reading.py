"""What all calendar files have in common: YAML with dates, and messages that name the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml


class ScheduleError(ValueError):
    """A calendar file is wrong; the message names the file, what is wrong, and what to do."""


def mapping(text: str, name: str) -> Mapping[str, Any]:
    """The file's 'key: value' lines; raises ScheduleError when it is anything else."""
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise ScheduleError(f"{name}: not YAML: {error}") from error
    if not isinstance(raw, dict):
        raise ScheduleError(f"{name}: needs 'key: value' lines; it has none")
    return raw


def day_of(raw: object, name: str) -> date:
    """A day; raises ScheduleError for text that YAML does not read as a date, and for moments."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise ScheduleError(f"{name}: {raw!r} is no date; write it as 2026-01-01")
