"""Setting up an office and keeping its registers: units, positions, people, appointments."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

from huiyin.organisation.actions.appointments import checked_reason, end_appointments
from huiyin.organisation.actions.entry import (
    Field,
    alone_in,
    checked_code,
    checked_label,
    entered,
    gate,
    refuse_taken,
)
from huiyin.organisation.actions.naming import name_people, name_positions
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Appointment, Person, Position, Role, Tenant, Unit
from huiyin.organisation.permissions import (
    OPERATOR,
    By,
    Operator,
    may_change_posts,
    may_lose_administrator,
)
from huiyin.organisation.queries import book_of, current_on
from huiyin.organisation.terms import Duty, Rank
from huiyin.rules import cells, identifiers
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.identifiers import Checked, strip_marks
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,31}")
# First parts of addresses that belong to the service itself.
_RESERVED = frozenset({"api", "desk", "display", "language", "static"})
_PREFIX = re.compile(r"[A-Z]{2,4}")


def open_office(
    *,
    slug: str,
    name: str,
    rulebook: str,
    receipt_prefix: str,
    at: datetime,
    name_en: str = "",
    address: str = "",
    phone: str = "",
    complaint_phone: str = "",
    review_body: str = "",
) -> Tenant:
    """Open an office; only commands on the machine do this.

    `review_body` is named in decisions as where to ask for reconsideration.

    Raises:
        Invalid: a slug that is not lower-case ASCII, a prefix of other than 2
            to 4 capitals, a bad phone, or a slug that is taken.
    """
    faults = {}
    if not _SLUG.fullmatch(slug):
        faults["slug"] = msg("单位简码须以小写字母开头，只含小写字母、数字和连字符，2至32位")
    elif slug in _RESERVED:
        faults["slug"] = msg("这个单位简码是系统网址的一部分，请另取一个")
    if not _PREFIX.fullmatch(receipt_prefix):
        faults["receipt_prefix"] = msg("回执编号前缀应为2至4个大写字母")
    if not rulebook:
        faults["rulebook"] = msg("请指定适用的制度")
    phones = {"phone": phone, "complaint_phone": complaint_phone}
    kept = entered(
        {"name": (name, checked_label)} | {k: (v, cells.office_phone) for k, v in phones.items() if v}, faults
    )
    with write():
        if Tenant.objects.filter(slug=slug).exists():
            raise Invalid({"slug": msg("这个单位简码已被使用")}, code="slug_taken")
        tenant = Tenant.objects.create(
            slug=slug,
            name=kept["name"],
            name_en=strip_marks(name_en).strip(),
            rulebook=rulebook,
            receipt_prefix=receipt_prefix,
            address=strip_marks(address).strip(),
            phone=kept.get("phone", ""),
            complaint_phone=kept.get("complaint_phone", ""),
            review_body=strip_marks(review_body).strip(),
            created_at=at,
        )
        note(
            "office_opened",
            tenant_id=tenant.id,
            subject_id=tenant.id,
            by=OPERATOR,
            at=at,
            body={"slug": slug, "rulebook": rulebook},
            new=True,
        )
    return tenant


def describe_office(
    tenant: Tenant,
    *,
    by: By,
    at: datetime,
    name: str | None = None,
    name_en: str | None = None,
    address: str | None = None,
    phone: str | None = None,
    complaint_phone: str | None = None,
    review_body: str | None = None,
) -> Tenant:
    """Change what is said of an office on its pages and papers; None leaves a field, "" empties it.

    Papers that are out keep what they said. Where nothing changes, nothing is recorded.

    Raises:
        NotFound: another office.
        Forbidden: the asker is no administrator.
        Invalid: no name, a bad phone, or a text that is too long.
    """
    gate(by, tenant)
    typed: dict[str, tuple[str | None, Callable[[str], Checked]]] = {
        "name": (name, checked_label),
        "name_en": (name_en, _told),
        "address": (address, _told),
        "phone": (phone, _phone_or_none),
        "complaint_phone": (complaint_phone, _phone_or_none),
        "review_body": (review_body, partial(_told, longest=100)),
    }
    kept = entered({field: (value, check) for field, (value, check) in typed.items() if value is not None})
    with write():
        now = Tenant.objects.select_for_update().get(id=tenant.id)
        changed = {field: value for field, value in kept.items() if getattr(now, field) != value}
        if changed:
            Tenant.objects.filter(id=tenant.id).update(**changed)
            note(
                "office_described",
                tenant_id=tenant.id,
                subject_id=tenant.id,
                by=by,
                at=at,
                body={"fields": " ".join(sorted(changed))},
            )
    for field, value in kept.items():
        setattr(tenant, field, value)
    return tenant


def add_unit(
    tenant: Tenant,
    *,
    code: str,
    name: str,
    by: By,
    at: datetime,
    parent: Unit | None = None,
    overseer: Position | None = None,
) -> Unit:
    """Add a unit. Raises Invalid for a code that is taken, Forbidden, NotFound for another office's rows."""
    gate(by, tenant, parent, overseer)
    kept = entered({"code": (code, checked_code), "name": (name, checked_label)})
    with write():
        refuse_taken(Unit.objects.filter(tenant=tenant, code=kept["code"]).exists(), "code")
        unit = Unit.objects.create(tenant=tenant, parent=parent, overseer=overseer, **kept)
        body = {"code": unit.code}
        note("unit_added", tenant_id=tenant.id, subject_id=unit.id, by=by, at=at, body=body, new=True)
    return unit


