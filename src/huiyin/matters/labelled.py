"""Several things told in one text, each on lines of its own under its label.

A report of progress says how far it is, what is in the way and what comes next; a task names who works
along and by when which stage is reached. They are kept as one text, as people write them, and whoever
writes the labels by hand is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from huiyin.rules.errors import msg

PROBLEMS: Final = msg("存在问题")
NEXT: Final = msg("下步措施")
PARTNERS: Final = msg("配合单位")
GOALS: Final = msg("阶段目标")
VERIFIED: Final = msg("反映和查实的情况")
EFFECT: Final = msg("造成的不良影响")

_LABEL: Final = re.compile(rf"^[ \t]*({PROBLEMS}|{NEXT}|{PARTNERS}|{GOALS})[ \t]*[:：][ \t]*", re.MULTILINE)


def joined(text: str, parts: Mapping[str, str]) -> str:
    """Return the text and under it each part that says something, labelled."""
    told = [f"{label}：{part.strip()}" for label, part in parts.items() if part.strip()]
    return "\n".join([text.strip(), *told] if text.strip() else told)


def parts_of(text: str) -> dict[str, str]:
    """Return what stands under each label, and under "" what stands under none."""
    found = {"": text}
    marks = list(_LABEL.finditer(text))
    if marks:
        found[""] = text[: marks[0].start()].strip()
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        said = text[mark.end() : end].strip()
        found[mark[1]] = "\n".join(one for one in (found.get(mark[1], ""), said) if one)
    return found
