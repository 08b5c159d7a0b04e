"""Programs neither read the book nor write into it; those concerned say nothing about it."""

from __future__ import annotations

from dataclasses import replace

from huiyin.supervision import permissions
from huiyin.supervision.models import Opinion
from tests.factories import Office
from tests.supervision.actions.test_writing import wrote


def test_a_program_has_no_part_in_it(office: Office) -> None:
    wrote(office)
    program = replace(office.asker("main_leader"), rights=frozenset({"read"}))
    assert not permissions.may_read_opinions(program)
    assert not permissions.may_copy_opinion(program)
    assert not permissions.may_handle_opinion(program, Opinion.objects.get())
    assert permissions.may_copy_opinion(office.asker("clerk"))


def test_a_leader_in_charge_of_the_unit_is_concerned(office: Office) -> None:
    wrote(office)
    row = Opinion.objects.get()
    leader = office.asker("main_leader")
    assert permissions.may_handle_opinion(leader, row)
    over = replace(leader, overseen_unit_ids=frozenset({office.units["MZ"].id}))
    assert not permissions.may_handle_opinion(over, row)
