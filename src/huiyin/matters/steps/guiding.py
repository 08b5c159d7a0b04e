"""Leading somebody on, asking a leader, and taking papers in for a colleague."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypedDict, Unpack
from uuid import UUID

from huiyin.catalogue.models import ServiceItem
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import Deposit, Guidance
from huiyin.matters.steps.custody import offer
from huiyin.matters.steps.deciding import answer
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.matters.steps.receiving import LONGEST_NAME, MOST_COPIES, Paper
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.regimes import first_responder
from huiyin.rules.vocabulary import Limit, Unit

LONGEST: Final = 2000
LONGEST_LINE: Final = 200
_DETAILS: Final = {"department": "department", "place": "address", "phone": "phone"}
"""What may be told of where to turn, by its name here and in the rulebooks."""


class Told(TypedDict, total=False):
    """What is written down with a way, each in words.

    `words` are what the person was told or a colleague is asked, `department`, `place` and `phone` where to
    turn, `unknown` why that is not all of it; `items` what to bring, a line each; `advice` what to do
    instead of an answer; `policy` the one by which it cannot be done.
    """

    words: str
    department: str
    place: str
    phone: str
    items: str
    unknown: str
    advice: str
    policy: str


_WHERE: Final = frozenset(_DETAILS)
_TAKES: Final[Mapping[e.Route, frozenset[str]]] = {
    e.Route.OWN: frozenset({"words", "days", "items"}),
    e.Route.COLLEAGUE: frozenset({"to", "words", "place", "phone"}),
    e.Route.SHARED: frozenset({"to", "words", "department"}),
    e.Route.OUTSIDE: _WHERE | {"words", "unknown"},
    e.Route.UNCLEAR: frozenset({"to", "words"}),
    e.Route.UNABLE: _WHERE | {"words", "advice"},
    e.Route.BARRED: frozenset({"words", "item", "policy"}),
}
"""What belongs to each way. The desk hides the rest, which is sent all the same after a change of mind."""


def takes(way: str, name: str) -> bool:
    """Whether a way takes what goes by this name; one that has no name takes nothing."""
    return way in set(e.Route) and name in _TAKES[e.Route(way)]


def route(
    dossier: Dossier,
    hand: Hand,
    *,
    way: str,
    to: str = "",
    days: int | None = None,
    item: ServiceItem | None = None,
    **told: Unpack[Told],
) -> Guidance:
    """Choose the way of an enquiry and keep what it takes; a colleague named is offered it.

    What is not the office's, cannot be done by the rules, or has no answer here is answered with what the
    person was told, and the `advice` they got instead. What cannot be done rests on an `item` or a `policy`,
    as far as one is named: without, the answer stands as uncited where the regulation wants one.

    Raises Invalid for a way without a name and for words that cannot stand, Unlawful for a demand not met.
    """
    given = {name: str(told.get(name, "")) if takes(way, name) else "" for name in Told.__annotations__}
    days = days if takes(way, "days") else None
    policy = given.pop("policy")
    words, advice, department = given["words"], given["advice"], given["department"]
    _check_way(way, given, days)
    chosen = e.Route(way)
    refuse_banned(dossier, hand, words=words if chosen is e.Route.OWN else "")
    dossier.record(
        e.Routed(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            route=chosen,
            to=to,
            named=bool(given["phone"].strip()),
            limit=Limit(days, Unit.WORKING_DAY) if days else None,
            # Where to turn is no explanation: that takes words.
            words_digest=dossier.digest(words.strip()),
            where_digest=dossier.digest("\n".join(given[name].strip() for name in _DETAILS).strip()),
            bodies=len(first_responder.bodies(department)) if chosen is e.Route.SHARED else 0,
            items=len(first_responder.bodies(given["items"])),
            given=tuple(_DETAILS[name] for name in _DETAILS if given[name].strip()),
            excused=bool(given["unknown"].strip()),
            advice_digest=dossier.digest(advice.strip()),
        )
    )
    row = dossier.add(
        Guidance(
            matter=dossier.matter,
            route=chosen.value,
            chosen_by_id=UUID(hand.actor),
            chosen_at=hand.at,
            to_id=UUID(to) if to else None,
            **given,
        )
    )
    if chosen is e.Route.COLLEAGUE and to and to != dossier.state.custodian:
        offer(dossier, hand, to=to, reason=words)
    if chosen is e.Route.OUTSIDE or chosen in e.ENDINGS:
        rests_on = (item, policy) if chosen is e.Route.BARRED else (None, "")
        _answer(dossier, hand, chosen, _told(given), rests_on)
    return row


def _answer(
    dossier: Dossier, hand: Hand, way: e.Route, told: str, rests_on: tuple[ServiceItem | None, str]
) -> None:
    """What the person was told is the answer; a way that ends the question as such says so."""
    ending = way.value if way in e.ENDINGS else ""
    answer(dossier, hand, reply=told, ending=ending, item=rests_on[0], policy=rests_on[1])


def _check_way(way: str, given: dict[str, str], days: int | None) -> None:
    wrong = {} if way in set(e.Route) else {"way": msg("请从所列的归属中选择一种")}
    for name, text in given.items():
        if len(text) > (LONGEST_LINE if name in _DETAILS else LONGEST):
            wrong[name] = msg("此项过长")
    if days is not None and not 1 <= days <= MOST_COPIES:
        wrong["days"] = msg("请填写至少1个工作日")
    if wrong:
        raise Invalid(wrong)


def _told(given: Mapping[str, str]) -> str:
    """What the person was told and advised, with where to turn as far as it is known."""
    called = {
        "words": "",
        "advice": msg("指导帮助："),
        "department": msg("承办部门："),
        "place": msg("地址："),
        "phone": msg("联系电话："),
    }
    return "\n".join(name + given[one].strip() for one, name in called.items() if given[one].strip())


def instruct(dossier: Dossier, hand: Hand, *, words: str) -> Guidance:
    """The leader who was asked says how to go on; raises Invalid without words."""
    if not words.strip() or len(words) > LONGEST:
        raise Invalid(
            {"words": msg("请写明批示，不超过2000字")},
            clause=dossier.cite(first_responder.ROUTES[e.Route.UNCLEAR]),
        )
    row = dossier.asked_leader()
    dossier.record(
        e.Instructed(
            at=hand.at, actor=hand.actor, acting_for=hand.acting_for, words_digest=dossier.digest(words)
        )
    )
    row.answer = words
    row.answered_by_id = UUID(hand.actor)
    row.answered_at = hand.at
    return dossier.touch(row)


def keep_papers(
    dossier: Dossier, hand: Hand, *, to: str, papers: Sequence[Paper], contact: str = ""
) -> Deposit:
    """Take papers in for a colleague; they count as passed on when that one has taken them.

    Raises Invalid for what no list could hold, Unlawful where the rulebook demands more.
    """
    _check_list(papers, contact)
    dossier.record(
        e.PapersKept(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            to=to,
            count=sum(one.copies for one in papers),
            reachable=bool(contact.strip() or dossier.matter.applicant_phone),
            contact_digest=dossier.digest(contact),
        )
    )
    return dossier.add(
        Deposit(
            matter=dossier.matter,
            to_id=UUID(to),
            kept_by_id=UUID(hand.actor),
            kept_at=hand.at,
            contact=contact,
            papers=[{"name": one.name, "copies": one.copies, "pages": one.pages} for one in papers],
        )
    )


def _check_list(papers: Sequence[Paper], contact: str) -> None:
    wrong = {}
    if any(not one.name.strip() or len(one.name) > LONGEST_NAME for one in papers):
        wrong["papers"] = msg("材料名称须填写，不超过200字")
    elif any(
        not 1 <= one.copies <= MOST_COPIES or not 0 <= (one.pages or 0) <= MOST_COPIES for one in papers
    ):
        wrong["papers"] = msg("材料的份数、页数请填1到9999的数字")
    if len(contact) > LONGEST_LINE:
        wrong["contact"] = msg("此项过长")
    if wrong:
        raise Invalid(wrong)


def take_papers(dossier: Dossier, hand: Hand) -> Deposit:
    """The colleague takes over, counted, what was taken in for them."""
    row = dossier.kept_for(hand.principal)
    dossier.record(
        e.PapersTaken(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            count=sum(int(one["copies"]) for one in row.papers),
        )
    )
    row.taken_by_id = UUID(hand.actor)
    row.taken_at = hand.at
    return dossier.touch(row)
