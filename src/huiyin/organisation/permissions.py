"""May this person do this? Yes or no, with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.organisation.models import Account, Appointment, Position
from huiyin.organisation.queries import Asker, count_administrators, current_on
from huiyin.organisation.terms import DECIDING, Duty, Part, Rank
from huiyin.rules.errors import NotFound, msg
from huiyin.rules.verdict import ALLOWED, Verdict, refused
from huiyin.rules.workdays import SHANGHAI

MANAGE = "organisation.manage"
KEEPERS: Final = frozenset({Duty.ADMINISTRATOR.value, Duty.OFFICE_CLERK.value, Duty.EFFICIENCY_OFFICE.value})
"""Who keeps the office's calendar: one of them proposes, another confirms."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs commands on the machine itself: set-up, imports, jobs. Never made by a web door."""

    via: str = "cli"


OPERATOR = Operator()
By = Asker | Operator


def same_office(by: By, tenant_id: UUID) -> None:
    """Treat another office's row like one that does not exist.

    Raises:
        NotFound: the row is not of the asker's office.
    """
    if isinstance(by, Asker) and by.tenant_id != tenant_id:
        raise NotFound


def may_manage_people(by: By) -> Verdict:
    """Units, positions, people, appointments, accounts: administrators of the office."""
    if isinstance(by, Operator):
        return ALLOWED
    if by.rights is not None and MANAGE not in by.rights:
        return refused(msg("此接口没有管理组织与人员的权限"))
    if Duty.ADMINISTRATOR not in by.roles:
        return refused(msg("只有系统管理员可以管理组织与人员"))
    return ALLOWED


def may_change_roles(by: By, person_id: UUID) -> Verdict:
    """Administrators, at the desk, and never their own."""
    allowed = may_manage_people(by)
    if not allowed or isinstance(by, Operator):
        return allowed
    if by.rights is not None:
        return refused(msg("角色只能由系统管理员登录后授予或收回"))
    if by.person_id == person_id:
        return refused(msg("不能改动自己的角色，请由另一位系统管理员办理"))
    return ALLOWED


def may_issue_tokens(by: By) -> Verdict:
    """Administrators, at the desk: a program never makes itself another key."""
    allowed = may_manage_people(by)
    if allowed and isinstance(by, Asker) and by.rights is not None:
        return refused(msg("接口令牌只能由系统管理员登录后签发"))
    return allowed


def may_give_rights(by: By, person_id: UUID, rights: Iterable[str]) -> Verdict:
    """The rights to decide in somebody's name: themselves alone; no administrator makes himself a leader.

    Whoever commands the machine itself holds the database too, and may.
    """
    if isinstance(by, Operator) or by.person_id == person_id or DECIDING.isdisjoint(rights):
        return ALLOWED
    return refused(msg("审批的权限只能由本人签发给自己的程序"))


def may_change_posts(by: By, person_id: UUID | None) -> Verdict:
    """Positions and their ranks: administrators, and never those they hold or would hold themselves."""
    if isinstance(by, Operator) or person_id is None or by.person_id != person_id:
        return ALLOWED
    return refused(msg("不能改动自己的岗位和层级，请由另一位系统管理员办理"))


def may_keep_sheet(by: By, position: Position) -> Verdict:
    """Duty sheets and who can do the work: administrators, the head of the unit; never of one's own post."""
    if isinstance(by, Operator):
        return ALLOWED
    if by.rights is not None and MANAGE not in by.rights:
        return refused(msg("此接口没有管理组织与人员的权限"))
    if Duty.ADMINISTRATOR not in by.roles and position.unit_id not in by.headed_unit_ids:
        return refused(msg("岗位责任书由系统管理员或科室负责人拟定"))
    day = by.at.astimezone(SHANGHAI).date()
    mine = Appointment.objects.filter(current_on(day), position=position, person=by.person_id)
    return refused(msg("不能拟定自己岗位的责任书，请由他人办理")) if mine.exists() else ALLOWED


def may_reset_password(by: By, person_id: UUID) -> Verdict:
    """Administrators for others; one's own is changed with the old one in hand."""
    allowed = may_issue_tokens(by)
    if allowed and isinstance(by, Asker) and by.person_id == person_id:
        return refused(msg("自己的密码请用“修改密码”更改"))
    return allowed


