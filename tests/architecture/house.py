"""What the house rules look at, as functions over a tree, so that planted violations can be shown to fail.

Each function returns the faults it found, one line each, naming file and line; an empty list is a pass.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60

# What a queryset, a manager or a model instance is told when rows change.
WRITES = frozenset(
    {
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "abulk_create",
        "abulk_update",
        "aget_or_create",
        "aupdate_or_create",
    }
)
# Words that other objects are told too; Django's never take a positional argument, the others always do.
WRITES_WITHOUT_POSITIONALS = frozenset({"save", "create", "delete", "asave", "acreate", "adelete"})
UPDATES = frozenset({"update", "aupdate"})
WRITING_SQL = re.compile(r"\s*(insert|update|delete|replace|merge|copy|truncate)\b", re.IGNORECASE)
# Replay writes the same rows as the actions, from history. Storage, below every room, keeps only the means of
# writing (locks, counters), nothing an office would have to answer for.
WRITERS = frozenset({"actions", "replay", "migrations"})
OVERRIDES = frozenset({"save", "delete", "save_base", "asave", "adelete"})

TICKET = re.compile(r"(?<![\w&/])#\d+\b")
WE = re.compile(r"\b[Ww]e('re|'ve|'ll|'d)?\b")
UNTESTED = frozenset({"__init__", "__main__", "apps", "models", "urls"})


def contracts() -> list[dict[str, Any]]:
    """Return the import contracts as pyproject.toml states them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["tool"]["importlinter"]["contracts"])


def storeys() -> list[str]:
    """Return the rooms from the highest to the lowest, as the import contract lists them."""
    (contract,) = [contract for contract in contracts() if contract["id"] == "storeys"]
    return [str(layer) for layer in contract["layers"]]


def modules(folder: Path) -> Iterator[Path]:
    """Give every Python file that somebody wrote."""
    for path in sorted(folder.rglob("*.py")):
        if not {"migrations", "__pycache__", "vendor"} & set(path.parts):
            yield path


def writes_outside_actions(root: Path) -> list[str]:
    """Find what changes rows anywhere but in actions, replay and migrations."""
    faults = []
    for path in modules(root / "src/huiyin"):
        parts = path.relative_to(root / "src/huiyin").with_suffix("").parts
        if parts[0] == "storage" or WRITERS & set(parts):
            continue
        for node in ast.walk(_parsed(path)):
            if isinstance(node, ast.Call) and (what := _written(node)):
                faults.append(f"{_at(root, path, node)}: {what} outside actions")
            if isinstance(node, ast.ClassDef) and _is_model(node):
                faults += [
                    f"{_at(root, path, item)}: {item.name}() overridden in a model"
                    for item in node.body
                    if isinstance(item, ast.FunctionDef) and item.name in OVERRIDES
                ]
    return faults


def oversized(root: Path) -> list[str]:
    """Find modules and functions too long to be read in one go."""
    faults = []
    for folder in ("src", "tools"):
        for path in modules(root / folder):
            length = len(path.read_text(encoding="utf-8").splitlines())
            if length > LONGEST_MODULE:
                faults.append(f"{path.relative_to(root)}: {length} lines, more than {LONGEST_MODULE}")
            faults += [
                f"{_at(root, path, node)}: {node.name} has {lines} lines, more than {LONGEST_FUNCTION}"
                for node in ast.walk(_parsed(path))
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
            ]
    return faults


def untested(root: Path) -> list[str]:
    """Find modules without the test file that mirrors them; a module without any function needs none."""
    faults = []
    for source, tests in ((root / "src/huiyin", root / "tests"), (root / "tools", root / "tests/tools")):
        for path in modules(source):
            relative = path.relative_to(source)
            if path.stem in UNTESTED or {"settings", "models"} & set(relative.parts) or not _has_code(path):
                continue
            test = tests / relative.parent / f"test_{path.name}"
            # A folder that grew out of one file may keep its tests beside the room's others.
            flat = tests / relative.parts[0] / test.name
            if not test.exists() and not flat.exists():
                faults.append(f"{path.relative_to(root)}: no {test.relative_to(root)}")
    return faults


def loose_words(root: Path) -> list[str]:
    """Find comments and docstrings in the first person or naming a ticket: a reader can look neither up."""
    faults = []
    for folder in ("src", "tools", "tests", "bench"):
        for path in modules(root / folder):
            for line, text in _prose(path):
                if WE.search(text):
                    faults.append(f"{path.relative_to(root)}:{line}: speaks in the first person; name who")
                if TICKET.search(text):
                    faults.append(f"{path.relative_to(root)}:{line}: names a ticket; give the reason itself")
    return faults


def silent_rooms(root: Path, rooms: Iterable[str]) -> list[str]:
    """Find rooms whose package does not say what it promises."""
    faults = []
    for room in rooms:
        package = root / "src/huiyin" / room / "__init__.py"
        if not package.exists():
            faults.append(f"{room}: there is no such room")
        elif not ast.get_docstring(_parsed(package)):
            faults.append(f"{room}: its package has no docstring")
    return faults


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _at(root: Path, path: Path, node: ast.stmt | ast.expr) -> str:
    return f"{path.relative_to(root)}:{node.lineno}"


def _written(node: ast.Call) -> str:
    """Name the write a call is, or nothing."""
    if not isinstance(node.func, ast.Attribute):
        return ""
    word = node.func.attr
    if word in WRITES or (word in WRITES_WITHOUT_POSITIONALS and not node.args):
        return f".{word}("
    if word in UPDATES and node.keywords and not node.args:
        return f".{word}("
    if word in {"execute", "executemany"} and node.args and WRITING_SQL.match(_text(node.args[0])):
        return f".{word}( of writing SQL"
    return ""


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_model(node: ast.ClassDef) -> bool:
    bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
    return bool(bases & {"Model", "AbstractBaseUser", "AbstractUser"}) or any(
        isinstance(item, ast.Assign) and "models." in ast.unparse(item.value) for item in node.body
    )


def _has_code(path: Path) -> bool:
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(_parsed(path)))


def _prose(path: Path) -> Iterator[tuple[int, str]]:
    """Give comments and docstrings with their lines."""
    source = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.lstrip("#")
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield node.lineno, node.value.value
