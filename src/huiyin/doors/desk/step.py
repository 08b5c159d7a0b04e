"""A verb's form: what it asks for, what its button says, and how what was typed becomes its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from huiyin.doors.desk.people import chosen
from huiyin.doors.forms import Field
from huiyin.matters.actions import By, Receipt
from huiyin.rules.errors import Invalid, msg

Typed = Mapping[str, str]
Run = Callable[[By, str, Typed], Receipt]


@dataclass(frozen=True, slots=True)
class Step:
    """A verb's form. `go` is what its last button says; `hint` what the verb does to people.

    `grave` verbs stand apart. What `leads` is on the way to an answer or a decision; the
    first such verb is the one to press.
    """

    fields: tuple[Field, ...]
    run: Run
    go: str
    hint: str = ""
    grave: bool = False
    leads: bool = True


def plain(verb: Callable[..., Receipt]) -> Run:
    """A verb that takes what was typed as it is."""

    def run(by: By, number: str, typed: Typed) -> Receipt:
        return verb(by, number, **typed)

    return run


def naming(verb: Callable[..., Receipt], *others: str) -> Run:
    """A verb that names a colleague, and the fields it takes besides as they were typed."""

    def run(by: By, number: str, typed: Typed) -> Receipt:
        more = {name: typed[name] for name in others}
        return verb(by, number, to=chosen(by.asker, typed, "to"), **more)

    return run


def person(label: str) -> Field:
    """The field for the colleague whom a verb names."""
    return Field("to", label, "person", help=msg("输入姓名或工号，从列表中选择"))


def opinion(*, required: bool = False, longest: int = 1000) -> Field:
    """The field for what a leader says."""
    return Field("opinion", msg("意见"), "textarea", required=required, max_length=longest, rows=2)


def whole(text: str, field: str) -> int:
    """Read a whole number; raises Invalid for anything else."""
    try:
        return int(text)
    except ValueError as error:
        raise Invalid({field: msg("请填写整数")}) from error
