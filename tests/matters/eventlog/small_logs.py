"""A log of three cases, written here: one in time, one late with custody going back and forth, one open."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)

MAPPING = """
zone: Asia/Shanghai
columns:
  case: 案号
  step: 环节
  at: 时间
  resource: 人员
  channel: 来源
  received: 收件
  ended: 办结
channels: {窗口: counter, 网上: online}
unit: {code: PERMITS, name: 许可科}
item:
  code: PERMIT-1
  name: 建设许可
  statutory: {amount: 10, unit: working_day}
"""

HEAD = "案号,环节,时间,人员,来源,收件,办结"
PROMPT = [
    "A-1,登记,2026-03-02 09:00,甲,窗口,2026-03-02 08:50,2026-03-04 15:00",
    "A-1,审查,2026-03-03 10:00,乙,窗口,2026-03-02 08:50,2026-03-04 15:00",
    "A-1,决定,2026-03-04 15:00,乙,窗口,2026-03-02 08:50,2026-03-04 15:00",
]
LATE = [
    "A-2,登记,2026-03-02 09:00,甲,网上,,2026-04-08 15:00",
    "A-2,审查,2026-03-09 09:00,乙,网上,,2026-04-08 15:00",
    "A-2,决定,2026-04-08 15:00,甲,网上,,2026-04-08 15:00",
]
OPEN = ["A-3,登记,2026-05-29 09:00,甲,窗口,,"]


def log(*rows: str, head: str = HEAD) -> bytes:
    """A log of these rows."""
    return "\n".join([head, *rows, ""]).encode()


WHOLE = log(*PROMPT, *LATE, *OPEN)
