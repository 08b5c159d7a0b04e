"""Ask a leader before refusing (请示), and give papers back after a refusal."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters import papers
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import Instruction, MaterialReturn
from huiyin.matters.refusal_labels import IDENTITIES
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.regimes import refusal_filing


def ask_instruction(dossier: Dossier, hand: Hand, *, to: str, question: str) -> Instruction:
    """Ask whether to refuse; raises Invalid for an empty question.

    Not one with `guiding.route`, which asks a leader whose an enquiry is: that answer is words alone,
    this one is a yes or a no that opens the refusal, and a clause of another regime demands it.
    """
    if not question.strip():
        raise Invalid({"question": msg("请写明请示的事由")}, clause=dossier.cite(refusal_filing.POWER))
    dossier.record(
        e.InstructionAsked(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            to=to,
            question_digest=dossier.digest(question),
        )
    )
    return dossier.add(
        Instruction(
            matter=dossier.matter,
            asked_by_id=UUID(hand.actor),
            asked_at=hand.at,
            asked_of_id=UUID(to),
            question=question,
        )
    )


def give_instruction(dossier: Dossier, hand: Hand, *, allows: bool, answer: str) -> None:
    """Answer the question; raises Invalid for an empty answer."""
    if not answer.strip():
        raise Invalid({"answer": msg("请写明答复意见")}, clause=dossier.cite(refusal_filing.POWER))
    dossier.record(
        e.InstructionGiven(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            allows=allows,
            answer_digest=dossier.digest(answer),
        )
    )
    row = dossier.open_instruction()
    row.answered_by_id, row.answered_at = UUID(hand.actor), hand.at
    row.allows, row.answer = allows, answer
    dossier.touch(row)


def ask_return(dossier: Dossier, hand: Hand) -> MaterialReturn:
    """The applicant wants the papers back: nobody can say no (p3.refusal-filing.5)."""
    _something_to_return(dossier)
    dossier.record(e.ReturnAsked(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    return dossier.add(MaterialReturn(matter=dossier.matter, asked_at=hand.at))


def give_back(dossier: Dossier, hand: Hand, *, identity: str, receiver: str, signed: bool) -> MaterialReturn:
    """Hand the papers back, with a slip; raises Invalid without a proof of identity and a signature."""
    wrong = {}
    if identity not in IDENTITIES:
        wrong["identity"] = msg("请选择查验的身份证明")
    if not receiver.strip():
        wrong["receiver"] = msg("请写明领取人姓名")
    if not signed:
        wrong["signed"] = msg("领取人签收后才能退还")
    if wrong and dossier.law.book.has(refusal_filing.RETURN):
        raise Invalid(wrong, clause=dossier.cite(refusal_filing.RETURN))
    _something_to_return(dossier)
    if not dossier.state.return_asked:
        ask_return(dossier, hand)
    number = dossier.numbers("return")
    slip = papers.return_slip(dossier, hand, number=number, identity=IDENTITIES[identity], receiver=receiver)
    document = dossier.issue(slip, hand)
    dossier.record(
        e.MaterialsReturned(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            number=number,
            identity=identity,
            receiver_digest=dossier.digest(receiver),
            document_digest=document.content_digest,
        )
    )
    row = dossier.open_return()
    row.returned_at, row.returned_by_id = hand.at, UUID(hand.actor)
    row.number, row.identity, row.receiver, row.signed = number, identity, receiver, True
    for held in dossier.materials():
        if held.present:
            held.present, held.returned_at = False, hand.at
            dossier.touch(held)
    return dossier.touch(row)


def _something_to_return(dossier: Dossier) -> None:
    if dossier.state.returned:
        raise Unlawful(msg("材料已经退还并签收"), code="already_returned")
    if dossier.law.book.has(refusal_filing.RETURN) and not any(row.present for row in dossier.materials()):
        raise Unlawful(
            msg("没有收取材料的记录，没有可以退还的材料"),
            code="nothing_to_return",
            remedy=msg("请先登记收到的材料。"),
        )
