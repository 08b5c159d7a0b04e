"""Write src/huiyin/rulebooks/evidence.yaml: which story proves which clause.

`python -m tools.evidence` tells every story once for each clause it cites, with
the clause taken out of the rulebook; a story that then no longer holds proves
the clause. The tests compare the file with the same runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.paths import ROOT, VENV

EVIDENCE = ROOT / "src/huiyin/rulebooks/evidence.yaml"
HEAD = """\
# Which story proves which clause: told without the clause, the story no longer holds.
# Written by `make evidence` from tests/scenarios, and compared with them by the tests.
"""


def main() -> int:
    """Run the stories and write the file; the exit code is that of the run."""
    with tempfile.TemporaryDirectory(prefix="huiyin-evidence-") as folder:
        rows = Path(folder) / "rows"
        rows.touch()
        done = subprocess.run(
            [
                VENV / "bin/pytest",
                "--quiet",
                "--numprocesses=2",
                "tests/scenarios/test_evidence.py",
                "-k",
                "prove",
            ],
            cwd=ROOT,
            env={**os.environ, "HUIYIN_EVIDENCE": str(rows)},
            check=False,
        )
        if done.returncode == 0:
            EVIDENCE.write_text(written(rows.read_text(encoding="utf-8")), encoding="utf-8")
    return done.returncode


def written(rows: str) -> str:
    """The file's text for the rows that the tests left: one JSON list a line."""
    proofs: dict[str, list[str]] = {}
    for row in rows.splitlines():
        clause, story, proves = json.loads(row)
        if proves:
            proofs.setdefault(clause, []).append(story)
    lines = []
    for clause in sorted(proofs):
        lines += [f"{clause}:", *(f"  - {story}" for story in sorted(proofs[clause]))]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
