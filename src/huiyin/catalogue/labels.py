"""What this room's codes are called, as message ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.rules.errors import msg

PARTS: Final[Mapping[str, str]] = {
    "duties": msg("职责"),
    "powers": msg("权限"),
    "content": msg("服务内容"),
    "procedure": msg("服务程序"),
    "standards": msg("服务标准"),
    "limits": msg("办理时限"),
    "staff_standards": msg("工作人员服务标准"),
    "phrases": msg("文明用语"),
    "conduct": msg("工作作风"),
    "reporting": msg("监督举报"),
    "charges": msg("收费"),
    "complaint_phone": msg("监督投诉电话"),
    "complaint_unit": msg("受理投诉的部门"),
}
"""The parts of a commitment, in the order they are read, and the two lines about supervision."""

GAPS: Final[Mapping[str, str]] = {
    "commitment": msg("没有公布服务承诺"),
    "board": msg("承诺没有上墙"),
    "board_outdated": msg("墙上的承诺已不是现行版本"),
    "guide": msg("没有公开的服务指南"),
    "guide_part": msg("服务指南内容不全"),
    "guide_outdated": msg("墙上的指南已不是现行版本"),
}

CONTENTS: Final[Mapping[str, str]] = {
    "legal_basis": msg("设定依据"),
    "conditions": msg("受理条件"),
    "procedure": msg("办理程序"),
    "time_limit": msg("办理时限"),
    "all_materials": msg("全部材料"),
    "fee": msg("收费"),
}
"""What a guide must say."""
