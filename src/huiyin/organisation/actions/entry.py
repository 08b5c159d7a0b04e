"""What every verb of this room checks first: who is asking, and each field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from uuid import UUID

from huiyin.organisation.models import Person, Position, Tenant, Unit
from huiyin.organisation.permissions import By, may_manage_people, same_office
from huiyin.rules.errors import Invalid, NotFound, msg
from huiyin.rules.identifiers import Checked, narrow, strip_marks

Field = tuple[str, Callable[[str], Checked]]

_LONGEST_CODE = 32
_LONGEST_LABEL = 100


def gate(by: By, tenant: Tenant, *others: Unit | Position | Person | None) -> None:
    """Let administrators of this office pass, and only with rows of this office.

    Raises:
        NotFound: one of the rows is of another office.
        Forbidden: the asker is no administrator.
    """
    same_office(by, tenant.id)
    if any(other is not None and other.tenant_id != tenant.id for other in others):
        raise NotFound
    may_manage_people(by).require()


def alone_in(tenant_id: UUID) -> None:
    """Let no two changes of roles and leavers run at once in an office; call it first inside `write()`.

    What is counted afterwards, such as the administrators, stays so until the commit.
    """
    Tenant.objects.select_for_update(no_key=True).only("id").get(id=tenant_id)


def entered(fields: Mapping[str, Field], faults: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the one form of each field that is kept.

    Raises:
        Invalid: with a sentence for every field that cannot be used, and `faults` first.
    """
    wrong = dict(faults or {})
    kept = {}
    for name, (value, check) in fields.items():
        kept[name], fault = check(value)
        if fault:
            wrong[name] = fault
    if wrong:
        raise Invalid(wrong)
    return kept


def refuse_taken(taken: bool, field: str) -> None:
    """Raise Invalid for a number that another row of the office already has."""
    if taken:
        raise Invalid({field: msg("此编码在本单位已被使用")}, code="taken")


def checked_code(text: str) -> Checked:
    """Check the code of a unit or position: 1 to 32 characters without blanks."""
    code = re.sub(r"\s", "", narrow(text))
    return Checked(code, "" if 0 < len(code) <= _LONGEST_CODE else msg("编码应为1至32个字符"))


def checked_label(text: str) -> Checked:
    """Check a name of an office, unit or position: 1 to 100 characters in one line."""
    label = " ".join(strip_marks(text).split())
    return Checked(label, "" if 0 < len(label) <= _LONGEST_LABEL else msg("名称应为1至100个字"))
