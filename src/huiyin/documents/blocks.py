"""The blocks a document is made of where the page's own templates do not draw it, and the words for them.

Each kind may have an outline (`outlines`); whatever it does not place, and a kind without one, is listed
field by field under the label that the page's template gives it. Fields that the page keeps to itself
(who agreed inside, say) are kept here too, and no words are used that the page does not use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from huiyin.documents.contents import Content
from huiyin.documents.viewing import short, view

_TEMPLATES: Final = Path(__file__).parent / "templates"
_BLANK: Final = re.compile(r"\{(\w+)\}")
_QUOTED: Final = re.compile(r'"([a-z_.]+)"')
_FIELD: Final = re.compile(r"\bc\.(\w+)")
_SHARED: Final = re.compile(r'^#import "(?!base\.)(\w+)\.typ"', re.MULTILINE)
_FRAMED: Final = frozenset({"number", "matter_number", "office", "issued_at", "handler", "item", "applicant"})
"""What every document says in its head, its address and its closing."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or more of text; `style` is body, heading, small or line (without indent)."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. Without a `header` the first cell of each row is its label. `widths` are shares."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    widths: tuple[int, ...] = (1, 4)


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of one or two facts: label, text, and how many lines of handwriting still fit under it."""

    lines: tuple[tuple[tuple[str, str, int], ...], ...]


Block: TypeAlias = Paragraph | Table | Grid


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole document: `letter` tells a letter from a form to be filed; `standing` says what it is worth.

    One that lies `across` is printed on the long side of the paper.
    """

    letter: bool
    language: str
    office: str
    title: str
    matter: str
    number: str
    date: str
    addressee: str
    blocks: tuple[Block, ...]
    contact: str
    standing: str
    signatures: tuple[str, ...]
    across: bool = False


class Page:
    """The words and the content of one document; it knows which fields have been read."""

    def __init__(self, content: Content, language: str, version: str) -> None:
        """Take the content into the words of a language."""
        self.language = short(language)
        self.kind = content.kind.value
        self._shown: Mapping[str, Any] = view(content, self.language)
        self._labels = _labels(version)
        self._version = version
        self._read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        """Return a field, "" where this kind has none."""
        self._read.add(name)
        return self._shown.get(name) or ""

    def t(self, key: str, **values: str) -> str:
        """Return the page's words for a key, filled once, so that a value is never filled in turn."""
        words = self._labels[key]["zh" if self.language == "zh" else "en"]
        return _BLANK.sub(lambda found: values[found[1]], words)

    def facts(self, *rows: tuple[str, str]) -> Iterator[Table]:
        """Give a table of labels and values; empty ones are left out, as on the page."""
        found = tuple((self.t(key), value) for key, value in rows if value)
        if found:
            yield Table(found)

    def section(self, key: str, *texts: str, **values: str) -> Iterator[Paragraph]:
        """Give a heading and what stands under it."""
        yield Paragraph(self.t(key, **values), "heading")
        yield from (Paragraph(text) for text in texts if text)

    def due(self, at: Any, provisional: bool) -> str:
        """Return a moment, marked where it is provisional."""
        moment: str = at["moment"]
        return moment + (self.t("open") + self.t("provisional") + self.t("close") if provisional else "")

    def rest(self) -> Iterator[Block]:
        """Give what nobody placed: fields with text that the page prints, each under its label."""
        printed = _printed(self.kind, self._version)
        left = [
            name
            for name, value in self._shown.items()
            if name in printed and name not in self._read | _FRAMED and value and value is not True
        ]
        self._read.update(left)
        rows = [(self._label(name), "\n".join(_texts(self._shown[name]))) for name in left]
        yield from (Table((row,)) if row[0] else Paragraph(row[1]) for row in rows if row[1])

    def _label(self, name: str) -> str:
        """The label that stands before a field in the page's template; "" where none does."""
        key = _printed(self.kind, self._version)[name]
        words = self._labels.get(key, {}).get("zh" if self.language == "zh" else "en", "")
        return "" if _BLANK.search(words) else words


def _texts(value: Any) -> Iterator[str]:
    """What a person reads of a value: each text, number and moment in it."""
    if isinstance(value, Mapping):
        if "moment" in value:
            yield str(value["moment"])
        else:
            yield " ".join(text for one in value.values() for text in _texts(one))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif value and not isinstance(value, bool):
        yield str(value)


def words(key: str, language: str, version: str) -> str:
    """Return what the pages of a version say for a key, in the language that `short` gives."""
    return _labels(version)[key]["zh" if language == "zh" else "en"]


@lru_cache(maxsize=8)
def _labels(version: str) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(
        (_TEMPLATES / version / "labels.json").read_text("utf-8")
    )
    return found


@lru_cache(maxsize=64)
def _printed(kind: str, version: str) -> Mapping[str, str]:
    """The fields that a kind's page prints, each with the label key last seen before it on its line."""
    found: dict[str, str] = {}
    known = _labels(version)
    for line in _source(kind, version).splitlines():
        for field in _FIELD.finditer(line):
            keys = [key for key in _QUOTED.findall(line[: field.start()]) if key in known]
            found.setdefault(field[1], keys[-1] if keys else "")
    return found


def _source(kind: str, version: str) -> str:
    """A kind's page, with the page that it shares with another kind."""
    own = (_TEMPLATES / version / f"{kind}.typ").read_text("utf-8")
    shared = (_TEMPLATES / version / f"{name}.typ" for name in _SHARED.findall(own))
    return "\n".join([own, *(path.read_text("utf-8") for path in shared)])
