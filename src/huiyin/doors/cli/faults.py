"""What programs below complain of, in words that say what to do."""

from __future__ import annotations

import sys

from huiyin.doors.cli.speaking import gettext


def system_problem(error: OSError) -> dict[str, object]:
    """Describe an error of the machine: a file that is not there, a disk that is full."""
    return {
        "code": "file",
        "message": gettext("无法读写 %(path)s：%(why)s")
        % {"path": error.filename or "-", "why": error.strerror or error},
        "remedy": gettext("请核对路径和权限后重试。"),
    }


def database_problem(error: Exception) -> dict[str, object] | None:
    """Describe an error of the database; None for any other."""
    # Not imported here: without Django there was no database either.
    known = sys.modules.get("django.db.utils")
    if known is None or not isinstance(error, known.DatabaseError):
        return None
    why = str(error).strip().splitlines()
    if is_outdated(str(error)):
        return {
            "code": "database_outdated",
            "message": gettext("数据库还没有建立，或与程序版本不一致"),
            "remedy": gettext("请先运行 huiyin run 或 huiyin init，它们会更新数据库。"),
        }
    return {
        "code": "database",
        "message": gettext("数据库出错：%(why)s") % {"why": why[0] if why else type(error).__name__},
        "remedy": gettext("请核对 DATABASE_URL、HUIYIN_HOME 与数据库状态后重试。"),
    }


def is_outdated(text: str) -> bool:
    """Tell whether a database complains of a table or column that a migration would make."""
    low = text.lower()
    return (
        "no such table" in low or "no such column" in low or ("does not exist" in low and "relation" in low)
    )
