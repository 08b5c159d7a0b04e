"""From receipt to acceptance: register, check the papers, tell once, take on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.terms import Category
from huiyin.matters import notice_papers, papers
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import MaterialCheck, Notice
from huiyin.matters.rows import limit_from
from huiyin.matters.steps.deciding import note
from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.matters.steps.signing import sign_for_later, signs_for
from huiyin.matters.steps.stepping import begin_next
from huiyin.matters.steps.telling import tells_all
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.regimes import one_time_notice, time_limit
from huiyin.rules.workdays import SHANGHAI

LONGEST_NAME: Final = 200
MOST_COPIES: Final = 9999
WRITTEN: Final = "written"
ORAL: Final = "oral"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as found: its name on the item's list, whether it is there, and what is wrong."""

    name: str
    present: bool
    required: bool = True
    copies: int = 1
    pages: int | None = None
    problem: str = ""


def receive(
    dossier: Dossier, hand: Hand, *, answer_at_once: bool = False, study_by: datetime | None = None
) -> None:
    """Register the matter; the dossier's new row already says what was asked and of whom."""
    matter, item = dossier.matter, dossier.item
    custodian = str(matter.first_responder_id)
    statutory, committed = (
        catalogue.limits_on(item, dossier.law.book, hand.at.astimezone(SHANGHAI).date())
        if item
        else (None, None)
    )
    dossier.record(
        e.Registered(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            matter_kind=e.MatterKind(matter.kind),
            number=matter.number,
            channel=e.Channel(matter.channel),
            custodian=custodian,
            urgency=e.Urgency(matter.urgency),
            item=str(item.id) if item else "",
            item_version=item.version if item else 0,
            instant=item.instant if item else False,
            approval=item is not None and item.category == Category.APPROVAL,
            statutory=statutory,
            committed=committed,
            answer_at_once=answer_at_once,
            request_digest=dossier.digest(f"{matter.question}\n{matter.details}"),
            source=matter.source,
            given=limit_from(matter.given_amount, matter.given_unit),
            given_for=matter.given_for,
            study_by=study_by,
            assigner=str(matter.assigner_id or ""),
            anonymous=matter.anonymous,
            accused=tuple(matter.accused.split()),
            nature=e.Nature(matter.nature),
            important=matter.important,
            record_digest=dossier.digest(matter.record),
        )
    )


def check(dossier: Dossier, hand: Hand, *, found: Iterable[Paper]) -> None:
    """Compare the papers with the list; checking again replaces what was found before.

    What was not here before is signed for as what is brought to the counter is, and so are papers that
    had gone back after a refusal and come in again. Raises Invalid for one without its pages.
    """
    here = compare(dossier, hand, found=found)
    again = [(place, row) for place, row, was_out in here if was_out]
    new = [(place, row) for place, row, _ in here] if signs_for(dossier) else again
    if new:
        sign_for_later(dossier, hand, new)


def compare(dossier: Dossier, hand: Hand, *, found: Iterable[Paper]) -> list[tuple[int, MaterialCheck, bool]]:
    """Compare the papers with the list, and sign for nothing.

    Returns what was not here before, each with its place on the list and whether it had gone back.
    """
    papers_found = tuple(found)
    _check_papers(papers_found)
    # What is wrong with a paper stands in the notice as it is written here.
    told = {f"materials.{row}.problem": one.problem for row, one in enumerate(papers_found)}
    refuse_banned(dossier, hand, **told)
    dossier.record(
        e.MaterialsChecked(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            present=tuple(dossier.digest(p.name) for p in papers_found if p.present),
            missing=tuple(dossier.digest(p.name) for p in papers_found if not p.present),
            complete=_is_complete(dossier, papers_found),
        )
    )
    known = {row.name: row for row in dossier.materials()}
    here = []
    for place, one in enumerate(papers_found):
        row = known.get(one.name)
        if row is None:
            row = dossier.add(MaterialCheck(matter=dossier.matter, name=one.name))
        if one.present and not row.present:
            here.append((place, row, row.returned_at is not None))
            row.returned_at = None
        row.required = one.required
        row.present = one.present
        row.copies = one.copies
        # What was counted once stays counted where this check counts nothing.
        row.pages = one.pages or row.pages
        row.problem = one.problem
        dossier.touch(row)
    return here


def _is_complete(dossier: Dossier, found: Sequence[Paper]) -> bool:
    """Whether nothing is missing that the item's list or the check itself demands."""
    present = {one.name for one in found if one.present}
    demanded = {one.name for one in found if one.required} | set(dossier.wanted())
    return demanded <= present


