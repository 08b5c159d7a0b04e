from __future__ import annotations

from huiyin.doors.api.answers.receipts import receipt
from huiyin.matters import labels
from huiyin.matters.actions import Receipt


def test_a_receipt_is_told_in_the_office_zone_with_words() -> None:
    found = receipt(
        Receipt("ZHAO-2026-000001-3", "open", 1, "2026-01-05T02:00:00+00:00", "ab", "CODE", ("a", "b"))
    )
    assert found.model_dump() == {
        "number": "ZHAO-2026-000001-3",
        "stage": {"code": "open", "label": labels.STAGES["open"]},
        "version": 1,
        "at": "2026-01-05T10:00:00+08:00",
        "event_hash": "ab",
        "code": "CODE",
        "documents": ["a", "b"],
    }
