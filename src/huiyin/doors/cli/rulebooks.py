"""Rulebooks as the command line names them: shipped ones, and files with an office's changes."""

from __future__ import annotations

from pathlib import Path

from huiyin.doors.cli.speaking import listed
from huiyin.rules import rulebook as rulebooks
from huiyin.rules.clauses import RulebookError
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.overlays import Overlay, overlaid, parse_overlay
from huiyin.rules.rulebook import Rulebook


def book_of(name: str) -> Rulebook:
    """The rulebook of that name; raises HuiyinError with those there are."""
    if name not in rulebooks.available():
        raise HuiyinError(
            msg("没有名为 %(slug)s 的制度"),
            code="no_such_rulebook",
            params={"slug": name, "known": listed(rulebooks.available())},
            remedy=msg("可用的制度：%(known)s。"),
        )
    return rulebooks.load(name)


def read(name: str) -> Rulebook:
    """A shipped rulebook, or the one that an overlay file makes of it; raises RulebookError."""
    overlay = overlay_in(name)
    return overlaid(rulebooks.load(overlay.base), [overlay]) if overlay else rulebooks.load(name)


def overlay_in(name: str) -> Overlay | None:
    """The overlay in the file of that name; None where a shipped rulebook has the name, or no file."""
    path = Path(name)
    if name in rulebooks.available() or not path.is_file():
        return None
    return parse_overlay(path.read_text(encoding="utf-8"), path.name)


def bad_rulebook(error: Exception) -> HuiyinError:
    """What to say of a rulebook or a change that cannot be read."""
    return HuiyinError(
        msg("读不出制度：%(why)s"),
        code="bad_rulebook",
        params={"why": str(error)},
        remedy=msg("请写制度名，或一个修改文件的路径；修改文件可先用 huiyin rulebook check 检查。"),
    )


def read_or_refuse(name: str) -> Rulebook:
    """What `read` gives; raises HuiyinError for what cannot be read."""
    try:
        return read(name)
    except (RulebookError, UnicodeDecodeError) as error:
        raise bad_rulebook(error) from error
