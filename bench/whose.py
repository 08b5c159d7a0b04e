"""How fast "whose is it?" answers: `python -m bench.whose [--count N] [--database sqlite]`.

Fills a throwaway installation with that many past matters, five hundred items, a thousand positions with
their duties, and as many people, and asks as somebody at the counter does: two characters, a few more,
full pinyin, initials, both mixed, a phone, a name, and words that nobody ever said. Each is asked by a main
leader, who may see every matter, and by a clerk. Prints for each, in milliseconds:

- `here`: items, duties, phones, people and who dealt with the like before, the median and the worst;
- `cpu`: what of the median the processor worked for it, which a busy machine does not stretch;
- `control`: the same question to the matters alone without an index, in the same run;
- `ratio`: the control's median by that of here.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.scene import POSTGRESQL, SQLITE, scene

ROUNDS = 15
GOAL = 50.0
"""Milliseconds in which the answer has to be there."""
SUBJECTS = ("低保", "医保", "社保", "养老", "残疾", "临时", "住房", "宅基地", "林木", "殡葬", "户口", "就业")
VERBS = ("申请", "咨询", "复核", "登记", "变更", "注销", "补办", "查询", "年审", "备案")
REST = ("怎么办理", "需要什么材料", "多久能办好", "在哪里办", "能不能代办", "没有收到通知", "想问进度")
RARE = "沼气池"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "一二明华国建军文秀英兰玉芳伟敏静丽强磊洋艳勇杰娟涛超霞平刚桂"
ASKED = (
    ("two characters", "低保"),
    ("two, often", "申请"),
    ("two, rare", "沼气"),
    ("a phrase", "低保申请怎么办理"),
    ("full pinyin", "dibaoshenqing"),
    ("two syllables", "dibao"),
    ("initials", "dbsq"),
    ("two initials", "db"),
    ("mixed", "dbshenq"),
    ("a phone", "8888-1234"),
    ("a name", "王秀兰"),
    ("nothing", "飞碟降落"),
)


def main(arguments: list[str]) -> int:
    """Measure one database; 1 when an answer was late and --check was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    parser.add_argument("--check", action="store_true", help="fail when an answer takes more than the goal")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.inside:
        return _inside(UUID(asked.inside), asked.count)
    with scene(asked.database) as where:
        child = where.start(
            "bench.whose", "--inside", str(where.known.tenant_id), "--count", str(asked.count)
        )
        said, _ = child.communicate()
    if child.returncode:
        return child.returncode
    found = json.loads(said)
    print(f"{asked.count} matters on {asked.database}, made in {found['made']:.0f} s")
    print(
        f"{'asked':16} {'by':12} {'found':>6} {'here':>8} {'worst':>8} {'cpu':>7} {'control':>9} {'ratio':>7}"
    )
    for one in found["lines"]:
        print(
            f"{one['asked']:16} {one['by']:12} {one['answers']:>6} {one['here']:>8.2f} {one['worst']:>8.2f}"
            f" {one['cpu']:>7.2f} {one['control']:>9.2f} {one['control'] / one['here']:>7.1f}"
        )
    late = [one for one in found["lines"] if one["worst"] > GOAL]
    return 1 if asked.check and late else 0


def _inside(tenant_id: UUID, count: int) -> int:
    from huiyin.doors.cli import installation  # noqa: PLC0415 - the environment has to be set before

    installation.set_up()
    begun = time.monotonic()
    askers = _fill(tenant_id, count)
    made = time.monotonic() - begun
    lines = [_line(kind, text, by, asker) for kind, text in ASKED for by, asker in askers.items()]
    print(json.dumps({"made": made, "lines": lines}))
    return 0


def _line(kind: str, text: str, by: str, asker: Any) -> dict[str, Any]:
    from django.db.models import Count  # noqa: PLC0415

    from huiyin.catalogue import queries as catalogue  # noqa: PLC0415
    from huiyin.matters import queries as matters  # noqa: PLC0415

    def here() -> int:
        return len(catalogue.whose(asker, text)) + len(matters.handled_like(asker, text))

    def control() -> int:
        rows = matters.visible_to(asker).filter(summary__icontains=text)
        return len(rows.values("custodian").annotate(n=Count("id")).order_by("-n")[:3])

    answers = here()
    times, others = _timed(here, ROUNDS), _timed(control, 5)
    return {
        "asked": kind,
        "by": by,
        "answers": answers,
        "here": statistics.median(times),
        "worst": max(times),
        "cpu": _worked(here),
        "control": statistics.median(others),
    }


