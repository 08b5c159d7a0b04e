"""`huiyin demo`: the demo office, on purpose."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

import click

from huiyin.doors.cli import preparing, standing
from huiyin.doors.cli.demo import loading, roles
from huiyin.doors.cli.group import Spoken, with_json
from huiyin.doors.cli.output import answer
from huiyin.doors.cli.speaking import gettext
from huiyin.rules.errors import msg
from huiyin.storage import home
from huiyin.storage.safety import refuse_unsafe


@click.command(cls=Spoken, help=msg("建立演示单位：人员、事项和三年的办件"))
@click.option(
    "--matters", type=click.IntRange(1, 1_000_000), default=loading.MATTERS, help=msg("办件数，默认6000")
)
@click.option("--seed", type=int, default=loading.SEED, help=msg("随机种子；同一种子讲同一段历史"))
@with_json
def demo(*, matters: int, seed: int, as_json: bool) -> None:
    """Load the demo office; an office that is there already is left alone."""
    begun = time.monotonic()
    with preparing.alone(home.home()):
        refuse_unsafe()
        preparing.migrate()
        loaded = loading.load(count=matters, seed=seed, until=datetime.now(UTC), quiet=as_json)
        standing.forget(home.home())
    seconds = time.monotonic() - begun
    found: dict[str, object] = {
        "office": loaded.tenant.slug,
        "name": loaded.tenant.name,
        **asdict(loaded.written),
        "sign_in": [
            {"role": role.key, "login": f"{role.staff_no}@{roles.SLUG}", "password": roles.PASSWORD}
            for role in roles.ROLES
        ],
        "track": {"number": loaded.tracked.number, "code": loaded.tracked.code} if loaded.tracked else None,
        "seconds": round(seconds, 3),
    }
    answer(found, lines_of(loaded, seconds), as_json=as_json)


def lines_of(loaded: loading.Loaded, seconds: float) -> Iterator[str]:
    """Yield what people want to know of the office that was loaded."""
    yield gettext("已建立“%(name)s”：%(matters)s 件办件，%(events)s 个事件，用时 %(seconds).0f 秒。") % {
        "name": loaded.tenant.name,
        "matters": loaded.written.matters,
        "events": loaded.written.events,
        "seconds": seconds,
    }
    yield from roles.sign_ins(loaded.tenant.name)
    if loaded.tracked:
        yield loading.tracking_line(loaded)
