"""What messages may say, and what they may never hold."""

from __future__ import annotations

import re

import pytest

from huiyin.delivery import texts

SAMPLES: dict[str, str | int] = {
    "number": "QH202600000017K",
    "day": "2026-01-16",
    "since": "2026-01-05",
    "count": 3,
    "overdue": 1,
}


@pytest.mark.parametrize("key", sorted(texts.TEXTS))
def test_every_text_takes_exactly_what_it_shows(key: str) -> None:
    text = texts.TEXTS[key]
    shown = set(re.findall(r"%\((\w+)\)", text.subject + text.body))
    assert shown == set(text.takes)
    params = {name: SAMPLES[name] for name in text.takes}
    texts.check(key, params)
    for language in ("zh-hans", "en", None):
        subject, body = texts.render(key, params, language)
        assert subject
        assert body
        assert "%(" not in subject + body
        assert "\n" not in subject


def test_a_hand_over_is_called_by_one_name() -> None:
    said = "".join(text.subject + text.body for text in texts.TEXTS.values())
    assert "移交" in said
    assert "转交" not in said
    assert "请示" not in said


@pytest.mark.parametrize(
    ("key", "params"),
    [
        ("love_letter", {}),
        ("matter_assigned", {}),
        ("matter_assigned", {"number": "QH202600000017K", "name": "张三"}),
        ("matter_assigned", {"number": "张喆堃"}),
        ("matter_assigned", {"number": "13800001234"}),
        ("matter_assigned", {"number": "34130219900101123X"}),
        ("matter_assigned", {"number": "QH2026 张三的低保"}),
        ("matter_assigned", {"number": "QH2026\r\nBcc: a@b.example"}),
        ("matter_assigned", {"number": 17}),
        ("waiting", {"count": "3", "overdue": 0}),
        ("waiting", {"count": -1, "overdue": 0}),
        ("waiting", {"count": True, "overdue": 0}),
        ("due_soon", {"number": "QH202600000017K", "day": "明天"}),
    ],
)
def test_nothing_personal_fits_into_a_text(key: str, params: dict[str, str | int]) -> None:
    with pytest.raises(texts.UnknownText):
        texts.check(key, params)