def _timed(what: Callable[[], int], rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        what()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def _worked(what: Callable[[], int]) -> float:
    """Milliseconds of this process's processor time for one, the mean of several."""
    begun = time.process_time()
    for _ in range(ROUNDS):
        what()
    return (time.process_time() - begun) * 1000 / ROUNDS


def _fill(tenant_id: UUID, count: int) -> dict[str, Any]:
    from huiyin.catalogue.actions.naming import name_items  # noqa: PLC0415
    from huiyin.catalogue.models import ServiceItem  # noqa: PLC0415
    from huiyin.matters.actions.indexing import keep_texts  # noqa: PLC0415
    from huiyin.matters.models import Matter  # noqa: PLC0415
    from huiyin.organisation.actions.naming import name_people, name_positions  # noqa: PLC0415
    from huiyin.organisation.models import Appointment, Person, Position, Unit  # noqa: PLC0415
    from huiyin.organisation.queries import asker_for_person  # noqa: PLC0415
    from huiyin.storage.transactions import write  # noqa: PLC0415

    rng, now = random.Random(7), datetime.now(UTC)
    units = [Unit(tenant_id=tenant_id, code=f"B{n}", name=f"第{n}科") for n in range(40)]
    posts = [
        Position(
            tenant_id=tenant_id,
            unit=rng.choice(units),
            code=f"BP{n}",
            title=f"{rng.choice(SUBJECTS)}{rng.choice(VERBS)}岗{n}",
            rank="main_leader" if n == 0 else "clerk",
            duties="；".join(
                f"{rng.choice(SUBJECTS)}{rng.choice(VERBS)}的受理和{rng.choice(VERBS)}" for _ in range(5)
            ),
            phone=f"0571-8888{rng.randrange(1000, 9999)}",
        )
        for n in range(1000)
    ]
    people = [
        Person(
            tenant_id=tenant_id,
            staff_no=f"b{n}",
            name=rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN),
        )
        for n in range(1000)
    ]
    items = [
        ServiceItem(
            tenant_id=tenant_id,
            code=f"BI-{n}",
            name=f"{rng.choice(SUBJECTS)}{rng.choice(VERBS)}第{n}类",
            unit=post.unit,
            position=post,
            instant=True,
        )
        for n, post in enumerate(posts[:500])
    ]
    with write():
        Unit.objects.bulk_create(units)
        Position.objects.bulk_create(posts, batch_size=500)
        Person.objects.bulk_create(people, batch_size=500)
        ServiceItem.objects.bulk_create(items, batch_size=500)
        Appointment.objects.bulk_create(
            [
                Appointment(
                    tenant_id=tenant_id, position=post, person=person, part="A", since=date(2020, 1, 1)
                )
                for post, person in zip(posts, people, strict=True)
            ],
            batch_size=500,
        )
        name_positions(posts)
        name_people(people)
        name_items(items)
    for start in range(0, count, 2000):
        some = []
        for n in range(start, min(start + 2000, count)):
            at = rng.randrange(1, 1000)
            subject = RARE if n % 5000 == 0 else rng.choice(SUBJECTS)
            some.append(
                Matter(
                    tenant_id=tenant_id,
                    number=f"B-{n}",
                    kind="enquiry",
                    channel="counter",
                    urgency="normal",
                    summary=f"{subject}{rng.choice(VERBS)}{rng.choice(REST)}",
                    unit=posts[at].unit,
                    stage="closed",
                    outcome="answered",
                    custodian=people[at],
                    first_responder=people[at],
                    received_at=now - timedelta(minutes=count - n),
                    closed_at=now,
                )
            )
        with write():
            Matter.objects.bulk_create(some, batch_size=500)
            keep_texts(some)
    if _is_postgresql():
        _analyse()
    return {
        "main leader": asker_for_person(people[0].id, now, "bench"),
        "clerk": asker_for_person(people[1].id, now, "bench"),
    }


def _is_postgresql() -> bool:
    from django.db import connection  # noqa: PLC0415

    return connection.vendor == "postgresql"


def _analyse() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
