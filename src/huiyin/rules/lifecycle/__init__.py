"""What may happen to a matter next, as one readable table per kind.

`advance` is the only way from one state to the next. Whatever writes a
matter, a person at the desk or an import of ten years of history, passes
through it, so a state that the table does not reach cannot be stored.
"""

from huiyin.rules.lifecycle.documents import VOIDED
from huiyin.rules.lifecycle.moves import advance, begin
from huiyin.rules.lifecycle.states import CONCLUSIONS, DECIDED, REFUSING, UNCLOSED, UNDECIDED, Stage, State
from huiyin.rules.lifecycle.table import BORN, TRANSITIONS, possible

__all__ = [
    "BORN",
    "CONCLUSIONS",
    "DECIDED",
    "REFUSING",
    "TRANSITIONS",
    "UNCLOSED",
    "UNDECIDED",
    "VOIDED",
    "Stage",
    "State",
    "advance",
    "begin",
    "possible",
]
