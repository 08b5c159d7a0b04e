"""Tables of matters: the matter itself, what was handed over, what was asked and decided."""

from huiyin.matters.models.command import Command
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

__all__ = [
    "Command",
    "ExtensionRequest",
    "Handover",
    "MaterialCheck",
    "Matter",
    "Notice",
    "Pause",
    "RefusalFiling",
    "RefusalOpinion",
    "StepNote",
]
