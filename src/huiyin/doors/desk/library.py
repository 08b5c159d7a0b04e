"""The rule library: every clause of the office, how it is kept and how it fares; two regulations compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import amendment_form as form
from huiyin.doors.desk import shell
from huiyin.doors.forms import Bound, Field, bind
from huiyin.matters import labels
from huiyin.organisation import queries as organisation
from huiyin.reports import clauses as reports
from huiyin.reports.clauses import Figures
from huiyin.rules import library
from huiyin.rules import rulebook as rulebooks
from huiyin.rules.clauses import Clause
from huiyin.rules.errors import NotFound, msg
from huiyin.rules.library import Contrast, Keeping
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_text

_ALL: Final = {"": msg("全部")}
_NONE: Final = Figures()
_IN_THE_LIMIT: Final = frozenset(
    {
        "days",
        "months",
        "min_days",
        "max_days",
        "by",
        "unit",
        "unit_as_printed",
        "immediate",
        "same_day",
        "from_stated",
    }
)
"""Figures that the limit in words already says."""


def index(request: DoorRequest) -> HttpResponse:
    """List the clauses by regime, filtered by words, regime and way of keeping."""
    book, spoken = _book(request), phrases.language()
    wanted = {name: request.GET.get(name, "")[:100].strip() for name in ("text", "regime", "kept")}
    figures = reports.figures(request.asker)
    rows = [one for one in _keepings(book) if _fits(one, wanted)]
    context = {
        "filters": bind(_filters(book, spoken), wanted, prefix="q"),
        "groups": _groups(rows, figures, spoken),
        "shown": len(rows),
        "count": len(book.clauses),
        "filtered": any(wanted.values()),
        "name": book.name_en if spoken == "en" else book.name_zh,
        "version": book.version,
    }
    return shell.page(request, "desk/library.html", context, here="library")


def clause(
    request: DoorRequest,
    clause_id: str,
    *,
    amend: Sequence[Bound] = (),
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show one clause: what it says and said, how it is kept, how it fares here, what was doubtful.

    With `amend` the form for changing it stands open, with what was typed and what is wrong with it.
    """
    book, spoken = _book(request), phrases.language()
    if "." not in clause_id or not book.has(clause_id):
        raise NotFound
    one = book.clause(clause_id)
    keeping = next(each for each in _keepings(book) if each.clause.id == clause_id)
    today = request.now.astimezone(SHANGHAI).date()
    context: dict[str, Any] = {
        "one": _row(keeping, reports.figures(request.asker, [clause_id]), spoken),
        "values": _values(one, today),
        "actor": library.word("actors", one.actor, spoken),
        "kind": library.word("kinds", one.kind, spoken),
        "doubts": [_doubt(key, spoken) for key in one.notes],
        "stories": keeping.stories,
        "module": keeping.regime_module,
        "applied": [
            {
                "number": row.number,
                "summary": mask_text(row.summary),
                "at": row.at,
                "what": row.what,
                "outcome": row.outcome,
            }
            for row in reports.applied_to(request.asker, clause_id)
        ],
    }
    if form.may_amend(request, one):
        context |= {"amend": amend or form.bound_fields(one, request), "amend_open": bool(amend)}
        context |= {"amend_fault": fault}
    return shell.page(request, "desk/clause.html", context, here="library", status=status)


def compare(request: DoorRequest) -> HttpResponse:
    """Set the office's regulation beside another one, part by part."""
    ours, spoken = _book(request), phrases.language()
    others = [slug for slug in rulebooks.available() if slug != ours.slug]
    named = request.GET.get("with", "")
    theirs = rulebooks.load(named if named in others else others[0])
    today = request.now.astimezone(SHANGHAI).date()
    rows = library.parts(ours, theirs, today)
    context = {
        "ours": book_name(ours, spoken),
        "theirs": book_name(theirs, spoken),
        "choices": [(slug, book_name(rulebooks.load(slug), spoken), slug == theirs.slug) for slug in others],
        "rows": [_pair(row, spoken) for row in rows],
        "only_ours": sum(row.right is None for row in rows),
        "only_theirs": sum(row.left is None for row in rows),
        "counts": _counts(ours, theirs, spoken),
    }
    return shell.page(request, "desk/library_compare.html", context, here="library")


def _book(request: DoorRequest) -> Rulebook:
    return shell.rulebook_of(request, organisation.tenant(request.asker.tenant_id))


