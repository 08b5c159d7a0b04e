"""A throwaway home for a test run; imported before the other settings, which read the environment.

Worker processes of one run inherit HUIYIN_HOME and share its keys; whoever made the folder removes it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from huiyin.storage.home import prepare

if "HUIYIN_TEST_HOME" not in os.environ:
    os.environ["HUIYIN_TEST_HOME"] = tempfile.mkdtemp(prefix="huiyin-test-")
    atexit.register(shutil.rmtree, os.environ["HUIYIN_TEST_HOME"], ignore_errors=True)

os.environ["HUIYIN_HOME"] = os.environ["HUIYIN_TEST_HOME"]
for _name in ("HUIYIN_HOSTS", "HUIYIN_HTTPS", "HUIYIN_PROXIES", "HUIYIN_SMTP", "HUIYIN_DEBUG"):
    os.environ.pop(_name, None)

HOME = prepare(Path(os.environ["HUIYIN_HOME"]))
