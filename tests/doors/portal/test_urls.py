from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from huiyin.organisation import actions
from huiyin.rules.errors import Invalid
from tests.factories import AT


def first_words(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """The fixed first part of every address."""
    for pattern in patterns:
        first = str(pattern.pattern).split("/", maxsplit=1)[0]
        if first:
            yield first
        elif isinstance(pattern, URLResolver):
            yield from first_words(pattern.url_patterns)


FIXED = {word for word in first_words(get_resolver().url_patterns) if not word.startswith("<")}
WORDS = sorted(FIXED | {settings.STATIC_URL.strip("/")})


def test_the_service_has_addresses_of_its_own() -> None:
    assert {"desk", "api", "display", "static"} <= set(WORDS)


@pytest.mark.django_db
@pytest.mark.parametrize("word", WORDS)
def test_no_office_is_opened_where_the_service_answers_itself(word: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.open_office(slug=word, name="某镇", rulebook="township", receipt_prefix="MZ", at=AT)
    assert set(refused.value.fields) == {"slug"}
