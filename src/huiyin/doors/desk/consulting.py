"""Asking other units, answering for one's own, and signing the step before one, as forms of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.step import Step, Typed, plain
from huiyin.doors.forms import Field
from huiyin.matters import actions, notice_labels
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, Receipt
from huiyin.matters.steps import Paper
from huiyin.rules.errors import msg


def _consulted(by: By, number: str, typed: Typed) -> Receipt:
    """Ask the unit of the colleague who was chosen."""
    return actions.consult_unit(by, number, to=chosen(by.asker, typed, "to"), question=typed["question"])


def _advised(by: By, number: str, typed: Typed) -> Receipt:
    """Read what is missing line by line: the paper's name, and what is wrong with it."""
    listed = [one.name for one in matters.materials_of(matters.get(by.asker, number))]
    found = tuple(_missing(line.strip(), listed) for line in typed["missing"].splitlines() if line.strip())
    return actions.answer_consultation(
        by, number, verdict=typed["verdict"], words=typed["words"], missing=found
    )


def _missing(line: str, listed: Sequence[str]) -> Paper:
    """A listed paper by its whole name, blanks and all; any other by what stands before a colon."""
    known = max((one for one in listed if line.startswith(one)), key=len, default="")
    name, _, problem = (
        (known, "", line.removeprefix(known)) if known else line.replace("：", ":").partition(":")
    )
    return Paper(name.strip(), present=False, problem=problem.strip().lstrip("：:").strip())


CONSULTING_STEPS: Final[Mapping[str, Step]] = {
    "consult_unit": Step(
        (
            Field("to", msg("请谁答复"), "person", help=msg("选所涉科室的负责人或经办人；每个科室问一次。")),
            Field("question", msg("会商什么"), "textarea", max_length=2000, rows=2),
        ),
        _consulted,
        msg("发出会商"),
        msg("对方在期限内答复；全部答复或者过期之前，先不告知申请人，答复齐了一次讲清。"),
        leads=False,
    ),
    "answer_consultation": Step(
        (
            Field("verdict", msg("答复"), "radio", choices=notice_labels.CONSULTED, initial="none"),
            Field(
                "missing",
                msg("缺的材料"),
                "textarea",
                required=False,
                max_length=5000,
                rows=3,
                help=msg("每行一份材料，哪里不合格写在冒号后面；会写进一次性告知书。"),
            ),
            Field("words", msg("意见"), "textarea", required=False, max_length=2000, rows=2),
        ),
        _advised,
        msg("答复会商"),
        msg("请一次说全，经办人汇总后只告知申请人一次。"),
    ),
    "sign_step": Step(
        (),
        plain(actions.sign_step),
        msg("签批这个环节"),
        msg("签批后，后面还有环节的，下一个环节从现在起计时。"),
    ),
}
