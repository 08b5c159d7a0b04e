"""Tags of the portal's pages, also of those that no view made."""

from __future__ import annotations

from typing import Any

from django import template

from huiyin.doors.portal import display

register = template.Library()


@register.simple_tag(takes_context=True)
def large_type(context: dict[str, Any]) -> bool:
    """Say whether the reader chose large type."""
    return display.is_large(context["request"])
