"""`python -m huiyin.doors.worker`: the worker as a process of its own."""

import os
import sys
from importlib import import_module

import django

from huiyin.doors.speaking import gettext
from huiyin.rules.errors import HuiyinError
from huiyin.storage import home


def main() -> int:
    """Work until told to stop; 1 and a sentence on standard error when the installation is not fit to.

    The sentence is in the language that HUIYIN_LANGUAGE or LANG asks for.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings.base")
    try:
        home.prepare()
        django.setup()
        # Models can only be imported after the settings are loaded.
        import_module("huiyin.doors.worker.loop").serve()
    except HuiyinError as error:
        for text in (error.msgid, error.remedy):
            said = gettext(text)
            sys.stderr.write(f"{said % error.params if error.params else said}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
