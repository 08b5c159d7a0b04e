"""What each kind of document says, as blocks in the order of its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from huiyin.documents import telling_outlines
from huiyin.documents.blocks import Block, Grid, Outline, Page, Paragraph, Table, words
from huiyin.documents.contents import TEMPLATE_VERSION, Content
from huiyin.documents.forms import Form
from huiyin.documents.viewing import short, view


def outline(content: Content, language: str, version: str) -> Outline:
    """Return the document as blocks, everything that its page says."""
    page = Page(content, language, version)
    office, handler = page["office"], page["handler"]
    blocks = (*_OUTLINES.get(page.kind, _nothing)(page), *page.rest())
    return Outline(
        letter=page.kind not in _FORMS,
        language=page.language,
        office=office["name_en"] if page.language == "en" and office["name_en"] else office["name"],
        title=_title(page),
        matter=f"{page.t('matter')}{page.t('colon')}{page['matter_number']}",
        number=f"{page.t('number')}{page.t('colon')}{page['number']}",
        date=page["issued_at"]["date"],
        addressee=_addressee(page),
        blocks=blocks,
        contact="" if page.kind in _FORMS else _contact(page, office, handler),
        standing=page.t("working.copy"),
        signatures=tuple(page.t(key) for key in _SIGNED.get(page.kind, ())),
    )


def form_outline(form: Form, language: str) -> Outline:
    """Return a form as blocks, everything that its page says."""
    tongue = short(language)
    shown, office = view(form, tongue), form.office

    def t(key: str) -> str:
        return words(key, tongue, TEMPLATE_VERSION)

    return Outline(
        letter=False,
        language=tongue,
        office=office.name_en if tongue == "en" and office.name_en else office.name,
        title=shown["title"],
        matter="",
        number=f"{t('number')}{t('colon')}{shown['number']}",
        date=shown["issued_at"]["date"],
        addressee="",
        blocks=tuple(_form_blocks(shown)),
        contact="",
        standing=t("form.standing"),
        signatures=tuple(_signed(one, t) for one in shown["signatures"]),
        across=form.across,
    )


def _form_blocks(shown: Mapping[str, Any]) -> Iterator[Block]:
    if shown["note"]:
        yield Paragraph(shown["note"], "small")
    for one in shown["blocks"]:
        if one["heading"]:
            yield Paragraph(one["heading"], "heading")
        if one["lines"]:
            yield Grid(
                tuple(
                    tuple((fact["label"], fact["text"], fact["room"]) for fact in line)
                    for line in one["lines"]
                )
            )
        if one["columns"]:
            nothing = (one["nothing"], *("" for _ in one["columns"][1:]))
            rows = tuple(tuple(row) for row in one["rows"]) or (nothing,)
            yield Table(rows, tuple(one["columns"]), tuple(one["widths"]))


def _signed(one: Mapping[str, str], t: Callable[[str], str]) -> str:
    said = one["label"] + t("colon") + one["name"]
    return f"{said}  {t('signature.date')}{t('colon')}{one['at']}" if one["name"] else said


def _title(page: Page) -> str:
    if page.kind == "reply":
        return page.t("reply.title", item=page["item"])
    if page.kind == "refusal_filing_form" and page["title"] and page.language == "zh":
        return str(page["title"])
    return page.t(f"title.{page.kind}")


def _addressee(page: Page) -> str:
    applicant = page["applicant"]
    return applicant + page.t("colon") if applicant and page.kind not in _FORMS | _UNADDRESSED else ""


def _contact(page: Page, office: Mapping[str, str], handler: Mapping[str, str]) -> str:
    parts = [page.t("contact", name=" ".join(filter(None, (handler["unit"], handler["name"]))))]
    if handler["phone"]:
        parts.append(page.t("contact.phone", phone=handler["phone"]))
    if handler["window"]:
        parts.append(page.t("contact.window", window=handler["window"]))
    if office["complaint_phone"]:
        parts.append(page.t("feedback", phone=office["complaint_phone"]))
    return page.t("semicolon").join(parts) + page.t("stop")


def _nothing(_page: Page) -> Iterable[Block]:
    return ()


def _receipt(page: Page) -> Iterator[Block]:
    office, handler = page["office"], page["handler"]
    limit = page["limit"]
    waits = page["review_until"]
    due, collect = page["due_at"], page["collect_at"]
    provisional = bool(page["provisional"])
    phones = " / ".join(dict.fromkeys(filter(None, (office["phone"], handler["phone"]))))
    yield from page.facts(
        ("item", page["item"]),
        ("applicant", page["applicant_masked"]),
        ("received", page["received_at"]["moment"]),
        ("review", page.t("review.until", until=page.due(waits, provisional)) if waits else ""),
        ("limit", page.t("limit.after", limit=limit) if waits and limit else limit),
        ("due", page.due(due, provisional) if due else ""),
        ("collect", page.due(collect, provisional) if collect else ""),
        ("handler", " ".join(filter(None, (handler["unit"], handler["name"])))),
        ("window", handler["window"]),
        ("phone", phones),
        ("complaint", office["complaint_phone"]),
        ("address", office["address"]),
        ("receipt.evidence", page["event_hash"]),
    )
    if page["materials"]:
        yield Paragraph(page.t("materials"), "heading")
        yield _papers(page, page["materials"])
    if page["track_url"]:
        yield Paragraph(page.t("receipt.track.how", url=page["track_url"]), "small")
    if provisional:
        yield Paragraph(page.t("provisional.why"), "small")


def _acceptance(page: Page) -> Iterator[Block]:
    received, accepted = page["received_at"]["date"], page["accepted_at"]["date"]
    yield Paragraph(
        page.t(
            "acceptance.opening", received=received, item=page["item"], basis=page["basis"], accepted=accepted
        )
    )
    provisional = bool(page["provisional"])
    due = page.due(page["due_at"], provisional)
    yield Paragraph(page.t("acceptance.limit", limit=page["limit"], due=due))
    if provisional:
        yield Paragraph(page.t("provisional.why"))
    yield Paragraph(page.t("acceptance.excluded"))
    if page["track_url"]:
        yield Paragraph(page.t("acceptance.track"))
        yield Paragraph(page["track_url"], "line")


def _grant(page: Page) -> Iterator[Block]:
    received, accepted = page["received_at"]["date"], page["accepted_at"]
    if accepted:
        opening = page.t(
            "grant.opening.accepted", received=received, item=page["item"], accepted=accepted["date"]
        )
    else:
        opening = page.t("grant.opening", received=received, item=page["item"])
    yield Paragraph(opening)
    yield from page.section("grant.basis", page["basis"])
    yield from page.section("grant.result", page["result"])
    hours, place = page["hours"], page["collect_at"]
    key = "grant.next.place" if place else "grant.next.how"
    yield from page.section("grant.next", page.t(key, place=place, hours=hours))


def _refusal(page: Page) -> Iterator[Block]:
    received, declined = page["received_at"]["date"], page.kind == "declination"
    opening = "declination.opening" if declined else "refusal.opening"
    yield Paragraph(page.t(opening, received=received, item=page["item"]))
    referral = page["referral"]
    if referral:
        yield Paragraph(_referred(page, referral))
    yield from page.section("refusal.facts", page["facts"])
    yield from page.section("declination.reasons" if declined else "refusal.reasons", page["reasons"])
    yield from page.section("refusal.basis", page["legal_basis"])
    yield from page.section(
        "refusal.remedies", *(_remedy(page, one, "remedy.lead") for one in page["remedies"])
    )
    if page["returned"]:
        yield from page.section("refusal.returned", page.t("refusal.returned.how"))
        yield _papers(page, page["returned"])


def _referred(page: Page, referral: Mapping[str, str]) -> str:
    """Where to apply instead, with where to find it as far as that is known."""
    details = [
        page.t(f"remedy.{key}", **{key: referral[name]})
        for key, name in (("address", "place"), ("phone", "phone"))
        if referral[name]
    ]
    said = page.t("referral", office=referral["name"])
    return page.t("semicolon").join([said, *details]) + page.t("stop")


def _filing(page: Page) -> Iterator[Block]:
    handler, filed, decided = page["handler"], page["filed_at"], page["decided_at"]
    approvals, awaited = page["approvals"], page["awaited"]
    ended = "yes" if page["overturned"] else "no"
    reply, referral = page["reply_number"], page["referral"]
    yield Paragraph(page.t("filing.inside"), "small")
    yield from page.facts(
        ("applicant", page["applicant"]),
        ("applicant.phone", page["applicant_phone"]),
        ("item", page["item"]),
        ("filing.importance", page.t(f"importance.{page['importance']}")),
        ("received", page["received_at"]["moment"]),
        ("filing.proposed", page["proposed_at"]["moment"]),
        ("filing.facts", page["facts"]),
        ("filing.reasons", page["reasons"]),
        ("filing.basis", page["legal_basis"]),
        ("filing.ground", page["ground"]),
        ("filing.verification", page["verification"]),
        ("filing.importance.reason", page["importance_reason"]),
        ("filing.referral", " ".join(filter(None, referral.values())) if referral else ""),
    )
    yield from page.rest()
    steps = [(page.t("filing.opinion", level=one["level"]), _opinion(page, one)) for one in approvals]
    steps += [(page.t("filing.opinion", level=level), page.t("verdict.awaited")) for level in awaited]
    yield Table(tuple(steps))
    yield from page.facts(
        ("filing.filed", filed["moment"] if filed else ""),
        ("filing.decided", decided["moment"] if decided else ""),
        ("filing.overturned", page.t(ended)),
        ("filing.reply", reply),
        ("handler", " ".join(filter(None, (handler["unit"], handler["name"])))),
        ("phone", handler["phone"]),
    )


def _opinion(page: Page, one: Mapping[str, Any]) -> str:
    said = [page.t(f"verdict.{one['verdict']}"), one["opinion"]]
    signed = f"{page.t('filing.signature')}{one['name']}  {one['at']['moment']}"
    return "\n".join(filter(None, [*said, signed]))


def _extension(page: Page) -> Iterator[Block]:
    yield Paragraph(
        page.t(
            "extension.opening",
            received=page["received_at"]["date"],
            item=page["item"],
            previous=page["previous_due_at"]["moment"],
            extension=page["extension"],
        )
    )
    yield from page.section("extension.reason", page["reason"])
    yield from page.section("extension.basis", page["basis"])
    provisional = bool(page["provisional"])
    yield from page.section("extension.due", page.due(page["due_at"], provisional) + page.t("stop"))
    if provisional:
        yield Paragraph(page.t("provisional.why"))


def _pause(page: Page) -> Iterator[Block]:
    known, named = page["procedure"], page["procedure_name"]
    procedure = named if known == "other" else page.t(f"procedure.{known}")
    yield Paragraph(
        page.t("pause.opening", received=page["received_at"]["date"], item=page["item"], procedure=procedure)
    )
    yield from page.section("pause.reason", page["reason"])
    yield from page.section("pause.basis", page["basis"])
    planned = page.t("pause.time.text", starts=page["starts_at"]["moment"], planned=page["planned"])
    yield from page.section("pause.time", planned, page.t("pause.effect"))


def _reply(page: Page) -> Iterator[Block]:
    yield Paragraph(page.t("reply.opening", received=page["received_at"]["date"]))
    yield from page.section("reply.request", page["request"])
    yield from page.section("reply.answer", page["answer"])
    if page["basis"]:
        yield from page.section("reply.basis", page["basis"])
    yield from (Paragraph(_remedy(page, one, "remedy.lead.reply")) for one in page["remedies"])


def _slip(page: Page) -> Iterator[Block]:
    yield Paragraph(page.t("slip.opening", at=page["returned_at"]["moment"]))
    yield from page.facts(
        ("applicant", page["applicant"]),
        ("item", page["item"]),
        ("slip.identity", page["identity"]),
        ("slip.receiver", page["receiver"]),
        ("slip.basis", page["basis"]),
    )
    yield _papers(page, page["materials"])


def _correction(page: Page) -> Iterator[Block]:
    decision = page["decision_number"]
    named = page.t("correction.named", decision=decision) if decision else ""
    yield Paragraph(
        page.t("correction.opening", received=page["received_at"]["date"], item=page["item"], decision=named)
    )
    yield from page.section("correction.what", page["correction"])
    at = page["corrected_at"]["moment"]
    yield from page.section("correction.next", page.t("correction.next.text", at=at))
    due, provisional = page["due_at"], bool(page["provisional"])
    if due:
        yield Paragraph(page.t("correction.due", due=page.due(due, provisional)))
    if provisional:
        yield Paragraph(page.t("provisional.why"))
    if page["basis"]:
        yield Paragraph(page.t("correction.basis", basis=page["basis"]))
    if page["wanted"]:
        yield from page.section("correction.wanted", page.t("correction.wanted.how", place=page["bring_to"]))
        yield _papers(page, page["wanted"])


def _papers(page: Page, lines: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        tuple(
            (
                str(n),
                line["name"],
                page.t("original" if line["original"] else "copy"),
                str(line["copies"]),
                str(line["pages"] or "—"),
            )
            for n, line in enumerate(lines, start=1)
        ),
        tuple(page.t(key) for key in ("ordinal", "material", "form", "copies", "pages")),
        (1, 6, 2, 1, 1),
    )


def _remedy(page: Page, remedy: Mapping[str, str], lead: str) -> str:
    details = [
        page.t(f"remedy.{name}", **{name: remedy[name]})
        for name in ("address", "phone", "basis")
        if remedy[name]
    ]
    within = page.t("remedy.within", limit=remedy["limit"]) if remedy["limit"] else ""
    way = page.t(lead) + page.t(f"remedy.{remedy['kind']}", body=remedy["body"], within=within)
    return page.t("semicolon").join([way, *details]) + page.t("stop")


_OUTLINES: Final[Mapping[str, Callable[[Page], Iterable[Block]]]] = {
    "receipt": _receipt,
    "one_time_notice": telling_outlines.notice,
    "oral_notice": telling_outlines.oral,
    "acceptance": _acceptance,
    "grant_decision": _grant,
    "refusal_decision": _refusal,
    "declination": _refusal,
    "refusal_filing_form": _filing,
    "extension_notice": _extension,
    "pause_notice": _pause,
    "reply": _reply,
    "return_slip": _slip,
    "correction_notice": _correction,
}
_FORMS: Final = frozenset({"receipt", "refusal_filing_form"})
_UNADDRESSED: Final = frozenset({"return_slip", "oral_notice"})
_SIGNED: Final[Mapping[str, tuple[str, ...]]] = {
    "receipt": ("receipt.signature",),
    "one_time_notice": ("notice.told.by", "notice.told.to"),
    "oral_notice": ("notice.told.by",),
    "return_slip": ("slip.signature", "slip.handed"),
}
