"""The lights board: open duties by unit and light, as a table and as a chart of the same figures."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.matters import labels
from huiyin.reports import queries as reports
from huiyin.rules.vocabulary import Light

_SHOWN = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE)


def index(request: DoorRequest) -> HttpResponse:
    """Show the board: the sum of all that one may see first, then each unit."""
    rows = reports.lights_by_unit(request.asker, request.now)
    context = {
        "shown": [light.value for light in _SHOWN],
        "rows": [
            {
                "unit": row.unit,
                "counts": [(light.value, row.counts[light]) for light in _SHOWN],
                "total": row.total,
            }
            for row in rows
        ],
        "totals": [(light.value, sum(row.counts[light] for row in rows)) for light in _SHOWN],
        "total": sum(row.total for row in rows),
    }
    return shell.page(request, "desk/lights.html", context, here="lights")


def figures(request: DoorRequest) -> JsonResponse:
    """Give the board's figures to the chart."""
    rows = reports.lights_by_unit(request.asker, request.now)
    return JsonResponse(
        {
            "units": [row.unit for row in rows],
            "series": [
                {
                    "light": light.value,
                    "name": phrases.label(labels.LIGHTS, light.value),
                    "counts": [row.counts[light] for row in rows],
                }
                for light in _SHOWN
            ],
        }
    )
