from __future__ import annotations

import stat
from pathlib import Path

import pytest

from huiyin.storage import home
from huiyin.storage.home import UnsafeStart

VARIABLES = ("HUIYIN_SECRET_KEY", "HUIYIN_FIELD_KEYS", "HUIYIN_DIGEST_KEY", "DATABASE_URL")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    return home.prepare()


def test_set_up_makes_keys_for_their_owner_alone_and_keeps_them(place: Path) -> None:
    keys = sorted((place / "keys").iterdir())
    assert [key.name for key in keys] == ["digest.key", "field.keys", "secret.key"]
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    before = [key.read_bytes() for key in keys]
    home.prepare()
    assert [key.read_bytes() for key in keys] == before
    assert len(home.secret_key()) >= 43
    assert list(home.field_keys()) == ["k1"]
    assert len(home.digest_key()) == 32
    assert home.exposed_keys() == []


def test_a_home_made_here_is_its_owners_alone(tmp_path: Path) -> None:
    made = home.prepare(tmp_path / "srv" / "huiyin")
    for folder in (made, made / "keys", made / "mail", made / "static"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    # One that an administrator made keeps the mode it was given, but for the keys.
    given = tmp_path / "given"
    given.mkdir()
    given.chmod(0o750)
    home.prepare(given)
    assert stat.S_IMODE(given.stat().st_mode) == 0o750
    assert stat.S_IMODE((given / "keys").stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o602])
def test_a_key_that_others_can_read_is_refused(place: Path, mode: int) -> None:
    (place / "keys" / "secret.key").chmod(mode)
    with pytest.raises(UnsafeStart) as caught:
        home.secret_key()
    assert caught.value.code == "exposed_key"
    assert home.exposed_keys() == [place / "keys" / "secret.key"]


@pytest.mark.parametrize("key", ["short", "x" * 42, "django-insecure-" + "x" * 50, "changeme" * 9])
def test_a_short_or_sample_key_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("HUIYIN_SECRET_KEY", key)
    with pytest.raises(UnsafeStart) as caught:
        home.secret_key()
    assert caught.value.code == "weak_secret_key"


def test_missing_and_damaged_keys_are_refused(place: Path) -> None:
    (place / "keys" / "digest.key").write_text("!!")
    with pytest.raises(UnsafeStart) as caught:
        home.digest_key()
    assert caught.value.code == "damaged_key"
    (place / "keys" / "digest.key").unlink()
    with pytest.raises(UnsafeStart) as caught:
        home.digest_key()
    assert caught.value.code == "missing_key"


def test_field_keys_are_added_and_never_replaced(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.add_field_key("k2")
    assert list(home.field_keys()) == ["k1", "k2"]
    assert stat.S_IMODE((place / "keys" / "field.keys").stat().st_mode) == 0o600
    with pytest.raises(UnsafeStart):
        home.add_field_key("k2")
    monkeypatch.setenv("HUIYIN_FIELD_KEYS", f"{home.new_field_key('a')},{home.new_field_key('b')}")
    assert list(home.field_keys()) == ["a", "b"]
    with pytest.raises(UnsafeStart):
        home.add_field_key("c")


def test_database_addresses(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.database(home.database_url())["NAME"] == str(place / "huiyin.sqlite3")
    assert home.database("sqlite:////var/lib/a%20b.db")["NAME"] == "/var/lib/a b.db"
    monkeypatch.chdir(place)
    assert home.database("sqlite:///x/y.db")["NAME"] == str(place / "x/y.db")
    found = home.database("postgresql://hy:p%40ss@db.local:5433/huiyin?sslmode=verify-full")
    assert found == {
        "ENGINE": "huiyin.storage.postgresql",
        "NAME": "huiyin",
        "USER": "hy",
        "PASSWORD": "p@ss",
        "HOST": "db.local",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }
    with pytest.raises(UnsafeStart):
        home.database("mysql://x/y")


def test_flags_and_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYIN_X", "a, b,,")
    assert home.environment_list("HUIYIN_X") == ["a", "b"]
    assert home.environment_list("HUIYIN_Y", "c") == ["c"]
    assert not home.environment_flag("HUIYIN_X", default=True)
    assert home.environment_flag("HUIYIN_Y", default=True)
    monkeypatch.setenv("HUIYIN_X", "1")
    assert home.environment_flag("HUIYIN_X")
