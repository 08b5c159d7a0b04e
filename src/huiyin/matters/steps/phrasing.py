"""The phrases nobody may be sent away with, in whatever is told to the person served.

A rulebook lists them (p1.first-responder.3.a, p2.first-responder.3.b, p4.first-responder.3.a). What is
written for the office alone may hold them: a question to a leader says what somebody does not know.
"""

from __future__ import annotations

import re
from typing import Final

from huiyin.matters.dossier import Dossier, Hand
from huiyin.rules.errors import Invalid, msg

PHRASES: Final = "banned_phrases"
_BLANK: Final = re.compile(r"\s+")
_SAME: Final = {0x6B78: 0x5F52, 0x9818: 0x9886, 0x5C0E: 0x5BFC}
"""The characters of the phrases that have a traditional form, by that form."""


def refuse_banned(dossier: Dossier, hand: Hand, **told: str) -> None:
    """Refuse a text, by its field, that holds a banned phrase, however it is spaced; raises Invalid."""
    book = dossier.law.book
    if not book.has(PHRASES):
        return
    banned = [str(one) for one in book.clause(PHRASES).on(hand.on).get("phrases", ())]
    for field, text in told.items():
        plain = _BLANK.sub("", text).translate(_SAME)
        found = next((phrase for phrase in banned if phrase in plain), "")
        if found:
            raise Invalid(
                {field: msg("答复中不能使用“%(phrase)s”")},
                clause=book.cite(PHRASES),
                params={"phrase": found},
                code="banned_phrase",
            )
