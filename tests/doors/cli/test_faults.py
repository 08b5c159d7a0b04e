from __future__ import annotations

import errno

import pytest
from django.db import DatabaseError, ProgrammingError

from huiyin.doors.cli import faults


def test_a_missing_file_is_named() -> None:
    problem = faults.system_problem(FileNotFoundError(errno.ENOENT, "No such file or directory", "a.csv"))
    assert "a.csv" in str(problem["message"])
    assert problem["remedy"]


@pytest.mark.parametrize(
    "text",
    ["no such table: matter", "no such column: x", 'relation "matter" does not exist\nLINE 1: …'],
)
def test_an_old_database_is_told_from_a_broken_one(text: str) -> None:
    problem = faults.database_problem(ProgrammingError(text))
    assert problem is not None
    assert problem["code"] == "database_outdated"


def test_a_broken_database_says_what_it_said() -> None:
    problem = faults.database_problem(DatabaseError("file is not a database"))
    assert problem is not None
    assert "file is not a database" in str(problem["message"])


def test_other_errors_are_not_the_databases() -> None:
    assert faults.database_problem(ValueError("x")) is None
