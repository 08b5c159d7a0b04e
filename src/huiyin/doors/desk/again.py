"""A step that came too late, kept for the page that shows what there is now.

The answer to a form would send it once more when it is read anew. So the page
is an address of its own, and what was typed waits for it in the session,
sealed: it may hold what people told the office.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Final

from huiyin.doors import sealing
from huiyin.doors.access import DoorRequest
from huiyin.matters.steps import Paper
from huiyin.rules.errors import Conflict, HuiyinError, msg

STALE: Final = "stale"
_PURPOSE: Final = "desk.again"
_SHELF: Final = "tried"
_LIFE: Final = timedelta(minutes=30)
_LONGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Tried:
    """A verb that was refused: what was typed, why not, and the key to try again with."""

    verb: str
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    error: HuiyinError | None = None


def keep(request: DoorRequest, number: str, tried: Tried) -> None:
    """Keep a step on this matter until its page is read."""
    facts = {
        "number": number,
        "verb": tried.verb,
        "key": tried.key,
        "typed": json.dumps(dict(tried.typed)),
        "papers": json.dumps([asdict(one) for one in tried.papers]),
    }
    request.session[_SHELF] = sealing.seal(_PURPOSE, facts, request.now)


def taken(request: DoorRequest, number: str) -> Tried | None:
    """Return the step that was kept for this matter, this once; None when there is none."""
    note = request.session.get(_SHELF, "")
    if not note:
        return None
    facts = sealing.unseal(_PURPOSE, note, request.now, good_for=_LIFE, longest=_LONGEST)
    if facts is not None and facts["number"] != number:
        return None
    del request.session[_SHELF]
    if facts is None:
        return None
    error = Conflict(
        msg("这件事刚刚有了新进展，您刚才看到的不是最新内容，这一步没有办理"),
        code=STALE,
        remedy=msg("下面已是最新内容，请核对后再操作。"),
    )
    papers = tuple(Paper(**one) for one in json.loads(facts["papers"]))
    return Tried(facts["verb"], facts["key"], json.loads(facts["typed"]), papers, error)
