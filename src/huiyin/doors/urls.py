"""Every address of the service; each door contributes its own, declared with who may use it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from huiyin.doors import refusals
from huiyin.doors.access import Who, route
from huiyin.doors.api.urls import urlpatterns as api
from huiyin.doors.desk import shell
from huiyin.doors.desk.urls import urlpatterns as desk
from huiyin.doors.language import choose
from huiyin.doors.portal import pages
from huiyin.doors.portal.urls import urlpatterns as portal

urlpatterns: list[URLPattern | URLResolver] = [
    route("language/", choose, name="language", who=Who.PUBLIC, methods=["POST"]),
    path("desk/", include((desk, "desk"))),
    path("api/", include((api, "api"))),
    # Last: its first part may be the name of any office.
    path("", include((portal, "portal"))),
]

refusals.frame("/desk/", shell.around)
refusals.frame("/", pages.around)

handler400 = "huiyin.doors.refusals.bad_request"
handler403 = "huiyin.doors.refusals.forbidden"
handler404 = "huiyin.doors.refusals.not_found"
handler500 = "huiyin.doors.refusals.broken"
