"""Who keeps the catalogue: the administrators who also keep the positions it names."""

from __future__ import annotations

from huiyin.organisation.permissions import By, may_manage_people
from huiyin.rules.errors import msg
from huiyin.rules.verdict import Verdict, refused


def may_manage_items(by: By) -> Verdict:
    """Service items and materials: administrators of the office."""
    return may_manage_people(by) or refused(msg("只有系统管理员可以管理事项与材料"))
