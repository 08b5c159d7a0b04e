"""Who may do what with an official document: the register's keeper, leaders, readers, signers.

Everything here assumes that the person may see the document; readers only read.
"""

from __future__ import annotations

from uuid import UUID

from huiyin.matters.models import Matter, Routing
from huiyin.matters.permissions.persons import may_act_for, may_handle
from huiyin.matters.queries.documents import KEEPER, LEADERS, opinion_role
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import msg
from huiyin.rules.verdict import ALLOWED, Verdict, refused


def may_keep_register(asker: Asker, power: Asker) -> Verdict:
    """Enter, number, dispatch and archive documents: the office's clerk for them.

    `power` is whose power is used: the asker's own, or that of whom they stand in for.
    """
    if KEEPER in power.roles:
        return may_act_for(asker, _principal(asker, power))
    return refused(msg("收发文登记由办公室文书办理"))


def may_order_document(asker: Asker, power: Asker, drafter: UUID) -> Verdict:
    """Have a document drafted: by anybody for the register's keeper, heads and leaders, else by oneself."""
    if KEEPER in power.roles or power.ranks & (LEADERS | {"head"}) or drafter == power.person_id:
        return may_act_for(asker, _principal(asker, power))
    return refused(msg("您只能登记由自己拟稿的发文"))


def may_write_opinion(asker: Asker, acting_for: UUID | None, role: str) -> Verdict:
    """Write on a document: whoever it was put before, or who keeps it on its way to the leaders."""
    if not role:
        return refused(msg("这份文件没有呈给您批阅"))
    return may_act_for(asker, acting_for)


def may_circulate(asker: Asker, power: Asker, matter: Matter) -> Verdict:
    """Put colleagues on the reading list: who keeps or handles it, and leaders it lies before."""
    principal = _principal(asker, power)
    if may_handle(asker, principal, matter) or opinion_role(power, matter):
        return may_act_for(asker, principal)
    return refused(msg("传阅由文书、承办人或批阅的领导安排"))


def may_note_read(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Say that it was read: only the reader, for nobody else."""
    listed = Routing.objects.filter(matter=matter, person=asker.person_id, role="reader", done_at=None)
    if acting_for is None and listed.exists():
        return ALLOWED
    return refused(msg("您不在这份文件待阅的名单上"))


def may_act_on_routing(asker: Asker, acting_for: UUID | None, matter: Matter, role: str) -> Verdict:
    """Check, countersign or sign: whoever the draft was put before for that."""
    whose = acting_for or asker.person_id
    if Routing.objects.filter(matter=matter, person=whose, role=role, done_at=None).exists():
        return may_act_for(asker, acting_for)
    return refused(msg("这份文件没有送您办理这一步"))


def may_sign(power: Asker) -> Verdict:
    """Sign what is issued in the office's name: a leader, also after it was put before them."""
    if power.ranks & LEADERS:
        return ALLOWED
    return refused(msg("文件由单位的领导签发；职务已有变动的，请另送签发"))


def _principal(asker: Asker, power: Asker) -> UUID | None:
    return None if power.person_id == asker.person_id else power.person_id
