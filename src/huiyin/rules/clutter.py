"""What people put into their sheets besides data, and what no import reads."""

from __future__ import annotations

import re
from typing import Final

_EXAMPLES: Final = ("示例", "Example ")
"""How the example row of a template begins, in either language."""
UNREAD: Final = frozenset({"序号", "备注", ""})
"""Headers whose columns are left out without a word."""
_TOTALS: Final = re.compile(r"(合计|总计|小计|共计|累计):?[\d.]*")
_SIGNATURE: Final = re.compile(
    r"(制表|审核|填表|填报|复核|日期|备注|说明|注)(单位|人|日期|时间)?:.*", re.DOTALL
)


def is_clutter(first: str) -> bool:
    """Say whether a row that begins with this narrowed text is an example, a total or a signature line."""
    return bool(
        first.startswith(_EXAMPLES)
        or _TOTALS.fullmatch(re.sub(r"\s", "", first))
        or _SIGNATURE.fullmatch(first)
    )
