"""The house stays readable: short modules, tested modules, rooms that say what they promise."""

from __future__ import annotations

import re
from pathlib import Path

from huiyin.rules import regimes
from huiyin.rules.clauses import parse
from tests.architecture import house

LOCKS = sorted((house.ROOT / "requirements").glob("*.txt"))


def test_modules_and_functions_are_short() -> None:
    assert house.oversized(house.ROOT) == []


def test_every_module_has_its_test_file() -> None:
    assert house.untested(house.ROOT) == []


def test_comments_can_be_understood_by_anybody() -> None:
    assert house.loose_words(house.ROOT) == []


def test_every_room_says_what_it_promises() -> None:
    assert house.silent_rooms(house.ROOT, house.storeys()) == []


def test_every_regime_has_its_law_its_scenario_and_its_docstring() -> None:
    clauses = _regimes_with_clauses(house.ROOT / "src/huiyin/rulebooks")
    scenarios = {path.parent.name for path in (house.ROOT / "tests/scenarios").glob("*/*.yaml")}
    listed = {module.__name__.rpartition(".")[2]: module for module in regimes.REGIMES}  # type: ignore[attr-defined]
    written = {path.stem for path in Path(regimes.__file__).parent.glob("*.py")} - {"__init__"}
    faults = [f"{name}: not listed in REGIMES" for name in sorted(written - set(listed))]
    for name, module in listed.items():
        if not module.__doc__:
            faults.append(f"{name}: no docstring")
        if name not in clauses:
            faults.append(f"{name}: no clause of any rulebook names it")
        if name.replace("_", "-") not in scenarios:
            faults.append(f"{name}: no scenario in tests/scenarios/{name.replace('_', '-')}/")
    assert faults == []


def test_locks_carry_hashes_and_no_addresses() -> None:
    assert LOCKS
    for path in LOCKS:
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text, path.name
        assert not re.search(r"https?:|file:|^--(index|extra|find)", text, re.MULTILINE), path.name
    npm = (house.ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in npm
    assert '"resolved"' not in npm


def _regimes_with_clauses(folder: Path) -> set[str]:
    clauses = (
        clause
        for path in folder.glob("*/*.yaml")
        if path.parent.name != "calendar"
        for clause in parse(path.read_text(encoding="utf-8"), path.name).values()
    )
    return {clause.regime.replace("-", "_") for clause in clauses}