def _keepings(book: Rulebook) -> list[Keeping]:
    """The regulation's own clauses, then those of the law and the house underneath."""
    own = library.keepings(book)
    under = (one for key, one in book.clauses.items() if key not in book.own)
    return [*own, *(library.keeping(one) for one in under)]


def _fits(one: Keeping, wanted: Mapping[str, str]) -> bool:
    said = f"{one.clause.id} {one.clause.zh} {one.clause.en}".casefold()
    return (
        all(word in said for word in wanted["text"].casefold().split())
        and wanted["regime"] in {"", one.clause.regime}
        and wanted["kept"] in {"", one.clause.kept}
    )


def _filters(book: Rulebook, spoken: str) -> tuple[Field, ...]:
    regimes = dict.fromkeys(one.regime for one in book.clauses.values())
    named = {code: library.word("regimes", code, spoken) for code in regimes}
    ways = {code: library.word("kept", code, spoken) for code in library.words()["kept"]}
    return (
        Field("text", msg("编号或内容"), "search", required=False, max_length=100),
        Field("regime", msg("制度"), "select", required=False, choices={**_ALL, **named}),
        Field("kept", msg("落实方式"), "select", required=False, choices={**_ALL, **ways}),
    )


def _groups(rows: Iterable[Keeping], figures: Mapping[str, Figures], spoken: str) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in rows:
        groups.setdefault(one.clause.regime, []).append(_row(one, figures, spoken))
    return [
        {"name": library.word("regimes", regime, spoken), "rows": groups[regime]}
        for regime in library.words()["regimes"]
        if regime in groups
    ]


def _row(one: Keeping, figures: Mapping[str, Figures], spoken: str) -> dict[str, Any]:
    fared = figures.get(one.clause.id, _NONE)
    share = fared.share_met
    return {
        "id": one.clause.id,
        "text": one.clause.en if spoken == "en" else one.clause.zh,
        "regime": library.word("regimes", one.clause.regime, spoken),
        "kept": library.word("kept", one.clause.kept, spoken),
        "proven": one.kept,
        "plays": one.clause.plays,
        "fared": fared,
        "percent": "" if share is None else f"{share:.1%}",
        "source": one.clause.id.split(".")[0],
    }


def _values(one: Clause, today: date) -> list[dict[str, Any]]:
    """The dated values, newest first, the one in force marked."""
    now = one.in_force(today)
    return [
        {"since": each.since, "now": each is now, "lines": said_values(each.plain())}
        for each in reversed(one.values)
        if each.plain()
    ]


def said_values(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return values by their labels, the limit in words and first; what it says need not be said again."""
    spoken, limit = phrases.language(), values.get("limit")
    if not isinstance(limit, Mapping):
        return library.in_words(values, spoken)
    rest = {key: one for key, one in values.items() if key != "limit" and key not in _IN_THE_LIMIT}
    return [("", _limit(limit)), *library.in_words(rest, spoken)]


def _limit(raw: Mapping[str, Any]) -> str:
    unit = raw["unit"]
    if "by_urgency" not in raw:
        return phrases.limit_of(raw.get("amount", 0), unit)
    days = raw["by_urgency"]
    levels = (level for level in labels.URGENCIES if level in days)
    return gettext("、").join(
        f"{phrases.label(labels.URGENCIES, level)} {phrases.limit_of(days[level], unit)}" for level in levels
    )


def _doubt(key: str, spoken: str) -> dict[str, str]:
    note = library.notes()[key]
    tongue = "en" if spoken == "en" else "zh"
    return {"id": key, "issue": note.issue[tongue], "treatment": note.treatment[tongue]}


def book_name(book: Rulebook, spoken: str) -> str:
    """Return what a rulebook is called."""
    return book.name_en if spoken == "en" else book.name_zh


def _pair(row: Contrast, spoken: str) -> dict[str, Any]:
    sides = ((row.left, row.left_values), (row.right, row.right_values))
    shown = [
        {
            "id": one.id,
            "text": one.en if spoken == "en" else one.zh,
            "lines": said_values(values),
        }
        if one
        else None
        for one, values in sides
    ]
    return {"sides": shown, "alike": row.left_values == row.right_values and row.left and row.right}


def _counts(ours: Rulebook, theirs: Rulebook, spoken: str) -> list[tuple[str, int, int]]:
    """How many clauses of each regime either regulation has, in the order of the register."""
    found = []
    for code in library.words()["regimes"]:
        left, right = (sum(c.regime == code for c in book.own.values()) for book in (ours, theirs))
        if left or right:
            found.append((library.word("regimes", code, spoken), left, right))
    return found
