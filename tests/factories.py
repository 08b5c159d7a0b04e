"""A small whole office for any test, made through the same actions as a real one.

    office = make_office("zhaogong")            # township rulebook, people of every rank, two items
    asker = office.asker("clerk")               # the Asker at office.at; pass at= for another moment
    account, password = office.account("head")  # a way to sign in, made when first asked for

Every name, phone and address of an office holds `office.canary`, so a test
with two offices can look for the other one's canary in whatever comes out.

    unit "MZ" 民政办: MZ01 (A clerk, B second_clerk), MZ02 (A second_clerk, B clerk), MZ00 head
    unit "ZH" 综合办: ZH00 (A office_head), ZH01 reception (A receptionist, B clerk)
    unit "LD" 领导班子: LD01 main leader, LD02 leader in charge of MZ (B stand_in)
    besides: efficiency_office and administrator hold their role and position ZH02, ZH03; stand_in holds LD03
    items: "DB-1" 20 working days by law, 10 promised, three materials; "ZM-1" done at once
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.apps import apps

from huiyin.catalogue import actions as catalogue
from huiyin.catalogue.bases import Basis, plain_bases
from huiyin.catalogue.models import ServiceItem
from huiyin.catalogue.terms import Category
from huiyin.organisation import actions
from huiyin.organisation.models import Absence, Account, Person, Position, Tenant, Unit
from huiyin.organisation.queries import Asker, asker_for_person
from huiyin.rules.vocabulary import Limit
from huiyin.rules.vocabulary import Unit as Per
from tests import playback

# Monday 5 January 2026, 10:00 in Shanghai: a working day.
AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
SINCE = date(2025, 1, 1)
PASSWORD = "correct-horse-battery"

_POSTS = (
    # code, unit, title, rank, A, B
    ("LD01", "LD", "镇长岗", "main_leader", "main_leader", ""),
    ("LD02", "LD", "分管民政副镇长岗", "leader_in_charge", "leader_in_charge", "stand_in"),
    ("LD03", "LD", "副镇长岗", "leader_in_charge", "stand_in", ""),
    ("MZ00", "MZ", "民政办主任岗", "head", "head", ""),
    ("MZ01", "MZ", "低保经办岗", "clerk", "clerk", "second_clerk"),
    ("MZ02", "MZ", "救助经办岗", "clerk", "second_clerk", "clerk"),
    ("ZH00", "ZH", "综合办主任岗", "head", "office_head", ""),
    ("ZH01", "ZH", "首问接待岗", "clerk", "receptionist", "clerk"),
    ("ZH02", "ZH", "效能监督岗", "clerk", "efficiency_office", ""),
    ("ZH03", "ZH", "系统管理岗", "clerk", "administrator", ""),
)
_NAMES = {
    "main_leader": "郑主要",
    "leader_in_charge": "冯分管",
    "stand_in": "陈替岗",
    "head": "褚科长",
    "clerk": "卫经办",
    "second_clerk": "蒋经办",
    "office_head": "沈主任",
    "receptionist": "韩接待",
    "efficiency_office": "杨效能",
    "administrator": "朱管理",
}


@dataclass
class Office:
    """An office by the keys of the module's docstring."""

    tenant: Tenant
    canary: str
    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    items: dict[str, ServiceItem] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def asker(self, key: str, at: datetime | None = None, via: str = "desk") -> Asker:
        """Return one of the people as asker, at `office.at` or another moment."""
        return asker_for_person(self.people[key].id, at or self.at, via)

    def account(self, key: str) -> tuple[Account, str]:
        """Return one of the people's account and password; the password needs no change."""
        if key not in self.accounts:
            person = self.people[key]
            account, _ = actions.create_account(person, PASSWORD, by=actions.OPERATOR, at=self.at)
            self.accounts[key] = account
        return self.accounts[key], PASSWORD

    def absent(self, key: str, *, starts_at: datetime | None = None, hours: float = 8) -> Absence:
        """Let one of the people be away, from an hour before `office.at` unless told."""
        start = starts_at or self.at - timedelta(hours=1)
        return actions.record_absence(
            self.people[key],
            starts_at=start,
            ends_at=start + timedelta(hours=hours),
            kind="meeting",
            by=actions.OPERATOR,
            at=start,
            why_unbriefed="突然离岗",
        )

    def second_main_leader(self, key: str) -> Position:
        """Let one of the people be a main leader too: somebody who decides on the first one's requests."""
        post = actions.add_position(
            self.units["LD"],
            code="LD09",
            title="书记岗",
            rank="main_leader",
            by=actions.OPERATOR,
            at=self.at,
        )
        actions.appoint(post, self.people[key], "A", since=SINCE, by=actions.OPERATOR, at=self.at)
        return post

    def small_post(self, a: str, b: str) -> Position:
        """Let one of the people hold a clerk's post besides their own, with a stand-in of its own."""
        by, at = actions.OPERATOR, self.at
        post = actions.add_position(
            self.units["ZH"], code="AA01", title="志愿服务联络岗", rank="clerk", by=by, at=at
        )
        actions.appoint(post, self.people[a], "A", since=at.date(), by=by, at=at)
        actions.appoint(post, self.people[b], "B", since=at.date(), by=by, at=at)
        return post


