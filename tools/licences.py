"""Refuse a licence that would bind an office's own code: nothing shipped may be under the GPL or AGPL.

The LGPL is allowed: its libraries are imported unchanged and can be exchanged.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import distribution

from tools.paths import REQUIREMENTS

# Read in the distributions themselves, because their metadata name no licence.
KNOWN = {"pysqlite3": "Zlib"}
REFUSED = re.compile(r"\bA?GPL|General Public Licen[cs]e", re.IGNORECASE)
ALLOWED_FAMILY = re.compile(r"\bLGPL|Lesser General Public Licen[cs]e", re.IGNORECASE)


def main() -> int:
    """Read every pinned run-time dependency; 1 when one is refused or names no licence."""
    faults = [fault for name in pinned() if (fault := fault_of(name, licence_of(name)))]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def pinned() -> list[str]:
    """Return the names in the run-time lock that apply to this machine."""
    text = (REQUIREMENTS / "runtime.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)
    return [name for name in names if _installed(name)]


def licence_of(name: str) -> str:
    """Return what the distribution says of its licence, in one line, or nothing."""
    if name in KNOWN:
        return KNOWN[name]
    metadata = distribution(name).metadata.json
    expression = metadata.get("license_expression")
    if expression:
        return str(expression)
    classifiers = [line for line in metadata.get("classifier", []) if line.startswith("License ::")]
    first_line = str(metadata.get("license", "")).strip().split("\n")[0]
    return "; ".join(classifiers) or first_line


def fault_of(name: str, licence: str) -> str:
    """Say what is wrong with shipping something under this licence; nothing when it may be shipped."""
    if not licence:
        return f"{name}: names no licence; read it and add it to KNOWN in tools/licences.py"
    choices = re.split(r"\s+OR\s+|;\s*", licence)
    if all(_is_refused(choice) for choice in choices):
        return f"{name}: {licence} may not be shipped with Huiyin"
    return ""


def _is_refused(licence: str) -> bool:
    return bool(REFUSED.search(ALLOWED_FAMILY.sub("", licence)))


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except ModuleNotFoundError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
