from __future__ import annotations

from datetime import UTC, datetime

from huiyin.doors.api.answers import parts
from huiyin.matters import labels
from huiyin.matters.models import DeliveryProof
from huiyin.rules.vocabulary import Limit, Unit


def test_a_moment_says_its_offset_in_the_office_zone() -> None:
    assert parts.iso(datetime(2026, 1, 4, 16, 30, 5, 999, tzinfo=UTC)) == "2026-01-05T00:30:05+08:00"


def test_words_carry_their_code_and_no_code_is_no_word() -> None:
    assert parts.named(labels.STAGES, "open") == parts.Word(code="open", label=labels.STAGES["open"])
    assert parts.named(labels.STAGES, "unheard") == parts.Word(code="unheard", label="unheard")
    assert parts.word(labels.OUTCOMES, "") is None
    assert parts.word(labels.OUTCOMES, "granted") == parts.Word(
        code="granted", label=labels.OUTCOMES["granted"]
    )


def test_a_limit_is_told_in_its_unit() -> None:
    assert parts.span(None) is None
    found = parts.span(Limit(5, Unit.WORKING_DAY))
    assert found == parts.Span(amount=5, unit="working_day", label="5个工作日")


def test_nobody_is_nobody() -> None:
    assert parts.maybe_staff(None) is None


def test_who_took_a_paper_is_masked_for_those_who_do_not_deal_with_them() -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    row = DeliveryProof(how="in_person", receiver="王小明", relation="self", served_at=at, recorded_at=at)
    named = parts.proof_of(row, masked=False)
    masked = parts.proof_of(row, masked=True)
    assert named is not None
    assert masked is not None
    assert (named.receiver, named.how.code) == ("王小明", "in_person")
    assert masked.receiver == "王**"
    assert parts.proof_of(None, masked=False) is None
