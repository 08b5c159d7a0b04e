"""Contents to JSON and back, strictly: nothing guessed, nothing dropped.

The text is canonical (sorted keys, no spaces, UTF-8 as it is), because the
digest kept beside it and in the ledger is taken over exactly these characters.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from huiyin.documents.contents import Content, content_type
from huiyin.documents.parts import REQUIRED
from huiyin.rules.errors import Invalid, msg

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
_WRONG: Final = msg("此项格式不对")
_UNKNOWN: Final = msg("没有此项")
T = TypeVar("T")


def to_json(content: Content) -> dict[str, Json]:
    """The content as plain JSON values; moments in UTC."""
    return _members(content)


def canonical(content: Content) -> str:
    """The one text that is stored and digested."""
    return json.dumps(to_json(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: str, data: Mapping[str, Any]) -> Content:
    """Read a content back, checked as when it was made; `Invalid` names fields like `office.name`."""
    return _read_object(content_type(kind), data, "")


def from_canonical(kind: str, text: str) -> Content:
    """Read what `canonical` wrote."""
    return from_json(kind, json.loads(text))


def _members(value: Any) -> dict[str, Json]:
    return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}


def _plain(value: Any) -> Json:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if dataclasses.is_dataclass(value):
        return _members(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"documents cannot hold a {type(value).__name__}")


def _read_object(cls: type[T], data: object, path: str) -> T:
    """Make `cls` from a JSON object, naming every field that is extra, missing or of the wrong type."""
    if not isinstance(data, Mapping):
        raise _unreadable({path or "content": _WRONG})
    hints = get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(cls)}  # type: ignore[arg-type]  # every T is one
    wrong = {_join(path, str(name)): _UNKNOWN for name in data if name not in fields}
    wrong |= {
        _join(path, name): REQUIRED
        for name, field in fields.items()
        if field.default is dataclasses.MISSING and name not in data
    }
    if wrong:
        raise _unreadable(wrong)
    values = {name: _read(hints[name], value, _join(path, name)) for name, value in data.items()}
    try:
        return cls(**values)
    except Invalid as invalid:
        raise Invalid(
            {_join(path, name): text for name, text in invalid.fields.items()}, code=invalid.code
        ) from invalid
    except ValueError as error:
        raise _unreadable({path: _WRONG}) from error


def _read(hint: Any, value: object, path: str) -> Any:
    """Read one value as its annotation says."""
    if get_origin(hint) in {Union, types.UnionType}:
        return None if value is None else _read(get_args(hint)[0], value, path)
    if get_origin(hint) is tuple:
        return _read_tuple(get_args(hint)[0], value, path)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _read_object(hint, value, path)
    if hint is datetime or issubclass(hint, StrEnum):
        return _read_word(hint, value, path)
    # A bool is an int to Python, but three copies are not "true".
    if type(value) is not hint:
        raise _unreadable({path: _WRONG})
    return value


def _read_tuple(hint: Any, value: object, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _unreadable({path: _WRONG})
    return tuple(_read(hint, one, f"{path}.{place}") for place, one in enumerate(value))


def _read_word(hint: Any, value: object, path: str) -> Any:
    """A moment or a word of a fixed list, both written as text."""
    if not isinstance(value, str):
        raise _unreadable({path: _WRONG})
    try:
        return datetime.fromisoformat(value) if hint is datetime else hint(value)
    except ValueError as error:
        raise _unreadable({path: _WRONG}) from error


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _unreadable(fields: dict[str, str]) -> Invalid:
    return Invalid(fields, code="document_unreadable")
