"""Who may do what to a matter, with the reason when not.

Seeing is decided by `queries.visible_to`; everything here assumes that the
person may see the matter. Nobody decides on themselves, under whichever name.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.matters import rows
from huiyin.matters.models import Matter, RefusalFiling
from huiyin.matters.queries.consulting import consultation_for
from huiyin.matters.queries.decisions import (
    decides_extension,
    signs_by_post,
    still_signs,
    waits_for_main_leader,
)
from huiyin.matters.queries.documents import KEEPER
from huiyin.matters.queries.one import law_for
from huiyin.matters.queries.withdrawing import leans_to_no
from huiyin.organisation.queries import Asker, has_gone, is_uncovered, lent_power, overseers, watched
from huiyin.rules import joint, supervising
from huiyin.rules.errors import msg
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes import post_substitution, refusal_filing, time_limit
from huiyin.rules.regimes.time_limit.assigned import GIVEN
from huiyin.rules.verdict import ALLOWED, Verdict, refused

GIVERS: Final = frozenset({"head", "leader_in_charge", "main_leader"})
REGISTRARS: Final = frozenset({"office_clerk", "efficiency_office"})


def may_act_for(asker: Asker, principal: UUID | None) -> Verdict:
    """Act for a colleague only while that one is away and this person is the stand-in."""
    if principal is None or principal in asker.stands_in_for:
        return ALLOWED
    return refused(msg("您现在不是这位同事的顶岗人"))


def may_act_on(asker: Asker, principal: UUID | None, matter: Matter) -> Verdict:
    """Act for a colleague on what lies with that person.

    Of a colleague's several posts each may have its own stand-in: the work of an item goes
    with the item's post, everything else with the colleague's first post.
    """
    if principal is None or principal in asker.first_for:
        return ALLOWED
    if principal in asker.stands_in_for and matter.item and matter.item.position_id in asker.covers:
        return ALLOWED
    return refused(msg("您现在不是这位同事办理这件事的顶岗人"))


def may_take_in(asker: Asker, kind: str, custodian_id: UUID, *, applicant: bool = False) -> Verdict:
    """Take in what the office is given to do, and give it to somebody.

    Petitions and reports are for everybody to take in, a report for the public too; tasks and
    motions for heads, leaders, the office clerk and the efficiency office, or for oneself to do.
    """
    if kind == MatterKind.REPORT or (kind == MatterKind.PETITION and not applicant):
        return ALLOWED
    if applicant:
        return refused(msg("这类事项由单位自己登记"))
    gives = asker.ranks & GIVERS or asker.roles & REGISTRARS
    if gives or custodian_id == asker.person_id:
        return ALLOWED
    return refused(msg("交办事项由科室负责人、领导、办公室或效能办登记；自己承办的可以自己登记"))


def may_handle(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Take the steps of the work: the custodian, or the stand-in of an absent custodian."""
    if (acting_for or asker.person_id) == matter.custodian_id:
        return may_act_on(asker, acting_for, matter)
    return refused(msg("只有现在的责任人%(name)s能办理这一步"), name=matter.custodian.name)


