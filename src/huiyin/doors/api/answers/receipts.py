"""What a verb answers: the receipt, the same however often it is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from huiyin.doors.api.answers.parts import Moment, Word, named
from huiyin.matters import actions, labels
from huiyin.rules.errors import msg


class Receipt(BaseModel):
    """Where the matter stands after the verb, and proof of what was recorded."""

    number: str
    stage: Word
    version: Annotated[int, Field(description=msg("用于下一次请求的 If-Match"))]
    at: Moment
    event_hash: str
    code: Annotated[str, Field(description=msg("查询码，只在登记和重发时给出"))]
    documents: Annotated[list[str], Field(description=msg("本次制作的文书"))]


def receipt(found: actions.Receipt) -> Receipt:
    """Return a receipt as programs read it."""
    return Receipt(
        number=found.number,
        stage=named(labels.STAGES, found.stage),
        version=found.version,
        at=datetime.fromisoformat(found.at),
        event_hash=found.event_hash,
        code=found.code,
        documents=list(found.documents),
    )
