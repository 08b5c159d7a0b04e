"""The same command twice: one effect, one receipt, and nothing kept in clear."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, is_dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from huiyin.matters import actions
from huiyin.matters.actions import Request, commands
from huiyin.matters.actions.intake import ALPHABET, CODE_LENGTH
from huiyin.matters.models import Command, Matter
from huiyin.rules.errors import Conflict, Forbidden, Invalid, NotFound
from huiyin.storage.crypto import check_code
from tests.factories import make_office, row_counts
from tests.matters.handling import COMPLETE, TAKEN_BACK, Desk

ASKED = Request(
    kind="application", channel="counter", item="DB-1", applicant_name="王小明", materials=COMPLETE
)
ONLINE = replace(ASKED, channel="online", applicant_phone="13900001234", materials=())


def dump(table: str) -> str:
    """Everything in a table, bytes and all, as one text."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return "\n".join(
            " ".join(bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else str(v) for v in row)
            for row in cursor.fetchall()
        )


class TestTheSameAgain:
    def test_registering_gives_the_same_receipt_and_one_matter(self, desk: Desk) -> None:
        first = actions.register(desk.by(key="one"), ASKED)
        before = row_counts()
        again = actions.register(desk.by(key="one"), ASKED)
        assert first == again
        assert re.fullmatch(f"[{ALPHABET}]{{{CODE_LENGTH}}}", again.code)
        assert row_counts() == before
        row = Command.objects.get(key="one")
        assert (row.repeats, row.verb, row.repeated_at) == (1, "register", desk.at)

    @pytest.mark.parametrize(
        ("verb", "fields"),
        [
            ("accept_application", {}),
            ("check_materials", {"found": COMPLETE}),
            ("reissue_code", {}),
            ("offer_handover", {"to": "second_clerk"}),
            ("withdraw", {"reason": "不办了", **TAKEN_BACK}),
        ],
    )
    def test_any_verb_changes_nothing_but_the_count(
        self, desk: Desk, verb: str, fields: dict[str, Any]
    ) -> None:
        number = desk.register()
        fields = {name: desk.id(value) if name == "to" else value for name, value in fields.items()}
        run = getattr(actions, verb)
        first = run(desk.by(key="one"), number, **fields)
        before = row_counts()
        row = Matter.objects.filter(number=number).values().get()
        assert run(desk.by(key="one"), number, **fields) == first
        assert row_counts() == before
        assert Matter.objects.filter(number=number).values().get() == row
        assert Command.objects.get(key="one").repeats == 1

    def test_without_its_memory_it_would_register_again(self, desk: Desk) -> None:
        # Negative control: forget the command, and the same call makes a second matter.
        actions.register(desk.by(key="one"), ASKED)
        Command.objects.all().delete()
        actions.register(desk.by(key="one"), ASKED)
        assert Matter.objects.count() == 2

    def test_the_receipt_is_owed_although_the_world_has_moved_on(self, desk: Desk) -> None:
        # The item was taken off the list and its clerk went away.
        first = actions.register(desk.by("applicant", key="one"), ONLINE)
        desk.office.absent("clerk", starts_at=desk.at)
        type(desk.office.items["DB-1"]).objects.update(active=False)
        assert actions.register(desk.by("applicant", key="one"), ONLINE) == first
        with pytest.raises(Invalid):
            actions.register(desk.by("applicant", key="two"), ONLINE)

    def test_a_failed_command_leaves_nothing_and_its_key_free(self, desk: Desk) -> None:
        number = desk.register()
        before = row_counts()
        with pytest.raises(Invalid):
            actions.withdraw(desk.by(key="one"), number, reason=" ", withdrawn_by="王小明", how="phone")
        with pytest.raises(Forbidden):
            actions.withdraw(
                desk.by("second_clerk", key="one"),
                number,
                reason="不办了",
                withdrawn_by="王小明",
                how="phone",
            )
        assert row_counts() == before
        assert (
            actions.withdraw(
                desk.by(key="one"), number, reason="不办了", withdrawn_by="王小明", how="phone"
            ).stage
            == "withdrawn"
        )


class TestSomethingElse:
    @pytest.mark.parametrize("change", [{"summary": "别的"}, {"applicant_name": "李四"}, {"materials": ()}])
    def test_under_the_same_key_is_refused(self, desk: Desk, change: dict[str, Any]) -> None:
        actions.register(desk.by(key="one"), ASKED)
        with pytest.raises(Conflict) as caught:
            actions.register(desk.by(key="one"), replace(ASKED, **change))
        assert caught.value.code == "key_reused"
        assert Matter.objects.count() == 1

    def test_such_as_another_verb_matter_or_principal(self, desk: Desk) -> None:
        number = desk.register()
        other = desk.register()
        actions.accept_application(desk.by(key="one"), number)
        for by, wanted in ((desk.by(key="one"), other), (desk.by(key="one", acting_for="head"), number)):
            with pytest.raises(Conflict):
                actions.accept_application(by, wanted)
        with pytest.raises(Conflict):
            actions.close(desk.by(key="one"), number)

    def test_a_key_belongs_to_its_actor_and_office(self, desk: Desk) -> None:
        other = Desk(make_office("beitang"))
        numbers = {
            actions.register(one.by(who, key="one"), ASKED).number
            for one, who in ((desk, "clerk"), (desk, "second_clerk"), (other, "clerk"))
        }
        assert len(numbers) == 3

    @pytest.mark.parametrize("key", ["", "  ", "x" * 81, "a\0b", "a\nb"])
    def test_a_key_that_cannot_be_kept_is_refused(self, desk: Desk, key: str) -> None:
        with pytest.raises(Invalid) as caught:
            actions.register(replace(desk.by(), key=key), ASKED)
        assert set(caught.value.fields) == {"key"}
        assert not Matter.objects.exists()

    def test_a_stale_version_is_refused(self, desk: Desk) -> None:
        number = desk.register()
        seen = desk.matter(number).version
        actions.accept_application(desk.by(version=seen), number)
        with pytest.raises(Conflict) as caught:
            actions.grant(desk.by(version=seen), number, reply="准予。")
        assert caught.value.code == "stale"
        # Negative control: the same command by somebody who saw the newest.
        actions.grant(desk.by(version=desk.matter(number).version), number, reply="准予。")


