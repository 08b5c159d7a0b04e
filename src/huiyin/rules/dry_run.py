"""What would have come of the same events under another rulebook.

The events of one matter are followed twice, as they were recorded: under the
law of the office and under the other. Nothing is stored. What the other law
would not have allowed is noted and then taken as done, for the question is
what would have followed from what people did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.rules import events as e
from huiyin.rules.docket import Docket, Law, Owed, follow, run_out
from huiyin.rules.errors import HuiyinError
from huiyin.rules.lifecycle import Stage
from huiyin.rules.vocabulary import Finding, Outcome


@dataclass(frozen=True, slots=True)
class Course:
    """Where the events of one matter led under one law.

    `forbidden` are the codes of what this law would not have allowed, with the
    clause; `broken` says that the events could not be followed to their end.
    """

    owed: Mapping[str, Owed]
    findings: tuple[Finding, ...]
    forbidden: tuple[tuple[str, str], ...]
    broken: str = ""

    def late(self, key: str, at: datetime) -> bool:
        """Whether this duty was ended late, or is still open and past due at `at`."""
        owed = self.owed.get(key)
        if owed is None:
            return False
        if owed.is_open:
            return not owed.paused and owed.due < at
        return owed.outcome is Outcome.LATE


@dataclass(frozen=True, slots=True)
class Change:
    """One duty that the two laws do not see alike; a side that does not know the duty is None."""

    key: str
    ours: Owed | None
    theirs: Owed | None
    was_late: bool
    would_be_late: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs for one matter: its duties, its findings, and what would have been impossible."""

    changes: tuple[Change, ...]
    findings_gone: tuple[Finding, ...]
    findings_new: tuple[Finding, ...]
    forbidden: tuple[tuple[str, str], ...]
    broken: str = ""

    def __bool__(self) -> bool:
        return bool(self.changes or self.findings_gone or self.findings_new or self.forbidden or self.broken)


def course(events: Iterable[e.Event], law: Law, at: datetime) -> Course:
    """Follow the events under a law until `at`; passed limits and silence are reckoned anew."""
    docket: Docket | None = None
    findings: list[Finding] = []
    forbidden: list[tuple[str, str]] = []
    broken = ""
    for event in events:
        if isinstance(event, e.LimitPassed | e.DeemedAccepted):
            continue
        if isinstance(event, e.StepBegun) and event.actor == e.SYSTEM and docket is not None:
            # It followed from silence, which must be complete before it; without silence, nothing begins.
            docket, found = _silent(docket, event, law)
            findings += found
            if docket.state.stage is not Stage.IN_HAND:
                continue
        try:
            followed = follow(docket, event, law, forgiven=forbidden)
        except HuiyinError as error:
            # The table itself does not lead on: what came later cannot be told.
            broken = error.code
            break
        docket = followed.docket
        findings += followed.findings
    if docket is not None and not broken:
        passed = run_out(docket, at, law)
        docket = passed.docket
        findings += passed.findings
    owed = {one.key: one for one in docket.owed} if docket else {}
    return Course(owed, tuple(findings), tuple(forbidden), broken)


def _silent(docket: Docket, event: e.StepBegun, law: Law) -> tuple[Docket, tuple[Finding, ...]]:
    """What had run out by the moment of the event, that moment's own included."""
    passed = run_out(docket, event.at + timedelta.resolution, law)
    return passed.docket, passed.findings


def difference(events: Iterable[e.Event], ours: Law, theirs: Law, at: datetime) -> Difference:
    """What the other law would have made different, as things stand at `at`."""
    known = tuple(events)
    left, right = course(known, ours, at), course(known, theirs, at)
    changes = tuple(
        Change(key, left.owed.get(key), right.owed.get(key), left.late(key, at), right.late(key, at))
        for key in dict.fromkeys((*left.owed, *right.owed))
        if not _alike(left.owed.get(key), right.owed.get(key))
    )
    before, after = _counted(left.findings), _counted(right.findings)
    return Difference(
        changes,
        findings_gone=tuple(one for key, one in before.items() if key not in after),
        findings_new=tuple(one for key, one in after.items() if key not in before),
        forbidden=tuple(one for one in right.forbidden if one not in left.forbidden),
        broken=right.broken if right.broken != left.broken else "",
    )


def _alike(ours: Owed | None, theirs: Owed | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    left, right = ((one.due, one.yellow, one.outcome, one.provisional) for one in (ours, theirs))
    return left == right


def _counted(findings: Iterable[Finding]) -> dict[tuple[str, str, int], Finding]:
    """Findings by what was found against whom; the same found twice is two, wherever it stands in time."""
    seen: dict[tuple[str, str], int] = {}
    counted = {}
    for one in findings:
        number = seen[one.what, one.against] = seen.get((one.what, one.against), 0) + 1
        counted[one.what, one.against, number] = one
    return counted
