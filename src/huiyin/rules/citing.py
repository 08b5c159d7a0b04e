"""How a clause is named to people outside: the instrument it stands in, and its article.

The article is the first number in the clause's id (`law.licensing.45` is article 45,
`p4.time-limit.8.b` article 8); the instrument is what the file or the profile says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from huiyin.rules.clauses import Clause

_ARTICLE: Final = re.compile(r"[^.]+\.[^.]+\.(\d+)")
_DIGITS: Final = "零一二三四五六七八九"
_TEN: Final = 10
_HUNDRED: Final = 100


def cited(clause: Clause, language: str = "zh") -> str:
    """Return 《中华人民共和国行政许可法》第四十五条, or its English; "" for a clause without a source.

    Opening and closing paragraphs bear no article, so the instrument alone is named.
    """
    source = clause.source.get("en" if language == "en" else "zh", "")
    found = _ARTICLE.match(clause.id)
    number = int(found[1]) if found else 0
    if not source or not number:
        return source
    return f"{source}, article {number}" if language == "en" else f"{source}第{numeral(number)}条"


def numeral(number: int) -> str:
    """Return a whole number from 1 to 999 as laws write it: 8 is 八, 12 十二, 20 二十, 105 一百零五."""
    hundreds, rest = divmod(number, _HUNDRED)
    tens, ones = divmod(rest, _TEN)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += _DIGITS[0]
    return text + (_DIGITS[ones] if ones else "")
