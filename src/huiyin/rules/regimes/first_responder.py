"""First responder (首问负责): whoever was asked answers until somebody else has accepted.

Custody itself is the matter's state; this regime moves the open obligations
with it, and no earlier than the acceptance. Nothing ends unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from huiyin.rules import events as e
from huiyin.rules import joint
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Transfer

ON_DUTY: Final = "first_responder"
BY_PHONE: Final = "phone_alike"
KNOWN: Final = "duties_known"
REGISTER: Final = "unsettled_registered"
MAJOR: Final = "major_recorded"
TRANSFER: Final = "opinion_transfer"
NO_IGNORING: Final = "no_ignoring"
REPLY: Final = "reply"
LED: Final = "handled_or_guided"
FOLLOW: Final = "followed_through"
HANDOVER: Final = "handover"
DEPOSIT_CONTACT: Final = "deposit_contact"
HANDLE: Final = "handle"
CITED: Final = "answer_cited"
EXPLAINED: Final = "deferral_explained"
LISTED: Final = "deferral_listed"
_BETWEEN: Final = re.compile(r"[\r\n、；;，,]")
_ANSWER_LIMIT: Final = "answer_by_urgency"
_OF_REPORTS: Final = "report_result"

ROUTES: Final[Mapping[e.Route, str]] = {
    e.Route.OWN: "route_own",
    e.Route.COLLEAGUE: "route_colleague",
    e.Route.SHARED: joint.SHARED,
    e.Route.OUTSIDE: "route_outside",
    e.Route.UNCLEAR: "route_unclear",
    e.Route.BARRED: "route_barred",
    e.Route.UNABLE: "route_unable",
}
"""The part that the clause about each way plays; a way that no clause speaks of is not offered."""


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """Nothing closes unanswered; opinions and complaints are answered by whoever they belong to."""
    match event:
        case e.Registered() if event.important and not book.has(MAJOR):
            yield Unlawful(msg("本单位的制度没有规定重大事项另作记录"), code="not_regulated")
        case e.Answered() if before is not None:
            yield from _not_answerable(before, event, book)
        case e.Withdrawn() if before is not None:
            yield from _not_proved(before, event, book)
        case e.Closed() if before is not None:
            yield from _not_ended(before, book)
        case e.Routed() if before is not None:
            yield from _not_led(before, event, book)
        case e.PapersKept():
            yield from _not_kept(event, book)
        case e.HandoverOffered() if before is not None:
            yield from _passed_on(before, event, book)


def _not_answerable(before: State, event: e.Answered, book: Rulebook) -> Iterator[Unlawful]:
    if (event.item or event.policy_digest) and not book.has(CITED):
        yield Unlawful(msg("本单位的制度没有规定答复要写依据"), code="not_regulated")
    yield from _not_instructed(before, book)
    yield from _not_transferred(before, book)


def _not_led(before: State, event: e.Routed, book: Rulebook) -> Iterator[Unlawful]:
    """Each way makes its own demand on whoever was asked."""
    part = ROUTES[event.route]
    if not book.has(part) or not is_led(before.channel, book, event.on):
        yield Unlawful(msg("本单位的制度没有规定这种去向"), code="not_regulated")
        return
    if event.route is not e.Route.UNCLEAR:
        # Another leader may be asked in place of one who does not answer; nothing else goes on.
        yield from _not_instructed(before, book)
    if event.route is e.Route.OUTSIDE and before.route is e.Route.SHARED:
        yield Unlawful(
            msg("与其他部门职能交叉的事项按本单位的事项办，不能再作为不归本单位的事项答复"),
            code="shared_is_ours",
            clause=book.cite(ROUTES[e.Route.SHARED]),
            remedy=msg("请与所列的部门协调办理，再把结果答复来人。"),
        )
    found = {
        e.Route.OWN: lambda: _own(before, event, book),
        e.Route.COLLEAGUE: lambda: "" if event.to or event.named else msg("请指明承办人，或者告知联系电话"),
        e.Route.UNCLEAR: lambda: _asked(before, event),
        e.Route.SHARED: lambda: "" if event.bodies else msg("请列出共同办理的部门"),
        e.Route.OUTSIDE: lambda: "" if event.words_digest else msg("请写明向来人作了什么说明"),
        e.Route.UNABLE: lambda: (
            "" if event.words_digest and event.advice_digest else msg("请写明为什么答不了、给了什么指导帮助")
        ),
        e.Route.BARRED: lambda: "" if event.words_digest else msg("请写明为什么不能办、向来人怎样解释的"),
    }[event.route]()
    if found:
        yield Unlawful(found, code="way_incomplete", clause=book.cite(part))
    elif event.route is e.Route.OUTSIDE:
        yield from _not_told_in_full(event, book)
    elif event.route is e.Route.OWN:
        yield from _not_explained(event, book)


def _not_told_in_full(event: e.Routed, book: Rulebook) -> Iterator[Unlawful]:
    """Where to turn is told as far as possible: what a clause lists and was not told needs its reason."""
    part = ROUTES[e.Route.OUTSIDE]
    if set(_to_tell(book, event.on)) - set(event.given) and not event.excused:
        yield Unlawful(
            msg("承办部门、地址和电话没有告知全的，要写明原因"),
            code="details_missing",
            clause=book.cite(part),
            remedy=msg("请补上能够告知的各项，确实不知道的写明原因。"),
        )


def tells_in_full(book: Rulebook, on: date) -> bool:
    """Whether a clause lists what is told of where to turn, so that what was not told needs its reason."""
    return bool(_to_tell(book, on))


def _to_tell(book: Rulebook, on: date) -> tuple[str, ...]:
    part = ROUTES[e.Route.OUTSIDE]
    return tuple(book.clause(part).on(on).get("fields", ())) if book.has(part) else ()


def _not_explained(event: e.Routed, book: Rulebook) -> Iterator[Unlawful]:
    """What is one's own and is not settled at once is explained to the person, once and in full."""
    if book.has(EXPLAINED) and not event.words_digest:
        yield Unlawful(
            msg("当场办不了的，要写明向来人怎样说明、一次告知了什么"),
            code="deferral_unexplained",
            clause=book.cite(EXPLAINED),
            remedy=msg("当场能答复的请直接答复；办不了的请先说明，再记下归属。"),
        )
    if book.has(LISTED) and bool(event.words_digest) is not bool(event.items):
        yield Unlawful(
            msg("手续不全或者不能及时办完的，原因和要补、要带的材料要一并写明"),
            code="deferral_unexplained",
            clause=book.cite(LISTED),
            remedy=msg("请一次写全原因和材料；手续齐全、按期能办完的，两项都不用写。"),
        )


