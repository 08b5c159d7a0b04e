"""What can happen to a matter: one small frozen type per happening.

An event holds no personal data. People who work here are named by their id;
applicants, and everything anybody typed, appear only as digests (`*_digest`),
so that erasing the text leaves the chain of events whole.
"""

from huiyin.rules.events.assigned import (
    AccusedNamed,
    Concluded,
    Finished,
    LatenessExplained,
    ProgressReported,
    SentBack,
    SignedOff,
    SuperiorAnswered,
)
from huiyin.rules.events.base import (
    Channel,
    Event,
    MatterKind,
    Nature,
    Urgency,
)
from huiyin.rules.events.custody import (
    CustodyAssigned,
    HandoverAccepted,
    HandoverBounced,
    HandoverOffered,
    HandoverWithdrawn,
)
from huiyin.rules.events.deciding import (
    Answered,
    ClauseInvoked,
    Closed,
    CodeReissued,
    Delivered,
    Granted,
    Rated,
    Refused,
    StepRecorded,
    Withdrawn,
)
from huiyin.rules.events.receiving import (
    ApplicationAccepted,
    MaterialsChecked,
    NoticeIssued,
    ReceiptIssued,
    Registered,
    SupplementReceived,
)
from huiyin.rules.events.refusing import (
    RefusalApproved,
    RefusalFiled,
    RefusalOverturned,
    RefusalProposed,
)
from huiyin.rules.events.timing import (
    ClockRecomputed,
    ExtensionApproved,
    ExtensionRefused,
    ExtensionRequested,
    ExtensionTold,
    LimitPassed,
    SpecialProcedureEnded,
    SpecialProcedureStarted,
)

__all__ = [
    "AccusedNamed",
    "Answered",
    "ApplicationAccepted",
    "Channel",
    "ClauseInvoked",
    "ClockRecomputed",
    "Closed",
    "CodeReissued",
    "Concluded",
    "CustodyAssigned",
    "Delivered",
    "Event",
    "ExtensionApproved",
    "ExtensionRefused",
    "ExtensionRequested",
    "ExtensionTold",
    "Finished",
    "Granted",
    "HandoverAccepted",
    "HandoverBounced",
    "HandoverOffered",
    "HandoverWithdrawn",
    "LatenessExplained",
    "LimitPassed",
    "MaterialsChecked",
    "MatterKind",
    "Nature",
    "NoticeIssued",
    "ProgressReported",
    "Rated",
    "ReceiptIssued",
    "RefusalApproved",
    "RefusalFiled",
    "RefusalOverturned",
    "RefusalProposed",
    "Refused",
    "Registered",
    "SentBack",
    "SignedOff",
    "SpecialProcedureEnded",
    "SpecialProcedureStarted",
    "StepRecorded",
    "SuperiorAnswered",
    "SupplementReceived",
    "Urgency",
    "Withdrawn",
]