def _check_papers(found: Sequence[Paper]) -> None:
    """Refuse what no checklist could hold; raises Invalid."""
    if not found:
        raise Invalid({"materials": msg("请至少核对一份材料")})
    for one in found:
        if not one.name.strip() or len(one.name) > LONGEST_NAME:
            raise Invalid({"materials": msg("材料名称须填写，不超过200字")})
        if not 1 <= one.copies <= MOST_COPIES or not 0 <= (one.pages or 0) <= MOST_COPIES:
            raise Invalid({"materials": msg("材料的份数、页数请填1到9999的数字")})
    if len({one.name for one in found}) < len(found):
        raise Invalid({"materials": msg("同一份材料只能核对一次")})
    both = msg("勾选了“已收到且合格”，就不能再写缺少或不合格之处；请去掉勾选，或者清空所写内容")
    wrong = {f"materials.{row}.problem": both for row, one in enumerate(found) if one.present and one.problem}
    if wrong:
        raise Invalid(wrong)


def notify(
    dossier: Dossier,
    hand: Hand,
    *,
    supplement_how: str,
    form: str = WRITTEN,
    told_to: str = "",
    told_phone: str = "",
) -> Notice:
    """Issue the one-time notice over everything that the last check found missing or wrong.

    One given by word of mouth is recorded with whom was told and over which telephone.

    A paper that may be handed in later is named when something was said of it, and
    marked so. Raises Unlawful when nothing demanded is missing, or an oral notice is
    not allowed for the channel; Invalid for an oral one that nobody can be asked about.
    """
    told = _told(dossier, hand, form, told_to.strip(), told_phone.strip())
    defects = _to_tell(dossier, hand, supplement_how)
    tells_all(dossier, hand)
    ordinal, number = dossier.state.notices + 1, dossier.numbers("notice")
    content = notice_papers.one_time_notice(
        dossier,
        hand,
        number=number,
        defects=defects,
        supplement_how=supplement_how,
        ordinal=ordinal,
        told=told,
    )
    document = dossier.issue(content, hand)
    dossier.record(
        e.NoticeIssued(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            number=number,
            ordinal=ordinal,
            form=form,
            missing=len(defects),
            document_digest=document.content_digest,
            told_digest=dossier.digest("\n".join(told)),
            anew=_anew(dossier, defects),
        )
    )
    whom, phone = told or ("", "")
    return dossier.add(
        Notice(
            matter=dossier.matter,
            ordinal=ordinal,
            number=number,
            form=form,
            missing=len(defects),
            named=[row.name for row in defects],
            issued_at=hand.at,
            issued_by_id=UUID(hand.actor),
            told_to=whom,
            told_phone=phone,
        )
    )


def _anew(dossier: Dossier, defects: Iterable[MaterialCheck]) -> int:
    """How many papers nobody asked for, while all that was asked for has been brought."""
    brought = (
        [one for one in dossier.notices() if one.completed_at is not None] if dossier.state.notices else []
    )
    named = {name for one in brought for name in one.named}
    # A notice of before names were kept cannot be compared with.
    return sum(row.name not in named for row in defects) if named else 0


def _to_tell(dossier: Dossier, hand: Hand, supplement_how: str) -> list[MaterialCheck]:
    """What is to be told; raises Unlawful when nothing demanded is missing.

    Raises Invalid for a notice without a word of what to do, where nobody whose papers are
    incomplete may be left so (p4.time-limit.1.c).
    """
    defects = _defects(dossier)
    if not any(row.required for row in defects):
        raise Unlawful(
            msg("必交材料没有缺少或不合格的，不需要一次性告知"),
            code="nothing_missing",
            remedy=msg("请先核对材料，或直接受理；选交材料可容缺，不影响受理。"),
        )
    part = time_limit.explained("incomplete", dossier.law.book, hand.on)
    if part and not supplement_how.strip():
        raise Invalid(
            {"supplement_how": msg("请写明怎样补齐：材料不全的，要向当事人讲清楚")}, clause=dossier.cite(part)
        )
    refuse_banned(dossier, hand, supplement_how=supplement_how)
    return defects