class TestWhatIsKept:
    def test_receipts_are_encrypted_and_the_code_stands_nowhere(self, desk: Desk) -> None:
        number = desk.register()
        first = desk.code
        second = desk.do("reissue_code", number).code
        assert first != second
        for table in connection.introspection.table_names():
            kept = dump(table)
            assert first not in kept, table
            assert second not in kept, table
        assert number not in dump("matter_command")

    def test_the_same_search_finds_what_does_stand_there(self, desk: Desk) -> None:
        # Negative control: a code written in clear is found.
        number = desk.register()
        Matter.objects.filter(number=number).update(code_hash=desk.code)
        Command.objects.update(verb=desk.code)
        assert desk.code in dump("matter")
        assert desk.code in dump("matter_command")

    def test_a_query_code_has_fifty_bits_and_only_its_hash_is_stored(self, desk: Desk) -> None:
        assert len(set(ALPHABET)) == 32
        assert CODE_LENGTH * 5 == 50
        assert not set("ILOU") & set(ALPHABET)
        number = desk.register()
        hashed = desk.matter(number).code_hash
        assert hashed.startswith("$argon2id$")
        assert check_code(desk.code, hashed)
        assert not check_code(desk.code[1:] + "0", hashed)

    def test_commands_are_forgotten_after_a_week_and_not_before(self, desk: Desk) -> None:
        actions.register(desk.by(key="one"), ASKED)
        week = commands.KEPT
        assert week == timedelta(days=7)
        assert actions.forget_old_commands(desk.at + week) == 0
        actions.register(desk.by(key="one"), ASKED)
        assert Matter.objects.count() == 1
        assert actions.forget_old_commands(desk.at + week + timedelta(seconds=1)) == 1
        assert not Command.objects.exists()


def plainly(verb: str, *args: object, **kwargs: object) -> str:
    """What a thief of the database can work out without a key."""
    told = json.dumps([verb, "", args, sorted(kwargs.items())], ensure_ascii=False, default=plain_field)
    return hashlib.sha256(told.encode()).hexdigest()


def plain_field(value: object) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def test_what_was_asked_cannot_be_guessed_from_what_is_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = desk.by("applicant", key="phone")
    actions.register(by, ONLINE)
    kept = Command.objects.get(key="phone").digest
    assert kept != plainly("register", ONLINE)
    assert kept == commands.digest_of("register", by, (ONLINE,), {})
    # Negative control: the key of the installation takes part.
    monkeypatch.setattr(commands, "keyed_digest", lambda text, _: hashlib.sha256(text.encode()).hexdigest())
    assert commands.digest_of("register", by, (ONLINE,), {}) == plainly("register", ONLINE)


def test_a_query_code_takes_no_part_in_what_is_kept(desk: Desk) -> None:
    number = desk.closed()
    actions.rate(desk.by("applicant", key="stars"), number, code=desk.code, score=5)
    kept = Command.objects.get(key="stars")
    row = desk.matter(number)
    assert kept.digest == commands.digest_of(
        "rate", desk.by("applicant"), (row.id,), {"score": 5, "comment": ""}
    )
    with pytest.raises(NotFound):
        actions.rate(desk.by("applicant", key="stars"), number, code="0000000000", score=5)
    asked = [commands.digest_of("withdraw", desk.by(), (number,), {"code": code}) for code in ("A", "B")]
    assert asked[0] == asked[1]


def test_what_no_clause_allows_is_logged_and_nothing_of_what_was_typed(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    number = desk.accepted()
    filed = {"facts": "月收入九千元", "reasons": "收入超标", "legal_basis": " "}
    with caplog.at_level("INFO", logger=commands.__name__), pytest.raises(Invalid) as tried:
        desk.do("propose_refusal", number, **filed)
    told = f"refused {desk.id('clerk')} to propose_refusal {number}: invalid, {tried.value.clause}"
    assert tried.value.clause.startswith("p4.refusal-filing.")
    assert told in caplog.text
    assert "月收入九千元" not in caplog.text


def test_what_is_only_typed_badly_is_no_attempt_at_anything(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger=commands.__name__), pytest.raises(Conflict):
        actions.accept_application(replace(desk.by(), version=99), desk.register())
    assert caplog.text == ""
