"""The desk's addresses."""

from __future__ import annotations

from django.urls import URLPattern

from huiyin.doors.access import Who, route
from huiyin.doors.desk import sign_in

_BOTH = ("GET", "POST")

urlpatterns: list[URLPattern] = [
    route("sign-in/", sign_in.sign_in, name="sign-in", who=Who.PUBLIC, methods=_BOTH),
    route("sign-out/", sign_in.sign_out, name="sign-out", who=Who.PUBLIC, methods=["POST"]),
    route("password/", sign_in.password, name="password", who=Who.STAFF, methods=_BOTH, newcomers=True),
]
