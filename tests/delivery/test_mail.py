"""A letter is built so that nothing slips into its headers, and says what waits and where."""

from __future__ import annotations

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.delivery import mail
from huiyin.delivery.models import Message
from tests.delivery.office import NUMBER, open_office, post

pytestmark = pytest.mark.django_db

BROKEN = st.tuples(
    st.text(max_size=8), st.sampled_from(["\r", "\n", "\r\n", "\x00"]), st.text(max_size=8)
).map("".join)


@given(value=BROKEN)
def test_no_header_takes_a_line_break_or_nul(value: str) -> None:
    with pytest.raises(mail.Undeliverable):
        mail.refuse_breaks(value)
    assert not mail.is_address(value)
    assert not mail.is_link(value)
    assert not mail.is_link(f"/{value}")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=BROKEN, place=st.sampled_from(["name", "email"]))
def test_a_row_that_would_inject_a_header_is_never_sent(value: str, place: str) -> None:
    with transaction.atomic():
        office = open_office()
        post(office.letter())
        message = Message.objects.select_related("tenant", "person").get()
        if place == "name":
            message.tenant.name = f"甲{value}"
        elif message.person is not None:
            message.person.email = f"a@b.example{value}"
        with pytest.raises(mail.Undeliverable):
            mail.letter(message, EmailBackend())
        transaction.set_rollback(True)


def test_error_words_keep_no_address() -> None:
    words = mail.without_addresses(
        ValueError("bad <li.si+x@some-where.example> and 'a@b' \x00\n" + "x" * 400)
    )
    assert "@" not in words
    assert "\x00" not in words
    assert len(words) <= 300


def stored() -> Message:
    return Message.objects.select_related("tenant", "person").get()


def test_a_letter_names_the_office_as_sender_and_keeps_its_id() -> None:
    office = open_office()
    post(office.letter())
    first, second = mail.letter(stored(), EmailBackend()), mail.letter(stored(), EmailBackend())
    assert first.from_email.endswith(">")
    sender = str(first.message()["From"])
    assert "@" in sender
    assert "=?utf-8?" in sender
    assert first.extra_headers == second.extra_headers
    assert first.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_link_is_told_whole_and_only_where_there_is_one() -> None:
    office = open_office()
    post(office.letter())
    message = stored()
    assert str(mail.letter(message, EmailBackend()).body).endswith(f"{mail.site()}/desk/matters/{NUMBER}\n")
    message.link = ""
    assert "http" not in str(mail.letter(message, EmailBackend()).body)


@pytest.mark.parametrize("change", [{"active": False}, {"email": ""}, {"email": "a@b@c"}])
def test_nobody_to_write_to_is_final(change: dict[str, object]) -> None:
    office = open_office()
    post(office.letter())
    message = stored()
    assert message.person is not None
    for name, value in change.items():
        setattr(message.person, name, value)
    with pytest.raises(mail.Undeliverable):
        mail.letter(message, EmailBackend())


@pytest.mark.parametrize(
    ("link", "ok"),
    [
        ("", True),
        ("/", True),
        ("/desk/matters/QH202600000017K", True),
        ("/desk/papers/青政告〔2026〕17号", True),
        ("desk", False),
        ("//evil.example", False),
        ("/a?b=c", False),
        ("/a#b", False),
        ("/a:b@c", False),
        ("/a\n", False),
    ],
)
def test_a_link_is_a_bare_path(link: str, ok: bool) -> None:
    assert mail.is_link(link) is ok


def test_an_address_is_one_plain_address() -> None:
    assert mail.is_address("li@somewhere.example")
    for wrong in ("", "li", "li@", " li@somewhere.example", "a@b.example, c@d.example", "李 <a@b.example>"):
        assert not mail.is_address(wrong)
