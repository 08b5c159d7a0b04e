"""The words around the one-time notice: what other units are asked before it, and what silence brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.rules.errors import msg

CONSULTED: Final[Mapping[str, str]] = {
    "none": msg("无意见"),
    "missing": msg("缺材料"),
    "opinion": msg("有意见"),
}
"""What a unit that was asked answered."""

DUTIES: Final[Mapping[str, str]] = {"consult": msg("答复会商")}

FINDINGS: Final[Mapping[str, str]] = {
    "second_notice": msg("二次告知"),
    "late_notice": msg("逾期才告知要补的材料"),
    "consult_silent": msg("会商逾期不答复"),
}

EVENTS: Final[Mapping[str, str]] = {
    "unit.consulted": msg("已请其他科室会商"),
    "unit.answered": msg("已答复会商"),
    "application.deemed_accepted": msg("逾期没有告知，视为受理"),
}

ACTS: Final[Mapping[str, str]] = {
    "unit.consulted": msg("请其他科室会商"),
    "unit.answered": msg("答复会商"),
    "application.deemed_accepted": msg("视为受理"),
}

VERBS: Final[Mapping[str, str]] = {
    "consult_unit": msg("请其他科室会商"),
    "answer_consultation": msg("答复会商"),
}
