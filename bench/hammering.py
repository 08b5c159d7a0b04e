"""One of the processes that hammer intake: `python -m bench.hammering`, its plan on standard input.

Registers as fast as it can until the time is over, and writes each
acknowledged receipt to its journal before it asks for the next. Most keys are
its own; now and then it repeats the key before; and whenever a new slot of
time begins it uses the slot's key, which the other process uses in the same
moment, too.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

from bench.clients import HOST
from huiyin.doors.cli import installation
from huiyin.rules.errors import HuiyinError

SLOT = 0.1
"""Seconds between two keys that both processes use."""

QUEUE = "queue"
_REPEAT_EVERY = 7


@dataclass
class Plan:
    """What one process does. Without a `port` it calls the action itself; `without` breaks it on purpose."""

    name: str
    journal: str
    token: str
    item: str
    port: int
    without: str


Answer = tuple[str, str]
"""Number and query code."""


class Refused(Exception):
    """Anything but a receipt."""


def main(plan: Plan) -> None:
    """Get ready, say so, be told until when, hammer, and keep the journal."""
    send = over_http(plan) if plan.port else through_actions(plan)
    print("ready", flush=True)
    until = float(sys.stdin.readline())
    with Path(plan.journal).open("a", encoding="utf-8") as journal:
        for key in keys(plan.name, until):
            began = time.perf_counter()
            line: dict[str, object] = {"key": key}
            try:
                line["number"], line["code"] = send(key)
            except Refused as error:
                line["refused"] = str(error)
            line["wait"] = time.perf_counter() - began
            journal.write(json.dumps(line) + "\n")
            journal.flush()
            os.fsync(journal.fileno())


def keys(name: str, until: float) -> Iterator[str]:
    """Return keys until the time is over: one's own, repeated ones, and those of both."""
    start = f"{until:.3f}"
    slot, serial, last = 0, 0, ""
    while (now := time.time()) < until:
        if int(now / SLOT) != slot:
            slot = int(now / SLOT)
            yield f"both-{start}-{slot}"
            continue
        serial += 1
        if serial % _REPEAT_EVERY or not last:
            last = f"{name}-{start}-{serial}"
        yield last


def asked(plan: Plan) -> dict[str, Any]:
    """Return the request: always the same words, so that a key can come from both."""
    return {
        "kind": "application",
        "channel": "counter",
        "item": plan.item,
        "applicant_name": "王小明",
        "applicant_phone": "13800138000",
    }


def over_http(plan: Plan) -> Callable[[str], Answer]:
    """Register through the API."""
    connection = http.client.HTTPConnection(HOST, plan.port, timeout=60)
    body = json.dumps(asked(plan))

    def send(key: str) -> Answer:
        headers = {
            "Authorization": f"Bearer {plan.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            connection.request("POST", "/api/v1/matters", body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except OSError as error:
            connection.close()
            raise Refused(repr(error)) from error
        if answer.status != http.HTTPStatus.CREATED:
            raise Refused(f"{answer.status} {text}")
        found = json.loads(text)
        return found["number"], found["code"]

    return send


def through_actions(plan: Plan) -> Callable[[str], Answer]:
    """Register by calling the action, in this process and on a connection of its own."""
    installation.set_up()
    if plan.without == QUEUE:
        break_queue()
    actions = import_module("huiyin.matters.actions")
    organisation = import_module("huiyin.organisation.queries")

    def send(key: str) -> Answer:
        at = datetime.now(UTC)
        try:
            asker = organisation.asker_for_token(plan.token, at)
            receipt = actions.register(actions.By(asker, at, key), actions.Request(**asked(plan)))
        except (HuiyinError, import_module("django.db").Error) as error:
            raise Refused(f"{type(error).__name__} {error}") from error
        return receipt.number, receipt.code

    return send


def break_queue() -> None:
    """Let SQLite's own waiting take the place of the orderly queue, and nobody wait for long."""
    queue = import_module("huiyin.storage.sqlite.queue").Queue
    for name in ("acquire", "release"):
        mock.patch.object(queue, name, return_value=None).start()
    connection = import_module("django.db").connection
    connection.settings_dict["OPTIONS"]["timeout"] = 0.001


if __name__ == "__main__":
    main(Plan(**json.loads(sys.stdin.readline())))
