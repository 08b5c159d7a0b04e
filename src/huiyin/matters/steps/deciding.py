"""Answers, decisions, delivery, ratings and the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.catalogue.models import ServiceItem
from huiyin.matters import papers
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.labels import CHANNELS, DELIVERIES
from huiyin.matters.models import StepNote
from huiyin.matters.notice_labels import WITHDRAWERS
from huiyin.matters.steps.filling import names_a_policy, says_none
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.matters.steps.refusing import check_archive
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.lifecycle import Stage
from huiyin.rules.regimes import first_responder, service_commitment
from huiyin.rules.workdays import SHANGHAI

LONGEST_POLICY: Final = 200
CITED: Final = "cited"
UNCITED: Final = "none"
REPLY = "reply"
LONGEST_NAME: Final = 200


def answer(
    dossier: Dossier,
    hand: Hand,
    *,
    reply: str,
    ending: str = "",
    item: ServiceItem | None = None,
    policy: str = "",
) -> None:
    """Answer an enquiry; raises Invalid for an empty reply or one with a brush-off phrase.

    `ending` is the way that ends it as such, one of `events.ENDINGS`; `item` and `policy` are what the
    answer rests on. Where the regulation wants answers to keep to the policies, one that names neither
    stands as uncited: a policy is one that somebody could look up, and "none" is not kept as one.
    """
    check_reply(dossier, hand, reply)
    policy = "" if says_none(policy) else policy.strip()
    if len(policy) > LONGEST_POLICY:
        raise Invalid({"policy": msg("此项过长")})
    named = "；".join(one for one in (f"《{item.name}》" if item else "", policy) if one)
    said = reply + "\n" + msg("依据：") + named if named else reply
    content = papers.reply(dossier, hand, number=dossier.numbers("reply"), answer=said)
    dossier.issue(content, hand)
    dossier.record(
        e.Answered(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            reply_digest=dossier.digest(reply),
            ending=ending,
            item=str(item.id) if item else "",
            policy_digest=dossier.digest(policy),
            handled=first_responder.handles_by_answering(dossier.state, hand.principal, dossier.law.book),
        )
    )
    matter = dossier.matter
    matter.reply, matter.reply_item, matter.reply_policy = reply, item, policy
    if _to_cite(dossier):
        matter.reply_basis = CITED if item or names_a_policy(policy) else UNCITED


def _to_cite(dossier: Dossier) -> bool:
    """Whether what was asked is answered from the policies.

    Not where somebody was sent elsewhere, nor where nobody here has an answer.
    """
    state = dossier.state
    elsewhere = state.route in {e.Route.OUTSIDE, e.Route.UNABLE}
    return (
        state.kind is e.MatterKind.ENQUIRY and not elsewhere and dossier.law.book.has(first_responder.CITED)
    )


def grant(dossier: Dossier, hand: Hand, *, reply: str) -> None:
    """Grant the application in writing; the reply says what the applicant gets and how."""
    check_reply(dossier, hand, reply)
    content = papers.grant_decision(dossier, hand, number=dossier.numbers("grant"), result=reply)
    document = dossier.issue(content, hand)
    dossier.record(
        e.Granted(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            document_digest=document.content_digest,
        )
    )
    dossier.matter.reply, dossier.matter.decided_by_id = reply, UUID(hand.actor)


def deliver(dossier: Dossier, hand: Hand, *, how: str) -> None:
    """The decision reached the applicant, and how: one of `labels.DELIVERIES`."""
    check_how(how)
    dossier.record(e.Delivered(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, how=how))


def rate(
    dossier: Dossier,
    hand: Hand,
    *,
    score: int,
    comment: str = "",
    missed: Sequence[str] = (),
    reception: int = 0,
) -> None:
    """The person served rates the matter once, from 1 to 5.

    `missed` are the points that were not kept towards them, of those the rulebook names; `reception` is
    how whoever was asked first received them, from 1 to 5 or 0, where the rulebook has it rated and somebody
    met them: not after a letter or online.
    """
    if score not in range(1, 6):
        raise Invalid({"score": msg("请选择1到5星")})
    rated = service_commitment.rates_reception(dossier.state.channel, dossier.law.book)
    if reception not in range(6) or (reception and not rated):
        raise Invalid({"reception": msg("这件事不评接待，或者所选的不是1到5星")})
    points = service_commitment.not_kept_choices(dossier.law.book, hand.on)
    if not points.keys() >= set(missed):
        raise Invalid({"missed": msg("只能从所列的各项中选择")})
    kept = tuple(one for one in points if one in missed)
    digest = dossier.digest(comment)
    dossier.record(
        e.Rated(
            at=hand.at,
            actor=hand.actor,
            score=score,
            comment_digest=digest,
            missed=kept,
            reception=reception,
            responder=dossier.state.first_responder if reception else "",
        )
    )
    dossier.matter.reception_rating = reception
    dossier.matter.rating_comment = comment
    dossier.matter.rating_missed = list(kept)


def withdraw(
    dossier: Dossier,
    hand: Hand,
    *,
    reason: str,
    withdrawn_by: str = "",
    relation: str = "self",
    how: str = "",
    declared_at: datetime | None = None,
) -> None:
    """The applicant takes it back; what was still owed is set aside.

    Raises Invalid without a reason, which is the reply on record. Of an application, and where every
    contact has its outcome and reply, also without who took it back (`withdrawn_by`), what they are to
    the applicant (`relation`, one of `notice_labels.WITHDRAWERS`), `how` (one of `labels.CHANNELS`) and
    when (`declared_at`; now, unless it was before) (p1.service-commitment.4, p4.service-commitment.4).
    """
    if not reason.strip():
        raise Invalid({"reason": msg("请写明撤回的原因")}, clause=dossier.cite(REPLY))
    who, said_at = withdrawn_by.strip(), declared_at or hand.at
    proof = first_responder.asks_who_withdrew(dossier.state.kind, dossier.law.book)
    if proof:
        told = {"withdrawn_by": who, "relation": relation, "how": how}
        _check_declared(dossier, hand, told, said_at)
    before, asked = dossier.state.stage, dossier.state.extension_by
    dossier.record(
        e.Withdrawn(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            reason_digest=dossier.digest(reason),
            by_digest=dossier.digest(who) if proof else "",
            relation=relation if proof else "",
            how=how if proof else "",
            declared_at=said_at.astimezone(SHANGHAI) if proof else None,
        )
    )
    if proof:
        dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=who))
    dossier.matter.reply = reason
    if asked:
        dossier.touch(dossier.waiting_extension()).withdrawn_at = hand.at
    if before is Stage.PAUSED:
        dossier.touch(dossier.running_pause()).ended_at = hand.at
    if before in {Stage.REFUSAL_PROPOSED, Stage.REFUSAL_FILED}:
        filing = dossier.touch(dossier.open_filing())
        filing.ended_at = hand.at
        filing.ending = "withdrawn"


def _check_declared(dossier: Dossier, hand: Hand, told: Mapping[str, str], said_at: datetime) -> None:
    wrong = {}
    if not told["withdrawn_by"] or len(told["withdrawn_by"]) > LONGEST_NAME:
        wrong["withdrawn_by"] = msg("请写明是谁撤回的，不超过200字")
    if told["relation"] not in WITHDRAWERS:
        wrong["relation"] = msg("请选择撤回的是本人还是代理人")
    if told["how"] not in CHANNELS:
        wrong["how"] = msg("请选择是怎样表示撤回的")
    # A form knows of no seconds: what was said in the minute of the receipt was said after it.
    if not dossier.matter.received_at.replace(second=0, microsecond=0) <= said_at <= hand.at:
        wrong["declared_at"] = msg("撤回的时间应在收件以后、现在以前")
    if wrong:
        part = first_responder.proves_withdrawal(dossier.state.kind, dossier.law.book)
        raise Invalid(wrong, clause=dossier.cite(part or REPLY))


def close(dossier: Dossier, hand: Hand) -> None:
    """End the matter; it needs an outcome and a reply (p4.service-commitment.4), a refused one its file.

    Nobody can be answered who did not say who they are: an anonymous report needs its outcome alone.
    """
    check_archive(dossier)
    dossier.record(e.Closed(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    if not dossier.matter.reply.strip() and not dossier.state.anonymous:
        raise Invalid({"reply": msg("没有答复，不能归结")}, clause=dossier.cite(REPLY))


def note(dossier: Dossier, hand: Hand, *, step: str) -> None:
    """Note a step of the work; its words are kept apart from the event, which holds their digest."""
    dossier.record(
        e.StepRecorded(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            step_digest=dossier.digest(step),
        )
    )
    # As many events as the version says: the step is the latest of them.
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=step))


def reissue(dossier: Dossier, hand: Hand, *, code_hash: str) -> None:
    """Replace the query code; the old one opens nothing from now on."""
    dossier.record(e.CodeReissued(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    dossier.matter.code_hash = code_hash


def check_how(how: str) -> None:
    """Refuse a way of telling that has no name."""
    if how not in DELIVERIES:
        raise Invalid({"how": msg("请选择送达或告知的方式")})


def check_reply(dossier: Dossier, hand: Hand, reply: str) -> None:
    """Refuse an empty reply and the phrases the rulebook bans."""
    if not reply.strip():
        raise Invalid({"reply": msg("请写明答复内容")}, clause=dossier.cite(REPLY))
    refuse_banned(dossier, hand, reply=reply)
