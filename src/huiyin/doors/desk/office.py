"""What the office says of itself on its pages and papers: for administrators."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import staff
from huiyin.doors.forms import Field, bind, read
from huiyin.organisation import actions
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, NotFound, msg

FIELDS: Final = (
    Field("name", msg("名称"), max_length=100),
    Field("name_en", msg("英文名称"), required=False, max_length=200, help=msg("英文页面和英文文书上用")),
    Field("address", msg("地址"), required=False, max_length=200, help=msg("印在文书上，显示在办事窗口")),
    Field("phone", msg("电话"), "tel", required=False, max_length=40),
    Field("complaint_phone", msg("投诉电话"), "tel", required=False, max_length=40),
    Field(
        "review_body",
        msg("行政复议机关"),
        required=False,
        max_length=100,
        help=msg("印在不予办理决定书上"),
    ),
)


def index(request: DoorRequest) -> HttpResponse:
    """Show what is said of the office, and change it; a refusal keeps what was typed."""
    tenant = organisation.tenant(request.asker.tenant_id)
    typed = {one.name: str(getattr(tenant, one.name)) for one in FIELDS}
    errors: dict[str, str] = {}
    refusal = None
    if request.method == "POST":
        typed = read(FIELDS, request.POST)
        try:
            actions.describe_office(tenant, by=request.asker, at=request.now, **typed)
        except NotFound:
            raise
        except HuiyinError as error:
            errors = phrases.field_errors(error)
            refusal = None if errors else phrases.refusal(error)
        else:
            messages.success(request, _("单位信息已保存；已经出具的文书不变。"))
            return redirect("desk:office")
    context = {"fields": bind(FIELDS, typed, errors), "refusal": refusal}
    return staff.page(request, "office", context, status=422 if errors or refusal else 200)
