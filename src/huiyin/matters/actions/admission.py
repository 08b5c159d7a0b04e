"""What the office's regulation demands of a registration before anything is stored."""

from __future__ import annotations

from datetime import date
from typing import Final

from huiyin.matters.actions.commands import By
from huiyin.matters.actions.requests import Request
from huiyin.matters.models import Matter
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.events import Channel, MatterKind, Nature
from huiyin.rules.regimes import first_responder, time_limit
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI

LONGEST_RECORD: Final = 5000
BY_HAND: Final = frozenset({Channel.COUNTER, Channel.LETTER})
"""How papers reach the office themselves."""


def words(request: Request, wrong: dict[str, str]) -> None:
    """Say what is wrong with the nature of a contact and with the record of a weighty one."""
    if request.nature not in set(Nature):
        wrong["nature"] = msg("请选择来意：办事咨询、意见建议或投诉举报")
    if len(request.record) > LONGEST_RECORD:
        wrong["record"] = msg("重大事项记录请不超过5000字")


def demand(by: By, request: Request, responder: Person, book: Rulebook) -> None:
    """Refuse what the regulation does not let be registered so; raises Invalid with the clause."""
    day = by.at.astimezone(SHANGHAI).date()
    _recorded(request, book)
    if by.applicant:
        return
    _on_duty(by, request, responder, book, day)
    _registered_in_full(request, book, day)


def takes_receipt(matter: Matter, book: Rulebook, *, papers: bool) -> bool:
    """Whether the papers must be counted and signed for on the spot (p3.time-limit.3.a).

    By telephone and online an application comes without papers; where some are there all the same
    (`papers`), they are signed for like any others.
    """
    signed_for = time_limit.signed_for(matter.kind, instant=matter.instant, book=book)
    return signed_for and (papers or matter.channel in BY_HAND)


def _recorded(request: Request, book: Rulebook) -> None:
    if request.important and book.has(first_responder.MAJOR) and not request.record.strip():
        raise Invalid(
            {"record": msg("重大或重要事项要写下书面记录")},
            clause=book.cite(first_responder.MAJOR),
        )


def _on_duty(by: By, request: Request, responder: Person, book: Rulebook, day: date) -> None:
    """Whoever was asked was there to be asked; a stand-in registers in the absent colleague's name."""
    if by.acting_for == responder.id or not book.has(first_responder.ON_DUTY):
        return
    ways = book.clause(first_responder.ON_DUTY).on(day).get("ways")
    if ways and request.channel not in ways:
        return
    if organisation.is_absent(responder.id, by.at):
        raise Invalid(
            {"first_responder": msg("%(name)s现在不在岗，首问责任人是在岗被问到的人")},
            clause=book.cite(first_responder.ON_DUTY),
            params={"name": responder.name},
        )


def _registered_in_full(request: Request, book: Rulebook, day: date) -> None:
    """What is not settled on the spot is registered with who asked and how to reach them."""
    if request.kind != MatterKind.ENQUIRY or request.answer_at_once or not book.has(first_responder.REGISTER):
        return
    if request.channel not in book.clause(first_responder.REGISTER).on(day).get("ways", ()):
        return
    wrong: dict[str, str] = {}
    if not request.applicant_name.strip():
        wrong["applicant_name"] = msg("当场办不了的要登记来人姓名")
    if not (request.applicant_phone or request.applicant_email).strip():
        wrong["applicant_phone"] = msg("当场办不了的要登记联系方式")
    if wrong:
        raise Invalid(wrong, clause=book.cite(first_responder.REGISTER))
