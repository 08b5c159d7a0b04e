"""Which registers there are, in the order people are offered them."""

from __future__ import annotations

from typing import Final

from huiyin.reports.ledgers import applications, enquiries, filings, notices, papers, posts, steps, tasks
from huiyin.reports.ledgers.frame import Ledger
from huiyin.rules.errors import NotFound

REGISTRY: Final[tuple[Ledger, ...]] = (
    enquiries.LEDGER,
    applications.LEDGER,
    notices.LEDGER,
    filings.LEDGER,
    papers.INCOMING,
    papers.OUTGOING,
    papers.ARCHIVE,
    tasks.LEDGER,
    steps.LEDGER,
    posts.LEDGER,
    posts.COVERING,
)


def ledger_of(name: str) -> Ledger:
    """Return the register of that name; raises NotFound."""
    found = next((one for one in REGISTRY if one.name == name), None)
    if found is None:
        raise NotFound
    return found
