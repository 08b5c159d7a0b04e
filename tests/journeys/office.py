"""Prepare an installation for the journeys: a home, four offices, accounts with a known password.

Run as a program with HUIYIN_HOME set; prints one JSON object. It is a program
of its own because the server under test has its own process and its own home.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.factories import Office

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
COMMISSION = ("clerk", "leader_in_charge", "main_leader")


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
    commission = factories.make_office("weiban", rulebook="commission", at=at)
    _set_opinion_limit(commission, at)
    accounts = {role: office.account(role)[0].login for role in ROLES}
    accounts |= {f"hq_{role}": headquarters.account(role)[0].login for role in HEADQUARTERS}
    accounts |= {f"commission_{role}": commission.account(role)[0].login for role in COMMISSION}
    return {"accounts": accounts, "password": factories.PASSWORD, "canary": office.canary}


def _set_opinion_limit(office: Office, at: datetime) -> None:
    """Set the leaders' time to sign, which the commission's regulation leaves to the office."""
    organisation = import_module("huiyin.organisation.actions")
    change = import_module("huiyin.rules.overlays").Change(
        "p3.refusal-filing.3.3.a",
        at.date() + timedelta(days=2),
        {"limit": {"amount": 2, "unit": "working_day"}},
    )
    row = organisation.propose_rules(
        office.tenant, [change], reason="主任办公会", by=office.asker("efficiency_office"), at=at
    )
    organisation.confirm_rules(row, by=office.asker("main_leader"), at=at)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare(), ensure_ascii=False))
