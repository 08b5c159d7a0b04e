"""The refusal filing form as it is filled in: what each office's regulation asks for, no more and no less."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from huiyin.matters.dossier import Dossier, Hand
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.regimes import refusal_filing as regime
from huiyin.rules.saying import says_something

# A law is named in its marks, or by the article.
_PROVISION: Final = re.compile(r"《[^》]+》|第\s*[〇零一二三四五六七八九十百千0-9]+\s*条")
# What a basis ends in when it has a name: a kind of instrument, and no more words of the sentence.
_HAN: Final = r"[\u4e00-\u9fff]"
_END: Final = r"(?=[\s的及和与、，。；：（(〔《第]|$)"
# Enough to look it up: an instrument in its marks, an article, a document's number, or a name. The sign for
# a law is in "无法" too, so a name has more before it; a notice or a decision says what it is about.
_CITED: Final = re.compile(
    rf"{_PROVISION.pattern}|[〔（(\[]\d{{4}}[〕）)\]]\s*第?\d+\s*号"
    rf"|{_HAN}+[^的出有是](?:法|条例|办法|细则|规则|规章|章程){_END}"
    rf"|{_HAN}{{3,}}[^的有合反](?:规定|标准|规范|制度|清单|协议){_END}"
    rf"|关于{_HAN}{{2,}}(?:通知|意见|决定){_END}"
)
_IDLE: Final = re.compile(
    r"(?:没有?|无|想|有|不)办法|(?:不合|不符合|不守|[无没设违非合看说做想方])法"
    r"|(?:没有?|不合|不符合|违反|超过|低于|达不到)(?:规定|标准|规范|制度)"
)
"""What sounds like an instrument and names none."""
_NONE: Final = re.compile(r"(?:没有?|暂?无|不详|不清楚|依据|政策|文件|none|nil|n/?a|[\W_\d])*", re.IGNORECASE)
"""What says that there is no policy, or nothing at all."""
_POLICY: Final = re.compile(rf"{_HAN}{{2,}}(?:方案|公告|通告|纪要|清单|指南|须知|手册)(?!{_HAN})")
"""What an office answers from besides laws; with a name before it, it can be looked up."""
EMPTY: Final = msg("此项必填")
LONGEST_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody wrote into the filing form; what the office's regulation does not ask for stays empty.

    `applicant` and `phone` are those of the matter unless written anew. `business`
    is a kind that the regulation names, or another in words. `right_office` is whose
    it is instead, with its place and telephone as far as they are known.
    """

    facts: str
    reasons: str
    legal_basis: str
    ground: str = ""
    verification: str = ""
    importance: str = ""
    importance_reason: str = ""
    opinion: str = ""
    applicant: str = ""
    phone: str = ""
    business: str = ""
    right_office: str = ""
    right_place: str = ""
    right_phone: str = ""

    @property
    def where(self) -> str:
        """What the applicant is told of the right office."""
        return f"{self.right_office}\n{self.right_place}\n{self.right_phone}".strip()


def check(dossier: Dossier, hand: Hand, form: Form, *, elsewhere: bool = False) -> None:
    """Refuse a form with a gap; raises Invalid by field, citing the clause that asks for it."""
    _whole(dossier, hand, form)
    _ground(dossier, hand, form)
    _importance(dossier, form)
    _business(dossier, hand, form)
    _right_office(dossier, hand, form, elsewhere=elsewhere)


def _whole(dossier: Dossier, hand: Hand, form: Form) -> None:
    """Facts, reason and basis always, for a decision cannot do without; the rest as the regulation lists."""
    matter, book = dossier.matter, dossier.law.book
    wanted = {"facts": form.facts, "reasons": form.reasons, "legal_basis": form.legal_basis}
    prescribed = {
        "applicant": ("applicant", form.applicant or matter.applicant_name),
        "phone": ("phone", form.phone or matter.applicant_phone),
        "handler_opinion": ("opinion", form.opinion),
    }
    wanted |= dict(prescribed[name] for name in regime.fields(book, hand.on) if name in prescribed)
    empty = {name: EMPTY for name, text in wanted.items() if not says_something(text)}
    unfounded = book.has(regime.AT_WILL) and empty.keys() <= {"legal_basis"}
    if unfounded and not names_a_basis(form.legal_basis):
        said = EMPTY if empty else msg("请写明依据的名称或条款，例如《×××条例》第三条；没有依据不能否定")
        raise Invalid({"legal_basis": said}, clause=dossier.cite(regime.AT_WILL))
    if empty:
        raise Invalid(empty, clause=dossier.cite(regime.FIELDS))


