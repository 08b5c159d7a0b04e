"""The mapping file: which column of the log means what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from huiyin.rules.errors import Invalid, msg
from huiyin.rules.events import Channel
from huiyin.rules.vocabulary import Limit, Unit

NEEDED: Final = ("case", "step", "at", "resource")
OPTIONAL: Final = ("channel", "received", "ended", "summary")
LONGEST: Final = 65_536
KEYS: Final = frozenset(
    {"encoding", "delimiter", "zone", "columns", "channels", "acceptance", "unit", "item"}
)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit or an item that the import makes when the office does not have it."""

    code: str
    name: str
    statutory: Limit | None = None
    committed: Limit | None = None
    legal_basis: str = ""
    procedure: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class LogMapping:
    """A checked mapping. `columns` holds the log's header for each meaning."""

    columns: Mapping[str, str]
    unit: Named
    item: Named
    zone: ZoneInfo
    encoding: str = "utf-8"
    delimiter: str = ","
    channels: Mapping[str, Channel] = field(default_factory=dict)
    acceptance: str = ""


def read_mapping(text: str) -> LogMapping:
    """The mapping in a YAML text; raises Invalid naming each wrong key and what it takes."""
    if len(text) > LONGEST:
        raise Invalid(
            {"mapping": msg("映射文件过长，最多%(most)s个字")}, code="bad_mapping", params={"most": LONGEST}
        )
    try:
        # A few lines of references to references would fill the memory; a mapping has no use for any.
        if any(isinstance(token, yaml.AnchorToken | yaml.AliasToken) for token in yaml.scan(text)):
            raise Invalid(
                {"mapping": msg("映射文件不能使用 YAML 的锚点（&）和引用（*）")}, code="bad_mapping"
            )
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise Invalid(
            {"mapping": msg("映射文件不是有效的 YAML:%(error)s")},
            code="bad_mapping",
            params={"error": str(error).splitlines()[0]},
        ) from error
    if not isinstance(raw, dict):
        raise Invalid({"mapping": msg("映射文件应当是键值对")}, code="bad_mapping")
    wrong = _problems(raw)
    if wrong:
        raise Invalid(wrong, code="bad_mapping")
    return LogMapping(
        columns={str(k): str(v) for k, v in raw["columns"].items()},
        unit=_named(raw["unit"]),
        item=_named(raw["item"]),
        zone=ZoneInfo(str(raw.get("zone", "Asia/Shanghai"))),
        encoding=str(raw.get("encoding", "utf-8")),
        delimiter=str(raw.get("delimiter", ",")),
        channels={str(k): Channel(v) for k, v in (raw.get("channels") or {}).items()},
        acceptance=str(raw.get("acceptance", "")),
    )


def _problems(raw: Mapping[str, Any]) -> dict[str, str]:
    wrong = {str(key): msg("映射文件不认识这个键") for key in raw if key not in KEYS}
    columns = raw.get("columns")
    if not isinstance(columns, dict):
        wrong["columns"] = msg("请写明各列的含义")
    else:
        wrong |= {f"columns.{n}": msg("缺少这一列的列名") for n in NEEDED if not columns.get(n)}
        known = {*NEEDED, *OPTIONAL}
        wrong |= {f"columns.{n}": msg("不认识这个含义") for n in columns if n not in known}
    for name in ("unit", "item"):
        part = raw.get(name)
        if not isinstance(part, dict) or not part.get("code") or not part.get("name"):
            wrong[name] = msg("请写明编码 code 和名称 name")
    channels = raw.get("channels") or {}
    if not isinstance(channels, dict) or any(str(v) not in set(Channel) for v in channels.values()):
        wrong["channels"] = msg("来源只能是 counter、phone、letter 或 online")
    delimiter = str(raw.get("delimiter", ","))
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        wrong["delimiter"] = msg("分隔符应当是一个字符")
    wrong |= _zone(raw) | _limits(raw.get("item"))
    return wrong


def _zone(raw: Mapping[str, Any]) -> dict[str, str]:
    try:
        ZoneInfo(str(raw.get("zone", "Asia/Shanghai")))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return {"zone": msg("没有这个时区")}
    return {}


def _limits(item: object) -> dict[str, str]:
    wrong = {}
    for name in ("statutory", "committed"):
        raw = item.get(name) if isinstance(item, dict) else None
        if raw is None:
            continue
        try:
            _limit(raw)
        except (KeyError, TypeError, ValueError):
            wrong[f"item.{name}"] = msg("时限应写成 {amount: 数字, unit: working_day 或 calendar_day}")
    return wrong


def _limit(raw: Mapping[str, Any] | None) -> Limit | None:
    return Limit(int(raw["amount"]), Unit(raw["unit"])) if raw else None


def _named(raw: Mapping[str, Any]) -> Named:
    return Named(
        code=str(raw["code"]),
        name=str(raw["name"]),
        statutory=_limit(raw.get("statutory")),
        committed=_limit(raw.get("committed")),
        legal_basis=str(raw.get("legal_basis", "")),
        procedure=str(raw.get("procedure", "")),
        conditions=str(raw.get("conditions", "")),
    )
