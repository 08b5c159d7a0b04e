"""Whether the database holds what was acknowledged, no more and no less: `python -m bench.judging FOLDER`.

Reads all journals of the folder, compares them with the office, and prints a
`Verdict`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from huiyin.doors.cli import installation
from huiyin.rules.identifiers import receipt_number


@dataclass
class Verdict:
    """What was counted, and the faults: what kind, how often, and the first of each.

    Kinds: `refused` (an answer that was no receipt), `lost` (acknowledged and
    not stored), `doubled` (one key with two receipts, one number for two keys,
    or a matter nobody was told of), `gap` (a number neither used nor void),
    `custody` and `chain` (rows or events that do not fit together).
    """

    answers: int = 0
    receipts: int = 0
    matters: int = 0
    voids: int = 0
    longest: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, what: object) -> None:
        """Note a fault."""
        self.faults[kind] = self.faults.get(kind, 0) + 1
        self.first.setdefault(kind, str(what)[:500])


def judge(folder: Path) -> Verdict:
    """Compare the journals with the office they were written for."""
    verdict = Verdict()
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in lines(folder):
        verdict.answers += 1
        verdict.longest = max(verdict.longest, line["wait"])
        if "refused" in line:
            verdict.add("refused", line)
        else:
            known[line["key"]].add((line["number"], line["code"]))
    verdict.receipts = len(known)
    if not known:
        verdict.add("lost", "there is not a single receipt")
    _compare(known, verdict)
    return verdict


def lines(folder: Path) -> Iterator[dict[str, Any]]:
    """Return every line of every journal."""
    for journal in sorted(folder.glob("*.journal")):
        yield from map(json.loads, journal.read_text(encoding="utf-8").splitlines())


def _compare(known: dict[str, set[tuple[str, str]]], verdict: Verdict) -> None:
    models = import_module("huiyin.matters.models")
    stored = list(models.Matter.objects.order_by("id"))
    commands = list(models.Command.objects.order_by("id"))
    verdict.matters = len(stored)
    receipts = defaultdict(list)
    for row in commands:
        receipts[row.key].append(json.loads(row.receipt)["number"])
    for key, answers in known.items():
        if len(answers) > 1 or len(receipts[key]) > 1:
            verdict.add("doubled", f"{key}: {answers} {receipts[key]}")
        if {number for number, _ in answers} - set(receipts[key]):
            verdict.add("lost", f"{key}: {answers}, stored {receipts[key]}")
    told = Counter(number for answers in known.values() for number in {one for one, _ in answers})
    numbers = Counter(row.number for row in stored)
    for number, times in (told + numbers).items():
        if not numbers[number]:
            verdict.add("lost", number)
        elif told[number] != 1 or numbers[number] != 1:
            verdict.add("doubled", f"{number}: {told[number]} keys, {numbers[number]} matters, {times}")
    _numbering(stored, verdict)
    _proofs(stored, verdict)


def _numbering(stored: Iterable[Any], verdict: Verdict) -> None:
    counters = import_module("huiyin.storage.models")
    storage = import_module("huiyin.storage.numbers")
    used = {row.number for row in stored}
    for book in counters.Counter.objects.filter(book="receipt"):
        tenant = import_module("huiyin.organisation.queries").tenant(book.tenant_id)
        serials = {
            serial
            for serial in range(1, book.next)
            if receipt_number(tenant.receipt_prefix, book.year, serial) in used
        }
        for serial in storage.unused(book.tenant_id, book.book, book.year, serials):
            verdict.add("gap", f"{book.year} {serial}")
    verdict.voids = counters.Void.objects.count()


def _proofs(stored: Iterable[Any], verdict: Verdict) -> None:
    for row in stored:
        if row.custodian_id is None or row.custodian_id != row.first_responder_id:
            verdict.add("custody", row.number)
    for fault in import_module("huiyin.matters.queries").verify().faults:
        verdict.add("custody", fault)
    for fault in import_module("huiyin.ledger.queries").verify().faults:
        verdict.add("chain", fault)


if __name__ == "__main__":
    installation.set_up()
    print(json.dumps(asdict(judge(Path(sys.argv[1])))))
