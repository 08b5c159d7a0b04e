"""`huiyin rulebook`: what the regulations say, how each clause is kept, and how two rulebooks differ.

Only `dry-run` needs a database; the rest works without.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import click

from huiyin.doors.cli.group import FAILED, SET_UP, Spoken, SpokenGroup, with_json
from huiyin.doors.cli.output import answer
from huiyin.doors.cli.rulebooks import book_of, overlay_in, read, read_or_refuse
from huiyin.doors.cli.speaking import ENGLISH, gettext, language, listed
from huiyin.doors.cli.typed import day_of
from huiyin.rules import library
from huiyin.rules import rulebook as rulebooks
from huiyin.rules.clauses import Clause, RulebookError
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.library import Contrast, Keeping
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI

ON = click.option("--on", "on_text", default="", help=msg("按哪一天的规定，默认今天，例如 2026-03-02"))


@click.group(cls=SpokenGroup, help=msg("查阅、检查和比较各单位的制度"))
def rulebook() -> None:
    """Group of commands about rulebooks."""


@rulebook.command("list", cls=Spoken, help=msg("列出可以采用的制度"))
@with_json
def list_(*, as_json: bool) -> None:
    """Every rulebook with its number of clauses and its version."""
    books = [rulebooks.load(slug) for slug in rulebooks.available()]
    rows = [
        {
            "slug": b.slug,
            "name": {"zh": b.name_zh, "en": b.name_en},
            "clauses": len(b.own),
            "version": b.version,
        }
        for b in books
    ]
    lines = (f"{b.slug:<14}{len(b.own):>5}  {_name(b)}  {b.version}" for b in books)
    answer({"rulebooks": rows}, lines, as_json=as_json)


@rulebook.command(cls=Spoken, help=msg("列出一个制度的条款"))
@click.argument("slug")
@click.option("--regime", default="", help=msg("只列这一项制度，例如 time-limit"))
@with_json
def show(*, slug: str, regime: str, as_json: bool) -> None:
    """Clauses in the order of the rulebook, with how each is kept."""
    book = book_of(slug)
    found = [one for one in book.own.values() if not regime or one.regime == regime]
    if not found:
        known = listed(dict.fromkeys(one.regime for one in book.own.values()))
        raise HuiyinError(
            msg("%(slug)s 没有 %(regime)s 这项制度"),
            code="no_such_regime",
            params={"slug": book.slug, "regime": regime, "known": known},
            remedy=msg("可选：%(known)s。"),
        )
    answer({"rulebook": book.slug, "clauses": [_plain(c) for c in found]}, _listing(found), as_json=as_json)


@rulebook.command(cls=Spoken, help=msg("检查制度：条款怎样落实，哪些还没有落实；文件有错时退出码为1"))
@click.argument("names", nargs=-1)
@with_json
@click.pass_context
def check(context: click.Context, *, names: tuple[str, ...], as_json: bool) -> None:
    """Read the rulebooks (all, or those named, or overlay files) and count by how clauses are kept."""
    found: dict[str, Any] = {}
    faults = []
    for name in names or rulebooks.available():
        try:
            book = read(name)
        except RulebookError as error:
            faults.append({"rulebook": name, "fault": str(error)})
            continue
        found[book.slug] = _checked(book)
    answer(
        {
            "ok": not faults,
            "clauses": sum(one["clauses"] for one in found.values()),
            "rulebooks": found,
            "unkept": [key for one in found.values() for key in one["unkept"]],
            "faults": faults,
        },
        _check_lines(found, faults),
        as_json=as_json,
    )
    if faults:
        context.exit(FAILED)


@rulebook.command(cls=Spoken, help=msg("说明一个条款：内容、数值、怎样落实、存疑处怎样处理"))
@click.argument("clause_id")
@ON
@with_json
def explain(*, clause_id: str, on_text: str, as_json: bool) -> None:
    """Everything that is known of one clause."""
    on = _on(on_text)
    for slug in rulebooks.available():
        book = rulebooks.load(slug)
        if book.has(clause_id) and "." in clause_id:
            one = book.clause(clause_id)
            keeping = next((k for k in library.keepings(book) if k.clause.id == clause_id), None)
            answer(
                _explained(book, one, keeping, on), _explain_lines(book, one, keeping, on), as_json=as_json
            )
            return
    raise HuiyinError(
        msg("没有条款 %(clause)s"),
        code="no_such_clause",
        params={"clause": clause_id},
        remedy=msg("条款编号可用 huiyin rulebook show 制度名 查看，例如 p4.time-limit.8.b。"),
    )


@rulebook.command(
    cls=Spoken, help=msg("比较两个制度：同一用途的条款各怎么规定；同一制度的两个版本则逐条比较")
)
@click.argument("left_name", metavar="LEFT")
@click.argument("right_name", metavar="RIGHT")
@ON
@with_json
def diff(*, left_name: str, right_name: str, on_text: str, as_json: bool) -> None:
    """Two profiles by the parts their clauses play; a profile and an overlay of it clause by clause."""
    on = _on(on_text)
    left, right = read_or_refuse(left_name), read_or_refuse(right_name)
    same = left.slug == right.slug
    rows = library.changes(left, right, on) if same else library.parts(left, right, on)
    found = {
        "left": left.version,
        "right": right.version,
        "on": on.isoformat(),
        "rows": [_contrasted(row) for row in rows],
    }
    answer(found, _diff_lines(rows), as_json=as_json)


@rulebook.command(
    "dry-run", cls=Spoken, help=msg("用另一个制度重算本单位的办件：哪些会超期、哪些会得救；不写入任何内容")
)
@click.option("--rulebook", "name", required=True, help=msg("制度名，或修改文件的路径"))
@click.option("--from", "since_text", default="", help=msg("从哪一天收到的办件算起，例如 2026-01-01"))
@click.option("--to", "until_text", default="", help=msg("到哪一天收到的办件为止（含当天）"))
@click.option("--xlsx", "sheet", default="", help=msg("把结果写成表格文件"))
@click.option("--office", "slug", default="", help=msg("单位简码；只有一个单位时可不写"))
@with_json
def dry_run(*, name: str, since_text: str, until_text: str, sheet: str, slug: str, as_json: bool) -> None:
    """Tell the office's record again under another rulebook."""
    named = read_or_refuse(name)
    since = day_of(since_text) if since_text else None
    until = day_of(until_text) if until_text else None
    import_module(SET_UP).set_up()
    import_module("huiyin.doors.cli.dry_running").run(
        overlay_in(name) or named, slug=slug, since=since, until=until, sheet=sheet, as_json=as_json
    )


