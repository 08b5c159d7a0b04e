"""A throwaway home for a test run; imported before the other settings, which read the environment.

Worker processes of one run inherit HUIYIN_TEST_HOME and share its keys;
whoever made the folder removes it. A process that is killed, or a type
checker that leaves without goodbye, cannot, so each run also removes what
dead ones left.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from huiyin.storage.home import prepare

_PREFIX = "huiyin-test-"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def remove_leftovers(folder: Path) -> None:
    """Remove the homes in `folder` whose makers, named in `huiyin-test-<pid>-…`, are gone."""
    for left in folder.glob(f"{_PREFIX}*"):
        pid = left.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdigit() and not _is_alive(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


if "HUIYIN_TEST_HOME" not in os.environ:
    remove_leftovers(Path(tempfile.gettempdir()))
    os.environ["HUIYIN_TEST_HOME"] = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
    atexit.register(shutil.rmtree, os.environ["HUIYIN_TEST_HOME"], ignore_errors=True)

os.environ["HUIYIN_HOME"] = os.environ["HUIYIN_TEST_HOME"]
for _name in ("HUIYIN_HOSTS", "HUIYIN_HTTPS", "HUIYIN_PROXIES", "HUIYIN_SMTP", "HUIYIN_DEBUG"):
    os.environ.pop(_name, None)

HOME = prepare(Path(os.environ["HUIYIN_HOME"]))
