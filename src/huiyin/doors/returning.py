"""The way back from an answer to a form: the address of the page that can be asked for again.

A browser that reloads such an answer sends the form once more, and one that
opens its address asks for what only takes forms.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import Resolver404, resolve


def page_of(request: HttpRequest) -> str:
    """Return the address under which this page is read; after a form, the nearest page above it."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return nearest(request.path)


def nearest(path: str) -> str:
    """Return the path itself if it is one that is read, else the nearest above it; "/" at last."""
    while path != "/":
        if _is_read(path):
            return path
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return path


def _is_read(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    # Declared by `doors.access`, which imports the refusals that lead here.
    access = getattr(view, "access", None)
    return access is not None and "GET" in (access.methods or ())
