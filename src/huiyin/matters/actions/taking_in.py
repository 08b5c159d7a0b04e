"""Taking in what the office is given to do: tasks, motions, petitions, reports of misconduct."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import ServiceItem
from huiyin.matters import permissions, queries
from huiyin.matters.actions import intake
from huiyin.matters.actions.commands import By, Receipt, Session, digest_of, queued_command, repeated
from huiyin.matters.models import Matter
from huiyin.matters.rows import LONGEST_SUMMARY, limit_columns, put_question
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person
from huiyin.rules import identifiers
from huiyin.rules.docket import Law
from huiyin.rules.errors import Invalid, NotFound, Unlawful, msg
from huiyin.rules.events import Channel, MatterKind, Urgency
from huiyin.rules.regimes.time_limit import assigned, petitions
from huiyin.rules.vocabulary import Limit
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.crypto import hash_code
from huiyin.storage.ids import new_id

VERB: Final = "take_in"
KINDS: Final = tuple(sorted(assigned.KINDS))
LONGEST_ORIGIN: Final = 120
MOST_NAMED: Final = 10
MOST_DAYS: Final = 999
"""The most working days that a form takes for a set limit."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What the office was given to do, as typed.

    A limit is an amount (`limit`) or a last day (`until`), never both; its close of
    business counts. `study_by` is the day by which a superior's decision is to be studied.
    `custodian` is who is to do it, `assigner` who wants it done: whoever takes it in, unless
    named. `accused` are colleagues a misconduct report is against, `accused_told` the same in
    the words of whoever made it; every colleague whose name stands in a report, or who holds
    a position named there, stays out of it.
    """

    kind: str
    channel: str = "letter"
    source: str = ""
    origin: str = ""
    summary: str = ""
    details: str = ""
    urgency: str = ""
    limit: Limit | None = None
    until: date | None = None
    study_by: date | None = None
    custodian: UUID | None = None
    assigner: UUID | None = None
    item: str = ""
    answer_at_once: bool = False
    applicant_name: str = ""
    applicant_phone: str = ""
    applicant_id_number: str = ""
    applicant_email: str = ""
    anonymous: bool = False
    accused: tuple[UUID, ...] = ()
    accused_told: str = ""


def take_in(by: By, errand: Errand) -> Receipt:
    """Take in a task, a motion or proposal, a petition or a misconduct report.

    The receipt carries number and query code, and is given only after the commit.
    Raises Invalid naming every wrong field, Forbidden for whoever may not give work to
    others, Unlawful for what the office's rulebook does not know or lacks a limit.
    """
    digest = digest_of(VERB, by, (errand,), {})
    known = repeated(by, digest)
    if known is not None:
        return known
    tenant = organisation.tenant(by.asker.tenant_id)
    law = queries.law_of(tenant, by.at)
    clean = _clean(by, errand, law)
    item = _item(by.asker.tenant_id, clean.item)
    accused = _accused(by, clean)
    custodian = _custodian(by, clean, accused)
    assigner = _assigner(by, clean, custodian)
    permissions.may_act_for(by.asker, by.acting_for).require()
    permissions.may_take_in(by.asker, clean.kind, custodian.id, applicant=by.applicant).require()
    code = intake.new_code()
    matter = _matter(clean, custodian, assigner, item, by.at)
    matter.given_for = _end_of(clean.until, law) if clean.until else None
    matter.accused = " ".join(map(str, accused))
    matter.code_hash = hash_code(code)

    def work(session: Session) -> Receipt:
        study_by = _end_of(clean.study_by, law) if clean.study_by else None
        return intake.enter(session, matter, code, answer_at_once=clean.answer_at_once, study_by=study_by)

    return queued_command(by, VERB, digest, ("receipt",), work)


def _clean(by: By, errand: Errand, law: Law) -> Errand:
    """The errand in the form to keep; raises Invalid with a sentence for each wrong field."""
    wrong: dict[str, str] = {}
    _words(errand, wrong)
    _when(by, errand, law, wrong)
    summary = identifiers.strip_marks(errand.summary).strip()
    if not summary:
        wrong["summary"] = msg("请写明是什么事")
    elif len(summary) > LONGEST_SUMMARY:
        wrong["summary"] = msg("事由请不超过200字，详情写在说明里")
    if len(errand.details) > intake.LONGEST_DETAILS:
        wrong["details"] = msg("说明请不超过5000字")
    if len(errand.origin) > LONGEST_ORIGIN:
        wrong["origin"] = msg("来文单位和文号请不超过120字")
    _reporter(errand, wrong)
    kept: dict[str, Any] = intake.checked_applicant(by, errand, wrong)
    if wrong:
        raise Invalid(wrong)
    clause = _urgency_wanted(errand, law)
    if clause:
        raise Invalid({"urgency": msg("没有写明时限的，请选择缓急程度，时限由此确定")}, clause=clause)
    return replace(
        errand,
        **kept,
        summary=summary,
        details=identifiers.strip_marks(errand.details),
        origin=identifiers.strip_marks(errand.origin).strip(),
        urgency=errand.urgency or Urgency.NORMAL.value,
    )


def _words(errand: Errand, wrong: dict[str, str]) -> None:
    if errand.kind not in KINDS:
        wrong["kind"] = msg("请选择交办督办、议案提案、信访或检举")
    if errand.channel not in set(Channel):
        wrong["channel"] = msg("请选择来源：来访、来电、来信或网上")
    if errand.urgency and errand.urgency not in set(Urgency):
        wrong["urgency"] = msg("请选择缓急程度")


def _when(by: By, errand: Errand, law: Law, wrong: dict[str, str]) -> None:
    for name, day in (("until", errand.until), ("study_by", errand.study_by)):
        if day is not None and (problem := _not_a_day_to_come(by, day, law)):
            wrong[name] = problem
    if errand.until is not None and errand.limit is not None:
        wrong["until"] = msg("天数和日期只填一个")
    if errand.study_by is None:
        return
    if not assigned.wants_study(errand.source, law.book):
        wrong["study_by"] = msg("只有上级重大决策部署填写研究的日期")
    elif errand.until is not None and errand.study_by > errand.until:
        wrong["study_by"] = msg("研究的日期不能晚于限定办结的日期")


def _not_a_day_to_come(by: By, day: date, law: Law) -> str:
    year = by.at.astimezone(SHANGHAI).year
    if not date(year, 1, 1) <= day <= date(year + 10, 12, 31):
        return msg("请填写今后十年以内的日期")
    return msg("这一天已经过去，请填写今后的日期") if _end_of(day, law) <= by.at else ""


def _reporter(errand: Errand, wrong: dict[str, str]) -> None:
    """A named report has a name and a way to answer; an anonymous one keeps neither."""
    if errand.kind != MatterKind.REPORT:
        if errand.anonymous:
            wrong["anonymous"] = msg("只有检举可以匿名")
        return
    told = (errand.applicant_name, errand.applicant_phone, errand.applicant_email, errand.applicant_id_number)
    if errand.anonymous:
        if any(text.strip() for text in told):
            wrong["anonymous"] = msg("匿名检举不留姓名和联系方式；愿意留下的，请选择实名")
        return
    if not errand.applicant_name.strip():
        wrong["applicant_name"] = msg("实名检举请填写姓名；不愿意留姓名的，请选择匿名")
    if not (errand.applicant_phone or errand.applicant_email).strip():
        wrong["applicant_phone"] = msg("实名检举请留电话或邮箱，以便答复")


def _urgency_wanted(errand: Errand, law: Law) -> str:
    """The clause that maps urgency to a limit, where neither limit nor urgency was said; "" else."""
    is_set = errand.limit is not None or errand.until is not None
    kind = MatterKind(errand.kind)
    at_once = errand.answer_at_once and petitions.answered_at_once(kind, errand.source, law.book)
    if errand.urgency or is_set or at_once:
        return ""
    if assigned.demands_limit(errand.source, law.book):
        return ""
    return law.book.cite(assigned.by_urgency(kind, errand.source, law.book))


def _end_of(day: date, law: Law) -> datetime:
    """Close of business of a set day, worked or not."""
    return law.calendar.closing(day)


def _item(tenant_id: UUID, code: str) -> ServiceItem | None:
    if not code.strip():
        return None
    try:
        return catalogue.item(tenant_id, identifiers.strip_marks(code).strip())
    except NotFound as error:
        raise Invalid({"item": msg("没有这个办理事项，或已停办")}) from error


def _accused(by: By, errand: Errand) -> tuple[UUID, ...]:
    """Everybody who must stay out of a report: whoever it is said to be against, and whoever it names.

    Who is named by a position alone is whoever holds it, and who stands in there.
    """
    if errand.kind != MatterKind.REPORT:
        return ()
    for one in errand.accused:
        _colleague(by, one, "accused")
    told = f"{errand.accused_told}\n{errand.summary}\n{errand.details}"
    found = dict.fromkeys((*errand.accused, *organisation.named_in(by.asker.tenant_id, told)))
    if len(found) > MOST_NAMED:
        raise Invalid({"accused": msg("一件检举涉及的人员请不超过10名，多的请分件登记")})
    holders = organisation.holders_named_in(by.asker.tenant_id, told, by.at)
    return tuple(dict.fromkeys((*found, *holders)))


def _custodian(by: By, errand: Errand, accused: tuple[UUID, ...]) -> Person:
    """Who answers for it: the one named; for a report whoever looks into them, or else a leader."""
    tenant_id = by.asker.tenant_id
    if errand.kind == MatterKind.REPORT:
        return _investigator(by, accused)
    if errand.custodian is not None:
        return _colleague(by, errand.custodian, "custodian")
    if errand.kind == MatterKind.PETITION and not by.applicant:
        return organisation.colleague(tenant_id, by.acting_for or by.asker.person_id)
    raise Invalid({"custodian": msg("请选择承办人")})


def _investigator(by: By, accused: tuple[UUID, ...]) -> Person:
    """The complaint office where the rulebook names it (p1.time-limit.4), the efficiency office, a leader."""
    tenant_id = by.asker.tenant_id
    for role in organisation.investigators(organisation.tenant(tenant_id), by.at):
        for person in organisation.people_with_role(tenant_id, role).select_related("tenant"):
            if person.id not in accused and not organisation.has_gone(person.id, by.at):
                return person
    for rank in ("main_leader", "leader_in_charge", "head"):
        post = organisation.holders_of(tenant_id, rank, by.at).exclude(person__in=accused).first()
        if post is not None:
            return organisation.colleague(tenant_id, post.person_id)
    raise Unlawful(
        msg("检举涉及所有可以受理的人，本单位不能自己查自己"),
        code="nobody_may_investigate",
        remedy=msg("请直接向上级机关或纪检监察机关反映。"),
    )


def _assigner(by: By, errand: Errand, custodian: Person) -> Person | None:
    """Who wants it done, and will say whether it is: nobody strikes off what they do themselves."""
    if errand.kind not in assigned.GIVEN:
        return None
    if errand.assigner is not None:
        found = _colleague(by, errand.assigner, "assigner")
    else:
        found = organisation.colleague(by.asker.tenant_id, by.acting_for or by.asker.person_id)
    if found.id == custodian.id:
        raise Invalid({"assigner": msg("交办人不能同时是承办人：办结后要由交办人销号")})
    return found


def _colleague(by: By, person_id: UUID, field: str) -> Person:
    try:
        found = organisation.colleague(by.asker.tenant_id, person_id)
    except NotFound as error:
        raise Invalid({field: msg("本单位没有这个人")}) from error
    if organisation.has_gone(found.id, by.at) and field != "accused":
        raise Invalid({field: msg("这位同事已离岗，请另选")})
    return found


def _matter(
    errand: Errand, custodian: Person, assigner: Person | None, item: ServiceItem | None, at: datetime
) -> Matter:
    amount, unit = limit_columns(errand.limit)
    matter = Matter(
        id=new_id(),
        tenant=custodian.tenant,
        kind=errand.kind,
        channel=errand.channel,
        urgency=errand.urgency,
        source=errand.source,
        origin=errand.origin,
        given_amount=amount,
        given_unit=unit,
        assigner=assigner,
        anonymous=errand.anonymous,
        details=_told(errand),
        unit=organisation.home_unit(custodian, at),
        item=item,
        item_version=item.version if item else 0,
        applicant_name=errand.applicant_name,
        applicant_phone=errand.applicant_phone,
        applicant_id_number=errand.applicant_id_number,
        applicant_email=errand.applicant_email,
        custodian=custodian,
        first_responder=custodian,
    )
    put_question(matter, errand.summary)
    return matter


def _told(errand: Errand) -> str:
    """What was said in full; whom a report is said to be against stands first."""
    against = identifiers.strip_marks(errand.accused_told).strip()
    return "\n".join(text for text in (against, errand.details) if text)
