"""`huiyin` on the command line.

Errors say what was wrong, where, and what to do. Exit codes: 0 done; 1 what
was asked for failed or found something wrong; 2 the command line was wrong.
`--json` writes one JSON object to standard output and nothing else.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django

from huiyin.rules.errors import HuiyinError


def main() -> None:
    """The entry point: set the installation up, then run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings.base")
    try:
        # Keys must exist before the settings read them, and models need the settings: the
        # commands can only be imported after both.
        import_module("huiyin.storage.home").prepare()
        django.setup()
        commands = import_module("huiyin.doors.cli.commands")
    except HuiyinError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    commands.huiyin(prog_name="huiyin")
