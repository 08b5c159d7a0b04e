"""Whether what somebody filled in says anything: a dash, or that it is still to come, is nothing."""

from __future__ import annotations

import re
from typing import Final

from huiyin.rules.identifiers import narrow

_TO_COME: Final = re.compile(
    r"(?:待|暂|尚)?(?:待定|未定|待补充?|待完善|待填写?|待公布|后补)|(?:内容)?略|tbd|todo|x{2,}", re.IGNORECASE
)
_MARKS: Final = re.compile(r"[\W_]+")


def says_something(text: str) -> bool:
    """Whether a text has a word in it, and not only a word that holds its place."""
    plain = _MARKS.sub("", narrow(text))
    return bool(plain) and _TO_COME.fullmatch(plain) is None