def may_take_over(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Accept or bounce a hand-over: the colleague it was offered to, or their stand-in."""
    if matter.offered_to_id and (acting_for or asker.person_id) == matter.offered_to_id:
        return may_act_on(asker, acting_for, matter)
    return refused(msg("这次移交不是给您的"))


def may_assign(asker: Asker, power: Asker, matter: Matter) -> Verdict:
    """Name a new custodian once the old has gone, or while nobody stands in for them.

    For the head of the unit, the leader in charge or the main leader.

    `power` is whose power is used: the asker's own, or that of whom they stand in for.
    """
    over = power.headed_unit_ids | power.overseen_unit_ids
    if "main_leader" not in power.ranks and matter.unit_id not in over:
        return refused(msg("只有本科室负责人、分管领导和主要领导能指定接手的人"))
    if not forsaken(matter, asker.at):
        return refused(msg("责任人%(name)s仍在岗，应由其本人移交"), name=matter.custodian.name)
    return may_act_for(asker, None if power.person_id == asker.person_id else power.person_id)


def may_readdress(asker: Asker, power: Asker, matter: Matter) -> Verdict:
    """Put before another what waits for somebody who has gone.

    Who handles the matter, the head of its unit, the leader in charge, the main leader, and for
    documents whoever keeps the register; `power` is whose power is used, as in `may_assign`.
    """
    acting_for = None if power.person_id == asker.person_id else power.person_id
    over = matter.unit_id in power.headed_unit_ids | power.overseen_unit_ids
    keeps = KEEPER in power.roles and matter.kind in {MatterKind.DOCUMENT_IN, MatterKind.DOCUMENT_OUT}
    if over or keeps or "main_leader" in power.ranks or power.person_id == matter.custodian_id:
        return may_act_for(asker, acting_for)
    return refused(msg("由责任人、本科室负责人、分管领导、主要领导改送，公文也可由文书改送"))


def may_sign_off(asker: Asker, power: Asker, matter: Matter) -> Verdict:
    """Judge that work is done, or is not: who gave it, else who is over the unit; never who did it.

    `power` is whose power is used, as in `may_assign`.
    """
    acting_for = None if power.person_id == asker.person_id else power.person_id
    if not {matter.custodian_id, *map(UUID, matter.finished_by)}.isdisjoint(_hands(asker, acting_for)):
        return refused(msg("不能给自己经办的事项销号"))
    over = power.headed_unit_ids | power.overseen_unit_ids
    leads = "main_leader" in power.ranks or matter.unit_id in over
    if power.person_id != matter.assigner_id and not leads:
        return refused(msg("由交办人或承办科室的领导销号"))
    return may_act_for(asker, acting_for)


def forsaken(matter: Matter, at: datetime) -> bool:
    """Say whether a matter's custodian has gone, or is away with nobody to stand in."""
    return has_gone(matter.custodian_id, at) or is_uncovered(matter.custodian_id, at)


def may_invoke(asker: Asker, power: Asker, matter: Matter, accused: UUID | None) -> Verdict:
    """Point out that a clause was not kept: the efficiency office, who is over the unit, or who watches.

    `power` is whose power is used, as in `may_assign`; None for `accused` asks whether they may at all.
    """
    over = power.headed_unit_ids | power.overseen_unit_ids
    leads = "main_leader" in power.ranks or "efficiency_office" in power.roles
    watches = supervising.BREACHES in watched(power)
    if not leads and not watches and matter.unit_id not in over:
        return refused(msg("问题由科室负责人、分管领导、主要领导或效能办指出"))
    if accused in _hands(asker, None if power.person_id == asker.person_id else power.person_id):
        return refused(msg("不能指出自己的问题"))
    return may_act_for(asker, None if power.person_id == asker.person_id else power.person_id)


def may_urge(asker: Asker, power: Asker, matter: Matter) -> Verdict:
    """Urge whoever bears a duty: who may point things out on the matter; `power` as in `may_assign`.

    Nobody urges themselves: their own duties are none that can be urged.
    """
    over = power.headed_unit_ids | power.overseen_unit_ids
    leads = "main_leader" in power.ranks or "efficiency_office" in power.roles
    if not leads and matter.unit_id not in over:
        return refused(msg("催办由科室负责人、分管领导、主要领导或效能办进行"))
    return may_act_for(asker, None if power.person_id == asker.person_id else power.person_id)


def may_withdraw(asker: Asker, power: Asker, matter: Matter) -> Verdict:
    """Record that the applicant takes the matter back: who handles it; an order, who gave it.

    Once a refusal was proposed on it, or a leader or the applicant told that it cannot be done, a
    withdrawal could be one by another name: then it is for the head, the leader in charge or the
    main leader, who has no part in it.
    """
    acting_for = None if power.person_id == asker.person_id else power.person_id
    if matter.kind in GIVEN:
        return may_sign_off(asker, power, matter)
    if not leans_to_no(matter):
        return may_handle(asker, acting_for, matter)
    over = power.headed_unit_ids | power.overseen_unit_ids
    if "main_leader" not in power.ranks and matter.unit_id not in over:
        return refused(msg("这件事拟过否定或者答复过不能办理，申请人要撤回的，由科室负责人或领导核实后登记"))
    if not rows.parties_to_refusal(matter).isdisjoint(_hands(asker, acting_for)):
        return refused(msg("这件事拟过否定，撤回不能由提出或经办的人登记"))
    return may_act_for(asker, acting_for)


def may_decide_extension(asker: Asker, power: Asker, matter: Matter, *, approver: str) -> Verdict:
    """Decide on more time: a leader of the rank the rulebook names, never on one's own request or matter.

    A leader in charge only for the units they are in charge of (p3.time-limit.4.b). `power` is
    as in `may_assign`, `approver` the rank it takes.
    """
    acting_for = None if power.person_id == asker.person_id else power.person_id
    if not rows.parties_to_extension(matter).isdisjoint(_hands(asker, acting_for)):
        return refused(msg("不能审批自己提出或经办的延期"), clause=_more_time(matter))
    if not approver:
        return refused(msg("本单位的制度没有规定延期，不能批准"))
    in_charge = overseers(asker.tenant_id, asker.at) if approver == "leader_in_charge" else {}
    if not decides_extension(matter, power, approver, in_charge):
        return refused(msg("延期应由%(level)s批准"), clause=_more_time(matter), level=approver)
    return may_act_for(asker, acting_for)


def may_refuse(asker: Asker, power: Asker, matter: Matter) -> Verdict:
    """Enter a refusal that was approved: who handles the matter, else the head of its unit.

    `power` is whose power is used, as in `may_assign`.
    """
    acting_for = None if power.person_id == asker.person_id else power.person_id
    if matter.unit_id in power.headed_unit_ids:
        return may_act_for(asker, acting_for)
    return may_handle(asker, acting_for, matter)


def may_sign_filing(asker: Asker, acting_for: UUID | None, row: RefusalFiling, matter: Matter) -> Verdict:
    """Sign or overturn a refusal filing: the leader it was filed with, never its author or the custodian.

    Losing the post takes the power along at once, whatever was filed before.
    """
    if not rows.parties_to_refusal(matter).isdisjoint(_hands(asker, acting_for)):
        clause = _signing(matter)
        return refused(msg("不能审批自己提出或经办的否定报备"), clause=clause)
    if not set(map(UUID, matter.refusal_signers)).isdisjoint(_hands(asker, acting_for)):
        return refused(msg("同一人不能审批两级"), clause=_signing(matter))
    if row.filed_to_id != (acting_for or asker.person_id):
        return refused(msg("这份否定报备不是报给您的"), clause=_signing(matter))
    if acting_for and waits_for_main_leader(row, law_for(matter).book):
        clause = _cited(matter, refusal_filing.FALLBACK)
        return refused(
            msg("分管领导不在时报主要领导审批，不由顶岗人审批；报备表会自动改报主要领导"), clause=clause
        )
    lent = acting_for is None or signs_by_post(lent_power(asker, acting_for), row, matter)
    if not lent or not still_signs(row, matter, asker.at):
        clause = _signing(matter)
        return refused(msg("报备之后职务已有变动，现在应由另一位领导审批，请经办人改报"), clause=clause)
    return may_act_for(asker, acting_for)


def may_record_minute(asker: Asker, row: RefusalFiling, matter: Matter) -> Verdict:
    """Record a decision taken together: the leader before whom the form lies, or the office's clerk.

    Never who proposed or handles it, nor who signed a level of it already.
    """
    clause = _cited(matter, refusal_filing.IMPORTANT_LEVELS)
    parties = rows.parties_to_refusal(matter) | set(map(UUID, matter.refusal_signers))
    if asker.person_id in parties:
        return refused(msg("提出、经办或者审批过的人不能登记集体研究决定"), clause=clause)
    signs = row.filed_to_id == asker.person_id and still_signs(row, matter, asker.at)
    if not signs and "office_clerk" not in asker.roles:
        return refused(msg("集体研究决定由审批的领导或综合办登记"), clause=clause)
    return ALLOWED


def may_correct_refusal(asker: Asker, power: Asker, matter: Matter) -> Verdict:
    """Correct a refusal that was decided: the leader in charge or the main leader, not their own.

    `power` is whose power is used, as in `may_assign`.
    """
    clause = _cited(matter, refusal_filing.CORRECTED)
    acting_for = None if power.person_id == asker.person_id else power.person_id
    if "main_leader" not in power.ranks and matter.unit_id not in power.overseen_unit_ids:
        return refused(msg("不予办理决定由分管领导或主要领导纠正"), clause=clause)
    if not rows.parties_to_refusal(matter).isdisjoint(_hands(asker, acting_for)):
        return refused(msg("不能纠正自己提出或经办的决定"), clause=clause)
    return may_act_for(asker, acting_for)


def may_give_instruction(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Answer whether to refuse: the leader who was asked, or the stand-in; never the custodian.

    Where the main leader takes the place of a leader in charge who is away, that one's stand-in
    does not answer: the question is put anew (p4.refusal-filing.2.1.c).
    """
    clause = _cited(matter, refusal_filing.POWER)
    if matter.instruction_to_id is None or matter.instruction_to_id != (acting_for or asker.person_id):
        return refused(msg("这件请示不是报给您的"), clause=clause)
    if matter.custodian_id in _hands(asker, acting_for):
        return refused(msg("不能答复自己经办事项的请示"), clause=clause)
    in_charge = matter.instruction_to_id == overseers(matter.tenant_id, asker.at).get(matter.unit_id)
    fallback = _cited(matter, refusal_filing.FALLBACK)
    if acting_for and in_charge and fallback:
        return refused(
            msg("分管领导不在时向主要领导请示，不由顶岗人答复，请经办人改向主要领导请示"), clause=fallback
        )
    return may_act_for(asker, acting_for)


def may_keep_powers(asker: Asker) -> Verdict:
    """Keep the register of who may not refuse without asking: the main leader and the administrators."""
    if "main_leader" in asker.ranks or "administrator" in asker.roles:
        return ALLOWED
    return refused(msg("只有主要领导和系统管理员能登记否定权限"))


def may_see_powers(asker: Asker) -> Verdict:
    """Read who may refuse what: whoever keeps it, the efficiency office, and leaders, each of their units."""
    known = asker.roles & {"efficiency_office", "administrator"}
    if known or asker.ranks & GIVERS:
        return ALLOWED
    return refused(msg("否定权限由科室负责人、领导、效能办和系统管理员查看"))


def _signing(matter: Matter) -> str:
    """The clause that says who signs the matter's refusal, ordinary or important."""
    book = law_for(matter).book
    return book.cite(refusal_filing.levels_part(book, matter.refusal_importance))


def _more_time(matter: Matter) -> str:
    """The clause by which the matter gets more time."""
    book = law_for(matter).book
    return book.cite(time_limit.more_time.part_of(MatterKind(matter.kind), book))


def _cited(matter: Matter, part: str) -> str:
    """The clause of the matter's own office that plays a part."""
    return law_for(matter).book.cite(part)


def _hands(asker: Asker, acting_for: UUID | None) -> set[UUID]:
    return {asker.person_id, acting_for} if acting_for else {asker.person_id}


def may_see_owed(asker: Asker, person_id: UUID, unit_ids: Collection[UUID]) -> Verdict:
    """See what somebody owes who sits in `unit_ids`.

    One's own and that of those one stands in for; the head of the unit, the
    leader in charge of it, the main leader and the efficiency office.
    """
    if person_id == asker.person_id or person_id in asker.stands_in_for:
        return ALLOWED
    if "main_leader" in asker.ranks or "efficiency_office" in asker.roles:
        return ALLOWED
    if not (asker.headed_unit_ids | asker.overseen_unit_ids).isdisjoint(unit_ids):
        return ALLOWED
    return refused(msg("只有本科室负责人、分管领导、主要领导和效能办能查看他人的待办"))


def may_instruct(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Answer what a leader was asked: that leader or the stand-in, and nobody about their own matter."""
    asked = matter.instruction_to_id if matter.kind == MatterKind.ENQUIRY else None
    if asked is None or asked != (acting_for or asker.person_id):
        return refused(msg("这件事没有请示您"))
    if matter.custodian_id in _hands(asker, acting_for):
        return refused(msg("不能批示自己经办的事"))
    return may_act_on(asker, acting_for, matter)


def may_answer_consultation(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Answer what a unit was asked: who answers for it, their stand-in, or a colleague of the unit.

    Never whoever asked for it to be answered, whose matter it is.
    """
    if matter.custodian_id in _hands(asker, acting_for):
        return refused(msg("不能答复自己经办事项的会商"), clause=_cited(matter, joint.SHARED))
    if consultation_for(asker, acting_for, matter) is None:
        return refused(msg("没有请您的科室会商这件事"))
    return may_act_on(asker, acting_for, matter)


def may_take_papers(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Take over papers that were taken in for oneself, or for whom one stands in."""
    if str(acting_for or asker.person_id) not in matter.papers_for:
        return refused(msg("没有代您收下的材料"))
    return may_act_on(asker, acting_for, matter)


def may_reissue_code(asker: Asker, matter: Matter, acting_for: UUID | None = None) -> Verdict:
    """Hand out a new query code: the custodian or the first responder, to the person in front.

    A stand-in too where the rulebook gives them all that A may do (p2.post-substitution.3.c).
    """
    if acting_for is not None and not law_for(matter).book.has(post_substitution.POWERS):
        return refused(msg("只有责任人或首问责任人能重发查询码"))
    if (acting_for or asker.person_id) in {matter.custodian_id, matter.first_responder_id}:
        return may_act_on(asker, acting_for, matter)
    return refused(msg("只有责任人或首问责任人能重发查询码"))
