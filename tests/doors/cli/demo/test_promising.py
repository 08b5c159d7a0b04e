"""The demo office has published what it promises."""

from __future__ import annotations

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import Posting
from huiyin.doors.cli.demo.cast import Cast
from tests.doors.cli.demo.conftest import UNTIL


def test_the_office_and_every_unit_that_people_come_to_have_promised_and_hung_it_up(cast: Cast) -> None:
    found = catalogue.published(cast.tenant.id)
    units = {item.post.unit.id for item in cast.items}
    assert {row.unit_id for row in found} == {None, *units}
    assert set(Posting.objects.values_list("commitment", flat=True)) == {row.id for row in found}
    for row in found:
        said = " ".join(row.said.values())
        assert "%(" not in said
        names = [item.row.name for item in cast.items if item.post.unit.id == row.unit_id]
        assert all(name in said for name in names)


def test_one_unit_has_yet_to_promise_which_the_gaps_say(cast: Cast) -> None:
    gaps = catalogue.gaps(cast.tenant, UNTIL.date())
    assert [(one.what, one.unit) for one in gaps if one.what in {"commitment", "board"}] == [
        ("commitment", "党政综合办公室")
    ]
