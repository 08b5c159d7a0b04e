"""What every command that works with data needs: keys, settings, database, and one office to work in."""

from __future__ import annotations

import os

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.utils import translation

from huiyin.doors.cli import speaking
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
            msg("设置不能用：%(why)s"),
            code="settings",
            params={"why": str(error)},
            remedy=msg("请改正所说的环境变量后重试；各变量见 docs/operator/install.md。"),
        ) from error
    translation.activate(speaking.language())


def release() -> None:
    """Close what was opened to the database, for whoever will not use it or is about to fork."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
