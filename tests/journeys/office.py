"""Prepare an installation for the journeys: a home, three offices, accounts with a known password.

Run as a program with HUIYIN_HOME set; prints one JSON object. It is a program
of its own because the server under test has its own process and its own home.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module

import django

ROLES = (
    "receptionist",
    "clerk",
    "second_clerk",
    "head",
    "office_head",
    "leader_in_charge",
    "main_leader",
    "efficiency_office",
    "administrator",
)
HEADQUARTERS = ("clerk", "second_clerk", "head")


def prepare() -> dict[str, object]:
    """Migrate, collect static files and make the offices; answers how to sign in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings.base")
    import_module("huiyin.storage.home").prepare()
    django.setup()
    call_command = import_module("django.core.management").call_command
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    factories = import_module("tests.factories")
    # Offices open a week before: the journeys happen now, whatever day it is.
    at = datetime.now(UTC) - timedelta(days=7)
    office = factories.make_office("zhaogong", at=at)
    factories.make_office("linzhen", at=at)
    headquarters = factories.make_office("zhihui", rulebook="headquarters", at=at)
    accounts = {role: office.account(role)[0].login for role in ROLES}
    accounts |= {f"hq_{role}": headquarters.account(role)[0].login for role in HEADQUARTERS}
    return {"accounts": accounts, "password": factories.PASSWORD, "canary": office.canary}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare(), ensure_ascii=False))
