"""Run every check and every test: `python -m tools.check [PART ...]`.

The parts that execute nothing come first and share the machine's cores; then the tests, one suite after the
other, each with its output as it runs. Every part says how long it took; a part that fails does not keep the
next from running, but the whole then fails. The last part is a test run, so the last lines are its summary.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from tools import postgres
from tools.paths import ROOT, VENV, memory_folder

SETTINGS = "huiyin.settings.test"
WORKERS = 2
NOT_HANDED_ON = frozenset({"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"})
"""Byte code is kept, whatever the shell says: dozens of processes load the same modules and tests."""


@dataclass(frozen=True)
class Part:
    """One check: what it is called on the command line and in the table, and the command that is it."""

    name: str
    title: str
    command: tuple[str, ...]
    on_postgres: bool = False


@dataclass(frozen=True)
class Result:
    """How a part ended: its exit code, its output where that was kept back, and its wall time in seconds."""

    part: Part
    code: int
    output: str
    seconds: float


def program(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command of a program in the project's own environment."""
    return (str(VENV / "bin" / name), *arguments)


def module(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command of a Python module in the project's own environment."""
    return program("python", "-m", name, *arguments)


def suite(*arguments: str) -> tuple[str, ...]:
    """Return the command of a test run on all the workers this machine is given."""
    return module("pytest", f"--numprocesses={WORKERS}", "--dist=worksteal", *arguments)


STATIC = (
    Part("types", "types (mypy, strict)", program("mypy")),
    Part("style", "style (ruff check)", program("ruff", "check", ".")),
    Part("format", "form (ruff format)", program("ruff", "format", "--check", ".")),
    Part("contracts", "import contracts", program("lint-imports")),
    Part("migrations", "migrations current", module("django", "makemigrations", "--check", "--dry-run")),
    Part("strings", "strings current", module("tools.strings", "check")),
    Part("openapi", "OpenAPI current", module("tools.openapi", "check")),
    Part("licences", "licences", module("tools.licences")),
)
NO_DATABASE = ("tests/architecture", "tests/rules", "tests/tools")
"""What asks no database answers alike on both, and is asked once; so is a test marked `once`."""
TESTS = (
    Part("sqlite", "tests on SQLite", suite("-m", "not journey and not postgres")),
    Part(
        "postgresql",
        "tests on PostgreSQL",
        suite("-m", "not journey and not once", *(f"--ignore={folder}" for folder in NO_DATABASE)),
        on_postgres=True,
    ),
    Part(
        "journeys",
        "journeys in Chromium",
        module("pytest", f"--numprocesses={WORKERS}", "--dist=loadfile", "-m", "journey", "tests/journeys"),
    ),
)


def main(arguments: list[str]) -> int:
    """Run the named parts, `lint` for all that execute nothing, or everything; 1 when any failed."""
    # Whoever ends it has nothing to sweep up: the database and the files of the part go with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    known = {part.name for part in (*STATIC, *TESTS)} | {"lint"}
    unknown = set(arguments) - known
    if unknown:
        print(
            f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}",
            file=sys.stderr,
        )
        return 2
    wanted = set(arguments) or known
    static = [part for part in STATIC if part.name in wanted or "lint" in wanted]
    tests = [part for part in TESTS if part.name in wanted]
    results = run_static(static)
    for part in tests:
        if part is tests[-1]:
            print_table(results)
        results.append(run_tests(part))
    if not tests:
        print_table(results)
    return 1 if any(result.code for result in results) else 0


def run_static(parts: Iterable[Part]) -> list[Result]:
    """Run the parts two at a time; show each one's output, in order, when it failed."""
    results = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for result in pool.map(run_quietly, parts):
            print(line_of(result), flush=True)
            if result.code:
                print(result.output, flush=True)
            results.append(result)
    return results


def run_quietly(part: Part) -> Result:
    """Run a part and keep its output."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="huiyin-check-") as place:
        done = subprocess.run(
            part.command,
            cwd=ROOT,
            env=environment(place),
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return Result(part, done.returncode, done.stdout, time.monotonic() - started)


def run_tests(part: Part) -> Result:
    """Run a test suite, its output shown as it comes, beside a throwaway PostgreSQL where it asks for one."""
    print(f"\n--- {part.title}", flush=True)
    started = time.monotonic()
    failed = Result(part, 1, "", 0)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="huiyin-check-", dir=memory_folder()) as place,
            postgres.server(in_memory=True) if part.on_postgres else nullcontext("") as url,
        ):
            done = subprocess.run(part.command, cwd=ROOT, env=environment(place, url), check=False)
        failed = replace(failed, code=done.returncode)
    except postgres.PostgresError as error:
        print(error, file=sys.stderr)
    return replace(failed, seconds=time.monotonic() - started)


def environment(place: str, database_url: str = "") -> dict[str, str]:
    """Return this process's environment with the home and the database a part shall use, and no other.

    Whatever the part writes down lies in `place`, and goes with it.
    """
    home = Path(place) / "home"
    home.mkdir(mode=0o700)
    # A test's own PostgreSQL runs as somebody else and has to get through to its files.
    Path(place).chmod(0o711)
    kept = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
    kept["DJANGO_SETTINGS_MODULE"] = SETTINGS
    kept |= {"HUIYIN_TEST_HOME": str(home), "TMPDIR": place}
    if database_url:
        kept["DATABASE_URL"] = database_url
    return kept


def print_table(results: list[Result]) -> None:
    """Print every part so far with its time."""
    if not results:
        return
    print("\n--- so far")
    for result in results:
        print(line_of(result))
    print(f"  {'together':<24} {sum(result.seconds for result in results):7.1f} s", flush=True)


def line_of(result: Result) -> str:
    """Return one line: the part, its time, and whether it passed."""
    return f"  {result.part.title:<24} {result.seconds:7.1f} s  {'FAILED' if result.code else 'ok'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
