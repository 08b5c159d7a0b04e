"""The description of the API for programs (OpenAPI 3.1), and a page of it for people, all served here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from huiyin.doors import phrases
from huiyin.doors.api.api import api


def description(request: HttpRequest) -> HttpResponse:
    """Return the description in the language asked for."""
    del request
    response = JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Language",))
    return response


def page(request: HttpRequest) -> HttpResponse:
    """Show the description to people; trying an operation needs a token of one's own."""
    return render(request, "api/reference.html", {"language": phrases.language()})
