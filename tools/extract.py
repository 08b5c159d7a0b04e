"""Read the sentences a person may see out of Python and templates, and find those nobody could translate.

A sentence is translatable when it is the argument of a gettext call, of the marker `msg`, or of one of the
errors of `huiyin.rules.errors`; in a template, of a translation tag or of `_("…")`. Any other Chinese literal
would be shown in Chinese to everybody, and is a fault.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import templatize

CHINESE = re.compile(r"[\u3400-\u9fff]")
# Which arguments of each call are the sentence: (context, singular, plural), by position.
GETTEXT: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "msg": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
ERRORS = frozenset({"Conflict", "Forbidden", "HuiyinError", "Invalid", "NotFound", "Unlawful"})
# What an error is given besides sentences: data, and names for programs.
NOT_SENTENCES = frozenset({"clause", "code", "params"})
# Babel's way to say the same of templates, after Django has turned their tags into calls.
TEMPLATE_CALLS = dict.fromkeys(("_", "gettext", "ngettext", "pgettext", "npgettext"))
TRANSLATED_LITERAL = re.compile(r"""_\(\s*("[^"]*"|'[^']*')\s*\)""")
TRANSLATION_TAGS = frozenset({"trans", "translate"})
# Between these tags and their ends text is not shown, or is translated whole.
ENCLOSING_TAGS = {
    "blocktrans": "endblocktrans",
    "blocktranslate": "endblocktranslate",
    "comment": "endcomment",
}


@dataclass(frozen=True, order=True)
class Sentence:
    """A message id as gettext knows it; `context` and `plural` are usually empty."""

    text: str
    context: str = ""
    plural: str = ""


@dataclass(frozen=True)
class Fault:
    """A literal nobody can translate, and where it stands."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Extract:
    """What one file holds, in the order of the file."""

    sentences: tuple[Sentence, ...]
    faults: tuple[Fault, ...]


def from_file(path: Path, name: str) -> Extract:
    """Read one Python, HTML, text or script file; `name` is what faults call it."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return from_python(source, name)
    if path.suffix == ".js":
        return from_script(source, name)
    return from_template(source, name)


def from_python(source: str, name: str) -> Extract:
    """Read Python. Docstrings and comments are for colleagues and may hold any language."""
    tree = ast.parse(source)
    sentences: list[tuple[int, Sentence]] = []
    covered = {id(node) for node in _docstrings(tree)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = _called(node)
        if called in GETTEXT:
            sentences += _from_gettext(node, GETTEXT[called], covered)
        elif called in ERRORS:
            sentences += _from_error(node, covered)
    faults = [
        Fault(name, node.lineno, f"Chinese outside a gettext call: {node.value!r}")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in covered and _is_chinese(node.value)
    ]
    return Extract(tuple(sentence for _, sentence in sorted(sentences)), tuple(faults))


def from_template(source: str, name: str) -> Extract:
    """Read a Django template."""
    calls = "\n".join(line.strip() for line in templatize(source, origin=name).splitlines())
    found = extract_python(BytesIO(calls.encode()), TEMPLATE_CALLS, [], {"encoding": "utf-8"})
    sentences = [_from_babel(str(function), messages) for _, function, messages, _ in found]
    return Extract(tuple(s for s in sentences if s is not None), tuple(_template_faults(source, name)))


def from_script(source: str, name: str) -> Extract:
    """Read a browser script: it takes its sentences from the page, so it holds none."""
    return Extract(
        (),
        tuple(
            Fault(name, number, "Chinese in a script: put the sentence into a data attribute of the page")
            for number, line in enumerate(source.splitlines(), 1)
            if CHINESE.search(line.split("//")[0]) and not line.lstrip().startswith(("*", "/*"))
        ),
    )


def _from_gettext(
    node: ast.Call, positions: tuple[int | None, int, int | None], covered: set[int]
) -> Iterator[tuple[int, Sentence]]:
    context, singular, plural = (_literal(node, position, covered) for position in positions)
    if singular:
        yield node.lineno, Sentence(singular, context, plural)


def _from_error(node: ast.Call, covered: set[int]) -> Iterator[tuple[int, Sentence]]:
    """Every Chinese literal among an error's sentences, also within a dictionary or a conditional."""
    told = [*node.args, *(word.value for word in node.keywords if word.arg not in NOT_SENTENCES)]
    for argument in told:
        for part in _outside_calls_and_templates(argument):
            if _is_chinese(part.value):
                covered.add(id(part))
                yield part.lineno, Sentence(str(part.value))


def _outside_calls_and_templates(node: ast.expr) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant):
        yield node
    elif not isinstance(node, ast.Call | ast.JoinedStr):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from _outside_calls_and_templates(child)


def _literal(node: ast.Call, position: int | None, covered: set[int]) -> str:
    if position is None or position >= len(node.args):
        return ""
    argument = node.args[position]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        covered.add(id(argument))
        return argument.value
    return ""


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string that stands alone as a statement: docstrings, and notes below an attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _is_chinese(value: object) -> bool:
    return isinstance(value, str) and CHINESE.search(value) is not None


def _from_babel(function: str, messages: str | Sequence[str | None]) -> Sentence | None:
    words = [messages] if isinstance(messages, str) else [part for part in messages if part]
    if not words:
        return None
    context = words.pop(0) if "pgettext" in function else ""
    plural = words[1] if function.startswith("n") and len(words) > 1 else ""
    return Sentence(words[0], context, plural)


def _template_faults(source: str, name: str) -> Iterator[Fault]:
    until = ""
    for token in Lexer(source).tokenize():
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if until:
            until = "" if tag == until else until
        elif tag in ENCLOSING_TAGS:
            until = ENCLOSING_TAGS[tag]
        elif tag not in TRANSLATION_TAGS and token.token_type != TokenType.COMMENT:
            yield from _chinese_lines(token, name)


def _chinese_lines(token: Token, name: str) -> Iterator[Fault]:
    for offset, line in enumerate(token.contents.split("\n")):
        if CHINESE.search(TRANSLATED_LITERAL.sub("", line)):
            what = f"Chinese outside a translation tag: {line.strip()[:60]!r}"
            yield Fault(name, (token.lineno or 0) + offset, what)
