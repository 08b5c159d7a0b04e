"""Pointing out that a clause was not kept: by whoever is over the work, never against oneself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from huiyin.catalogue import queries as catalogue
from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, open_dossier, power_of, save
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import Matter
from huiyin.organisation import queries as organisation
from huiyin.rules import invoking
from huiyin.rules.clauses import Clause
from huiyin.rules.errors import Invalid, NotFound, Unlawful, msg
from huiyin.rules.regimes import post_substitution, service_commitment
from huiyin.rules.workdays import SHANGHAI


@command("invoke_clause")
def invoke_clause(
    session: Session,
    number: str,
    *,
    clause: str,
    facts: str,
    against: UUID | None = None,
    duty_line: str = "",
    promise_line: str = "",
    measure: str = "",
    gravity: str = "",
    verified: str = "",
    effect: str = "",
) -> Receipt:
    """Record that a clause was not kept, against the colleague named or else the custodian.

    `duty_line` names the line of a duty sheet (`MZ01/2/3`: position, version, line) where the
    clause is about what a position answers for (p3.post-responsibility.4.b). `promise_line` names the line
    of a published commitment (`MZ/3/12`: whose, version, line) where it is about the service standard
    (p3.service-commitment.2.3).

    `measure` proposes one of those that the clause prints, `gravity` says how grave it is where the clause
    goes by that; what comes of a proposal is decided elsewhere. `verified` says how it was complained of and
    found true, `effect` what harm it did, both where the clause holds for nothing less.

    Raises Forbidden for whoever is not over the work, or against oneself; Invalid without facts, or
    with a line that did not bind that person then; Unlawful for a clause that the matter's rulebook
    does not let a person invoke, or that cannot have been broken on it.
    """
    dossier = open_dossier(session, number)
    by = session.by
    found = dossier.law.book.own.get(clause)
    first = found is not None and invoking.against_first(found, hand_of(by).on)
    accused = against or (dossier.matter.first_responder_id if first else dossier.matter.custodian_id)
    try:
        organisation.colleague(by.asker.tenant_id, accused)
    except NotFound as error:
        raise Invalid({"against": msg("本单位没有这个人")}) from error
    permissions.may_invoke(by.asker, power_of(by), dossier.matter, accused).require()
    line = promised = ""
    if found is not None:
        _can_have_been_broken(found, dossier.matter, accused, by.at)
        line = _line(found, duty_line, dossier.matter, accused, by.at)
        promised = _promised(found, promise_line, dossier, by.at)
    steps.invoke(
        dossier,
        hand_of(by),
        clause=clause,
        against=str(accused),
        facts=facts,
        duty_line=line,
        promise_line=promised,
        measure=measure,
        gravity=gravity,
        verified=verified,
        effect=effect,
    )
    return save(session, dossier)


def _can_have_been_broken(clause: Clause, matter: Matter, accused: UUID, at: datetime) -> None:
    """What is about standing in needs somebody who did or should have; some hold the first one asked."""
    if not queries.applies(clause, matter, at):
        raise Unlawful(
            msg("这件事上没有出现这一条所说的情形"),
            code="not_invocable",
            clause=clause.id,
            remedy=msg("请从所列条款中选择。"),
        )
    if (
        invoking.against_first(clause, at.astimezone(SHANGHAI).date())
        and accused != matter.first_responder_id
    ):
        raise Invalid({"against": msg("这一条追究的是首问责任人")}, clause=clause.id)
    if clause.plays == post_substitution.LIABILITY and not queries.stood_in(matter, at, accused):
        raise Invalid({"against": msg("此人没有在这件事上代他人办理")}, clause=clause.id)


def _line(clause: Clause, given: str, matter: Matter, accused: UUID, at: datetime) -> str:
    """The line of a duty sheet as it is kept; one that bound the accused while the matter ran."""
    if not queries.needs_duty_line(clause):
        return ""
    if not given.strip():
        raise Invalid({"duty_line": msg("请写明没有履行责任书的哪一行")}, clause=clause.id)
    first, last = (one.astimezone(SHANGHAI).date() for one in (matter.received_at, at))
    try:
        line = organisation.duty_line(matter.tenant_id, given)
    except NotFound as error:
        raise Invalid({"duty_line": msg("没有这一行，请按“岗位编码/版本/行号”填写")}) from error
    position_id = line.sheet.position_id
    if not organisation.was_in_force(line, first, last):
        raise Invalid({"duty_line": msg("这一版责任书当时没有执行")}, clause=clause.id)
    if not organisation.held_between(position_id, accused, first, last):
        raise Invalid({"duty_line": msg("此人当时不在这个岗位上")}, clause=clause.id)
    return organisation.reference(line)


def _promised(clause: Clause, given: str, dossier: Dossier, at: datetime) -> str:
    """The line of the published service standard as it is kept; one that the public could read then."""
    if not queries.needs_promise_line(clause):
        return ""
    matter, first = dossier.matter, dossier.matter.received_at
    parts = service_commitment.standard_parts(dossier.law.book)
    if not given.strip():
        if catalogue.any_public(matter.tenant_id, parts, first, at):
            raise Invalid({"promise_line": msg("请写明没有做到公布的服务标准的哪一条")}, clause=clause.id)
        return ""
    try:
        row, line = catalogue.promise_line(matter.tenant_id, given)
    except NotFound as error:
        raise Invalid(
            {"promise_line": msg("没有这一条，请按“科室编码/版本/序号”填写，全单位的承诺只写“版本/序号”")}
        ) from error
    if not catalogue.was_public(row, first, at):
        raise Invalid({"promise_line": msg("这一版承诺当时没有公布")}, clause=clause.id)
    if line.part not in parts:
        raise Invalid({"promise_line": msg("这一条不是服务标准，也不是文明用语")}, clause=clause.id)
    if row.unit_id not in {None, matter.unit_id}:
        raise Invalid({"promise_line": msg("这是别的科室的承诺")}, clause=clause.id)
    return catalogue.reference(row, line.number)