def is_led(channel: str, book: Rulebook, on: date) -> bool:
    """Whether what came by a channel takes the ways of the regime.

    Everything does, unless the clause on first responders says whom its ways are for; then whoever calls
    takes them where a clause has the telephone dealt with alike (p3.first-responder.3.4).
    """
    named = book.clause(ON_DUTY).on(on).get("led_by") if book.has(ON_DUTY) else None
    alike = book.clause(BY_PHONE).on(on).get("ways", ()) if book.has(BY_PHONE) else ()
    return named is None or channel in {*named, *alike}


def leads_by_offering(state: State, principal: str, book: Rulebook) -> bool:
    """Whether offering an enquiry on is how the first responder guides it: no way was chosen before.

    Where whoever is asked first has to handle or to guide (p2.first-responder.2). What was taken back
    passes to a colleague without any way: nobody is guided any more.
    """
    asked = state.kind is e.MatterKind.ENQUIRY and state.stage is Stage.OPEN
    mine = asked and principal == state.first_responder
    return mine and state.route is None and book.has(LED) and book.has(ROUTES[e.Route.COLLEAGUE])


def handles_by_answering(state: State, principal: str, book: Rulebook) -> bool:
    """Whether an answer is how the first responder handled an enquiry: no way was chosen before.

    What was given to another, and answered by them, the first responder has neither handled nor guided.
    """
    mine = state.kind is e.MatterKind.ENQUIRY and principal == state.first_responder
    return mine and state.route is None and book.has(LED)


