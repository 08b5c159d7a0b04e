"""A worker that only recomputes: `python -m tests.matters.recomputing_child DATABASE MOMENT`."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from importlib import import_module

import django
from django.conf import settings


def main(database: str, moment: str) -> None:
    """Go on until nothing is left, a few matters a turn."""
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    actions = import_module("huiyin.matters.actions")
    at = datetime.fromisoformat(moment)
    while actions.is_recomputing():
        moved = actions.recompute_due_dates(at, written=300)
        at = at if moved else at + timedelta(seconds=90)
        sys.stdout.write(f"{moved}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
