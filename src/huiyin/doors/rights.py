"""What a token may be given: the closed list that the desk offers and the API asks for.

A right only opens a group of operations to a program. Whether the person the
program acts as may do the thing is decided as at the desk, every time.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from huiyin.rules.errors import msg


class Right(StrEnum):
    """One group of operations of the API."""

    REGISTER = "register"
    """Register what somebody asks; hand out a new query code."""
    READ = "read"
    """Lists of matters, a matter with its clocks, timeline and papers, hand-overs, decisions waiting."""
    OWE = "owe"
    """What a person owes, by time left."""
    LOOK_UP = "look_up"
    """Service items with their guides, and colleagues."""
    HAND_OVER = "hand_over"
    """Offer, accept, bounce and withdraw a hand-over."""
    REVIEW = "review"
    """Check papers, give the one-time notice, take the supplement, accept the application."""
    TIME = "time"
    """Pause and resume a clock, ask for an extension, tell the applicant of one or of an overrun."""
    DECIDE_EXTENSION = "decide_extension"
    """Grant or refuse an extension."""
    REFUSE = "refuse"
    """Propose a refusal and put its filing before the leader."""
    DECIDE_REFUSAL = "decide_refusal"
    """Sign or overturn a refusal filing."""
    DECIDE = "decide"
    """Answer an enquiry, grant or refuse an application, record the delivery."""
    CLOSE = "close"
    """Record a withdrawal and close a matter."""
    DOCUMENTS = "documents"
    """Enter official documents, and take every step of the work on them."""
    SIGN_DOCUMENTS = "sign_documents"
    """Write on a document what should be done, find a draft in order, countersign it, sign it."""
    POINT_OUT = "point_out"
    """Point out that a clause was not kept; urge whoever bears a duty."""


RIGHTS: Final[Mapping[str, str]] = {
    Right.REGISTER: msg("登记办件、重发查询码"),
    Right.READ: msg("查看办件、时限、经过与文书"),
    Right.OWE: msg("查看待办与剩余时间"),
    Right.LOOK_UP: msg("查询事项与同事"),
    Right.HAND_OVER: msg("移交、接收、退回、撤回移交"),
    Right.REVIEW: msg("核对材料、一次性告知、补正、受理"),
    Right.TIME: msg("暂停与恢复计时、申请延期、告知延期、说明超期原因"),
    Right.DECIDE_EXTENSION: msg("审批延期"),
    Right.REFUSE: msg("拟否定与否定报备"),
    Right.DECIDE_REFUSAL: msg("审批否定报备"),
    Right.DECIDE: msg("答复、准予、不予办理、送达"),
    Right.CLOSE: msg("撤回申请、归结"),
    Right.DOCUMENTS: msg("收文、发文的登记与办理"),
    Right.SIGN_DOCUMENTS: msg("公文批示、核稿、会签、签发"),
    Right.POINT_OUT: msg("指出问题、催办"),
}
