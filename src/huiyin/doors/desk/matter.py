"""One matter on one page, and every verb from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import (
    again,
    counting,
    document_page,
    guiding,
    pointing,
    readdressing,
    receipts,
    refusal_steps,
    shell,
    steps,
    telling_steps,
    timeline,
)
from huiyin.doors.desk.again import Tried
from huiyin.doors.desk.library import book_name
from huiyin.doors.forms import Bound, bind, clean, read
from huiyin.doors.refusals import safe_next
from huiyin.matters import actions, labels
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, Receipt
from huiyin.matters.permissions import Choice, lawful_verbs
from huiyin.matters.steps import Paper
from huiyin.obligations import queries as obligations
from huiyin.reports.forms import matters as forms
from huiyin.rules.clauses import Clause
from huiyin.rules.errors import HuiyinError, NotFound
from huiyin.rules.regimes import first_responder, one_time_notice, service_commitment
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_id_number

if TYPE_CHECKING:
    from huiyin.matters.models import Matter
    from huiyin.organisation.queries import Asker

CHECK = "check_materials"
URGE = "urge"
_MOST_PAPERS = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb as the page offers it."""

    verb: str
    label: str
    go: str
    acting_for: UUID | None
    fields: list[Bound]
    hint: str
    grave: bool
    leads: bool
    key: str
    open: bool
    refusal: phrases.Refusal | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the checklist, with what is wrong with what was typed there."""

    paper: matters.Checked
    error: str = ""


def show(request: DoorRequest, number: str) -> HttpResponse:
    """Show the matter; after a step that came too late, with what had been typed for it.

    The list of what is overdue comes here with a clause to invoke and the facts: they are filled in.
    """
    return _page(request, number, again.taken(request, number) or _proposed(request))


def act(request: DoorRequest, number: str, verb: str) -> HttpResponse:
    """Carry out a verb; a refusal shows the page again with everything typed kept."""
    step = steps.STEPS.get(verb)
    if step is None:
        raise NotFound
    posted = request.POST
    typed = read(step.fields, posted)
    papers = _papers(posted) if verb == CHECK else ()
    by = _by(request, posted)
    try:
        if verb == CHECK:
            receipt = actions.check_materials(by, number, found=papers)
        else:
            receipt = steps.run(verb, by, number, typed)
    except NotFound:
        raise
    except HuiyinError as error:
        tried = Tried(verb, by.key, typed, papers, error)
        if error.code == again.STALE:
            again.keep(request, number, tried)
            return redirect("desk:matter", number)
        return _page(request, number, tried, status=error.status)
    return _done(request, verb, receipt)


def _proposed(request: DoorRequest) -> Tried | None:
    clause = clean(request.GET.get("invoke", ""))[:60]
    facts = clean(request.GET.get("facts", ""))[:500]
    return Tried("invoke_clause", "", {"clause": clause, "facts": facts}) if clause else None


def _done(request: DoorRequest, verb: str, receipt: Receipt) -> HttpResponse:
    said = _(steps.STEPS[verb].go)
    if receipt.code:
        note = receipts.seal(request, receipt.number, receipt.code)
        return _page(request, receipt.number, fresh={"code": receipt.code, "note": note})
    messages.success(request, _("%(number)s：%(verb)s，已完成。") % {"number": receipt.number, "verb": said})
    return redirect(_afterwards(request, receipt.number))


def _afterwards(request: HttpRequest, number: str) -> str:
    """Return where to go on: the page that asked, else the matter while one may still see it."""
    wanted = safe_next(request, request.POST.get("next", ""), "")
    if wanted:
        return wanted
    try:
        matters.get(request.asker, number)  # type: ignore[attr-defined]
    except NotFound:
        return reverse("desk:home")
    return reverse("desk:matter", args=[number])


def _by(request: DoorRequest, posted: QueryDict) -> By:
    version = posted.get("version", "")
    acting_for = posted.get("acting_for", "")
    return By(
        request.asker,
        request.now,
        posted.get("key", "")[:60],
        acting_for=receipts.uuid_or_not_found(acting_for) if acting_for else None,
        version=int(version) if version.isdecimal() and len(version) < len("1000000000") else None,
    )


def _papers(posted: QueryDict) -> tuple[Paper, ...]:
    """Read the checklist; its rows are numbered."""
    found = []
    for row in range(_MOST_PAPERS):
        name = clean(posted.get(f"name-{row}", "")).strip()[:200]
        if not name:
            continue
        pages = posted.get(f"pages-{row}", "")
        copies = posted.get(f"copies-{row}", "1")
        found.append(
            Paper(
                name,
                present=posted.get(f"present-{row}") == "on",
                required=posted.get(f"required-{row}") == "on",
                copies=_small(copies, 1),
                pages=_small(pages, 0) or None,
                problem=clean(posted.get(f"problem-{row}", "")).strip()[:1000],
            )
        )
    return tuple(found)


def _small(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= len("9999") else otherwise


def _page(
    request: DoorRequest,
    number: str,
    tried: Tried | None = None,
    fresh: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    asker, now = request.asker, request.now
    matter = matters.get(asker, number)
    choices = lawful_verbs(asker, matter, now)
    book = matters.law_for(matter, now).book
    clauses = matters.invocable(matter, now) if any(one.verb == pointing.VERB for one in choices) else []
    offers = [_offer(choice, matter, tried, clauses, book=book, now=now) for choice in choices]
    usual = [one for one in offers if not one.grave and one.verb != CHECK]
    check = next((one for one in offers if one.verb == CHECK), None)
    clocks = matters.clocks_of(matter, now, phrases.language())
    deposits = matters.deposits_of(matter)
    context: dict[str, Any] = {
        "matter": matter,
        "applicant": matters.applicant_of(asker, matter),
        "reach": matters.reach_of(matter, now),
        "comment": matters.comment_for(asker, matter),
        "missed": _missed(matter, book, now),
        "id_number": mask_id_number(matter.applicant_id_number),
        "clocks": clocks,
        **document_page.context_of(matter, clocks),
        "usual": usual,
        "grave": [one for one in offers if one.grave],
        "check": check,
        # Nothing else leads on before the papers are checked; afterwards a check is only a correction.
        "check_leads": check is not None and not any(one.leads for one in usual),
        # Who may only urge has nothing to do here.
        "idle": check is None and all(one.verb == URGE for one in usual),
        "checklist": _checklist(matter, tried),
        "counted": counting.counted(matter, book),
        "cover": matters.cover_of(matter, now) if not matter.closed_at else None,
        "kept_out": matters.kept_out(matter),
        **_waiting(matter, now),
        "opinions": matters.opinions_of(matter),
        "handovers": matters.handovers_of(matter),
        "moments": timeline.lines(matter.tenant_id, matters.timeline(matter)),
        **_issued(matter, now),
        **_led(asker, matter),
        "deposits": deposits,
        "forms": forms.offered(matter, book, deposits),
        "original_unaltered": matter.nature == "business" or matters.original_unaltered(matter),
        "book": book,
        "book_name": book_name(book, phrases.language()),
        "book_before": book.version != matters.law_of(matter.tenant, now).book.version,
        "rulebook": book,
        **_said(matter, book),
        "findings": obligations.findings_of(matter.id),
        "reminders": obligations.reminders_of(matter.id),
        "refusal": _unplaced(tried, offers),
        "kept": _kept(tried, offers),
        "fresh": fresh,
        "shown_once": fresh is not None,
    }
    return shell.page(request, "desk/matter.html", context, here="matters", status=status)


def _said(matter: Matter, book: Rulebook) -> dict[str, str]:
    """Return what the answer rests on, and the clauses that the page cites of it and of silence."""
    return {
        "basis": matters.basis_of(matter),
        "cited_clause": book.cite(first_responder.CITED),
        "deemed_clause": book.cite(one_time_notice.DEEMED),
    }


def _issued(matter: Matter, now: datetime) -> dict[str, Any]:
    """Return the papers, how those that are to be served were, and what the file proves of the notices."""
    issued = matters.documents_of(matter)
    return {
        "documents": issued,
        "replaced": matters.replaced_documents(issued),
        "services": matters.services_of(matter, issued, now),
        "archived": matters.archived_notices(matter),
    }


def _waiting(matter: Matter, now: datetime) -> dict[str, Any]:
    """Return what is under way, and of a refusal who signs it one after the other."""
    pending = matters.pending_of(matter)
    filing = pending.filing
    return {"pending": pending, "way": matters.way_of(filing, matter, now) if filing else ()}


def _led(asker: Asker, matter: Matter) -> dict[str, Any]:
    """Return where the matter was led, and what other units were asked: in full to whoever was asked."""
    asked = matters.consultations_of(matter)
    return {
        "guidance": matters.guidance_of(matter),
        "consultations": asked,
        "approval_steps": matters.approval_steps(matter, asker.at),
        "asked_here": {row.id for row in asked if matters.was_asked(asker, row)},
    }


def _missed(matter: Matter, book: Rulebook, at: datetime) -> list[tuple[str, str]]:
    """Return what a rating says was not kept, in words, each with the clause that promises it."""
    points = service_commitment.not_kept_choices(book, at.astimezone(SHANGHAI).date())
    codes = [str(one) for one in matter.rating_missed]
    return [(words, points.get(code, "")) for code, words in zip(codes, phrases.missed(codes), strict=True)]


def _checklist(matter: Matter, tried: Tried | None) -> list[Row]:
    """Return the papers as last checked; after a refused check as they were typed, with what is wrong."""
    known = matters.materials_of(matter)
    if tried is None or not tried.papers:
        return [Row(one) for one in known]
    errors = phrases.field_errors(tried.error) if tried.error else {}
    originals = {one.name for one in known if one.original}
    back = {one.name: one.returned_at for one in known}
    return [
        Row(
            matters.Checked(
                name=one.name,
                required=one.required,
                original=one.name in originals,
                copies=one.copies,
                present=one.present,
                pages=one.pages,
                problem=one.problem,
                returned_at=back.get(one.name),
            ),
            errors.get(f"materials.{place}.problem", "") or errors.get(f"materials.{place}.pages", ""),
        )
        for place, one in enumerate(tried.papers)
    ]


def _offer(
    choice: Choice,
    matter: Matter,
    tried: Tried | None,
    clauses: list[Clause],
    *,
    book: Rulebook,
    now: datetime,
) -> Offer:
    step, kind, day = steps.STEPS[choice.verb], matter.kind, now.astimezone(SHANGHAI).date()
    fields = pointing.asked(step.fields, choice.verb, clauses, day)
    fields = guiding.asked(fields, choice.verb, matter, book, day)
    fields = refusal_steps.asked(fields, choice.verb, matter, book, day)
    fields = telling_steps.asked(fields, choice.verb, matter, book, day)
    fields = counting.asked(fields, choice.verb, matter, book)
    fields = readdressing.asked(fields, choice.verb, matter, now)
    mine = tried if tried is not None and tried.verb == choice.verb else None
    errors = phrases.field_errors(mine.error) if mine and mine.error else {}
    known = {one.name for one in fields}
    loose = mine is not None and mine.error is not None and not known & set(errors)
    return Offer(
        verb=choice.verb,
        label=phrases.label(labels.verbs(kind), choice.verb),
        go=_(step.go),
        acting_for=choice.acting_for,
        fields=bind(fields, mine.typed if mine else None, errors, choice.verb),
        hint=_(hint) if (hint := refusal_steps.hint(step, choice.verb, matter)) else "",
        grave=step.grave,
        leads=step.leads,
        key=mine.key if mine else "",
        open=mine is not None,
        refusal=phrases.refusal(mine.error) if mine and mine.error and loose else None,
    )


def _unplaced(tried: Tried | None, offers: list[Offer]) -> phrases.Refusal | None:
    """Return the refusal of a verb that is not on the page any more, so that it is told all the same."""
    if tried is None or tried.error is None or any(one.open for one in offers):
        return None
    return phrases.refusal(tried.error)


def _kept(tried: Tried | None, offers: list[Offer]) -> list[tuple[str, str]]:
    """Return what was typed for a verb that is not on the page any more, by its fields' names."""
    if tried is None or tried.error is None or any(one.open for one in offers):
        return []
    fields = steps.STEPS[tried.verb].fields
    return [(_(one.label), tried.typed[one.name]) for one in fields if tried.typed.get(one.name)]