def may_record_absence(by: By, person_id: UUID) -> Verdict:
    """Each for themselves; the own head; for a head the leader in charge; administrators.

    Never who would stand in for the absent one and have that one's powers meanwhile: nobody
    sends a colleague away to decide in their name.
    """
    if isinstance(by, Operator) or by.person_id == person_id:
        return ALLOWED
    if _would_stand_in(by, person_id):
        return refused(msg("您是这位同事的B岗，离岗请由本人、系统管理员或另一位领导登记"))
    if may_manage_people(by):
        return ALLOWED
    posts = Appointment.objects.filter(
        current_on(by.at.astimezone(SHANGHAI).date()),
        tenant_id=by.tenant_id,
        person_id=person_id,
        part=Part.A,
    ).values_list("position__unit_id", "position__rank")
    for unit_id, rank in posts:
        above = by.overseen_unit_ids if rank == Rank.HEAD else by.headed_unit_ids
        if unit_id in above:
            return ALLOWED
    return refused(msg("只能登记自己或本科室人员的离岗，其他人员请由其科室负责人或系统管理员登记"))


def _would_stand_in(by: Asker, person_id: UUID) -> bool:
    held = Appointment.objects.filter(current_on(by.at.astimezone(SHANGHAI).date()), tenant_id=by.tenant_id)
    theirs = held.filter(person_id=person_id, part=Part.A).values("position_id")
    return held.filter(person_id=by.person_id, part=Part.B, position__in=theirs).exists()


def may_propose_calendar(by: By) -> Verdict:
    """Administrators, office clerks and the efficiency office, at the desk; commands on the machine."""
    if isinstance(by, Operator):
        return ALLOWED
    if by.rights is not None:
        return refused(msg("放假安排只能由工作人员登录后办理"))
    if not by.roles & KEEPERS:
        return refused(msg("放假安排由系统管理员、办公室文书或效能办办理"))
    return ALLOWED


def may_confirm_calendar(by: By, proposed_by: UUID | None) -> Verdict:
    """Another of those who may propose, at the desk: nobody confirms or rejects their own."""
    if isinstance(by, Operator):
        return refused(msg("放假安排须由另一位工作人员登录后确认"))
    allowed = may_propose_calendar(by)
    if allowed and by.person_id == proposed_by:
        return refused(msg("自己提出的放假安排，须由另一人确认"))
    return allowed


def may_propose_rules(by: Asker) -> Verdict:
    """The efficiency office and administrators, at the desk."""
    if by.rights is not None:
        return refused(msg("制度修订只能由工作人员登录后办理"))
    if not by.roles & {Duty.EFFICIENCY_OFFICE, Duty.ADMINISTRATOR}:
        return refused(msg("制度修订由效能办或系统管理员提出"))
    return ALLOWED


def may_confirm_rules(by: Asker, proposed_by: UUID | None) -> Verdict:
    """The main leader or another of the efficiency office, at the desk: nobody confirms their own.

    None asks whether they may confirm at all.
    """
    if by.rights is not None:
        return refused(msg("制度修订只能由工作人员登录后办理"))
    if Rank.MAIN_LEADER not in by.ranks and Duty.EFFICIENCY_OFFICE not in by.roles:
        return refused(msg("制度修订由主要领导或效能办确认"))
    if by.person_id == proposed_by:
        return refused(msg("自己提出的制度修订，须由另一人确认"))
    return ALLOWED


def may_try_rules(by: Asker) -> Verdict:
    """Try another rulebook on the office's record: whoever proposes or confirms changes, at the desk."""
    if may_propose_rules(by) or (by.rights is None and Rank.MAIN_LEADER in by.ranks):
        return ALLOWED
    return refused(msg("制度试算由效能办、系统管理员或主要领导进行"))


def may_withdraw(by: By, proposed_by: UUID | None) -> Verdict:
    """Whoever proposed it; commands on the machine take back what they proposed."""
    own = proposed_by is None if isinstance(by, Operator) else by.person_id == proposed_by
    return ALLOWED if own else refused(msg("只有提出人可以撤回"))


def may_lose_administrator(tenant_id: UUID, person_id: UUID) -> Verdict:
    """Whatever takes the office's last administrator away is refused."""
    if count_administrators(tenant_id, but=person_id) == 0:
        return refused(msg("这是本单位最后一位系统管理员，请先授予另一人"))
    return ALLOWED


def may_sign_in(account: Account, at: datetime) -> Verdict:
    """Active account of an active person, and a temporary password unused and still in its time.

    Ask only after the password was right, so that the answer tells strangers nothing.
    """
    if not account.is_active or account.person is None or not account.person.active:
        return refused(msg("此账号已停用，请联系系统管理员"))
    if account.password_until is not None and account.password_used_at is not None:
        return refused(msg("临时密码只能用一次，请联系系统管理员重新发放"))
    if account.password_until is not None and at >= account.password_until:
        return refused(msg("临时密码已过期，请联系系统管理员重新发放"))
    return ALLOWED
