"""Pin every dependency with its hashes, and without the address it came from.

The order matters: what the running system uses decides, and the rest must agree with it.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = {
    "runtime": "pyproject.toml",
    "build": "requirements/build.in",
    "test": "requirements/test.in",
    "bench": "requirements/bench.in",
    "fonts": "requirements/fonts.in",
    "node": "requirements/node.in",
    "postgres": "requirements/postgres.in",
}


def main() -> None:
    """Write requirements/*.txt and package-lock.json anew."""
    for name, source in SOURCES.items():
        compile_lock(source, f"requirements/{name}.txt")
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=ROOT, check=True)


def compile_lock(source: str, target: str) -> None:
    """Resolve `source` for every platform into `target`."""
    print(f"{source} -> {target}", flush=True)
    subprocess.run(
        [
            str(ROOT / ".venv/bin/uv"),
            "pip",
            "compile",
            "--no-config",
            "--quiet",
            "--universal",
            "--python-version=3.11",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-emit-find-links",
            "--custom-compile-command=make lock",
            source,
            f"--output-file={target}",
        ],
        cwd=ROOT,
        check=True,
    )


if __name__ == "__main__":
    main()
