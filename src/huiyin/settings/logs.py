"""Log lines that input can neither split nor make tell a secret (R68)."""

import logging
import re
import traceback
from datetime import UTC, datetime

from huiyin.storage.masking import mask_text

_SECRET = re.compile(
    r"(?i)\b(password|passwd|口令|密码|token|secret|code|authorization|cookie|session|api[-_]?key)"
    r"(['\"]?\s*[=::]\s*['\"]?)(?:(bearer|basic)\s+)?[^\s'\",;&]+"
)


class OneLine(logging.Formatter):
    """`2026-11-23T10:00:00.000Z LEVEL logger message`, one line a record, in UTC.

    Control characters, line and paragraph separators and direction marks come
    out as escapes, so what a person typed cannot start a line of its own;
    identity numbers, phones and mail addresses are masked; values that follow
    the name of a secret are left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one masked line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text += "\n" + "".join(traceback.format_exception(record.exc_info[1]))
        head = f"{at.removesuffix('+00:00')}Z {record.levelname} {record.name} "
        return head + safe(text)


def safe(text: str) -> str:
    """Return `text` on one line, masked."""
    hidden = _SECRET.sub(r"\1\2***", mask_text(text))
    return "".join(char if char.isprintable() else _escaped(char) for char in hidden)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
