from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from huiyin.doors.cli import standing
from huiyin.storage import home


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a database file that has one migration, and collected static files."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    _migrate(tmp_path / "huiyin.sqlite3", "0001_initial")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text("{}")
    return tmp_path


def _migrate(path: Path, name: str) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE IF NOT EXISTS django_migrations (app, name)")
    database.execute("INSERT INTO django_migrations VALUES ('matters', ?)", [name])
    database.commit()
    database.close()


@pytest.fixture
def package(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path_factory.mktemp("package")
    migrations = root / "matters" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("")
    (root / "doors" / "static").mkdir(parents=True)
    (root / "doors" / "static" / "a.css").write_text("a{}")
    monkeypatch.setattr(standing, "PACKAGE", root)
    return root


def test_what_was_remembered_is_recalled_while_nothing_changes(place: Path, package: Path) -> None:
    assert standing.recall(place) is None
    standing.remember(place, offices=2, demo="云汀镇")
    known = standing.recall(place)
    assert known is not None
    assert (known.offices, known.demo) == (2, "云汀镇")


def test_new_code_is_noticed(place: Path, package: Path) -> None:
    standing.remember(place, offices=1, demo="")
    (package / "matters" / "migrations" / "0002_more.py").write_text("")
    assert standing.recall(place) is None


def test_a_changed_static_file_is_noticed(place: Path, package: Path) -> None:
    standing.remember(place, offices=1, demo="")
    (package / "doors" / "static" / "a.css").write_text("a{color:red}")
    assert standing.recall(place) is None


def test_missing_static_files_are_noticed(place: Path, package: Path) -> None:
    standing.remember(place, offices=1, demo="")
    (place / "static" / "staticfiles.json").unlink()
    assert standing.recall(place) is None


def test_another_database_is_noticed(place: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    standing.remember(place, offices=1, demo="")
    _migrate(place / "other.sqlite3", "0001_initial")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{place / 'other.sqlite3'}")
    assert standing.recall(place) is None


def test_a_database_put_in_place_of_the_old_one_is_noticed(place: Path, package: Path) -> None:
    standing.remember(place, offices=1, demo="")
    _migrate(place / "other.sqlite3", "0001_initial")
    (place / "other.sqlite3").replace(place / "huiyin.sqlite3")
    assert standing.recall(place) is None


def test_a_migration_that_is_missing_is_noticed(place: Path, package: Path) -> None:
    standing.remember(place, offices=1, demo="")
    _migrate(place / "huiyin.sqlite3", "0002_more")
    assert standing.recall(place) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"code": 1}', '{"code":"","database":"","offices":0,"demo":""}']
)
def test_a_damaged_stamp_is_no_stamp(place: Path, package: Path, text: str) -> None:
    (place / standing.STAMP).write_text(text)
    assert standing.recall(place) is None


def test_a_database_that_does_not_answer_is_nothing_to_rely_on(
    place: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:none@127.0.0.1:1/none")
    assert standing.database_now() == ""
    standing.remember(place, offices=1, demo="")
    assert standing.recall(place) is None


def test_forgetting_makes_the_next_start_look(place: Path, package: Path) -> None:
    standing.remember(place, offices=1, demo="")
    standing.forget(place)
    standing.forget(place)
    assert standing.recall(place) is None


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_server_is_asked_for_its_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    name = connection.settings_dict["NAME"]
    monkeypatch.setenv("DATABASE_URL", home.database_url().rpartition("/")[0] + f"/{name}")
    found = standing.database_now()
    assert len(found) == 64
    assert standing.database_now() == found
