"""Registering what somebody asks: a receipt number, a query code, and one person answerable."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import ServiceItem
from huiyin.matters import permissions, queries
from huiyin.matters.actions import admission, saving
from huiyin.matters.actions.commands import (
    By,
    Receipt,
    Session,
    digest_of,
    queued_command,
    repeated,
)
from huiyin.matters.actions.requests import Request
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import Matter
from huiyin.matters.rows import LONGEST_SUMMARY, put_question
from huiyin.matters.steps import Paper, compare, receive, sign_for
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Unit
from huiyin.rules import identifiers
from huiyin.rules.errors import Conflict, Invalid, NotFound, msg
from huiyin.rules.events import Channel, MatterKind, Urgency
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.crypto import hash_code
from huiyin.storage.ids import new_id

VERB: Final = "register"
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 10
LONGEST_DETAILS: Final = 5000
LONGEST_REFERENCE: Final = 160


def register(by: By, request: Request) -> Receipt:
    """Register an enquiry or an application; whoever was asked first has custody at once.

    The receipt carries number and query code, and is given only after the
    commit. Raises Invalid naming every wrong field, and Conflict for a foreign
    reference that is registered already; nothing is stored then.
    """
    digest = digest_of(VERB, by, (request,), {})
    known = repeated(by, digest)
    if known is not None:
        return known
    item = _item(by.asker.tenant_id, identifiers.strip_marks(request.item).strip())
    clean = _clean(by, request, item)
    responder = _first_responder(by, clean, item)
    unit = item.unit if item else organisation.home_unit(responder, by.at)
    permissions.may_act_for(by.asker, by.acting_for).require()
    admission.demand(by, clean, responder, queries.law_of(responder.tenant, by.at).book)

    # Made before the transaction begins: others wait for it, and hashing the code takes a while.
    code = new_code()
    matter = _matter(clean, unit, item, responder)
    matter.code_hash = hash_code(code)

    def work(session: Session) -> Receipt:
        return enter(session, matter, code, answer_at_once=clean.answer_at_once, materials=clean.materials)

    try:
        return queued_command(by, VERB, digest, ("receipt",), work)
    except IntegrityError:
        taken = Matter.objects.filter(tenant_id=by.asker.tenant_id, external_ref=clean.external_ref)
        if not clean.external_ref or not taken.exists():
            raise
        raise Conflict(
            msg("对方系统的这个编号已经登记过"),
            code="external_ref_taken",
            remedy=msg("请按此编号查询已登记的办件，不要重复登记。"),
        ) from None


def _item(tenant_id: UUID, code: str) -> ServiceItem | None:
    if not code:
        return None
    try:
        return catalogue.item(tenant_id, code)
    except NotFound as error:
        raise Invalid({"item": msg("没有这个办理事项，或已停办")}) from error


def _matter(request: Request, unit: Unit, item: ServiceItem | None, responder: Person) -> Matter:
    matter = Matter(
        id=new_id(),
        tenant=responder.tenant,
        external_ref=request.external_ref or None,
        kind=request.kind,
        channel=request.channel,
        urgency=request.urgency,
        details=request.details,
        nature=request.nature,
        important=request.important,
        record=request.record,
        unit=unit,
        item=item,
        item_version=item.version if item else 0,
        applicant_name=request.applicant_name,
        applicant_phone=request.applicant_phone,
        applicant_id_number=request.applicant_id_number,
        applicant_email=request.applicant_email,
        custodian=responder,
        first_responder=responder,
    )
    put_question(matter, request.summary)
    return matter


def enter(
    session: Session,
    matter: Matter,
    code: str,
    *,
    answer_at_once: bool = False,
    study_by: datetime | None = None,
    materials: tuple[Paper, ...] = (),
) -> Receipt:
    """Number a new matter, register it with whoever is to answer for it, and save it."""
    by, tenant = session.by, matter.tenant
    numbers = saving.numbers_of(session, tenant.receipt_prefix)
    matter.number = numbers("receipt")
    dossier = Dossier(
        tenant=tenant,
        matter=matter,
        law=queries.law_of(tenant, by.at),
        numbers=numbers,
        people=saving.person_finder(tenant.id, known=(matter.first_responder,)),
        stored=False,
        item=matter.item,
    )
    hand = Hand(by.actor, by.at, str(by.acting_for or ""))
    receive(dossier, hand, answer_at_once=answer_at_once, study_by=study_by)
    if materials:
        compare(dossier, hand, found=materials)
    there = any(one.present for one in materials)
    if not by.applicant and admission.takes_receipt(matter, dossier.law.book, papers=there):
        sign_for(dossier, hand)
    return saving.save(session, dossier, code=code)


def new_code() -> str:
    """A query code of 50 random bits in an alphabet without look-alikes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _first_responder(by: By, request: Request, item: ServiceItem | None) -> Person:
    """Who answers: the one named, else whoever is at the counter, else the item's post on duty."""
    tenant_id = by.asker.tenant_id
    if request.first_responder is not None:
        return organisation.colleague(tenant_id, request.first_responder)
    if not by.applicant:
        return organisation.colleague(tenant_id, by.acting_for or by.asker.person_id)
    if item is not None:
        return organisation.on_duty(item.position_id, by.at, tenant_id=tenant_id)
    return organisation.reception(tenant_id, by.at)