def make_office(slug: str = "zhaogong", *, rulebook: str = "township", at: datetime = AT) -> Office:
    """Open an office with units, positions, people of every rank, roles and two items."""
    return playback.again(("office", slug, rulebook, at), lambda: _make_office(slug, rulebook, at))


def row_counts() -> dict[str, int]:
    """Say how many rows every table has: equal before and after means that nothing was added or lost."""
    return {model._meta.db_table: model._default_manager.count() for model in apps.get_models()}


def _make_office(slug: str, rulebook: str, at: datetime) -> Office:
    canary = f"丙{slug}丁"
    by = actions.OPERATOR
    prefix = "".join(letter for letter in slug.upper() if "A" <= letter <= "Z")[:4]
    tenant = actions.open_office(
        slug=slug,
        name=f"{canary}镇政府",
        rulebook=rulebook,
        receipt_prefix=prefix,
        address=f"{canary}大街1号",
        phone="0571-88880000",
        complaint_phone="0571-88881111",
        at=at,
    )
    office = Office(tenant, canary, at)
    for code, name in (("LD", "领导班子"), ("MZ", "民政办"), ("ZH", "综合办")):
        office.units[code] = actions.add_unit(tenant, code=code, name=f"{canary}{name}", by=by, at=at)
    for number, (key, name) in enumerate(_NAMES.items(), start=1001):
        office.people[key] = actions.hire(
            tenant,
            staff_no=str(number),
            name=f"{name}{canary}",
            email=f"{key.replace('_', '-')}@{slug}.example",
            by=by,
            at=at,
        )
    _fill_posts(office)
    office.units["MZ"] = actions.set_overseer(office.units["MZ"], office.positions["LD02"], by=by, at=at)
    actions.grant_role(office.people["efficiency_office"], "efficiency_office", by=by, at=at)
    actions.grant_role(office.people["office_head"], "office_clerk", by=by, at=at)
    actions.grant_role(office.people["administrator"], "administrator", by=by, at=at)
    _add_items(office)
    return office


def _fill_posts(office: Office) -> None:
    by, at = actions.OPERATOR, office.at
    for number, (code, unit, title, rank, a, _) in enumerate(_POSTS):
        position = actions.add_position(
            office.units[unit],
            code=code,
            title=f"{title}{office.canary}",
            rank=rank,
            duties=f"{title}的职责{office.canary}",
            phone=f"0571-8888{2000 + number}",
            place=f"{office.canary}{number}号窗口",
            reception=code == "ZH01",
            by=by,
            at=at,
        )
        office.positions[code] = position
        if a:
            actions.appoint(position, office.people[a], "A", since=SINCE, by=by, at=at)
    stand_ins = [(office.positions[code], office.people[b]) for code, *_, b in _POSTS if b]
    if office.tenant.rulebook == "headquarters":
        # There nobody stands in whose competence for both posts is not on record.
        for position, person in stand_ins:
            for post in (position, *(one for one, a in _held(office) if a == person)):
                actions.record_competence(post, person, basis="轮岗", by=by, at=at)
    for position, person in stand_ins:
        actions.appoint(position, person, "B", since=SINCE, by=by, at=at)


def _held(office: Office) -> list[tuple[Position, Person]]:
    return [(office.positions[code], office.people[a]) for code, _, _, _, a, _ in _POSTS]


def _add_items(office: Office) -> None:
    by, at, canary = actions.OPERATOR, office.at, office.canary
    office.items["DB-1"] = catalogue.add_item(
        office.positions["MZ01"],
        code="DB-1",
        name=f"最低生活保障申请{canary}",
        statutory=Limit(20, Per.WORKING_DAY),
        committed=Limit(10, Per.WORKING_DAY),
        legal_basis="社会救助暂行办法",
        conditions="家庭人均收入低于当地标准",
        procedure="申请、审核、确认",
        fee="不收费",
        materials=[
            catalogue.PaperSpec("居民户口簿", original=True),
            catalogue.PaperSpec("收入证明"),
            catalogue.PaperSpec("近期照片", copies=2, required=False),
        ],
        by=by,
        at=at,
    )
    office.items["ZM-1"] = catalogue.add_item(
        office.positions["MZ02"],
        code="ZM-1",
        name=f"居住证明{canary}",
        instant=True,
        materials=[catalogue.PaperSpec("居民身份证", original=True)],
        by=by,
        at=at,
    )


@contextmanager
def licensed(office: Office) -> Iterator[None]:
    """DB-1 as an approval with the provision that its limit comes from, while a test uses it."""
    plain = office.items["DB-1"]
    chosen = copy(plain)
    law = Basis("行政许可法", "第四十二条", Limit(20, Per.WORKING_DAY), date(2004, 7, 1))
    chosen.category, chosen.bases = Category.APPROVAL, plain_bases([law])
    ServiceItem.objects.filter(id=plain.id).update(category=chosen.category, bases=chosen.bases)
    office.items["DB-1"] = chosen
    try:
        yield
    finally:
        office.items["DB-1"] = plain
