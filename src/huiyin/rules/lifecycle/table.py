"""What may happen to a matter next, as one readable table per kind."""

from __future__ import annotations

from typing import Final, TypeAlias

from huiyin.rules import events as e
from huiyin.rules.lifecycle import documents
from huiyin.rules.lifecycle.states import (
    AFTERWARDS,
    DECIDED,
    REFUSABLE,
    REFUSING,
    UNCLOSED,
    UNDECIDED,
    Stage,
    State,
)

Rule: TypeAlias = tuple[frozenset[Stage], Stage | None]


def _from(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


_ANYWHERE_OPEN: Final[dict[type[e.Event], Rule]] = {
    e.HandoverOffered: (UNCLOSED, None),
    e.HandoverAccepted: (UNCLOSED, None),
    e.HandoverBounced: (UNCLOSED, None),
    e.HandoverWithdrawn: (UNCLOSED, None),
    e.CustodyAssigned: (UNCLOSED, None),
    e.Readdressed: (UNCLOSED, None),
    e.LimitPassed: (UNCLOSED, None),
    e.ClockRecomputed: (frozenset(Stage), None),
    e.StepRecorded: (UNCLOSED, None),
    e.ReceiptIssued: (UNCLOSED, None),
    e.DutyUrged: (UNCLOSED, None),
    e.CodeReissued: (frozenset(Stage), None),
    # What was not done right often shows only afterwards.
    e.ClauseInvoked: (frozenset(Stage), None),
}

# Papers that somebody brought, kept for a colleague until that one takes them (p4.first-responder.2.2.b).
_BROUGHT: Final[dict[type[e.Event], Rule]] = {
    e.PapersKept: (UNCLOSED, None),
    e.PapersTaken: (UNCLOSED, None),
}

# Other units are asked before anybody is told; what they say late is kept all the same.
_JOINT: Final[dict[type[e.Event], Rule]] = {
    e.UnitConsulted: (_from(Stage.OPEN, Stage.RECEIVED), None),
    e.UnitAnswered: (UNCLOSED, None),
}

# Why it took so long is owed to the person served afterwards, too.
_SERVED: Final[dict[type[e.Event], Rule]] = {e.OverrunExplained: (frozenset(Stage), None)}

_MORE_TIME: Final[dict[type[e.Event], Rule]] = {
    e.ExtensionRequested: (_from(Stage.OPEN, Stage.IN_HAND), None),
    e.ExtensionApproved: (_from(Stage.OPEN, Stage.IN_HAND), None),
    e.ExtensionRefused: (_from(Stage.OPEN, Stage.IN_HAND), None),
    e.ExtensionWithdrawn: (_from(Stage.OPEN, Stage.IN_HAND), None),
    e.ExtensionTold: (UNCLOSED, None),
}

# Given by somebody, done by somebody else, and struck off by the one who gave it.
_GIVEN: Final[dict[type[e.Event], Rule]] = {
    **_ANYWHERE_OPEN,
    **_MORE_TIME,
    e.ProgressReported: (_from(Stage.IN_HAND, Stage.FINISHED), None),
    e.LatenessExplained: (_from(Stage.IN_HAND, Stage.FINISHED), None),
    e.SuperiorAnswered: (_from(Stage.IN_HAND, Stage.FINISHED), None),
    e.Finished: (_from(Stage.IN_HAND), Stage.FINISHED),
    e.SentBack: (_from(Stage.FINISHED), Stage.IN_HAND),
    e.SignedOff: (_from(Stage.FINISHED), Stage.CLOSED),
    e.Withdrawn: (_from(Stage.IN_HAND, Stage.FINISHED), Stage.WITHDRAWN),
    e.Closed: (_from(Stage.WITHDRAWN), Stage.CLOSED),
}
_OF_DOCUMENTS: Final[dict[type[e.Event], Rule]] = {
    **{kind: rule for kind, rule in _ANYWHERE_OPEN.items() if kind is not e.CodeReissued},
    # What is on its way to its handler is signed for or returned, not taken over like other work.
    **{
        kind: (UNCLOSED - {Stage.SENT}, None)
        for kind in (e.HandoverOffered, e.HandoverAccepted, e.HandoverBounced, e.HandoverWithdrawn)
    },
}

# The proof that a paper was served often comes back afterwards.
_PROVED: Final[dict[type[e.Event], Rule]] = {e.PaperServed: (frozenset(Stage), None)}

TRANSITIONS: Final[dict[e.MatterKind, dict[type[e.Event], Rule]]] = {
    e.MatterKind.ENQUIRY: {
        **_ANYWHERE_OPEN,
        **_SERVED,
        **_BROUGHT,
        **_JOINT,
        # What is not answered at once is reported step by step (p4.time-limit.5.b).
        e.ProgressReported: (_from(Stage.OPEN), None),
        e.Routed: (_from(Stage.OPEN), None),
        e.Instructed: (_from(Stage.OPEN), None),
        e.Answered: (_from(Stage.OPEN), Stage.ANSWERED),
        e.Withdrawn: (_from(Stage.OPEN), Stage.WITHDRAWN),
        e.Delivered: (_from(Stage.ANSWERED), Stage.DELIVERED),
        e.Closed: (_from(Stage.ANSWERED, Stage.DELIVERED, Stage.WITHDRAWN), Stage.CLOSED),
        e.Rated: (_from(Stage.ANSWERED, Stage.DELIVERED, Stage.CLOSED), None),
    },
    e.MatterKind.APPLICATION: {
        **_ANYWHERE_OPEN,
        **_SERVED,
        **_BROUGHT,
        **_PROVED,
        **_JOINT,
        # After a refusal too: its file needs the record of the papers (p3.refusal-filing.3.3.b). In hand
        # only what silence took on, whose papers nobody had looked at, and what went back after a refusal
        # that was wrong.
        e.MaterialsChecked: (
            _from(Stage.RECEIVED, Stage.AWAITING_SUPPLEMENT, Stage.IN_HAND, Stage.REFUSED, Stage.DELIVERED),
            None,
        ),
        e.NoticeIssued: (_from(Stage.RECEIVED, Stage.IN_HAND), Stage.AWAITING_SUPPLEMENT),
        e.NoticeExplained: (UNCLOSED, None),
        e.SupplementReceived: (_from(Stage.AWAITING_SUPPLEMENT, Stage.IN_HAND), Stage.RECEIVED),
        e.ApplicationAccepted: (_from(Stage.RECEIVED, Stage.IN_HAND), Stage.IN_HAND),
        e.DeemedAccepted: (_from(Stage.RECEIVED) | REFUSING, None),
        e.StepBegun: (_from(Stage.IN_HAND), None),
        e.StepSigned: (_from(Stage.IN_HAND), None),
        e.StepPassed: (_from(Stage.IN_HAND, Stage.PAUSED), None),
        # No clock stops for it: the law names the procedures that do.
        e.SentToMeeting: (_from(Stage.RECEIVED, Stage.IN_HAND), None),
        e.SpecialProcedureStarted: (_from(Stage.IN_HAND), Stage.PAUSED),
        e.SpecialProcedureEnded: (_from(Stage.PAUSED), Stage.IN_HAND),
        e.ExtensionRequested: (_from(Stage.IN_HAND, Stage.PAUSED), None),
        e.ExtensionApproved: (_from(Stage.IN_HAND, Stage.PAUSED), None),
        e.ExtensionRefused: (_from(Stage.IN_HAND, Stage.PAUSED), None),
        e.ExtensionWithdrawn: (_from(Stage.IN_HAND, Stage.PAUSED), None),
        e.ExtensionTold: (UNCLOSED, None),
        e.FlaggedUncertain: (REFUSABLE, None),
        e.FlagTakenBack: (UNDECIDED, None),
        e.ResultTold: (UNCLOSED, None),
        e.InstructionAsked: (REFUSABLE, None),
        e.InstructionGiven: (UNDECIDED, None),
        # While a supplement is awaited too: what was told once and never came (p3.refusal-filing.2.2).
        e.RefusalProposed: (REFUSABLE, Stage.REFUSAL_PROPOSED),
        # From filed too: with the leader gone the form goes to another, on the same clock.
        e.RefusalFiled: (_from(Stage.REFUSAL_PROPOSED, Stage.REFUSAL_FILED), Stage.REFUSAL_FILED),
        e.RefusalApproved: (_from(Stage.REFUSAL_FILED), None),
        e.RefusalOverturned: (_from(Stage.REFUSAL_FILED), None),
        e.RefusalCorrected: (AFTERWARDS, None),
        e.Granted: (_from(Stage.IN_HAND), Stage.GRANTED),
        e.Refused: (_from(Stage.REFUSAL_APPROVED), Stage.REFUSED),
        e.Delivered: (_from(Stage.GRANTED, Stage.REFUSED), Stage.DELIVERED),
        e.ReturnAsked: (AFTERWARDS, None),
        e.MaterialsReturned: (AFTERWARDS, None),
        e.Withdrawn: (UNDECIDED, Stage.WITHDRAWN),
        e.Rated: (DECIDED | _from(Stage.CLOSED), None),
        e.Closed: (_from(Stage.DELIVERED, Stage.WITHDRAWN), Stage.CLOSED),
    },
    e.MatterKind.TASK: _GIVEN,
    e.MatterKind.PROPOSAL: _GIVEN,
    e.MatterKind.PETITION: {
        **_ANYWHERE_OPEN,
        **_SERVED,
        **_BROUGHT,
        **_MORE_TIME,
        e.ProgressReported: (_from(Stage.OPEN), None),
        e.LatenessExplained: (_from(Stage.OPEN), None),
        e.SuperiorAnswered: (_from(Stage.OPEN, Stage.ANSWERED), None),
        e.Answered: (_from(Stage.OPEN), Stage.ANSWERED),
        e.Withdrawn: (_from(Stage.OPEN), Stage.WITHDRAWN),
        e.Closed: (_from(Stage.ANSWERED, Stage.WITHDRAWN), Stage.CLOSED),
        e.Rated: (_from(Stage.ANSWERED, Stage.CLOSED), None),
    },
    # Nobody takes a report back: it has an outcome, whoever made it.
    e.MatterKind.REPORT: {
        **_ANYWHERE_OPEN,
        **_MORE_TIME,
        e.ProgressReported: (_from(Stage.OPEN), None),
        e.AccusedNamed: (_from(Stage.OPEN, Stage.CONCLUDED), None),
        e.Concluded: (_from(Stage.OPEN), Stage.CONCLUDED),
        e.Answered: (_from(Stage.CONCLUDED), Stage.ANSWERED),
        e.Closed: (_from(Stage.CONCLUDED, Stage.ANSWERED), Stage.CLOSED),
    },
    e.MatterKind.DOCUMENT_IN: {**_OF_DOCUMENTS, **documents.INCOMING},
    e.MatterKind.DOCUMENT_OUT: {**_OF_DOCUMENTS, **documents.OUTGOING},
}

BORN: Final[dict[e.MatterKind, Stage]] = {
    e.MatterKind.ENQUIRY: Stage.OPEN,
    e.MatterKind.APPLICATION: Stage.RECEIVED,
    e.MatterKind.TASK: Stage.IN_HAND,
    e.MatterKind.PROPOSAL: Stage.IN_HAND,
    e.MatterKind.PETITION: Stage.OPEN,
    e.MatterKind.REPORT: Stage.OPEN,
    e.MatterKind.DOCUMENT_IN: Stage.TO_PRESENT,
    e.MatterKind.DOCUMENT_OUT: Stage.TO_DRAFT,
}
"""The stage each kind begins in."""


def possible(state: State) -> tuple[type[e.Event], ...]:
    """The events the table allows next, in the table's order; guards may still object."""
    table = TRANSITIONS[state.kind]
    return tuple(kind for kind, (allowed, _) in table.items() if state.stage in allowed)
