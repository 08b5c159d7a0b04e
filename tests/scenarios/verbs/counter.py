"""The counter: what is on file about a matter, and what happens when somebody meddles with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.catalogue import actions as catalogue
from huiyin.catalogue.models import ServiceItem
from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind, Receipt
from huiyin.documents.models import Document
from huiyin.matters import queries
from huiyin.matters.models import Matter
from huiyin.organisation import actions as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI
from tests.scenarios.story import Story


def _matter(running: Story) -> Matter:
    return Matter.objects.select_related("tenant", "item", "custodian").get(number=running.number)


def _paper_is_changed(running: Story, who: str, fields: dict[str, Any]) -> None:
    """Somebody with the database at hand rewrites a word of a paper of that kind."""
    del who
    row = Document.objects.filter(subject_id=_matter(running).id, kind=fields["kind"]).latest("issued_at")
    row.content = row.content.replace(fields["from"], fields["to"])
    row.save(update_fields=["content"])


def _text_is_changed(running: Story, who: str, fields: dict[str, Any]) -> None:
    """Somebody with the database at hand rewrites what the person said."""
    del who
    row = _matter(running)
    row.details = fields["to"]
    row.save(update_fields=["details"])


def _item_is_added(running: Story, who: str, fields: dict[str, Any]) -> None:
    del who
    assert running.at is not None
    days = fields.pop("statutory", None)
    catalogue.add_item(
        running.office.positions[fields.pop("position")],
        materials=[catalogue.PaperSpec(name) for name in fields.pop("materials")],
        statutory=Limit(days, Unit.WORKING_DAY) if days else None,
        by=organisation.OPERATOR,
        at=running.at,
        **fields,
    )


def _item_loses_its_limits(running: Story, who: str, fields: dict[str, Any]) -> None:
    """An item as an import of long ago may have left it."""
    del who
    found = ServiceItem.objects.filter(tenant=running.office.tenant, code=fields["code"])
    found.update(statutory_amount=None, statutory_unit="", committed_amount=None, committed_unit="")


def _item_promised_long_ago(running: Story, who: str, fields: dict[str, Any]) -> None:
    """An item as an import of long ago may have left it: its promise outlasts a newer law."""
    del who
    found = ServiceItem.objects.filter(tenant=running.office.tenant, code=fields["code"])
    found.update(committed_amount=fields["days"], committed_unit=Unit.WORKING_DAY.value)


def _original(running: Story, expected: Any) -> str:
    del expected
    return "unaltered" if queries.original_unaltered(_matter(running)) else "altered"


def _receipt(running: Story, expected: Any) -> dict[str, Any]:
    del expected
    row = documents.latest(running.office.tenant.id, _matter(running).id, Kind.RECEIPT)
    assert row is not None
    said = documents.content_of(row)
    assert isinstance(said, Receipt)
    assert said.collect_at is not None
    return {
        "collect_at": said.collect_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "materials": [f"{one.name} {one.copies}×{one.pages}" for one in said.materials],
    }


def _receipt_to_applicant(running: Story, expected: Any) -> list[str]:
    """The papers of every receipt that number and code give out, one after the other."""
    del expected
    assert running.at is not None
    tenant, opened = running.office.tenant, (running.number, running.code)
    tracked = queries.track(tenant, *opened, running.at, "zh")
    rows = [
        queries.tracked_paper(tenant, *opened, one.id) for one in tracked.papers if one.kind == Kind.RECEIPT
    ]
    said = [documents.content_of(row) for row in rows]
    return [line.name for one in said if isinstance(one, Receipt) for line in one.materials]


def _asking(running: Story, expected: Any) -> bool:
    """Whether the person served sees that a leader is asked."""
    del expected
    assert running.at is not None
    tracked = queries.track(running.office.tenant, running.number, running.code, running.at, "zh")
    return tracked.asking_since is not None


def _route(running: Story, expected: Any) -> str:
    del expected
    return _matter(running).route


def _where_told(running: Story, expected: Any) -> str:
    """What is on record as told of where to turn."""
    del expected
    row = queries.guidance_of(_matter(running))[-1]
    return " ".join(one for one in (row.department, row.place, row.phone) if one)


def _to_bring(running: Story, expected: Any) -> str:
    """What the person was told to bring."""
    del expected
    return queries.guidance_of(_matter(running))[-1].items


def _basis(running: Story, expected: Any) -> str:
    """What the answer rests on; "none" where it stands as uncited, "" where nothing asks for a basis."""
    del expected
    row = _matter(running)
    return queries.basis_of(row) or row.reply_basis


def _co_handlers(running: Story, expected: Any) -> list[str]:
    del expected
    return queries.co_handlers(_matter(running))


def _archived(running: Story, expected: Any) -> list[str]:
    del expected
    return ["unaltered" if one.unaltered else "altered" for one in queries.archived_notices(_matter(running))]


def _papers(running: Story, expected: Any) -> list[str]:
    del expected
    return [one.kind for one in queries.documents_of(_matter(running))]


def _found(running: Story, expected: Mapping[str, Any]) -> Mapping[str, Any]:
    """Which matters somebody's list shows with those filters, as numbers of this story's matter."""
    assert running.at is not None
    asker = running.office.asker(expected["who"], running.at)
    listed = queries.matters(asker, running.at, **expected.get("with", {}))
    return {**expected, "there": running.number in [row.number for row in listed.rows]}


def _list(reading: Callable[[Asker], list[Any]]) -> Callable[[Story, Any], Any]:
    """Whether this story's matter stands in somebody's list, for each person asked after."""

    def there(running: Story, expected: Mapping[str, bool]) -> dict[str, bool]:
        found = {}
        for who in expected:
            rows = reading(running.office.asker(who, running.at))
            found[who] = running.number in [getattr(row, "matter", row).number for row in rows]
        return found

    return there


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {
    "paper_is_changed": _paper_is_changed,
    "text_is_changed": _text_is_changed,
    "item_is_added": _item_is_added,
    "item_loses_its_limits": _item_loses_its_limits,
    "item_promised_long_ago": _item_promised_long_ago,
}
HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "archived_notices": _archived,
    "papers": _papers,
    "original": _original,
    "receipt": _receipt,
    "receipt_to_applicant": _receipt_to_applicant,
    "search": _found,
    "followed_by": _list(queries.followed),
    "unanswered_for": _list(queries.unanswered),
    "unled_for": _list(queries.unled),
    "unreviewed_for": _list(queries.unreviewed),
    "papers_wait_for": _list(queries.papers_waiting),
    "asked_of": _list(queries.asked_of),
    "asking": _asking,
    "route": _route,
    "co_handlers": _co_handlers,
    "where_told": _where_told,
    "to_bring": _to_bring,
    "basis": _basis,
}
