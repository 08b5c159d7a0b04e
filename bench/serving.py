"""The product's own web server with the control view beside the product.

python -m bench.serving PORT PROCESSES THREADS
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any
from unittest import mock

from bench.clients import HOST
from huiyin.doors.cli import web


def main(arguments: list[str]) -> int:
    """Serve as `huiyin run` does until told to stop."""
    load = web.load

    def both() -> Callable[..., Any]:
        product = load()
        # Its model cannot be imported before the settings are loaded.
        beside: Callable[..., Any] = import_module("bench.control").beside(product)
        return beside

    with mock.patch.object(web, "load", both):
        return web.main([HOST, *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
