"""Names of papers that name none: "other materials", "relevant certificates and so on"."""

from __future__ import annotations

import re
from typing import Final

_VAGUE: Final = re.compile(
    r"(其他|其它|另外|相关|有关|必要|需要|所需)(的|相关|有关|必要|需要|所需|应当|应|补充|提供|提交)*"
    r"(材料|资料|证明|证件|文件|手续|东西)(等|。)*$|(材料|资料|证明|证件|文件)等$"
)


def is_vague(name: str) -> bool:
    """Whether nobody could say from this name alone if the paper is there."""
    return bool(_VAGUE.search(name.strip()))
