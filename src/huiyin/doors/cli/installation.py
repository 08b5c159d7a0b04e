"""What every command that works with data needs: keys, settings, database, and one office to work in."""

from __future__ import annotations

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from huiyin.doors.cli import speaking
from huiyin.doors.cli.speaking import gettext
from huiyin.rules.errors import HuiyinError, msg
from huiyin.storage import home


def set_up() -> None:
    """Make what is missing in the home, and load the settings; doing it twice changes nothing.

    Raises `UnsafeStart` for keys or settings that cannot be used.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings.base")
    home.prepare()
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise HuiyinError(
            msg("设置不能用:%(why)s"),
            code="settings",
            params={"why": str(error)},
            remedy=msg("请改正所说的环境变量后重试;各变量见 docs/operator/install.md。"),
        ) from error
    translation.activate(speaking.language())


def database_problem(error: Exception) -> dict[str, object] | None:
    """Describe an error of the database; None for any other."""
    # Without Django there was no database either.
    known = sys.modules.get("django.db.utils")
    if known is None or not isinstance(error, known.DatabaseError):
        return None
    why = str(error).strip().splitlines()
    if is_outdated(str(error)):
        return {
            "code": "database_outdated",
            "message": gettext("数据库还没有建立,或与程序版本不一致"),
            "remedy": gettext("请先运行 huiyin run 或 huiyin init,它们会更新数据库。"),
        }
    return {
        "code": "database",
        "message": gettext("数据库出错:%(why)s") % {"why": why[0] if why else type(error).__name__},
        "remedy": gettext("请核对 DATABASE_URL、HUIYIN_HOME 与数据库状态后重试。"),
    }


def is_outdated(text: str) -> bool:
    """Tell whether a database complains of a table or column that a migration would make."""
    low = text.lower()
    return "no such table" in low or "no such column" in low or ("does not exist" in low and "relation" in low)
