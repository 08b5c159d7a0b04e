"""What is missing of a position, in words: what one clause asks for and is not there stands in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.organisation import terms
from huiyin.rules.errors import msg
from huiyin.rules.vocabulary import Gap

GAPS: Final[Mapping[str, str]] = {
    "no_holder": msg("没有责任人"),
    "no_stand_in": msg("没有B岗"),
    "no_duties": msg("没有写职责"),
    "not_able": msg("B岗能否胜任没有记载"),
    "uncovered": msg("A岗不在岗，也无人顶岗"),
    "no_sheet": msg("没有发布责任书"),
    "no_task": msg("责任书没有写任务"),
    "no_leader_duty": msg("领导岗位没有写"),
    "no_element": msg("责任书没有写"),
    "not_measured": msg("没有可考核的任务"),
    "no_target": msg("没有对应的年度目标"),
    "not_listed_holder": msg("公示缺责任人"),
    "not_listed_duties": msg("公示缺职责"),
}
_ELEMENTS: Final = {one.value: str(one.label) for one in terms.Element}


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap in words, with its clause."""

    what: str
    clause: str


def missing(gaps: Sequence[Gap]) -> list[Missing]:
    """Return the gaps in their order, those that differ only in what is missing as one."""
    about: dict[tuple[str, str], list[str]] = {}
    for one in gaps:
        named = about.setdefault((one.what, one.clause), [])
        if one.about:
            named.append(_(_ELEMENTS.get(one.about, one.about)))
    return [Missing(_said(what, named), clause) for (what, clause), named in about.items()]


def _said(what: str, named: Sequence[str]) -> str:
    return " ".join(one for one in (phrases.label(GAPS, what), _("、").join(named)) if one)