def bodies(typed: str) -> tuple[str, ...]:
    """The bodies that were typed, each once: one a line, or with commas or semicolons between them."""
    found = (one.strip() for one in _BETWEEN.split(typed))
    return tuple(dict.fromkeys(one for one in found if one))


def _asked(before: State, event: e.Routed) -> str:
    """Nobody asks themselves, nor once more the leader whose answer is waited for."""
    if not event.to or event.to == before.custodian:
        return msg("请写明请示哪位领导")
    return msg("已经向这位领导请示，正在等待批示") if event.to == before.instruction_to else ""


def _own(before: State, event: e.Routed, book: Rulebook) -> str:
    """Whoever was asked is the handler, on a clock: the regulation's own, else the one that was set."""
    if event.principal != before.first_responder or before.custodian != before.first_responder:
        return msg("只有首问责任人本人的业务才算本岗的")
    if event.limit is None and not book.has(_ANSWER_LIMIT):
        return msg("请写明几个工作日内办完")
    return ""


def _passed_on(before: State, event: e.HandoverOffered, book: Rulebook) -> Iterator[Unlawful]:
    """What several bodies have to do with stays with whoever asks them all and tells what came of it.

    Where its clause says so (p2.one-time-notice.3, p3.one-time-notice.4).
    """
    if stays(before, book, event.on):
        yield Unlawful(
            msg("涉及多个部门的事由您帮助咨询、告知结果，不能移交出去"),
            code="shared_stays",
            clause=book.cite(ROUTES[e.Route.SHARED]),
            remedy=msg("请向有关科室会商或者请示领导，再把结果告知来人。"),
        )


def stays(state: State, book: Rulebook, on: date) -> bool:
    """Whether an open question is shared with other bodies, and its clause leaves it with its handler."""
    part = ROUTES[e.Route.SHARED]
    shared = state.kind is e.MatterKind.ENQUIRY and state.route is e.Route.SHARED
    return (
        shared
        and state.stage is Stage.OPEN
        and book.has(part)
        and bool(book.clause(part).on(on).get("stays"))
    )


def _not_kept(event: e.PapersKept, book: Rulebook) -> Iterator[Unlawful]:
    if not book.has(HANDOVER):
        yield Unlawful(msg("本单位的制度没有规定代收材料"), code="not_regulated")
    elif event.count < 1:
        yield Unlawful(msg("请写明代收了哪些材料"), code="nothing_kept", clause=book.cite(HANDOVER))
    if book.has(DEPOSIT_CONTACT) and (event.count < 1 or not event.reachable):
        yield Unlawful(
            msg("代收材料要登记材料和来人的联系方式"),
            code="contact_needed",
            clause=book.cite(DEPOSIT_CONTACT),
        )


def _not_instructed(before: State, book: Rulebook) -> Iterator[Unlawful]:
    """What was not clear is dealt with once the leader who was asked has said how."""
    if before.kind is e.MatterKind.ENQUIRY and before.instruction_to:
        yield Unlawful(
            msg("已请示领导，批示之前不能答复或者另定归属"),
            code="instruction_pending",
            clause=book.cite(ROUTES[e.Route.UNCLEAR]),
            remedy=msg("请等领导批示；领导不在岗的，可以改向另一位领导请示。"),
        )


