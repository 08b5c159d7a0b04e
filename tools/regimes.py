"""Keep docs/regimes what the rulebooks say: one page a regime, every clause of every profile.

`python -m tools.regimes check` fails when a page is stale; `update` writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from huiyin.rules import library
from huiyin.rules.clauses import Clause
from huiyin.rules.rulebook import Rulebook, available, load
from tools.paths import ROOT

PAGES = ROOT / "docs/regimes"
HEAD = "<!-- Written by `make regimes` from src/huiyin/rulebooks; change the rulebooks, not this page. -->"


def main(arguments: list[str]) -> int:
    """Check or update the pages; the exit code says whether they are current."""
    if arguments not in (["check"], ["update"]):
        print(__doc__, file=sys.stderr)
        return 2
    wanted = pages()
    if arguments == ["update"]:
        write(PAGES, wanted)
        return 0
    return check(PAGES, wanted)


def pages() -> dict[str, str]:
    """The text of every page by its file name."""
    books = [load(slug) for slug in available()]
    found = {"README.md": _index(books)}
    for regime in library.words()["regimes"]:
        found[f"{regime}.md"] = _page(regime, books)
    found["notes.md"] = _notes()
    return found


def write(folder: Path, wanted: Mapping[str, str]) -> None:
    """Write the pages and remove those that nothing stands for any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def check(folder: Path, wanted: Mapping[str, str]) -> int:
    """Name every page that is missing, stale or left over; 1 when there is one."""
    here = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    stale = sorted(name for name in here.keys() | wanted.keys() if here.get(name) != wanted.get(name))
    for name in stale:
        print(f"docs/regimes/{name} is not what the rulebooks say. Run: make regimes", file=sys.stderr)
    return 1 if stale else 0


def _index(books: list[Rulebook]) -> str:
    lines = [
        "# Regimes 制度",
        "",
        HEAD,
        "",
        "Every clause the software knows, by regime. *Kept* says how a clause is kept; *proven* that a",
        "scenario fails once the clause is taken out. What is not proven is not claimed:",
        "`huiyin rulebook check` lists it.",
        "Where a source is unclear and what is done about it: [notes](notes.md).",
        "",
        "| regime | " + " | ".join(book.name_en for book in books) + " |",
        "| --- |" + " ---: |" * len(books),
    ]
    for regime, named in library.words()["regimes"].items():
        counts = (sum(one.regime == regime for one in book.own.values()) for book in books)
        cells = " | ".join(str(count) if count else "–" for count in counts)
        lines.append(f"| [{named['en']} {named['zh']}]({regime}.md) | {cells} |")
    totals = " | ".join(str(len(book.own)) for book in books)
    return "\n".join([*lines, f"| **all** | {totals} |", ""])


def _page(regime: str, books: list[Rulebook]) -> str:
    named = library.words()["regimes"][regime]
    lines = [f"# {named['en']} {named['zh']}", "", HEAD]
    for book in books:
        clauses = [one for one in book.clauses.values() if one.regime == regime]
        if any(one.id in book.own for one in clauses):
            lines += ["", f"## {book.name_en} {book.name_zh}", "", *_table(book, clauses)]
    return "\n".join([*lines, ""])


def _table(book: Rulebook, clauses: list[Clause]) -> Iterator[str]:
    yield "| clause | 内容 | what it says | values | kept | proven |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for one in clauses:
        shown = library.keeping(one)
        proof = "<br>".join(shown.stories) if shown.kept else ""
        notes = "".join(f" [{note}](notes.md#{note.lower()})" for note in one.notes)
        mark = "" if one.id in book.own else " *(underneath)*"
        yield f"| `{one.id}`{mark}{notes} | {one.zh} | {one.en} | {_values(one)} | {one.kept} | {proof} |"


def _values(one: Clause) -> str:
    dated = []
    for each in one.values:
        said = "; ".join(f"{name} {_plain(value)}" for name, value in each.plain().items())
        if said:
            dated.append(f"{each.since}: {said}")
    return "<br>".join(dated).replace("|", "\\|")


def _plain(value: Any) -> str:
    """The keys and codes as they stand in the files: whoever writes values of an office's own needs them."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "、".join(map(_plain, value))
    return "" if value is None else str(value)


def _notes() -> str:
    lines = ["# Notes on the sources 原文存疑", "", HEAD]
    for note in library.notes().values():
        lines += ["", f"## {note.id}", "", f"*{note.category}*", ""]
        lines += [f"{note.issue['zh']}<br>{note.issue['en']}", ""]
        lines += [f"**→** {note.treatment['zh']}<br>{note.treatment['en']}"]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