def names_a_basis(text: str) -> bool:
    """Whether a text names what somebody could look up; words that only sound like it name nothing."""
    return bool(_CITED.search(_IDLE.sub("，", text)))


def names_a_policy(text: str) -> bool:
    """Whether a text names a law or a paper of the office that an answer can rest on."""
    return names_a_basis(text) or bool(_POLICY.search(text))


def says_none(text: str) -> bool:
    """Whether a text says that there is no policy, or says nothing at all."""
    return _NONE.fullmatch(text) is not None


def _ground(dossier: Dossier, hand: Hand, form: Form) -> None:
    book = dossier.law.book
    known = regime.grounds(book, hand.on)
    part = known.get(form.ground, "")
    if bool(known or form.ground) and not part:
        raise Invalid({"ground": msg("请从制度列明的情形中选择")}, clause=dossier.cite(regime.FORM))
    if part == regime.AGAINST_LAW and not _PROVISION.search(form.legal_basis):
        said = msg("请写明违反的法律法规名称或条款，例如《×××条例》第三条")
        raise Invalid({"legal_basis": said}, clause=dossier.cite(part))
    if part == regime.PAPERS_MISSING and not lacking(dossier) and not form.verification.strip():
        said = msg("材料已经齐全；以有误、不实否定的，请写明哪份材料、哪项事实，怎样审核出来的")
        raise Invalid({"verification": said}, clause=dossier.cite(part))
    if part == regime.FRAUD and not form.verification.strip():
        said = msg("请写明何人何时以何种方式查实")
        raise Invalid({"verification": said}, clause=dossier.cite(part))


def lacking(dossier: Dossier) -> int:
    """How many of the papers that the item demands are not there; all of them while nobody looked."""
    rows = dossier.materials()
    if not rows:
        return len(dossier.wanted())
    return sum(row.required and not row.present for row in rows)


def _importance(dossier: Dossier, form: Form) -> None:
    clause = dossier.cite(regime.IMPORTANT_LEVELS)
    if clause and form.importance not in {regime.ORDINARY, regime.IMPORTANT}:
        raise Invalid({"importance": msg("请选择一般事项或重要事项")}, clause=clause)
    if clause and form.importance == regime.IMPORTANT and not form.importance_reason.strip():
        raise Invalid({"importance_reason": msg("请写明属于重要事项的理由")}, clause=clause)


def _business(dossier: Dossier, hand: Hand, form: Form) -> None:
    """Another kind of business than the named ones is as good (p4.refusal-filing.2.1.a)."""
    book = dossier.law.book
    if not form.business or form.business in regime.named_kinds(book, hand.on):
        return
    if not book.has(regime.SCOPE) or not book.value(regime.SCOPE, "open_list", hand.on):
        raise Invalid({"business": msg("制度没有列出这类业务")}, clause=dossier.cite(regime.SCOPE))


def _right_office(dossier: Dossier, hand: Hand, form: Form, *, elsewhere: bool) -> None:
    """Whose it is instead is named where that is demanded, and nowhere said of the office's own business."""
    part = regime.sends_on(dossier.law.book, hand.on)
    given = {name: getattr(form, name) for name in ("right_office", "right_place", "right_phone")}
    wrong = {name: msg("此项过长") for name, text in given.items() if len(text) > LONGEST_LINE}
    if elsewhere and part == regime.RIGHT_OFFICE and not form.right_office.strip():
        wrong["right_office"] = msg("不归本单位办的，请写明申请人应当向哪个机关或科室申请")
    if form.where and not form.right_office.strip():
        wrong.setdefault("right_office", msg("写了地址或电话的，请写明是哪个机关或科室"))
    if form.where and not elsewhere:
        wrong["elsewhere"] = msg("写了应向何处申请的，请勾选“不归本单位办”")
    if wrong:
        raise Invalid(wrong, clause=dossier.cite(part) if part else "")
