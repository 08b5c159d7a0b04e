"""Yes or no, with a reason: what every permission answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.rules.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Verdict:
    """May this person do this? `reason` is a message id, filled with `params`; "" when allowed.

    `clause` is the clause that forbids, or that demands somebody else; "" when none does.
    """

    allowed: bool
    reason: str = ""
    clause: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed

    def require(self, *, code: str = "forbidden", remedy: str = "") -> None:
        """Return quietly when allowed.

        Raises:
            Forbidden: with the reason and the clause, when not.
        """
        if not self.allowed:
            raise Forbidden(self.reason, code=code, params=self.params, clause=self.clause, remedy=remedy)


ALLOWED = Verdict(allowed=True)


def refused(reason: str, *, clause: str = "", **params: object) -> Verdict:
    """Say no, and why: a message id with named parameters."""
    return Verdict(allowed=False, reason=reason, clause=clause, params=params)
