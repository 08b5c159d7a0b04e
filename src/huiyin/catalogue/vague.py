"""Names of papers that name none: "other materials", "relevant certificates and so on"."""

from __future__ import annotations

import re
from typing import Final

from huiyin.rules.identifiers import narrow

_PAPERS: Final = r"(?:材料|资料|证明|证件|文件|手续|附件|凭证|东西)+"
_ANY: Final = (
    r"(?:其他|其它|其余|另外|相关|有关|必要|必需|必须|需要|所需|所要|补充|配套|辅助|佐证|若干|各种|各类|全部)"
)
_AND: Final = rf"(?:{_ANY}|的|应当|应该|应|须|提供|提交|出具|递交|补交)"
_ASKED: Final = r"(?:要求|规定|通知|指定|认为)"
_VAGUE: Final = re.compile(
    rf"{_ANY}{_AND}*{_PAPERS}$"
    rf"|{_ASKED}{_AND}+{_PAPERS}$"
    rf"|^(?:申请|申报|办事|办理)?{_PAPERS}$"
    # "and so on", but neither a grade nor what is equal or higher.
    rf"|(?<![一二三四五六七八九十甲乙丙特同高平对均初中上下劣优])等+{_ANY}?(?:{_PAPERS})?$"
    r"|^(?:视|按|据|根据)(?:具体|实际)?(?:情况|需要|要求|规定)|另行(?:通知|告知)|^(?:其他|其它|其余|等)+$"
    r"|\b(?:other|further|additional|any|relevant|necessary)\b.*\b(?:materials?|documents?|papers?)$"
    r"|\betc$|\band so on$|^as (?:required|needed|appropriate)$",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]")
"""What stands in brackets does not make a name of what is none."""


def is_vague(name: str) -> bool:
    """Whether nobody could say from this name alone if the paper is there."""
    plain = _ASIDE.sub("", narrow(name))
    chinese = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", plain)
    return bool(_VAGUE.search(chinese.strip(" \t。．.、，,；;…")))
