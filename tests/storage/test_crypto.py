from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.storage import crypto, home
from huiyin.storage.crypto import Unreadable


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    home.prepare()
    crypto.forget_keys()
    yield
    crypto.forget_keys()


def test_texts_come_back_and_equal_ones_look_different() -> None:
    for text in ("张三", "", "330102199001011234", "🀄" * 1000, "\0"):
        assert crypto.decrypt(crypto.encrypt(text)) == text
    assert crypto.encrypt("张三") != crypto.encrypt("张三")
    assert "张三".encode() not in crypto.encrypt("张三")


@given(st.data())
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    stored = bytearray(crypto.encrypt("330102199001011234"))
    place = data.draw(st.integers(0, len(stored) - 1))
    stored[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        crypto.decrypt(bytes(stored))


@pytest.mark.parametrize("cut", range(20))
def test_a_cut_value_is_refused(cut: int) -> None:
    with pytest.raises(Unreadable):
        crypto.decrypt(crypto.encrypt("张三")[:cut])


def test_keys_rotate_while_another_process_runs() -> None:
    old = crypto.encrypt("张三")
    home.add_field_key("k2")
    assert not crypto.needs_renewal(old)  # this process has not looked yet
    other = b"G1\x02k2" + bytes(40)
    with pytest.raises(Unreadable) as caught:
        crypto.decrypt(other)  # it looks when it meets an unknown key
    assert caught.value.code == "damaged_value"
    assert crypto.needs_renewal(old)
    new = crypto.encrypt(crypto.decrypt(old))
    assert new[3:5] == b"k2"
    assert not crypto.needs_renewal(new)
    with pytest.raises(Unreadable) as caught:
        crypto.decrypt(b"G1\x02k9" + bytes(40))
    assert caught.value.code == "missing_field_key"


def test_digests_depend_on_the_salt_and_lookups_on_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    salt = crypto.new_salt()
    assert crypto.digest("张三", salt) == crypto.digest("张三", salt)
    assert crypto.digest("张三", salt) != crypto.digest("张三", crypto.new_salt())
    assert crypto.lookup_digest(" 138 0000 0000") == crypto.lookup_digest("13800000000")
    assert crypto.lookup_digest("ABC") == crypto.lookup_digest("abc")
    before = crypto.lookup_digest("abc")
    monkeypatch.setenv("HUIYIN_DIGEST_KEY", home.new_field_key("x")[2:])
    crypto.forget_keys()
    assert crypto.lookup_digest("abc") != before


def test_keyed_digests_differ_by_purpose_and_by_key(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = crypto.keyed_digest("13900001234", "one")
    assert mine == crypto.keyed_digest("13900001234", "one")
    assert mine != crypto.keyed_digest("13900001234", "two")
    monkeypatch.setattr(home, "digest_key", lambda: b"another")
    crypto.forget_keys()
    assert mine != crypto.keyed_digest("13900001234", "one")
    monkeypatch.undo()
    crypto.forget_keys()


def test_codes_are_checked_under_a_pepper(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = crypto.hash_code("7K3M9-Q2XWZ")
    assert "7K3M9" not in hashed
    assert crypto.check_code("7K3M9-Q2XWZ", hashed)
    assert not crypto.check_code("7K3M9-Q2XWA", hashed)
    assert not crypto.check_code("7K3M9-Q2XWZ", "")
    assert not crypto.check_code("", "")
    assert not crypto.check_code("x", "not a hash")
    monkeypatch.setenv("HUIYIN_DIGEST_KEY", home.new_field_key("x")[2:])
    crypto.forget_keys()
    assert not crypto.check_code("7K3M9-Q2XWZ", hashed)


def test_an_unknown_number_takes_as_long_as_a_wrong_code() -> None:
    hashed = crypto.hash_code("7K3M9Q2XWZ")
    crypto.check_code("x", "")

    def median(stored: str) -> float:
        times = []
        for _ in range(60):
            began = time.perf_counter()
            crypto.check_code("x", stored)
            times.append(time.perf_counter() - began)
        return statistics.median(times)

    assert 0.5 < median("") / median(hashed) < 2
