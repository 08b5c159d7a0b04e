"""Tables of the organisation. Every row carries its office, so that rows can be kept apart by it."""

from huiyin.organisation.models.posts import (
    Charge,
    Competence,
    DutyLine,
    DutySheet,
    TargetPost,
    YearTarget,
)
from huiyin.organisation.models.registers import (
    Absence,
    Account,
    Appointment,
    CalendarChange,
    Integration,
    Person,
    Position,
    Role,
    RulebookChange,
    Tenant,
    Unit,
)

__all__ = [
    "Absence",
    "Account",
    "Appointment",
    "CalendarChange",
    "Charge",
    "Competence",
    "DutyLine",
    "DutySheet",
    "Integration",
    "Person",
    "Position",
    "Role",
    "RulebookChange",
    "TargetPost",
    "Tenant",
    "Unit",
    "YearTarget",
]
