"""The control of the intake benchmark: a Django view that inserts one row, and nothing else.

It runs in the same server, processes and database connections as the product,
so that the two can be compared. It has no middleware, no permissions, no
checks: the least that a row of somebody's request can cost in Django.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from huiyin.storage.ids import new_id

PATH = "/bare"


class Row(models.Model):
    """Nine columns, a unique key, one more index, about 200 bytes of text."""

    id = models.UUIDField(primary_key=True, default=new_id)
    tenant = models.UUIDField()
    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    summary = models.CharField(max_length=200)
    handler = models.UUIDField()
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        """A table beside the product's."""

        app_label = "bench"
        db_table = "bench_row"
        indexes: ClassVar = [models.Index(fields=["handler", "due_at"], name="bench_row_due")]

    def __str__(self) -> str:
        return self.number


def make_table() -> None:
    """Make the control's table."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row and answer with its key."""
    given = json.loads(request.body)
    row = Row(
        tenant=UUID(given["tenant"]),
        number=given["number"],
        kind="application",
        stage="registered",
        summary=given["summary"],
        handler=UUID(given["tenant"]),
        due_at=given["at"],
        created_at=given["at"],
    )
    row.save(force_insert=True)
    answer = json.dumps({"number": row.number}).encode()
    return HttpResponse(
        answer, status=201, headers={"Content-Type": "application/json", "Content-Length": str(len(answer))}
    )


urlpatterns = [path(PATH.removeprefix("/"), insert)]


class _Request(WSGIRequest):
    """A request for the view above."""

    urlconf = __name__


def beside(product: Callable[..., Any]) -> Callable[..., Any]:
    """Return an application that answers the control's path itself and leaves the rest to the product."""
    with override_settings(MIDDLEWARE=[]):
        bare = WSGIHandler()
    bare.request_class = _Request

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        return (bare if environ["PATH_INFO"] == PATH else product)(environ, start_response)

    return answer
