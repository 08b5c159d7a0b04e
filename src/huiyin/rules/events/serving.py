"""How a written paper reached the person it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiyin.rules.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperServed(Event):
    """The paper of that number reached whom it is for, at `served_at`, which is no later than its record.

    `paper` is its kind, `relation` what whoever took it is to the applicant; `refused` says that it
    was not taken and left behind before a witness. `proof_digest` is of the names, the place and the rest.
    """

    kind: ClassVar[str] = "paper.served"
    number: str
    paper: str
    how: str
    served_at: datetime
    relation: str = ""
    refused: bool = False
    proof_digest: str = ""
