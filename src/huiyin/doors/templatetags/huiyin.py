"""Tags and filters that every door's pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from huiyin.documents import queries as documents
from huiyin.doors import forms, phrases, returning, strips
from huiyin.doors.rights import RIGHTS
from huiyin.matters import document_labels, event_labels, labels, notice_labels, refusal_labels
from huiyin.rules import library
from huiyin.rules.errors import msg
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.strip import Month

register = template.Library()

HANDOVER_ENDINGS: Final = {
    "": msg("等待接收"),
    "accepted": msg("已接收"),
    "bounced": msg("已退回"),
    "withdrawn": msg("已撤回"),
}

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": labels.KINDS,
    "channel": labels.CHANNELS,
    "urgency": labels.URGENCIES,
    "source": labels.SOURCES,
    "stage": labels.STAGES,
    "nature": labels.NATURES,
    "route": labels.ROUTES,
    "consulted": notice_labels.CONSULTED,
    "outcome": labels.OUTCOMES,
    "punctuality": labels.PUNCTUALITY,
    "duty": labels.DUTIES,
    "light": labels.LIGHTS,
    "finding": labels.FINDINGS,
    "gravity": labels.GRAVITIES,
    "event": event_labels.EVENTS,
    "verb": labels.VERBS,
    "procedure": labels.PROCEDURES,
    "delivery": labels.DELIVERIES,
    "way": notice_labels.WAYS,
    "relation": notice_labels.RELATIONS,
    "paper": {kind.value: name for kind, name in documents.NAMES.items()},
    "ending": HANDOVER_ENDINGS,
    "right": RIGHTS,
    "secrecy": document_labels.SECRECY,
    "routing": document_labels.ROUTINGS,
    "waits_for": document_labels.WAITS_FOR,
    "routing_ending": document_labels.ROUTING_ENDINGS,
    "reminder": labels.REMINDERS,
    "ground": refusal_labels.GROUNDS,
    "importance": refusal_labels.IMPORTANCES,
    "filing_ending": refusal_labels.ENDINGS,
    "level": refusal_labels.LEVELS,
    "identity": refusal_labels.IDENTITIES,
}


@register.filter
def word(code: str, which: str) -> str:
    """Return the words for a code of one of the lists of `matters.labels`: `{{ stage|word:"stage" }}`."""
    return phrases.label(_WORDS[which], str(code))


@register.filter
def measure(code: str) -> str:
    """Return what a measure that a clause prints is called."""
    return library.code_of("measures", code, phrases.language())


@register.filter
def moment(at: datetime | None) -> str:
    """Return a moment in the office's zone."""
    return phrases.moment(at)


@register.filter
def day(on: date | None) -> str:
    """Return a day of the office's calendar."""
    return phrases.day(on)


@register.filter
def last_day(until: datetime | None) -> str:
    """Return the last day on which something works that ends at this moment; midnight ends the day before."""
    return phrases.day(until - timedelta(microseconds=1)) if until else ""


@register.filter
def remaining(minutes: int, light: str = "") -> str:
    """Return the working time left; the light tells late from not late while the office is closed."""
    return phrases.remaining(minutes, str(light))


@register.filter
def short(value: object, length: int = 12) -> str:
    """Return the beginning of a hash."""
    return str(value)[:length]


@register.simple_tag
def limit_of(amount: int, unit: str) -> str:
    """Return a limit in words."""
    return phrases.limit_of(amount, unit)


@register.simple_tag
def clause_text(rulebook: Rulebook, clause_id: str) -> str:
    """Return what a clause of the office's rulebook says."""
    return phrases.clause_text(rulebook, clause_id)


@register.simple_tag
def new_key() -> str:
    """Return a fresh idempotency key for a form."""
    return str(uuid4())


@register.simple_tag(takes_context=True)
def same_page(context: dict[str, Any]) -> str:
    """Return the address to come back to from a switch of language: this page, or the one of the form."""
    return returning.page_of(context["request"])


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """Draw an icon of the sprite; it says nothing that the words beside it do not."""
    return format_html(
        '<svg class="icon" width="{}" height="{}" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg>',
        size,
        size,
        static("huiyin/icons.svg"),
        name,
    )


@register.inclusion_tag("huiyin/_light.html")
def light(code: str) -> dict[str, Any]:
    """Show a light by icon, word and colour."""
    return {"code": str(code), "word": phrases.label(labels.LIGHTS, str(code))}


@register.inclusion_tag("huiyin/_strip.html")
def month_strip(months: Sequence[Month]) -> dict[str, Any]:
    """Draw what each day was to a limit, month by month."""
    return {"sheets": list(strips.sheets(months)), "weekdays": [gettext(day) for day in strips.WEEKDAYS]}


@register.inclusion_tag("huiyin/_clause.html")
def clause(rulebook: Rulebook, clause_id: str) -> dict[str, Any]:
    """Show a clause's id, with what it says on pointing or focusing."""
    return {"id": clause_id, "text": phrases.clause_text(rulebook, clause_id)}


@register.inclusion_tag("huiyin/_field.html")
def field(bound: forms.Bound) -> dict[str, Any]:
    """Show a field with its label, help and error."""
    return {"bound": bound, "field": bound.field}


@register.simple_tag
def identifier(*parts: str | int | UUID) -> str:
    """Join parts into an id that is unique on a page."""
    return "-".join(str(part) for part in parts)
