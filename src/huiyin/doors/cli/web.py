"""The web server: one process that imports everything once, and its forks that answer.

Run by `huiyin run` as `python -m huiyin.doors.cli.web HOST PORT PROCESSES THREADS`.
Other WSGI servers serve `huiyin.doors.wsgi:application`.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from huiyin.doors.cli import installation, output
from huiyin.rules.errors import HuiyinError

APPLICATION = "huiyin.doors.wsgi:application"
_STOPPING = 10  # seconds for the answers under way


def serve(host: str, port: int, processes: int, threads: int) -> None:
    """Answer until told to stop; raises `UnsafeStart` when the installation may not serve."""
    application = load()
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=_STOPPING,
    )
    server.serve(target_loader=lambda *_: application, wrap_loader=False)


def load() -> Callable[..., Any]:
    """Import the application with all its pages, and leave nothing open that a fork must not share."""
    installation.set_up()
    # The settings must be loaded before this is imported, for it looks whether they are safe.
    application: Callable[..., Any] = import_module("huiyin.doors.wsgi").application
    _ = get_resolver().url_patterns
    installation.release()
    # What every page needs stays in memory that the forks share.
    gc.collect()
    gc.freeze()
    return application


def main(arguments: list[str]) -> int:
    """Serve as the arguments say; 1 and a sentence on standard error when that may not be."""
    host, *numbers = arguments
    port, processes, threads = map(int, numbers)
    try:
        serve(host, port, processes, threads)
    except HuiyinError as error:
        output.complain(output.problem_of(error), as_json=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
