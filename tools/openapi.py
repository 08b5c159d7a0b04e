"""Keep docs/openapi.json the description of the interface that is really served.

`python -m tools.openapi check` fails when the file is stale; `update` writes it.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path

import django

from tools.paths import ROOT

DESCRIPTION = ROOT / "docs/openapi.json"
INTERFACE = ("huiyin.doors.api.api", "api")


def main(arguments: list[str]) -> int:
    """Check or update the file; the exit code says whether it is current."""
    if arguments not in (["check"], ["update"]):
        print(__doc__, file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings.test")
    django.setup()
    text = describe()
    if arguments == ["update"]:
        DESCRIPTION.parent.mkdir(parents=True, exist_ok=True)
        DESCRIPTION.write_text(text, encoding="utf-8")
        return 0
    return check(DESCRIPTION, text)


def describe() -> str:
    """Return the interface's own description as JSON, in an order that keeps changes readable."""
    module, name = INTERFACE
    interface = getattr(importlib.import_module(module), name)
    return (
        json.dumps(interface.get_openapi_schema(), ensure_ascii=False, indent=2, sort_keys=True, default=str)
        + "\n"
    )


def check(path: Path, text: str) -> int:
    """Say on the error stream what is stale; 0 when nothing is."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return 0
    print(f"{path.name} does not describe the interface as it is. Run: make openapi", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
