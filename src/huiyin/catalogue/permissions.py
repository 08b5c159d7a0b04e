"""Who keeps the catalogue, who makes the office's commitments, and who hangs them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiyin.organisation.permissions import By, Operator, may_manage_people
from huiyin.organisation.terms import Duty, Rank
from huiyin.rules.errors import msg
from huiyin.rules.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from uuid import UUID


def may_manage_items(by: By) -> Verdict:
    """Service items and materials by the workbook: administrators of the office."""
    return may_manage_people(by) or refused(msg("只有系统管理员可以管理事项与材料"))


def may_edit_items(by: By) -> Verdict:
    """One item at a time: administrators, and the efficiency office at the desk."""
    if may_manage_items(by):
        return ALLOWED
    if not isinstance(by, Operator) and by.rights is None and Duty.EFFICIENCY_OFFICE in by.roles:
        return ALLOWED
    return refused(msg("事项由系统管理员或效能办修改"))


def may_draft_commitment(by: By, unit_id: UUID | None) -> Verdict:
    """Write a commitment: the head of the unit it is for, or the efficiency office, at the desk."""
    if isinstance(by, Operator):
        return ALLOWED
    if by.rights is not None:
        return refused(msg("服务承诺只能由工作人员登录后办理"))
    if Duty.EFFICIENCY_OFFICE in by.roles or (unit_id is not None and unit_id in by.headed_unit_ids):
        return ALLOWED
    return refused(msg("服务承诺由本科室负责人或效能办起草"))


def may_publish_commitment(by: By) -> Verdict:
    """Publish a commitment or take it down: the efficiency office or the main leader, at the desk."""
    if isinstance(by, Operator):
        return ALLOWED
    if by.rights is not None:
        return refused(msg("服务承诺只能由工作人员登录后办理"))
    if Duty.EFFICIENCY_OFFICE in by.roles or Rank.MAIN_LEADER in by.ranks:
        return ALLOWED
    return refused(msg("服务承诺由效能办或主要领导公布和撤下"))


def may_record_posting(by: By, unit_id: UUID | None) -> Verdict:
    """Say where something hangs: whoever works in that unit, the office clerk, the efficiency office."""
    if isinstance(by, Operator):
        return ALLOWED
    if by.rights is not None:
        return refused(msg("上墙情况只能由工作人员登录后登记"))
    if by.roles & {Duty.EFFICIENCY_OFFICE, Duty.OFFICE_CLERK} or unit_id in by.unit_ids:
        return ALLOWED
    return refused(msg("上墙情况由本科室人员、办公室文书或效能办登记"))
