"""Tables of matters: the matter itself, what was handed over, what was asked and decided."""

from huiyin.matters.models.command import Command
from huiyin.matters.models.covering import Briefing, BriefingLine, CoverAct
from huiyin.matters.models.documents import DelayExplanation, Draft, OfficialDocument, Routing
from huiyin.matters.models.guiding import Consultation, Deposit, Guidance
from huiyin.matters.models.matter import Matter
from huiyin.matters.models.proceedings import (
    ExtensionRequest,
    Handover,
    MaterialCheck,
    Notice,
    Pause,
    RefusalFiling,
    RefusalOpinion,
    StepNote,
)
from huiyin.matters.models.refusals import Instruction, MaterialReturn, RefusalRestriction
from huiyin.matters.models.serving import DeliveryProof

__all__ = [
    "Briefing",
    "BriefingLine",
    "Command",
    "Consultation",
    "CoverAct",
    "DelayExplanation",
    "DeliveryProof",
    "Deposit",
    "Draft",
    "ExtensionRequest",
    "Guidance",
    "Handover",
    "Instruction",
    "MaterialCheck",
    "MaterialReturn",
    "Matter",
    "Notice",
    "OfficialDocument",
    "Pause",
    "RefusalFiling",
    "RefusalOpinion",
    "RefusalRestriction",
    "Routing",
    "StepNote",
]