def _clean(by: By, request: Request, item: ServiceItem | None) -> Request:
    """The request in the form to keep; raises Invalid with a sentence for each wrong field."""
    wrong: dict[str, str] = {}
    _words(request, wrong)
    if request.kind == MatterKind.APPLICATION and item is None:
        wrong["item"] = msg("申请须选择办理事项")
    summary = identifiers.strip_marks(request.summary).strip() or (item.name if item else "")
    if not summary:
        wrong["summary"] = msg("请写明来人要办或要问的事")
    elif len(summary) > LONGEST_SUMMARY:
        wrong["summary"] = msg("事由请不超过200字，详情写在说明里")
    if len(request.details) > LONGEST_DETAILS:
        wrong["details"] = msg("说明请不超过5000字")
    if request.kind == MatterKind.APPLICATION and not request.applicant_name.strip():
        wrong["applicant_name"] = msg("请填写申请人姓名或单位名称")
    if by.applicant and not (request.applicant_phone or request.applicant_email).strip():
        wrong["applicant_phone"] = msg("请留一个联系电话，以便告知办理情况")
    checked = checked_applicant(by, request, wrong)
    if wrong:
        raise Invalid(wrong)
    kept: dict[str, Any] = {
        **checked,
        "summary": summary,
        "details": identifiers.strip_marks(request.details),
        "external_ref": identifiers.strip_marks(request.external_ref).strip(),
        "record": identifiers.strip_marks(request.record),
    }
    return replace(request, **kept)


def _words(request: Request, wrong: dict[str, str]) -> None:
    if len(request.external_ref) > LONGEST_REFERENCE:
        wrong["external_ref"] = msg("对方系统的编号请不超过160字")
    if request.kind not in {MatterKind.ENQUIRY, MatterKind.APPLICATION}:
        wrong["kind"] = msg("请选择咨询或申请")
    if request.channel not in set(Channel):
        wrong["channel"] = msg("请选择来源：来访、来电、来信或网上")
    if request.urgency not in set(Urgency):
        wrong["urgency"] = msg("请选择缓急程度")
    admission.words(request, wrong)


def checked_applicant(by: By, request: object, wrong: dict[str, str]) -> dict[str, str]:
    """What was typed of the person served, as it is kept; puts a sentence into `wrong` for each fault."""
    day = by.at.astimezone(SHANGHAI).date()
    checks: dict[str, Callable[[str], identifiers.Checked]] = {
        "applicant_name": identifiers.party_name,
        "applicant_phone": identifiers.phone,
        "applicant_id_number": partial(identifiers.identity_number, on=day),
        "applicant_email": identifiers.email,
    }
    kept: dict[str, str] = {}
    for name, rule in checks.items():
        typed = str(getattr(request, name))
        if not typed.strip():
            kept[name] = ""
            continue
        checked = rule(typed)
        kept[name] = checked.value
        if not checked.ok:
            wrong[name] = checked.fault
    return kept
