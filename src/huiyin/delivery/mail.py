"""One message as a letter: built so that nothing can slip into its headers."""

from __future__ import annotations

import re
from email.utils import formataddr, parseaddr
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from huiyin.delivery.models import Message
from huiyin.delivery.texts import render
from huiyin.rules.identifiers import email

_BREAKS: Final = re.compile("[\r\n\x00]")
_ADDRESS: Final = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_LONGEST_ERROR: Final = 300
_LINK: Final = re.compile(r"(/[\w〔〕.~-]+)*/?")


class Undeliverable(ValueError):
    """The letter can never be sent as it is; trying again would not help."""


def letter(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    """Build the letter; raises `Undeliverable` for a missing or crooked address or header."""
    address = message.address or (message.person.email if message.person else "")
    if not address or (message.person is not None and not message.person.active):
        raise Undeliverable("the reader has no address, or has left")
    subject, body = render(message.text, message.params, message.language)
    sender = formataddr((message.tenant.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    for header in (address, subject, message.tenant.name, message.link):
        refuse_breaks(header)
    if not is_address(address):
        raise Undeliverable("the address is not one")
    return EmailMessage(
        subject=subject,
        body=f"{body}\n\n{site()}{message.link}\n" if message.link else f"{body}\n",
        from_email=sender,
        to=[address],
        # Stays the same however often it is sent, so that the receiving side can tell repeats.
        headers={"Message-ID": f"<{message.id}@{_domain()}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def refuse_breaks(value: str) -> None:
    """Raise `Undeliverable` for a text that would end a header: CR, LF or NUL (R08)."""
    if _BREAKS.search(value):
        raise Undeliverable("a header cannot hold a line break or NUL")


def is_address(value: str) -> bool:
    """Whether a value is one plain e-mail address, by the same rule as wherever it was entered."""
    checked = email(value)
    return checked.ok and checked.value == value


def is_link(value: str) -> bool:
    """Whether a link is a bare path of this site: no host, no query, no fragment (R56)."""
    return bool(_LINK.fullmatch(value))


def without_addresses(error: BaseException) -> str:
    """What to keep of an error: its name and words, with every address taken out."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {_ADDRESS.sub('…', words)}".replace("\x00", "")[:_LONGEST_ERROR]


def site() -> str:
    """The address people reach this installation at, without a final slash."""
    return str(settings.SITE_URL).rstrip("/")


def _domain() -> str:
    return urlsplit(site()).hostname or "localhost"
