"""A moment that a program names has its zone; one without is a field to mend, not a failure."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, cast

import pytest
from pydantic import TypeAdapter, ValidationError

from huiyin.doors import api
from huiyin.doors.api.asks import Ask
from tests.doors.api.programs import Program, enquiry, refused
from tests.factories import Office

NAIVE, AWARE = "2026-01-05T09:59:00", "2026-01-05T09:59:00+08:00"


def moments() -> Iterator[tuple[str, Any]]:
    """Every field of every body that takes a moment, as its schema says."""
    for one in iter_modules(api.__path__):
        if one.ispkg:
            continue
        module = import_module(f"{api.__name__}.{one.name}")
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Ask) and kind.__module__ == module.__name__:
                for field, about in kind.model_fields.items():
                    adapter = TypeAdapter(cast("Any", about.annotation))
                    if "date-time" in str(adapter.json_schema()):
                        yield f"{name}.{field}", adapter


def test_every_moment_that_is_asked_for_has_its_zone() -> None:
    found = dict(moments())
    assert {
        "NoticeExplanation.explained_at",
        "Withdrawal.declared_at",
        "DeliveryProof.served_at",
    } <= set(found)
    for name, adapter in found.items():
        with pytest.raises(ValidationError):
            adapter.validate_python(NAIVE)
        assert adapter.validate_python(AWARE).utcoffset() is not None, name
    # Negative control: a plain moment is taken without.
    assert TypeAdapter(datetime).validate_python(NAIVE).tzinfo is None


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("notice/explanations", {"words": "逐项说明", "told_to": "王小明", "explained_at": NAIVE}),
        ("withdrawal", {"reason": "不问了", "declared_at": NAIVE}),
        ("delivery-proof", {"paper": "ZHAO告〔2026〕1号", "how": "in_person", "served_at": NAIVE}),
    ],
)
def test_one_without_is_refused_where_it_stands(office: Office, path: str, body: dict[str, str]) -> None:
    clerk = Program(office, "clerk")
    number = enquiry(clerk)["number"]
    refused(clerk.post(f"/matters/{number}/{path}", body), 422, "invalid")
