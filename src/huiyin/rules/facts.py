"""What happened to a clock, and how that is kept as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from huiyin.rules.vocabulary import Limit, Unit


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stands still from `at` for a procedure (`kind`) that the law (`basis`) allows.

    `planned_days` is how many working days the procedure was announced to take;
    until it ends the due moment is reckoned with that.
    """

    kind: str
    basis: str
    at: datetime
    planned_days: int

    def __post_init__(self) -> None:
        """Refuse naive moments and negative plans."""
        _aware(self.at)
        if self.planned_days < 0:
            raise ValueError("a procedure cannot be planned to take a negative number of days")


@dataclass(frozen=True, slots=True)
class Resumed:
    """The procedure that began first among those still running ended at `at`."""

    at: datetime

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        _aware(self.at)


@dataclass(frozen=True, slots=True)
class Extended:
    """`limit` more, after the limit; `reason_digest` stands for the reason told to the applicant."""

    limit: Limit
    approved_at: datetime
    reason_digest: str

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        _aware(self.approved_at)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """At `at` it became known that the event a limit waits for takes place at `event_at`.

    An event that is moved is scheduled again: the fact with the latest `at` holds,
    of two at the same moment the one told last.
    """

    event_at: datetime
    at: datetime

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        _aware(self.event_at)
        _aware(self.at)


@dataclass(frozen=True, slots=True)
class Capped:
    """The clock ends at `until` at the latest, whatever is left of its limit; the fact told last holds."""

    until: datetime

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        _aware(self.until)


Fact: TypeAlias = Paused | Resumed | Extended | Scheduled | Capped


@dataclass(frozen=True, slots=True)
class Clock:
    """When a limit began to run, the limit, and everything that happened to it since."""

    start: datetime
    limit: Limit
    facts: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a naive start."""
        _aware(self.start)


def facts_to_json(facts: Iterable[Fact]) -> list[dict[str, str | int]]:
    """Facts as JSON values, moments in UTC; `facts_from_json` gives equal facts back."""
    return [_to_json(fact) for fact in facts]


def facts_from_json(raw: Iterable[Mapping[str, Any]]) -> tuple[Fact, ...]:
    """Facts from what `facts_to_json` gave; raises ValueError for anything else."""
    try:
        return tuple(_from_json(item) for item in raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the facts of a clock: {error!r}") from error


def _to_json(fact: Fact) -> dict[str, str | int]:
    match fact:
        case Paused():
            return {
                "fact": "paused",
                "kind": fact.kind,
                "basis": fact.basis,
                "at": _text(fact.at),
                "planned_days": fact.planned_days,
            }
        case Resumed():
            return {"fact": "resumed", "at": _text(fact.at)}
        case Extended():
            return {
                "fact": "extended",
                "amount": fact.limit.amount,
                "unit": fact.limit.unit.value,
                "approved_at": _text(fact.approved_at),
                "reason_digest": fact.reason_digest,
            }
        case Scheduled():
            return {"fact": "scheduled", "event_at": _text(fact.event_at), "at": _text(fact.at)}
        case Capped():
            return {"fact": "capped", "until": _text(fact.until)}


def _from_json(raw: Mapping[str, Any]) -> Fact:
    match raw["fact"]:
        case "paused":
            at = datetime.fromisoformat(raw["at"])
            return Paused(str(raw["kind"]), str(raw["basis"]), at, int(raw["planned_days"]))
        case "resumed":
            return Resumed(datetime.fromisoformat(raw["at"]))
        case "extended":
            return Extended(
                Limit(int(raw["amount"]), Unit(raw["unit"])),
                datetime.fromisoformat(raw["approved_at"]),
                str(raw["reason_digest"]),
            )
        case "scheduled":
            return Scheduled(datetime.fromisoformat(raw["event_at"]), datetime.fromisoformat(raw["at"]))
        case "capped":
            return Capped(datetime.fromisoformat(raw["until"]))
        case other:
            raise ValueError(f"a clock knows no fact named {other!r}")


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _aware(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone; give an aware moment")
