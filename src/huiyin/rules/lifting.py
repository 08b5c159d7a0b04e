"""What is found when a limit passes, and so counts no longer once a newer calendar shows that it had not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.rules import examining, joint, official_documents, signing, unsure
from huiyin.rules.regimes import time_limit

_OF_ANY: Final = frozenset({"overdue"})
_OF_THE_WORK: Final = frozenset({"left_open", "refusal_overdue", official_documents.UNEXPLAINED})
"""What is found besides when the work itself is not done in time."""

_OF_ONE: Final[Mapping[str, frozenset[str]]] = {
    joint.CONSULT: frozenset({"consult_silent"}),
    examining.EXAMINE: frozenset({"examined_late"}),
    examining.NOTIFY: frozenset({"untold"}),
    signing.SIGN: frozenset({signing.UNSIGNED}),
    unsure.REFER: frozenset({"referred_late"}),
    time_limit.TELL_EXTENSION: frozenset({"extension_told_late"}),
    official_documents.COMPLETE: frozenset({official_documents.UNEXPLAINED}),
}


def found_by_passing(what: str) -> frozenset[str]:
    """The findings, by their names, that the passing of a duty's limit may have made."""
    of_work = _OF_THE_WORK if what in time_limit.FINISHING else frozenset()
    return _OF_ANY | of_work | _OF_ONE.get(what, frozenset())
