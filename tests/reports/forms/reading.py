"""Read a form back by its labels."""

from __future__ import annotations

from huiyin.documents.forms import Form
from huiyin.reports.forms.words import Words

CHINESE = Words(str, "zh-hans")


def told(form: Form) -> dict[str, str]:
    """What stands under each label; of labels that stand twice, the first that says something."""
    found: dict[str, str] = {}
    for block in form.blocks:
        for line in block.lines:
            for fact in line:
                found[fact.label] = found.get(fact.label) or fact.text
    return found


def rows(form: Form) -> list[tuple[str, ...]]:
    """The rows of all its tables."""
    return [row for block in form.blocks for row in block.rows]
