"""Open a matter's dossier under lock, and save it: everything in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from huiyin.documents.models import Document
from huiyin.ledger import actions as ledger
from huiyin.ledger.actions import Entry
from huiyin.matters import permissions, queries, rows, steps
from huiyin.matters.actions import messages
from huiyin.matters.actions.commands import By, Receipt, Session
from huiyin.matters.actions.indexing import keep_texts
from huiyin.matters.dossier import Dossier, Hand, Numbers
from huiyin.matters.models import CoverAct, Matter
from huiyin.obligations import actions as obligations
from huiyin.obligations import queries as duties
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person
from huiyin.organisation.queries import Asker
from huiyin.rules.docket import Docket
from huiyin.rules.errors import Conflict, msg
from huiyin.rules.events import Event
from huiyin.rules.identifiers import receipt_number
from huiyin.rules.regimes import post_substitution
from huiyin.rules.vocabulary import JSONValue
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage import inserting

ROOM = "matters"

BOOKS = {
    "receipt": "receipt",
    "notice": "告",
    "acceptance": "受",
    "pause": "特",
    "extension": "延",
    "filing": "报备",
    "refusal": "不予",
    "return": "退",
    "correction": "纠",
    "grant": "准",
    "reply": "复",
    "incoming": "收",
    "official": "发",
    "letter": "函",
    "office": "办",
}


def open_dossier(session: Session, number: str) -> Dossier:
    """The matter's dossier, locked, as time left it; raises NotFound for what is not theirs to see.

    Raises Conflict when the person acted on an older version than there is.
    """
    by = session.by
    matter = queries.locked(by.asker, number)
    if by.version is not None and by.version != matter.version:
        raise Conflict(
            msg("这件事刚刚有了新进展，您看到的不是最新内容"),
            code="stale",
            remedy=msg("请刷新页面后再操作。"),
        )
    dossier = load_dossier(session, matter)
    steps.catch_up(dossier, by.at)
    return dossier


def handled(session: Session, number: str) -> tuple[Dossier, Hand]:
    """The dossier and the hand, for a step that only the custodian or the stand-in takes."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_handle(by.asker, by.acting_for, dossier.matter).require()
    return dossier, hand_of(by)


def load_dossier(session: Session, matter: Matter) -> Dossier:
    """The dossier of a locked matter."""
    owed = tuple(duties.as_owed(row) for row in duties.of_subject(matter.id))
    return Dossier(
        tenant=matter.tenant,
        matter=matter,
        law=queries.law_for(matter, session.by.at),
        numbers=numbers_of(session, matter.tenant.receipt_prefix),
        people=person_finder(matter.tenant_id, known=(matter.custodian,)),
        stored=True,
        item=matter.item,
        docket=Docket(rows.state_of(matter), owed),
        before=owed,
    )


def unasked(matter: Matter, at: datetime) -> Session:
    """The session of what the rules bring about without anybody asking; it takes no number."""
    return Session(By(queries.public_asker(matter.tenant, at, "worker"), at, key=""), _no_numbers)


def _no_numbers(book: str) -> int:
    raise LookupError(f"what happens by itself takes no number, not even of {book}")


def hand_of(by: By) -> Hand:
    """The hand that takes the step; raises Forbidden for acting for somebody not absent."""
    permissions.may_act_for(by.asker, by.acting_for).require()
    return Hand(by.actor, by.at, str(by.acting_for or ""))


def power_of(by: By) -> Asker:
    """Whose power is used: the asker's own, or what standing in for the absent colleague lends."""
    return organisation.lent_power(by.asker, by.acting_for)


def numbers_of(session: Session, prefix: str) -> Numbers:
    """Where the dossier's numbers come from: the command's books, in the office's own form."""
    year = session.by.at.astimezone(SHANGHAI).year
    return lambda book: printed(book, prefix, year, session.take_number(book))


def printed(book: str, prefix: str, year: int, serial: int) -> str:
    """A number as it is printed: receipts with a check character, papers by their book."""
    if book == "receipt":
        return receipt_number(prefix, year, serial)
    return f"{prefix}{BOOKS[book]}〔{year}〕{serial}号"


def person_finder(tenant_id: UUID, known: Iterable[Person] = ()) -> Callable[[str], Person]:
    """A look-up of the office's own people by id, each read once."""
    found = {str(person.id): person for person in known}

    def find(person_id: str) -> Person:
        if person_id not in found:
            found[person_id] = organisation.colleague(tenant_id, UUID(person_id))
        return found[person_id]

    return find


def save(session: Session, dossier: Dossier, *, code: str = "") -> Receipt:
    """Write everything the steps made: row, ledger, obligations, findings, papers, messages."""
    by, matter = session.by, dossier.matter
    if dossier.stored:
        matter.save(force_update=True)
    else:
        inserting.insert([matter])
        keep_texts([matter])
    head = ledger.append(
        tenant_id=matter.tenant_id,
        room=ROOM,
        subject_id=matter.id,
        entries=entries(dossier.events, via=by.asker.via, token=by.asker.token),
        recorded_at=by.at,
        new=not dossier.stored,
    )
    for made in (*by_kind(dossier.fresh), _cover_acts(dossier)):
        inserting.insert(made)
    for row in dossier.touched.values():
        row.save(force_update=True)
    about = subject(dossier)
    owed = dossier.docket.owed if dossier.docket else ()
    obligations.settle(about, dossier.before, owed)
    obligations.note(about, dossier.findings)
    messages.post(dossier, by)
    return Receipt(
        number=matter.number,
        stage=matter.stage,
        version=matter.version,
        at=by.at.isoformat(),
        event_hash=bytes(head.hash).hex(),
        code=code,
        documents=tuple(str(row.id) for row in dossier.fresh if isinstance(row, Document)),
    )


def _cover_acts(dossier: Dossier) -> list[Model]:
    """What a stand-in did, on record as theirs, where the rulebook has them answer for it (p2…3.d)."""
    book = dossier.law.book
    if not book.has(post_substitution.LIABILITY):
        return []
    return [
        CoverAct(
            tenant_id=dossier.matter.tenant_id,
            matter=dossier.matter,
            actor_id=UUID(event.actor),
            acting_for_id=UUID(event.acting_for),
            kind=event.kind,
            clause=book.cite(post_substitution.LIABILITY),
            at=event.at,
        )
        for event in dossier.events
        if event.acting_for
    ]


def subject(dossier: Dossier) -> obligations.Subject:
    """What the matter's obligations are about."""
    return obligations.Subject(dossier.matter.tenant_id, ROOM, dossier.matter.id, dossier.law.book.version)


def by_kind(fresh: Iterable[Model]) -> Iterable[list[Model]]:
    """New rows, kind by kind, in the order the kinds first appear."""
    kinds: dict[type[Model], list[Model]] = {}
    for row in fresh:
        kinds.setdefault(type(row), []).append(row)
    return kinds.values()


def entries(events: Iterable[Event], *, via: str, token: str = "") -> list[Entry]:
    """Ledger entries for events, with people named as the ledger names them.

    `token` names the integration of the program that acted for them.
    """
    through: dict[str, JSONValue] = {"token": token} if token else {}
    return [
        Entry(
            kind=event.kind,
            at=event.at,
            actor=_named(event.actor),
            acting_for=_named(event.acting_for),
            via=via,
            body={**event.body(), **through},
        )
        for event in events
    ]


def _named(who: str) -> str:
    return who if who in {"", "applicant", "system"} else f"person:{who}"
