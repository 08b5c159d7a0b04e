"""Whether whoever holds number and code may take the matter back themselves."""

from __future__ import annotations

from typing import Final

from huiyin.matters import rows
from huiyin.matters.models import Matter, RefusalFiling
from huiyin.matters.queries.one import law_for
from huiyin.rules import events as e
from huiyin.rules.lifecycle import possible
from huiyin.rules.lifecycle.states import CANNOT, HEARD_NO
from huiyin.rules.regimes.time_limit import assigned, petitions

ITSELF: Final = "itself"
VERIFIED: Final = "verified"


def way_to_withdraw(row: Matter) -> str:
    """Return ITSELF where number and code are enough, VERIFIED where a leader asks them first, else "".

    Whoever handles it printed the receipt and may know the code: once the matter leans towards a no, it
    ends as taken back only after somebody over the handler heard so from the applicant.
    """
    state = rows.state_of(row)
    if state.kind in assigned.GIVEN or e.Withdrawn not in possible(state):
        return ""
    if petitions.sent_down(state, law_for(row).book):
        return ""
    return VERIFIED if leans_to_no(row) else ITSELF


def leans_to_no(row: Matter) -> bool:
    """Whether a refusal was proposed on it, or a leader or the applicant told that it cannot be done."""
    return row.uncertain in {CANNOT, *HEARD_NO} or RefusalFiling.objects.filter(matter=row).exists()
