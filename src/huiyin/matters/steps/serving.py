"""How a written paper reached the person it is for, and who took it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.documents.models import Document
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import DeliveryProof
from huiyin.matters.notice_labels import RELATIONS, WAYS
from huiyin.matters.queries.serving import DECISIONS, SERVED, unproved
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.lifecycle import Stage

LONGEST: Final = 200
LEFT: Final = "left"
WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    "in_person": ("receiver", "relation"),
    "post": ("tracking",),
    "electronic": ("receiver",),
    LEFT: ("place", "reason", "witness"),
    "published": ("place",),
}
"""What a proof must say of each way, so that it proves something."""
EMPTY: Final[Mapping[str, str]] = {
    "receiver": msg("请写明谁收到的；电子送达的写收件的地址"),
    "relation": msg("请选择签收人与申请人的关系"),
    "tracking": msg("请写明邮件的单号"),
    "place": msg("请写明送达或公告的地点"),
    "reason": msg("请写明拒收的理由"),
    "witness": msg("拒收而留置的，请写明见证人"),
}


def prove(
    dossier: Dossier,
    hand: Hand,
    *,
    paper: str,
    how: str,
    served_at: datetime | None = None,
    **said: str,
) -> DeliveryProof:
    """Record how the paper of that number was served; of a decision, it is delivered by that.

    `said` may hold receiver, relation, tracking, place, reason and witness. Raises Unlawful where
    no paper waits; Invalid for a paper that waits for no proof, for a way whose proof is not whole,
    and for a time before the paper or to come.
    """
    at = served_at or hand.at
    facts = {name: said.pop(name, "").strip() for name in EMPTY}
    if said:
        raise TypeError(f"a proof does not say {sorted(said)}")
    if not waiting_for_proof(dossier):
        raise Unlawful(
            msg("没有等待登记送达的文书"),
            code="nothing_to_prove",
            remedy=msg("请先出具文书；已经登记过送达的不用再登记。"),
        )
    found = _checked(_paper(dossier, paper), hand, how, at, facts)
    dossier.record(
        e.PaperServed(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            number=found.number,
            paper=found.kind,
            how=how,
            served_at=at,
            relation=facts["relation"],
            refused=how == LEFT,
            proof_digest=dossier.digest("\n".join(facts.values()).strip()),
        )
    )
    if found.kind in DECISIONS and dossier.state.stage in {Stage.GRANTED, Stage.REFUSED}:
        dossier.record(e.Delivered(at=hand.at, actor=hand.actor, acting_for=hand.acting_for, how=how))
    return dossier.add(
        DeliveryProof(
            matter=dossier.matter,
            document=found,
            number=found.number,
            how=how,
            served_at=at,
            recorded_by_id=UUID(hand.actor),
            recorded_at=hand.at,
            **facts,
        )
    )


def _paper(dossier: Dossier, number: str) -> Document | None:
    """The paper of that number that nobody has proved yet."""
    return next((row for row in waiting_for_proof(dossier) if row.number == number), None)


def waiting_for_proof(dossier: Dossier) -> list[Document]:
    """The papers that are to be served and that nobody has proved yet."""
    made = [row for row in dossier.fresh if isinstance(row, Document)]
    proved = {row.document_id for row in dossier.fresh if isinstance(row, DeliveryProof)}
    stored = unproved(dossier.matter) if dossier.stored else []
    waiting = [*stored, *(row for row in made if row.kind in SERVED)]
    return [row for row in waiting if row.id not in proved]


def _checked(
    found: Document | None, hand: Hand, how: str, at: datetime, facts: Mapping[str, str]
) -> Document:
    """The paper, when everything said of it proves something; raises Invalid by field."""
    wrong = {name: msg("此项过长") for name, text in facts.items() if len(text) > LONGEST}
    wrong |= {name: EMPTY[name] for name in WANTED.get(how, ()) if not facts[name]}
    if how not in WAYS:
        wrong["how"] = msg("请选择送达的方式")
    if facts["relation"] and facts["relation"] not in RELATIONS:
        wrong["relation"] = EMPTY["relation"]
    if found is None:
        wrong["paper"] = msg("请选择一份已经出具、还没有登记送达的文书")
    elif at < found.issued_at.replace(second=0, microsecond=0):
        wrong["served_at"] = msg("送达时间不能早于文书出具的时间")
    if at > hand.at:
        wrong["served_at"] = msg("送达时间不能晚于现在")
    if wrong or found is None:
        raise Invalid(wrong)
    return found
