"""What was typed about whose a matter is, and about papers taken in, as the arguments of the verbs."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.doors.desk.people import chosen
from huiyin.matters import actions
from huiyin.matters.actions import By, Receipt
from huiyin.matters.steps import Paper
from huiyin.rules.errors import Invalid, msg


def led(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Choose the way of an enquiry; raises Invalid for days that are no number."""
    named = typed["to"] or typed.get("to_text", "").strip()
    days = typed["days"].strip()
    if days and not days.isdecimal():
        raise Invalid({"days": msg("请填写整数")})
    return actions.route_contact(
        by,
        number,
        way=typed["way"],
        to=chosen(by.asker, typed, "to") if named else None,
        words=typed["words"],
        department=typed["department"],
        place=typed["place"],
        phone=typed["phone"],
        days=int(days[:5]) if days else None,
    )


def kept(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Read papers line by line: name, copies, pages."""
    lines = [line.split() for line in typed["papers"].splitlines() if line.strip()]
    found = []
    for line in lines:
        numbers = [int(one) for one in line[1:] if one.isdecimal() and len(one) <= len("9999")]
        if len(numbers) + 1 != len(line) or len(line) > len(("name", "copies", "pages")):
            raise Invalid({"papers": msg("每行一种材料：名称 份数 页数，用空格隔开")})
        copies, pages = (*numbers, *(1, 0)[len(numbers) :])
        found.append(Paper(line[0], present=True, copies=copies, pages=pages or None))
    return actions.keep_papers(
        by, number, to=chosen(by.asker, typed, "to"), papers=tuple(found), contact=typed["contact"]
    )