def _told(dossier: Dossier, hand: Hand, form: str, whom: str, phone: str) -> tuple[str, ...]:
    """Whom was told over which telephone, of an oral notice that is allowed; nothing of any other."""
    if form not in {WRITTEN, ORAL}:
        raise Invalid({"form": msg("告知方式只有书面和口头")})
    given = {"told_to": whom, "told_phone": phone}
    wrong = {name: msg("此项过长") for name, text in given.items() if len(text) > LONGEST_NAME}
    oral = form == ORAL and one_time_notice.oral_allowed(dossier.state.channel, dossier.law.book, hand.on)
    if oral:
        empty = msg("口头告知要记下告知了谁、用的哪个电话")
        wrong |= {name: empty for name, text in given.items() if not text}
    if wrong:
        raise Invalid(wrong, clause=dossier.cite(one_time_notice.FORM))
    return (whom, phone) if oral else ()


def _defects(dossier: Dossier) -> list[MaterialCheck]:
    """What a notice must name: each demanded paper that is not there, and each that something was said of."""
    return [row for row in dossier.materials() if is_lacking(row)]


def is_lacking(row: MaterialCheck) -> bool:
    """Whether a paper is not there and was demanded or spoken of.

    What went back after a refusal is asked for in the notice that corrects it; it lacks once a check says so.
    """
    return not row.present and bool(row.problem or (row.required and row.returned_at is None))


def supplement(dossier: Dossier, hand: Hand, *, counted: Iterable[Paper] = ()) -> None:
    """Everything the notice named has arrived: the file is whole, the review starts afresh.

    What was found missing since, and was never asked for, is missing still. What silence took on
    is past review: its papers are put on file and its clock runs on. `counted` says of each how many
    copies and pages came; raises Invalid for one that nobody asked for, and where papers are signed for
    (p3.time-limit.3.a) for one whose pages were not counted.
    """
    dossier.record(e.SupplementReceived(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    notice = dossier.last_notice()
    here = awaited(dossier)
    _count(here, tuple(counted))
    for row in here:
        row.present = True
        row.problem = ""
        dossier.touch(row)
    notice.completed_at = hand.at
    dossier.touch(notice)
    if here and signs_for(dossier):
        sign_for_later(dossier, hand, [(None, row) for row in here])


def awaited(dossier: Dossier) -> list[MaterialCheck]:
    """What the latest notice asked for and is not here yet."""
    named = dossier.last_notice().named
    # A notice of before names were kept asked for all that was missing.
    return [row for row in _defects(dossier) if not named or row.name in named]


def _count(here: Iterable[MaterialCheck], counted: Sequence[Paper]) -> None:
    """Put down the copies and pages that came of each paper; raises Invalid for what nobody waited for."""
    if not counted:
        return
    _check_papers(counted)
    rows = {row.name: row for row in here}
    unknown = [one.name for one in counted if one.name not in rows]
    if unknown:
        raise Invalid(
            {"papers": msg("告知书没有要“%(name)s”，或者已经收到；另外交来的材料请在核对材料里记下")},
            params={"name": unknown[0]},
        )
    for one in counted:
        rows[one.name].copies = one.copies
        rows[one.name].pages = one.pages or rows[one.name].pages


def accept(dossier: Dossier, hand: Hand) -> None:
    """Take the application on; the deciding clock starts, and the notice says until when.

    Raises Unlawful for what silence took on already, with the clause and the way on.
    """
    _accept(dossier, hand)
    begin_next(dossier, hand)


def _accept(dossier: Dossier, hand: Hand) -> None:
    if not dossier.state.deemed:
        _is_whole(dossier)
    dossier.record(e.ApplicationAccepted(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    due = dossier.open_duty(time_limit.DECIDE)
    if due is not None:
        number = dossier.numbers("acceptance")
        dossier.issue(papers.acceptance(dossier, hand, number=number, due=due), hand)


def take_on(dossier: Dossier, hand: Hand) -> None:
    """Take the application on as an old log tells it; once the law had done so, it is a noted step.

    Who signed which step of an approval no such log tells, so none begins.
    """
    if dossier.state.deemed:
        note(dossier, hand, step=msg("受理"))
    else:
        _accept(dossier, hand)


def _is_whole(dossier: Dossier) -> None:
    present = {row.name for row in dossier.materials() if row.present}
    missing = {row.name for row in dossier.materials() if row.required} | set(dossier.wanted())
    if not missing <= present:
        raise Unlawful(
            msg("还有%(count)s份必交材料没有收到，不能受理"),
            code="materials_missing",
            params={"count": len(missing - present)},
            clause=dossier.cite(one_time_notice.ONCE),
            remedy=msg("请先核对材料；缺少的请一次性告知。"),
        )
