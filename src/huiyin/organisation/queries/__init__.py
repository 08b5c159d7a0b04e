"""Reads of the organisation.

A look-up by id that a person asks for takes the `Asker` (or, for jobs and
public pages, the office) and answers "not found" and "not yours" alike. The
look-ups of `presence` by a bare position, unit or person id are for ids that
come from rows of the office already in hand; give `tenant_id` when they come
from outside.
"""

from huiyin.organisation.queries.asker import (
    Asker,
    asker_for_account,
    asker_for_person,
    asker_for_token,
    resolve_login,
    token_digest,
)
from huiyin.organisation.queries.directory import Member, absence, directory, integration
from huiyin.organisation.queries.presence import (
    Holding,
    current_on,
    duty_board,
    holdings,
    is_absent,
    leader_in_charge,
    main_leader,
    on_duty,
    posts_of,
    reception,
)
from huiyin.organisation.queries.registers import (
    Colleague,
    absences,
    account_of,
    colleague,
    colleagues,
    count_administrators,
    home_unit,
    integrations,
    names,
    people,
    people_with_role,
    person,
    person_by_staff_no,
    position,
    positions,
    staff_numbers,
    tenant,
    tenant_by_slug,
    tenants,
    unit,
    units,
)

__all__ = [
    "Asker",
    "Colleague",
    "Holding",
    "Member",
    "absence",
    "absences",
    "account_of",
    "asker_for_account",
    "asker_for_person",
    "asker_for_token",
    "colleague",
    "colleagues",
    "count_administrators",
    "current_on",
    "directory",
    "duty_board",
    "holdings",
    "home_unit",
    "integration",
    "integrations",
    "is_absent",
    "leader_in_charge",
    "main_leader",
    "names",
    "on_duty",
    "people",
    "people_with_role",
    "person",
    "person_by_staff_no",
    "position",
    "positions",
    "posts_of",
    "reception",
    "resolve_login",
    "staff_numbers",
    "tenant",
    "tenant_by_slug",
    "tenants",
    "token_digest",
    "unit",
    "units",
]
