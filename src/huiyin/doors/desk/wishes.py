"""How somebody wants to be told: one by one or in a digest, with or without letters."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.delivery import actions as delivery_actions
from huiyin.delivery import queries as delivery
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.forms import Field, bind, read
from huiyin.rules.errors import msg

FIELDS: Final = (
    Field(
        "digest",
        msg("到期提醒合并成一条"),
        "checkbox",
        required=False,
        help=msg("上午、下午各一条；不勾选，则逐条提醒，一天太多时才合并。"),
    ),
    Field(
        "mail",
        msg("同时发电子邮件"),
        "checkbox",
        required=False,
        help=msg("不勾选，消息只在系统内提醒。系统内的消息总会保留。"),
    ),
)


def index(request: DoorRequest) -> HttpResponse:
    """Show how the person is told, and change it; always their own alone."""
    if request.method == "POST":
        typed = read(FIELDS, request.POST)
        wish = delivery.Wish(digest=bool(typed["digest"]), mail=bool(typed["mail"]))
        delivery_actions.prefer(request.asker, wish, request.now)
        messages.success(request, _("提醒方式已保存。"))
        return redirect("desk:wishes")
    wish = delivery.wish_of(request.asker)
    kept = {"digest": "on" if wish.digest else "", "mail": "on" if wish.mail else ""}
    return shell.page(request, "desk/wishes.html", {"fields": bind(FIELDS, kept)}, here="inbox")
