"""What is done with an outgoing document, and the archive, which takes in both."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters import permissions, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.documents import next_place
from huiyin.matters.actions.documents_in import a_leader, colleague
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, power_of, save
from huiyin.rules.errors import Invalid, msg


@command("submit_draft")
def submit_draft(session: Session, number: str, *, text: str, to: UUID) -> Receipt:
    """Put the draft before a colleague who checks it, never before oneself."""
    dossier, hand = handled(session, number)
    checker = colleague(session.by, to, "to")
    if str(checker.id) in {hand.actor, hand.acting_for, *steps.authors(dossier)}:
        raise Invalid({"to": msg("不能由拟稿人自己核稿")})
    steps.draft(dossier, hand, text=text, to=str(checker.id))
    return save(session, dossier)


@command("check_draft")
def check_draft(session: Session, number: str, *, to: UUID, opinion: str = "") -> Receipt:
    """Find the draft in order, and put it before the leader who signs."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_act_on_routing(by.asker, by.acting_for, dossier.matter, steps.CHECKER).require()
    leader = str(a_leader(by, to, "to").id)
    if leader in steps.authors(dossier):
        raise Invalid({"to": msg("不能由拟稿人自己签发")})
    steps.check_draft(dossier, hand_of(by), opinion=opinion.strip(), to=leader)
    return save(session, dossier)


@command("return_draft")
def return_draft(session: Session, number: str, *, opinion: str) -> Receipt:
    """Give the draft back, as whoever checks or signs it."""
    dossier = open_dossier(session, number)
    by = session.by
    role = steps.SIGNER if dossier.matter.stage == "to_sign" else steps.CHECKER
    permissions.may_act_on_routing(by.asker, by.acting_for, dossier.matter, role).require()
    steps.return_draft(dossier, hand_of(by), opinion=opinion)
    return save(session, dossier)


@command("ask_countersign")
def ask_countersign(session: Session, number: str, *, to: UUID) -> Receipt:
    """Ask a colleague of another unit to countersign."""
    dossier, hand = handled(session, number)
    asked = colleague(session.by, to, "to")
    if str(asked.id) in {hand.actor, *steps.authors(dossier)}:
        raise Invalid({"to": msg("拟稿人不用会签自己的文件")})
    steps.ask_countersign(dossier, hand, to=str(asked.id))
    return save(session, dossier)


@command("countersign")
def countersign(session: Session, number: str, *, opinion: str = "") -> Receipt:
    """Countersign, as one of those asked."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_act_on_routing(by.asker, by.acting_for, dossier.matter, steps.COUNTERSIGNER).require()
    steps.countersign(dossier, hand_of(by), opinion=opinion)
    return save(session, dossier)


@command("sign_document")
def sign_document(session: Session, number: str, *, opinion: str = "") -> Receipt:
    """Sign it to be issued, as the leader it was put before."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_act_on_routing(by.asker, by.acting_for, dossier.matter, steps.SIGNER).require()
    permissions.may_sign(power_of(by)).require()
    steps.sign(dossier, hand_of(by), opinion=opinion)
    return save(session, dossier)


@command("number_document")
def number_document(session: Session, number: str) -> Receipt:
    """Give the signed document its number, as whoever keeps the register."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_keep_register(by.asker, power_of(by)).require()
    book = dossier.official().book
    steps.number(dossier, hand_of(by), place=next_place(session, dossier.tenant, book))
    return save(session, dossier)


@command("dispatch_document")
def dispatch_document(session: Session, number: str, *, how: str) -> Receipt:
    """Send the document out, as whoever keeps the register."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_keep_register(by.asker, power_of(by)).require()
    steps.dispatch(dossier, hand_of(by), how=how)
    return save(session, dossier)


@command("void_document")
def void_document(session: Session, number: str, *, reason: str) -> Receipt:
    """Declare a document void that was entered by mistake, as whoever keeps the register.

    Its number stays used, and it counts in no statistics. Raises Unlawful for one that has
    gone out or was filed away, and while somebody is asked for more time.
    """
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_keep_register(by.asker, power_of(by)).require()
    steps.void(dossier, hand_of(by), reason=reason)
    return save(session, dossier)


@command("archive_document")
def archive_document(session: Session, number: str, *, archive_number: str) -> Receipt:
    """File the document in the archive, as whoever keeps the register; that ends the matter."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_keep_register(by.asker, power_of(by)).require()
    steps.archive(dossier, hand_of(by), archive_number=archive_number)
    return save(session, dossier)