def _on(text: str) -> date:
    """The day in `--on`; today where it is left out."""
    return day_of(text) if text else datetime.now(UTC).astimezone(SHANGHAI).date()


def _checked(book: Rulebook) -> dict[str, Any]:
    kept = library.keepings(book)
    return {
        "version": book.version,
        "clauses": len(kept),
        "kept_by": library.by_kept(kept),
        "evidence": {one.clause.id: list(one.stories) for one in kept if one.stories},
        "unkept": [one.clause.id for one in kept if not one.kept],
    }


def _check_lines(found: dict[str, Any], faults: Iterable[dict[str, str]]) -> Iterator[str]:
    for slug, one in found.items():
        ways = listed(
            f"{library.word('kept', way, language())} {len(ids)}"
            for way, ids in one["kept_by"].items()
            if ids
        )
        yield gettext("%(slug)s：%(count)s 条，其中 %(shown)s 条已有实例证明（%(ways)s）") % {
            "slug": slug,
            "count": one["clauses"],
            "shown": one["clauses"] - len(one["unkept"]),
            "ways": ways,
        }
    for fault in faults:
        yield gettext("有错：%(fault)s") % {"fault": fault["fault"]}


def _plain(one: Clause) -> dict[str, Any]:
    return {
        "id": one.id,
        "regime": one.regime,
        "kind": one.kind,
        "actor": one.actor,
        "kept": one.kept,
        "plays": one.plays,
        "notes": list(one.notes),
        "text": {"zh": one.zh, "en": one.en},
        "values": [
            {"since": v.since.isoformat(), "figures": _open(v.figures), "read": _open(v.read)}
            for v in one.values
        ],
    }


def _open(values: Any) -> Any:
    """Plain JSON of frozen mappings, days as text."""
    return json.loads(json.dumps(dict(values), default=str))


def _listing(found: Iterable[Clause]) -> Iterator[str]:
    regime = ""
    for one in found:
        if one.regime != regime:
            regime = one.regime
            yield f"— {library.word('regimes', regime, language())}"
        yield f"  {one.id:<38} {library.word('kept', one.kept, language())}  {_text(one)}"


def _explained(book: Rulebook, one: Clause, keeping: Keeping | None, on: date) -> dict[str, Any]:
    notes = library.notes()
    return {
        **_plain(one),
        "rulebook": book.version,
        "on": on.isoformat(),
        "in_force": _open(one.on(on)),
        "regime_module": keeping.regime_module if keeping else "",
        "stories": list(keeping.stories) if keeping else [],
        "treatments": {key: dict(notes[key].treatment) for key in one.notes},
    }


def _explain_lines(book: Rulebook, one: Clause, keeping: Keeping | None, on: date) -> Iterator[str]:
    spoken = language()
    yield f"{one.id}  {_name(book)} · {library.word('regimes', one.regime, spoken)}"
    yield _text(one)
    yield gettext("责任主体：%(actor)s；性质：%(kind)s；落实方式：%(kept)s") % {
        "actor": library.word("actors", one.actor, spoken),
        "kind": library.word("kinds", one.kind, spoken),
        "kept": library.word("kept", one.kept, spoken),
    }
    values = one.in_force(on)
    if values is not None:
        yield gettext("%(since)s 起施行：") % {"since": values.since.isoformat()}
        for name, text in library.in_words(values.plain(), spoken):
            yield "  " + gettext("%(name)s：%(text)s") % {"name": name, "text": text}
    for key in one.notes:
        yield gettext("存疑 %(note)s：%(treatment)s") % {
            "note": key,
            "treatment": library.notes()[key].treatment["en" if spoken == ENGLISH else "zh"],
        }
    stories = keeping.stories if keeping else ()
    yield gettext("实例：%(stories)s") % {"stories": listed(stories) or gettext("还没有")}


def _contrasted(row: Contrast) -> dict[str, Any]:
    return {
        "name": row.name,
        "left": row.left.id if row.left else None,
        "right": row.right.id if row.right else None,
        "left_values": _open(row.left_values),
        "right_values": _open(row.right_values),
    }


def _diff_lines(rows: Iterable[Contrast]) -> Iterator[str]:
    empty = True
    for row in rows:
        empty = False
        yield row.name
        for clause, values in ((row.left, row.left_values), (row.right, row.right_values)):
            said = "; ".join(f"{name} {text}" for name, text in library.in_words(values, language()))
            yield f"  {clause.id if clause else '—':<38} {said}".rstrip()
    if empty:
        yield gettext("没有不同。")


def _text(one: Clause) -> str:
    return one.en if language() == ENGLISH else one.zh


def _name(book: Rulebook) -> str:
    return book.name_en if language() == ENGLISH else book.name_zh
