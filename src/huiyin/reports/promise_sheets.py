"""The kept promises of a period as a workbook: in all, by unit, by item and by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from huiyin.reports.promises import Kept, Promises
from huiyin.reports.sheets import Table, tables_workbook
from huiyin.rules.errors import msg

COLUMNS: Final = (
    msg("办结"),
    msg("有承诺时限的"),
    msg("承诺时限内"),
    msg("承诺兑现率"),
    msg("有法定时限的"),
    msg("法定时限内"),
    msg("提前"),
    msg("超期"),
    msg("平均用时（工作日）"),
    msg("承诺提速率"),
    msg("提速率依据的件数"),
)
_SHARES: Final = frozenset({3, 9})
_AVERAGES: Final = frozenset({8})


def values_of(one: Kept) -> list[int | float | None]:
    """The figures in the order of COLUMNS; None where a share would rest on nothing."""
    return [
        one.decided,
        one.promised,
        one.kept,
        one.share_kept,
        one.lawful,
        one.within,
        one.early,
        one.late,
        one.average_days,
        one.speedup,
        one.both,
    ]


def promises_workbook(found: Promises, title: str, gettext: Callable[[str], str]) -> bytes:
    """The figures as XLSX; `title` stands over every sheet, with the period under it."""
    period = f"{found.since.isoformat()} – {found.until.isoformat()}"
    total = ((gettext(msg("合计")),), found.total)
    units = [((name,), one) for name, one in found.units.items()]
    items = [((one.unit, one.code, one.item), one.figures) for one in found.items]
    months = [((month,), one) for month, one in sorted(found.months.items())]
    tables = [
        _table(gettext(name), [gettext(one) for one in (*heads, *COLUMNS)], len(heads), rows)
        for name, heads, rows in (
            (msg("按科室"), (msg("科室"),), [*units, total]),
            (msg("按事项"), (msg("科室"), msg("事项编码"), msg("事项")), items),
            (msg("按月份"), (msg("月份"),), months),
        )
    ]
    return tables_workbook(title, period, tables)


def _table(
    name: str, titles: Sequence[str], begin: int, rows: Iterable[tuple[tuple[str, ...], Kept]]
) -> Table:
    """Return a sheet whose figures begin in column `begin`."""
    return Table(
        name,
        titles,
        [(*names, *values_of(figures)) for names, figures in rows],
        shares=frozenset(begin + one for one in _SHARES),
        averages=frozenset(begin + one for one in _AVERAGES),
    )
