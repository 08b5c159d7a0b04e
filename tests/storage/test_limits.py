from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.storage import limits
from huiyin.storage.models import Attempt

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

pytestmark = pytest.mark.django_db


def wrong(address: str, target: str, at: datetime = AT, times: int = 1) -> None:
    for _ in range(times):
        limits.note_wrong("track", address=address, target=target, at=at)


def standing(address: str, target: str, at: datetime = AT) -> limits.Standing:
    return limits.standing("track", address=address, target=target, at=at)


def test_an_address_waits_after_ten_wrong_tries_in_a_minute() -> None:
    for number in range(9):
        wrong("a", f"n{number}")
    assert standing("a", "new") == (0, False)
    wrong("a", "n9")
    assert standing("a", "new") == (60, True)
    assert standing("a", "new", AT + 59 * SECOND) == (1, True)
    assert standing("a", "new", AT + MINUTE) == (0, False)


def test_an_address_waits_after_sixty_wrong_tries_in_an_hour() -> None:
    for number in range(60):
        wrong("a", f"n{number}", AT + number * 50 * SECOND)
    wait, barred = standing("a", "new", AT + 59 * MINUTE)
    assert barred
    assert wait == 60
    assert standing("a", "new", AT + HOUR) == (0, False)


def test_a_target_waits_after_five_wrong_tries_by_whoever_tried() -> None:
    wrong("a", "n", times=4)
    assert standing("b", "n") == (0, False)
    wrong("a", "n")
    assert standing("a", "n") == (900, True)
    assert standing("a", "n", AT + 15 * MINUTE) == (0, False)
    assert standing("a", "another") == (0, False)


def test_strangers_do_not_lock_out_the_person_it_belongs_to() -> None:
    wrong("a", "n", times=5)
    wait, barred = standing("b", "n")
    assert wait > 0
    assert not barred
    wrong("b", "n")
    assert standing("b", "n").barred


def test_purposes_are_counted_apart() -> None:
    wrong("a", "n", times=10)
    assert limits.standing("other", address="a", target="n", at=AT) == (0, False)


def test_the_table_is_bounded() -> None:
    wrong("a", "n", AT, times=3)
    wrong("a", "n", AT + HOUR)
    assert Attempt.objects.count() == 1
    assert limits.purge(AT + 2 * HOUR) == 1
    assert limits.purge(AT + 2 * HOUR) == 0


def test_neither_address_nor_number_is_kept_readably() -> None:
    wrong("203.0.113.7", "ZG-2026-000123-P")
    row = Attempt.objects.values("address", "target").get()
    assert "203.0.113" not in row["address"]
    assert "ZG-" not in row["target"]


def exceeded(address: str, phone: str, at: datetime = AT) -> limits.Rule | None:
    return limits.submissions_exceeded(address=address, phone=phone, at=at)


def test_an_address_submits_ten_times_an_hour_and_a_phone_five_times_a_day() -> None:
    for number in range(5):
        assert exceeded(f"a{number}", "13800138000") is None
        limits.note_submission(address=f"a{number}", phone="13800138000", at=AT)
    assert exceeded("elsewhere", "13800138000", AT + 23 * HOUR) is limits.SUBMISSIONS_PER_PHONE
    assert exceeded("elsewhere", "13800138001", AT) is None
    assert exceeded("elsewhere", "13800138000", AT + 24 * HOUR) is None
    for number in range(10):
        assert exceeded("kiosk", f"139{number}") is None
        limits.note_submission(address="kiosk", phone=f"139{number}", at=AT)
    assert exceeded("kiosk", "another", AT + 59 * MINUTE) is limits.SUBMISSIONS_PER_ADDRESS
    assert exceeded("kiosk", "another", AT + 60 * MINUTE) is None
    # What is submitted of another kind is counted by itself.
    apart = limits.submissions_exceeded(address="kiosk", phone="1390", at=AT, purpose=limits.OPINION)
    assert apart is None


def test_who_gives_no_phone_is_counted_by_address_alone() -> None:
    for _ in range(9):
        limits.note_submission(address="home", phone="", at=AT)
    assert exceeded("home", "") is None
    limits.note_submission(address="home", phone="", at=AT)
    assert exceeded("home", "") is limits.SUBMISSIONS_PER_ADDRESS


def test_an_address_that_tries_many_targets_waits_whatever_it_tries() -> None:
    for number in range(10):
        assert limits.address_wait("track", address="a", at=AT) == 0
        wrong("a", f"n{number}")
    assert limits.address_wait("track", address="a", at=AT) == 60
    # Negative control: neither another address nor another purpose waits with it.
    assert limits.address_wait("track", address="b", at=AT) == 0
    assert limits.address_wait("other", address="a", at=AT) == 0
