"""The description is whole, true and current: other people's programs are written from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils import translation

from huiyin.doors.api.api import api
from huiyin.doors.rights import Right
from tests.doors.api import samples
from tools import openapi


def parts(found: Any) -> Iterator[dict[str, Any]]:
    """Give every object of the description."""
    if isinstance(found, dict):
        yield found
        for value in found.values():
            yield from parts(value)
    elif isinstance(found, list):
        for value in found:
            yield from parts(value)


def faults(schema: dict[str, Any]) -> list[str]:
    """Find what a reader of OpenAPI 3.1 could not use."""
    found = [] if schema["openapi"].startswith("3.1.") else ["version"]
    shapes = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    named = [str(part["$ref"]) for part in parts(schema) if "$ref" in part]
    found += [f"no shape {name}" for name in named if name not in shapes]
    ids = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            ids.append(operation["operationId"])
            found += [f"{method} {path}: {fault}" for fault in _faults(path, method, operation)]
    return found + [f"{one} twice" for one in ids if ids.count(one) > 1]


def _faults(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    if not operation["summary"]:
        yield "no summary"
    if {one["name"] for one in operation["parameters"] if one["in"] == "path"} != set(
        re.findall(r"{(\w+)}", path)
    ):
        yield "parameters of the path"
    if not all(re.fullmatch(r"[1-5]\d\d", status) for status in operation["responses"]):
        yield "statuses"
    if not any(status.startswith("2") for status in operation["responses"]):
        yield "never succeeds"
    if method == "post" and "requestBody" not in operation:
        yield "no body"


def test_the_description_can_be_read() -> None:
    schema = json.loads(openapi.describe())
    assert faults(schema) == []
    # The controls: each kind of fault is seen.
    for path, method, name, value in (
        ("/api/v1/me", "get", "operationId", "register"),
        ("/api/v1/me", "get", "summary", ""),
        ("/api/v1/items/{code}", "get", "parameters", []),
        ("/api/v1/matters", "post", "responses", {"422": {}}),
        ("/api/v1/matters", "post", "responses", {"2xx": {}}),
        ("/api/v1/me", "get", "x", {"$ref": "#/components/schemas/Nowhere"}),
    ):
        spoiled = json.loads(openapi.describe())
        spoiled["paths"][path][method][name] = value
        assert faults(spoiled) != [], name
    spoiled = json.loads(openapi.describe())
    del spoiled["paths"]["/api/v1/matters"]["post"]["requestBody"]
    assert faults(spoiled) == ["post /api/v1/matters: no body"]


def test_every_operation_names_its_right_its_refusals_and_its_key() -> None:
    for one in samples.operations():
        statuses = set(one.details["responses"])
        assert {"404", "405", "422"} <= statuses
        if one.right == "public":
            assert one.details["security"] == []
        else:
            assert one.right in set(Right)
            assert one.details["security"] == [{"Token": [one.right]}]
            assert {"401", "403"} <= statuses
        names = {part["name"]: part["required"] for part in one.details["parameters"]}
        assert names.get("Idempotency-Key", False) is (one.method == "post" and one.id != "track"), one.id


def test_every_shape_that_is_sent_is_closed() -> None:
    for one in samples.posts():
        body = one.details["requestBody"]["content"]["application/json"]["schema"]
        for shape in body.get("oneOf", [body]):
            found = samples.component(shape["$ref"].rsplit("/", 1)[-1])
            assert found["additionalProperties"] is False, one.id


def test_no_address_carries_what_names_a_person_served() -> None:
    for one in samples.operations():
        names = {part["name"] for part in one.details["parameters"] if part["in"] in {"path", "query"}}
        assert not {name for name in names if "applicant" in name or "phone" in name or name == "name"}


def test_the_file_is_current() -> None:
    assert openapi.check(openapi.DESCRIPTION, openapi.describe()) == 0


def test_a_stale_file_is_seen(tmp_path: Path) -> None:
    stale = tmp_path / "openapi.json"
    stale.write_text(openapi.describe().replace("register", "enrol", 1), encoding="utf-8")
    assert openapi.check(stale, openapi.describe()) == 1


def test_each_language_keeps_its_own() -> None:
    with translation.override("zh-hans"):
        chinese = json.dumps(api.get_openapi_schema(), ensure_ascii=False)
    with translation.override("en"):
        english = json.dumps(api.get_openapi_schema(), ensure_ascii=False)
    with translation.override("zh-hans"):
        assert json.dumps(api.get_openapi_schema(), ensure_ascii=False) == chinese
    assert re.sub(r'"[^"]*"', "", chinese) == re.sub(r'"[^"]*"', "", english)
