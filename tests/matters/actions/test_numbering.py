"""Numbers of the registers: in their order, each once, and without a gap, whoever fails at the same time."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest

from huiyin.matters import actions, steps
from huiyin.matters.actions import IncomingDocument, Receipt
from huiyin.matters.models import OfficialDocument
from huiyin.rules.errors import Unlawful
from huiyin.storage.models import Void
from huiyin.storage.numbers import allot
from tests.factories import make_office
from tests.matters.actions.test_racing import at_once
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, signed

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def serials(book: str) -> list[int | None]:
    rows = OfficialDocument.objects.filter(book=book, serial__isnull=False).order_by("serial")
    return list(rows.values_list("serial", flat=True))


def entered(desk: Desk, together: Callable[..., object] = at_once) -> list[object]:
    """Enter documents; every other one fails after it has taken its number."""
    enter = steps.enter

    def failing(dossier: object, hand: object, **told: object) -> None:
        enter(dossier, hand, **told)  # type: ignore[arg-type]
        if dossier.matter.summary.endswith("失败"):  # type: ignore[attr-defined]
            raise Unlawful("broken on purpose", code="broken")

    told = [IncomingDocument(title=f"通知{n}{'失败' if n % 2 else ''}", source="县政府") for n in range(MANY)]
    authors = [desk.by(KEEPER) for _ in told]
    with mock.patch.object(steps, "enter", failing):
        found = together(
            *[
                lambda by=by, one=one: actions.register_incoming(by, one)
                for by, one in zip(authors, told, strict=True)
            ]
        )
    assert isinstance(found, list)
    return found


def one_by_one(*works: Callable[[], Receipt]) -> list[object]:
    found: list[object] = []
    for work in works:
        try:
            found.append(work())
        except Unlawful as error:
            found.append(error)
    return found


def test_what_comes_in_at_one_moment_is_numbered_without_a_gap_though_others_fail() -> None:
    desk = Desk(make_office())
    found = entered(desk)
    assert [isinstance(one, Receipt) for one in found].count(True) == MANY // 2
    assert serials("incoming") == list(range(1, MANY // 2 + 1))
    # Nothing had to be explained away either, other than numbers of receipts.
    assert not Void.objects.exclude(book="receipt").exists()


def test_what_goes_out_at_one_moment_is_numbered_without_a_gap() -> None:
    desk = Desk(make_office())
    numbers = [signed(desk) for _ in range(4)]
    authors = [desk.by(KEEPER) for _ in numbers]
    at_once(
        *[
            lambda by=by, one=one: actions.number_document(by, one)
            for by, one in zip(authors, numbers, strict=True)
        ]
    )
    assert serials("official") == [1, 2, 3, 4]


def test_a_number_taken_ahead_of_its_transaction_would_leave_gaps() -> None:
    """The negative control: as receipts are numbered, a failure costs its number."""
    desk = Desk(make_office())

    def ahead(session: object, tenant: object, book: str) -> steps.Place:
        number = taken.pop()
        return steps.Place(f"{number}", book, 2026, number)

    taken = [allot(desk.office.tenant.id, "incoming", 2026) for _ in range(MANY)][::-1]
    with mock.patch("huiyin.matters.actions.documents.next_place", ahead):
        entered(desk, one_by_one)
    assert serials("incoming") == [1, 3, 5, 7]
