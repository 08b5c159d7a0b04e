"""Break an office on purpose: `python -m bench.unkeyed` takes the unique key off the commands."""

from __future__ import annotations

from importlib import import_module

from huiyin.doors.cli import installation


def main() -> None:
    """Remove the constraint that keeps one key from two receipts."""
    installation.set_up()
    connection = import_module("django.db").connection
    command = import_module("huiyin.matters.models").Command
    described = command._meta  # noqa: SLF001
    [key] = [one for one in described.constraints if one.name == "command_key"]
    # On SQLite the table is made anew, as the model describes it then.
    described.constraints.remove(key)
    with connection.schema_editor() as editor:
        editor.remove_constraint(command, key)


if __name__ == "__main__":
    main()
