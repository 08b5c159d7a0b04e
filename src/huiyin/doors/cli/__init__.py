"""`huiyin` on the command line.

Errors say what was wrong, where, and what to do. Exit codes: 0 done; 1 what
was asked for failed or found something wrong; 2 the command line was wrong.
`--json` writes one JSON object to standard output and nothing else.

A command is imported when it is called, so that `huiyin run` answers soon and
`huiyin due` needs no database.
"""

from __future__ import annotations

from huiyin.doors.cli.group import huiyin


def main() -> None:
    """The entry point."""
    huiyin(prog_name="huiyin")
