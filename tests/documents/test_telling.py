"""A notice that tells less than everything is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from huiyin.rules.errors import Invalid
from tests.documents import samples


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"defects": ()}, "defects"),
        ({"materials": ()}, "materials"),
        ({"statutory": None, "committed": None}, "statutory"),
        ({"ordinal": 0}, "ordinal"),
        ({"breach": True}, "ordinal"),
        ({"supplement_until": samples.AT - timedelta(days=1)}, "supplement_until"),
    ],
)
def test_what_contradicts_itself_is_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        replace(samples.NOTICE, **change)
    assert list(caught.value.fields) == [field]


def test_a_second_notice_may_admit_a_breach() -> None:
    assert replace(samples.NOTICE, ordinal=2, breach=True).breach
