"""Commands: one transaction each, and the same receipt however often it is repeated."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeAlias
from uuid import UUID

from django.db import IntegrityError
from django.db.models import CharField, F, UUIDField

from huiyin.matters.models import Command
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Conflict, HuiyinError, Invalid, msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.crypto import keyed_digest
from huiyin.storage.inserting import insert
from huiyin.storage.numbers import reserved
from huiyin.storage.prepared import Prepared, given
from huiyin.storage.transactions import one_round_trip, write

log = logging.getLogger(__name__)

P = ParamSpec("P")
KEPT: Final = timedelta(days=7)
LONGEST_KEY: Final = 80
CODE: Final = "code"


@dataclass(frozen=True, slots=True)
class By:
    """Who commands, when, with which idempotency key, and for which absent colleague.

    `version` is the version of the matter that the person saw; a stale one is
    refused. `applicant` marks the person served, who has no account.
    """

    asker: Asker
    at: datetime
    key: str
    acting_for: UUID | None = None
    version: int | None = None
    applicant: bool = False

    @property
    def actor(self) -> str:
        """The actor's name in events."""
        return "applicant" if self.applicant else str(self.asker.person_id)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command answers: the matter's number, where it stands, and proof.

    `code` is the query code, present on registration and on reissue only;
    `event_hash` is the hash of the last event written.
    """

    number: str
    stage: str
    version: int
    at: str
    event_hash: str
    code: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One running command: by whom, and where its numbers come from."""

    by: By
    take_number: Callable[[str], int] = field(repr=False)


Verb: TypeAlias = Callable[Concatenate[By, P], Receipt]
Work: TypeAlias = Callable[Concatenate[Session, P], Receipt]


def command(verb: str, *, books: Sequence[str] = ()) -> Callable[[Work[P]], Verb[P]]:
    """Make a function of a session into a verb that people and programs may repeat safely.

    `books` are the number books it may take from.
    """

    def make(work: Work[P]) -> Verb[P]:
        @wraps(work)
        def run(by: By, /, *args: P.args, **kwargs: P.kwargs) -> Receipt:
            digest = digest_of(verb, by, args, kwargs)

            def once(session: Session) -> Receipt:
                claimed = _claim(by, verb, digest)
                receipt = work(session, *args, **kwargs)
                claimed.receipt = _dump(receipt)
                claimed.save(update_fields=["receipt"])
                return receipt

            try:
                return repeated(by, digest) or _first_time(by, digest, books, once)
            except HuiyinError as error:
                _note(verb, by, args[:1], error)
                raise

        return run

    return make


def _note(verb: str, by: By, about: tuple[object, ...], error: HuiyinError) -> None:
    """Log who tried what a clause forbids (p3.one-time-notice.6.4); what they typed stays out of it."""
    if error.clause:
        number = next((one for one in about if isinstance(one, str)), "")
        log.info("refused %s to %s %s: %s, %s", by.actor, verb, number, error.code, error.clause)


def queued_command(
    by: By, verb: str, digest: str, books: Sequence[str], work: Callable[[Session], Receipt]
) -> Receipt:
    """Run a verb that only inserts: on PostgreSQL its statements travel in one round trip.

    `digest` is of what the key stands for, which is known not to be `repeated`.
    Whatever the work needs to read, read it before.
    """

    def once(session: Session) -> Receipt:
        receipt = work(session)
        _claim(by, verb, digest, receipt)
        return receipt

    return _first_time(by, digest, books, once, queued=True)


def _first_time(
    by: By,
    digest: str,
    books: Sequence[str],
    work: Callable[[Session], Receipt],
    *,
    queued: bool = False,
) -> Receipt:
    year = by.at.astimezone(SHANGHAI).year
    try:
        with (
            reserved(by.asker.tenant_id, books, year, by.at) as take,
            one_round_trip() if queued else nullcontext(),
            write(),
        ):
            return work(Session(by, take))
    except IntegrityError:
        # Somebody else holds the key: two senders of one command, and the other was first.
        # Any other broken constraint is an error of its own.
        known = repeated(by, digest)
        if known is None:
            raise
        return known


def forget_old_commands(at: datetime) -> int:
    """Remove commands older than a week, receipts included; returns how many."""
    old = Command.objects.filter(at__lt=at - KEPT)
    if not old.exists():
        return 0
    with write():
        removed, _ = old.delete()
    return removed


def _claim(by: By, verb: str, digest: str, receipt: Receipt | None = None) -> Command:
    row = Command(
        tenant_id=by.asker.tenant_id,
        actor=by.actor,
        key=by.key,
        verb=verb,
        digest=digest,
        receipt=_dump(receipt) if receipt else "",
        at=by.at,
    )
    insert([row])
    return row


def repeated(by: By, digest: str) -> Receipt | None:
    """The receipt of an earlier run; a repetition commits a write before it answers."""
    if not by.key.strip():
        raise Invalid({"key": msg("缺少防重复提交的标识")}, code="key_missing")
    if len(by.key) > LONGEST_KEY or not by.key.isprintable():
        raise Invalid({"key": msg("防重复提交的标识应为不超过80个可见字符")}, code="key_unusable")
    row = _WITH_KEY.first(tenant=by.asker.tenant_id, actor=by.actor, key=by.key)
    if row is None:
        return None
    if row.digest != digest:
        raise Conflict(
            msg("同一提交标识已用于另一项内容"),
            code="key_reused",
            remedy=msg("请刷新页面后重新提交。"),
        )
    with write():
        Command.objects.filter(id=row.id).update(repeats=F("repeats") + 1, repeated_at=by.at)
    return _load(row.receipt)


def is_repeated(by: By) -> bool:
    """Whether a command of this key was carried out before, whatever it asked."""
    return _WITH_KEY.first(tenant=by.asker.tenant_id, actor=by.actor, key=by.key) is not None


def digest_of(verb: str, by: By, args: tuple[object, ...], kwargs: Mapping[str, object]) -> str:
    """What was asked, so that a key cannot come back with something else.

    Keyed, because a phone number is soon guessed; a query code stays out of it altogether.
    """
    told = sorted((name, value) for name, value in kwargs.items() if name != CODE)
    plain = json.dumps(
        [verb, str(by.acting_for or ""), args, told],
        default=_plain,
        ensure_ascii=False,
    )
    return keyed_digest(plain, "command")


def _plain(value: object) -> object:
    if hasattr(value, "__dataclass_fields__"):
        return asdict(value)  # type: ignore[call-overload]
    return str(value)


def _dump(receipt: Receipt) -> str:
    return json.dumps(asdict(receipt), ensure_ascii=False)


def _load(text: str) -> Receipt:
    found = json.loads(text)
    return Receipt(**{**found, "documents": tuple(found["documents"])})


_WITH_KEY = Prepared(
    lambda: Command.objects.filter(
        tenant_id=given("tenant", UUIDField()),
        actor=given("actor", CharField()),
        key=given("key", CharField()),
    )
)
