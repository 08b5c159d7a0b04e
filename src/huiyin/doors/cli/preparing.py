"""Making an installation ready to serve: safe, migrated, its static files collected, the demo loaded once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from huiyin.doors.cli import standing
from huiyin.doors.cli.demo import loading, roles
from huiyin.doors.cli.speaking import gettext
from huiyin.organisation import queries as organisation
from huiyin.storage import collecting, home
from huiyin.storage.safety import refuse_unsafe

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant


def prepare(*, empty: bool) -> standing.Standing:
    """Do what is still to be done before the first request, and remember that it is done.

    Without `empty`, an installation without any office gets the demo office.
    Raises `UnsafeStart` for an installation that is not fit to run.
    """
    place = home.home()
    with alone(place):
        refuse_unsafe()
        migrate()
        _say(gettext("正在整理网页文件…"))
        call_command("collectstatic", interactive=False, verbosity=0)
        if not empty and not organisation.tenants().exists():
            _say(gettext("正在建立演示单位（只在第一次运行时，约半分钟）…"))
            loaded = loading.load(count=loading.MATTERS, seed=loading.SEED, until=datetime.now(UTC))
            _say(loading.tracking_line(loaded))
        offices = list(organisation.tenants())
        _tell_of_unfit(offices)
        demo = next((one.name for one in offices if one.slug == roles.SLUG), "")
        standing.remember(place, offices=len(offices), demo=demo)
    return standing.Standing("", "", len(offices), demo)


def _tell_of_unfit(offices: list[Tenant]) -> None:
    """Say which changes of an office the program's rulebooks cannot follow; it serves without them."""
    for tenant in offices:
        for number, why in organisation.unfit(tenant).items():
            said = {"office": tenant.name, "n": number, "why": why}
            _say(gettext("“%(office)s”的第%(n)s号修订与这一版所带的制度不符，没有采用：%(why)s") % said)


def migrate() -> None:
    """Bring the database up to the program, only when it is behind."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say(gettext("正在更新数据库…"))
        with collecting.seldom():
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Let one process at a time prepare a home; the others wait for it."""
    with (place / "preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _say(text: str) -> None:
    # On standard error: a program that reads the answer as JSON must not find this in it.
    click.echo(text, err=True)