def set_overseer(unit: Unit, overseer: Position | None, *, by: By, at: datetime) -> Unit:
    """Name the position of the leader in charge of a unit, or none; never one's own."""
    gate(by, unit.tenant, overseer)
    if overseer is not None and not isinstance(by, Operator):
        held = Appointment.objects.filter(position=overseer, person=by.person_id, until__isnull=True)
        may_change_posts(by, by.person_id if held.exists() else None).require()
    with write():
        Unit.objects.filter(id=unit.id).update(overseer=overseer)
        unit.overseer = overseer
        body = {"overseer": str(overseer.id) if overseer else None}
        note("unit_overseer_set", tenant_id=unit.tenant_id, subject_id=unit.id, by=by, at=at, body=body)
    return unit


def add_position(
    unit: Unit,
    *,
    code: str,
    title: str,
    rank: str,
    by: By,
    at: datetime,
    duties: str = "",
    phone: str = "",
    place: str = "",
    reception: bool = False,
) -> Position:
    """Add a position to a unit. `rank` is one of `terms.Rank`.

    Raises:
        Invalid: an unknown rank, a bad phone, or a code that is taken.
        Forbidden: the asker is no administrator.
    """
    gate(by, unit.tenant)
    faults = {} if rank in Rank.values else {"rank": msg("没有这个岗位层级")}
    fields = {"code": (code, checked_code), "title": (title, checked_label)} | (
        {"phone": (phone, cells.office_phone)} if phone else {}
    )
    kept = entered(fields, faults)
    with write():
        refuse_taken(Position.objects.filter(tenant=unit.tenant, code=kept["code"]).exists(), "code")
        position = Position.objects.create(
            tenant=unit.tenant,
            unit=unit,
            rank=rank,
            duties=strip_marks(duties).strip(),
            place=strip_marks(place).strip(),
            reception=reception,
            **kept,
        )
        name_positions([position])
        body = {"code": position.code, "rank": rank}
        note(
            "position_added",
            tenant_id=unit.tenant_id,
            subject_id=position.id,
            by=by,
            at=at,
            body=body,
            new=True,
        )
    return position


def hire(
    tenant: Tenant,
    *,
    staff_no: str,
    name: str,
    by: By,
    at: datetime,
    office_phone: str = "",
    email: str = "",
    coded: bool = False,
) -> Person:
    """Enter a person. Their account is made apart (`accounts.create_account`).

    `coded` says that the name is another system's code for somebody, such as
    "Resource01": digits are allowed then.

    Raises:
        Invalid: a staff number that is taken or not plain ASCII, a bad name, phone or address.
        Forbidden: the asker is no administrator.
    """
    gate(by, tenant)
    fields: dict[str, Field] = {
        "staff_no": (staff_no, identifiers.staff_number),
        "name": (name, identifiers.party_name if coded else identifiers.person_name),
    }
    if office_phone:
        fields["office_phone"] = (office_phone, cells.office_phone)
    if email:
        fields["email"] = (email, identifiers.email)
    kept = entered(fields)
    with write():
        taken = Person.objects.filter(tenant=tenant, staff_no__iexact=kept["staff_no"]).exists()
        refuse_taken(taken, "staff_no")
        person = Person.objects.create(tenant=tenant, **kept)
        name_people([person])
        note("person_hired", tenant_id=tenant.id, subject_id=person.id, by=by, at=at, new=True)
    return person


def leave(person: Person, *, by: By, at: datetime, reason: str = "") -> Person:
    """Record that a person left: appointments end today, sign-in and tokens stop at once, the row stays.

    Raises:
        Unlawful: they are the last administrator.
        Invalid: they hold a position and nobody says why they leave it, where the rulebook wants a
            reason for changing A or B (p2.post-substitution.6).
    """
    gate(by, person.tenant)
    with write():
        alone_in(person.tenant_id)
        if Role.objects.filter(person=person, role=Duty.ADMINISTRATOR).exists():
            verdict = may_lose_administrator(person.tenant_id, person.id)
            if not verdict:
                raise Unlawful(verdict.reason, code="last_administrator")
        day = at.astimezone(SHANGHAI).date()
        held = Appointment.objects.filter(current_on(day), person=person)
        why = checked_reason(reason, book_of(person.tenant, day), changes=held.exists())
        if why:
            held.update(reason=why)
        end_appointments(Appointment.objects.filter(person=person), day)
        Person.objects.filter(id=person.id).update(active=False)
        person.active = False
        note("person_left", tenant_id=person.tenant_id, subject_id=person.id, by=by, at=at)
    return person


def _told(text: str, longest: int = 200) -> Checked:
    """Check one line that may be left empty."""
    line = " ".join(strip_marks(text).split())
    return Checked(line, "" if len(line) <= longest else msg("内容太长，请缩短"))


def _phone_or_none(text: str) -> Checked:
    return cells.office_phone(text) if text.strip() else Checked("", "")
