"""The verbs of the organisation: the only writers of its tables."""

from huiyin.organisation.actions.abilities import record_competence, set_target
from huiyin.organisation.actions.accounts import (
    create_account,
    create_accounts,
    first_administrator,
    grant_role,
    reset_password,
    revoke_role,
    seen,
    set_account_active,
    set_password,
    temporary_password,
    use_temporary_password,
)
from huiyin.organisation.actions.appointments import appoint, end_appointment
from huiyin.organisation.actions.calendars import (
    confirm_calendar,
    propose_local,
    propose_revocation,
    propose_year,
    reject_calendar,
    withdraw_calendar,
)
from huiyin.organisation.actions.duties import Line, describe_charge, issue_sheet, mark_secret, write_sheet
from huiyin.organisation.actions.importing import import_people
from huiyin.organisation.actions.naming import rename_all
from huiyin.organisation.actions.office import (
    add_position,
    add_unit,
    describe_office,
    hire,
    leave,
    open_office,
    set_overseer,
)
from huiyin.organisation.actions.presence import cancel_absence, record_absence, release_absence
from huiyin.organisation.actions.rulebooks import (
    confirm_rules,
    propose_rules,
    propose_taking_back,
    reject_rules,
    withdraw_rules,
)
from huiyin.organisation.actions.tokens import issue_token, revoke_token
from huiyin.organisation.calendar_sheets import calendar_template
from huiyin.organisation.permissions import OPERATOR, By, Operator
from huiyin.organisation.sheets import people_template

__all__ = [
    "OPERATOR",
    "By",
    "Line",
    "Operator",
    "add_position",
    "add_unit",
    "appoint",
    "calendar_template",
    "cancel_absence",
    "confirm_calendar",
    "confirm_rules",
    "create_account",
    "create_accounts",
    "describe_charge",
    "describe_office",
    "end_appointment",
    "first_administrator",
    "grant_role",
    "hire",
    "import_people",
    "issue_sheet",
    "issue_token",
    "leave",
    "mark_secret",
    "open_office",
    "people_template",
    "propose_local",
    "propose_revocation",
    "propose_rules",
    "propose_taking_back",
    "propose_year",
    "record_absence",
    "record_competence",
    "reject_calendar",
    "reject_rules",
    "release_absence",
    "rename_all",
    "reset_password",
    "revoke_role",
    "revoke_token",
    "seen",
    "set_account_active",
    "set_overseer",
    "set_password",
    "set_target",
    "temporary_password",
    "use_temporary_password",
    "withdraw_calendar",
    "withdraw_rules",
    "write_sheet",
]
