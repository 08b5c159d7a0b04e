"""Events as they were written down, read back into the types that rules work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from enum import EnumType
from functools import cache
from typing import Any, Final, get_type_hints

from huiyin.rules import events as e
from huiyin.rules.vocabulary import Limit, Unit

PERSON: Final = "person:"

EVENTS: Final[Mapping[str, type[e.Event]]] = {
    event.kind: event
    for event in (
        e.Registered,
        e.HandoverOffered,
        e.HandoverAccepted,
        e.HandoverBounced,
        e.HandoverWithdrawn,
        e.CustodyAssigned,
        e.Readdressed,
        e.Routed,
        e.Instructed,
        e.PapersKept,
        e.PapersTaken,
        e.UnitConsulted,
        e.UnitAnswered,
        e.MaterialsChecked,
        e.ReceiptIssued,
        e.NoticeIssued,
        e.NoticeExplained,
        e.PaperServed,
        e.SupplementReceived,
        e.SentToMeeting,
        e.ApplicationAccepted,
        e.DeemedAccepted,
        e.StepBegun,
        e.StepPassed,
        e.StepSigned,
        e.SpecialProcedureStarted,
        e.SpecialProcedureEnded,
        e.ExtensionRequested,
        e.ExtensionApproved,
        e.ExtensionRefused,
        e.ExtensionWithdrawn,
        e.ExtensionTold,
        e.RefusalProposed,
        e.RefusalFiled,
        e.RefusalApproved,
        e.RefusalOverturned,
        e.RefusalCorrected,
        e.FlaggedUncertain,
        e.FlagTakenBack,
        e.ResultTold,
        e.InstructionAsked,
        e.InstructionGiven,
        e.ReturnAsked,
        e.MaterialsReturned,
        e.Granted,
        e.Refused,
        e.Answered,
        e.Delivered,
        e.Rated,
        e.Withdrawn,
        e.Closed,
        e.StepRecorded,
        e.ProgressReported,
        e.SuperiorAnswered,
        e.Finished,
        e.SentBack,
        e.SignedOff,
        e.LatenessExplained,
        e.Concluded,
        e.AccusedNamed,
        e.CodeReissued,
        e.ClauseInvoked,
        e.LimitPassed,
        e.DutyUrged,
        e.OverrunExplained,
        e.ClockRecomputed,
        e.Circulated,
        e.CountersignAsked,
        e.Countersigned,
        e.DelayExplained,
        e.DocumentArchived,
        e.DocumentCompleted,
        e.DocumentDispatched,
        e.DocumentNumbered,
        e.DocumentRead,
        e.DocumentReturned,
        e.DocumentSent,
        e.DocumentSigned,
        e.DocumentSignedFor,
        e.DocumentVoided,
        e.DraftChecked,
        e.DraftReturned,
        e.Drafted,
        e.OpinionWritten,
        e.PresentedToLeader,
        e.PresentedToMainLeader,
    )
}
"""Every kind of event of a matter."""


def read_back(
    kind: str, *, at: datetime, actor: str, acting_for: str, body: Mapping[str, Any]
) -> e.Event | None:
    """The event that was written so; None for a kind that is nothing of a matter's own.

    What a later version wrote besides is left out; what an earlier one did not
    write yet has its usual value. Raises ValueError for a body that lacks what
    the event cannot be without.
    """
    found = EVENTS.get(kind)
    if found is None:
        return None
    hints = _hints(kind)
    facts = {name: _typed(hints[name], value) for name, value in body.items() if name in hints}
    try:
        return found(
            at=at,
            actor=actor.removeprefix(PERSON),
            acting_for=acting_for.removeprefix(PERSON),
            **facts,
        )
    except TypeError as error:
        raise ValueError(f"{kind}: {error}") from error


@cache
def _hints(kind: str) -> Mapping[str, Any]:
    apart = {"at", "actor", "acting_for"}
    event = EVENTS[kind]
    hints = get_type_hints(event)
    return {one.name: hints[one.name] for one in fields(event) if one.name not in apart}


def _typed(hint: Any, value: Any) -> Any:
    if isinstance(hint, EnumType):
        return hint(value)
    if hint in {datetime, datetime | None} and isinstance(value, str):
        return datetime.fromisoformat(value)
    if isinstance(value, Mapping):
        return limit_of(value)
    if isinstance(value, list):
        return tuple(value)
    if hint is bool:
        return bool(value)
    return value


def limit_of(value: Mapping[str, object]) -> Limit:
    """Read a limit back from an event's body."""
    return Limit(int(str(value["amount"])), Unit(str(value["unit"])))