def _not_transferred(before: State, book: Rulebook) -> Iterator[Unlawful]:
    if not book.has(TRANSFER):
        return
    if before.nature is not e.Nature.BUSINESS and before.custodian == before.first_responder:
        yield Unlawful(
            msg("意见、建议和投诉举报须移交有关部门，由接收的部门答复"),
            code="not_transferred",
            clause=book.cite(TRANSFER),
            remedy=msg("请移交给有职责的部门，对方接收后由其办理。"),
        )


def proves_withdrawal(kind: e.MatterKind, book: Rulebook) -> str:
    """The part by which a contact ends as taken back only where it is known who said so; "" for none.

    Of an application the applicant holds the receipt; whoever came with a question or a petition is
    owed an outcome and a reply, and it is not for the office to say that they want neither. Where no
    question may be ignored or turned away (p3.first-responder.2.a), nor is it to say so of that.
    """
    if kind not in {e.MatterKind.ENQUIRY, e.MatterKind.PETITION}:
        return ""
    return next((part for part in (REPLY, NO_IGNORING) if book.has(part)), "")


def asks_who_withdrew(kind: e.MatterKind, book: Rulebook) -> bool:
    """Whether it is written down who took it back, how and when: of every application, wherever it is.

    An application ends without a decision only by its applicant's own word, or that of who acts for them.
    """
    return kind is e.MatterKind.APPLICATION or bool(proves_withdrawal(kind, book))


def _not_proved(before: State, event: e.Withdrawn, book: Rulebook) -> Iterator[Unlawful]:
    part = proves_withdrawal(before.kind, book)
    if part and not (event.by_digest and event.how and event.declared_at):
        yield Unlawful(
            msg("件件要有结果、有回复：没有写明谁在何时以何种方式撤回的，不能登记撤回"),
            code="withdrawal_unproved",
            clause=book.cite(part),
            remedy=msg("请写明撤回人、方式和时间；来人没有撤回的，请办出结果并答复。"),
        )


def _not_ended(before: State, book: Rulebook) -> Iterator[Unlawful]:
    if before.papers_for:
        yield Unlawful(
            msg("代收的材料还没有转交签收，不能归结"),
            code="papers_not_passed_on",
            clause=book.cite(HANDOVER),
            remedy=msg("请对方签收代收的材料后再归结。"),
        )
    if before.outcome:
        return
    # A report of misconduct is looked into before anybody can be answered.
    asked = before.stage is Stage.OPEN and before.kind is not e.MatterKind.REPORT
    if asked and book.has(NO_IGNORING):
        yield Unlawful(
            msg("还没有答复，不能归结"),
            code="unanswered",
            clause=book.cite(NO_IGNORING),
            remedy=msg("请先答复来人；不归本单位办的，请说明并告知去处。"),
        )
    # A clause about reports of misconduct says it of them first.
    own = before.kind is e.MatterKind.REPORT and book.has(_OF_REPORTS)
    if book.has(REPLY) and not own:
        yield Unlawful(
            msg("还没有结果，不能归结"),
            code="no_outcome",
            clause=book.cite(REPLY),
            remedy=msg("件件要有结果、有回复：请先办出结果并答复。"),
        )


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Open obligations pass to the new custodian with their clocks unchanged; one's own work gets a clock."""
    match event:
        case e.HandoverAccepted() | e.CustodyAssigned() if before is not None:
            yield Transfer(bearer=after.custodian, giver=before.custodian, keeps=event.keeps)
        case e.Routed() if event.route is e.Route.OWN:
            yield from _clock(event, after, book)
        case e.Answered() | e.Withdrawn():
            yield Discharge(HANDLE, event.at, waived=isinstance(event, e.Withdrawn))


def _clock(event: e.Routed, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Where the regulation sets a limit for answers it runs already; elsewhere the one that was set does.

    No other way sets it aside, so that choosing again, this way or another, gives no time.
    """
    if event.limit is not None and not book.has(_ANSWER_LIMIT):
        clause = book.cite(ROUTES[e.Route.OWN])
        yield Duty(HANDLE, clause, after.custodian, event.at, event.limit, once=True)
