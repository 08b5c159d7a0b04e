"""Asking other units before the notice, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import Consultation, MaterialCheck
from huiyin.matters.steps.receiving import LONGEST_NAME, Paper
from huiyin.rules import events as e
from huiyin.rules import joint
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.lifecycle import Stage

LONGEST: Final = 2000
MOST_MISSING: Final = 30


def consult(
    dossier: Dossier, hand: Hand, *, to: str, unit: str, unit_name: str, question: str
) -> Consultation:
    """Ask a unit, through who answers for it; raises Unlawful for one that was asked already."""
    if not question.strip() or len(question) > LONGEST:
        raise Invalid({"question": msg("请写明要会商什么，不超过2000字")}, clause=dossier.cite(joint.SHARED))
    asked = dossier.consultations()
    if any(str(row.unit_id) == unit for row in asked):
        raise Unlawful(msg("这个单位已经问过了"), code="already_consulted")
    ordinal = 1 + len(asked)
    dossier.record(
        e.UnitConsulted(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            ordinal=ordinal,
            unit=unit,
            to=to,
            question_digest=dossier.digest(question),
        )
    )
    return dossier.add(
        Consultation(
            matter=dossier.matter,
            ordinal=ordinal,
            unit_id=UUID(unit),
            unit_name=unit_name,
            asked_of_id=UUID(to),
            asked_by_id=UUID(hand.actor),
            asked_at=hand.at,
            question=question,
        )
    )


def answer_consultation(
    dossier: Dossier,
    hand: Hand,
    *,
    ordinal: int,
    verdict: str,
    words: str = "",
    missing: Sequence[Paper] = (),
) -> Consultation:
    """Answer for a unit; the papers it misses go on the checklist, and so into the one notice.

    What is answered too late for that notice changes no paper any more: it is kept in words.
    Raises Invalid for what is no answer, Unlawful for what was answered already.
    """
    _check_answer(dossier, verdict, words, missing)
    row = dossier.consultation(ordinal)
    in_time = _in_time(dossier, hand, ordinal)
    dossier.record(
        e.UnitAnswered(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            ordinal=ordinal,
            unit=str(row.unit_id),
            verdict=verdict,
            missing=len(missing),
            words_digest=dossier.digest(words),
        )
    )
    row.verdict, row.words = verdict, words
    row.answered_by_id, row.answered_at = UUID(hand.actor), hand.at
    if in_time:
        _put_on_the_checklist(dossier, row.unit_name, missing)
    elif missing:
        row.words = "\n".join(one for one in (words, *map(_in_words, missing)) if one)
    return dossier.touch(row)


def _in_time(dossier: Dossier, hand: Hand, ordinal: int) -> bool:
    """Whether what the unit misses can still be said in the one notice, and nothing was decided on."""
    owed = dossier.docket.owed if dossier.docket else ()
    silent = any(one.key == joint.key_of(ordinal) and hand.at > one.due for one in owed)
    state = dossier.state
    return not silent and state.stage is Stage.RECEIVED and not state.notices and not state.accepted_at


def _in_words(one: Paper) -> str:
    return f"{one.name}：{one.problem}" if one.problem else one.name


def _check_answer(dossier: Dossier, verdict: str, words: str, missing: Sequence[Paper]) -> None:
    wrong = {}
    if verdict not in joint.VERDICTS:
        wrong["verdict"] = msg("请选择：无意见、缺材料或者有意见")
    if (verdict == "missing") is not bool(missing):
        wrong["missing"] = msg("缺材料的，一行写一份材料；不缺材料的，不要填写")
    elif len(missing) > MOST_MISSING or any(not 0 < len(one.name) <= LONGEST_NAME for one in missing):
        wrong["missing"] = msg("最多30份材料，每份名称不超过200字")
    elif len({one.name for one in missing}) < len(missing):
        wrong["missing"] = msg("同一份材料只写一次")
    elif missing and dossier.state.kind is not e.MatterKind.APPLICATION:
        wrong["missing"] = msg("咨询没有材料清单，请写成意见")
    if len(words) > LONGEST or (verdict == "opinion" and not words.strip()):
        wrong["words"] = msg("请写明意见，不超过2000字")
    if wrong:
        raise Invalid(wrong, clause=dossier.cite(joint.SHARED))


def _put_on_the_checklist(dossier: Dossier, unit: str, missing: Sequence[Paper]) -> None:
    known = {row.name: row for row in dossier.materials()}
    for one in missing:
        row = known.get(one.name) or dossier.add(MaterialCheck(matter=dossier.matter, name=one.name))
        row.present, row.required = False, True
        row.problem = msg("%(unit)s要求：%(what)s") % {"unit": unit, "what": one.problem or msg("缺少该材料")}
        dossier.touch(row)
