"""Numbers of documents can stand in the name of a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huiyin.documents.contents import Content
from huiyin.rules.errors import Invalid
from tests.documents import samples


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
@pytest.mark.parametrize("name", ["number", "matter_number"])
@pytest.mark.parametrize("text", ["a/../b", "a\nb", "长" * 61])
def test_a_number_that_could_be_no_name_is_refused(content: Content, name: str, text: str) -> None:
    change: dict[str, Any] = {name: text}
    with pytest.raises(Invalid) as caught:
        replace(content, **change)
    assert set(caught.value.fields) == {name}
