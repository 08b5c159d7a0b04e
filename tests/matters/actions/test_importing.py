"""An event log enters whole or not at all, and once."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from huiyin.catalogue import actions as catalogue
from huiyin.ledger import queries as ledger
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import queries
from huiyin.matters.actions.importing import DAMAGED, KNOWN, LogReport, import_log
from huiyin.matters.eventlog.reading import ENDED_EARLY
from huiyin.matters.models import Handover, Matter
from huiyin.obligations.models import Obligation
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Person
from huiyin.rules.errors import Invalid
from tests.factories import Office, make_office, row_counts
from tests.matters.eventlog.small_logs import HEAD, LATE, MAPPING, NOW, OPEN, PROMPT, WHOLE, log


def imported(office: Office, data: bytes = WHOLE, mapping: str = MAPPING, **more: Any) -> LogReport:
    return import_log(office.tenant, data, mapping, at=NOW, **more)


def test_each_case_is_a_matter_with_custody_clocks_and_chain(office: Office) -> None:
    report = imported(office)
    assert report.ok
    written = report.written
    assert (report.rows, written.matters, written.custody_changes, report.people) == (7, 3, 3, 2)
    assert (written.on_time, written.late, written.open) == (1, 1, 1)
    assert written.events == sum(len(queries.timeline(row)) for row in Matter.objects.all())
    assert written.obligations == Obligation.objects.count()
    stages = dict(Matter.objects.values_list("external_ref", "stage"))
    assert stages == {"PERMIT-1:A-1": "closed", "PERMIT-1:A-2": "closed", "PERMIT-1:A-3": "in_hand"}
    lit = {
        row.external_ref: {(one.what, one.outcome, one.light.value) for one in queries.clocks_of(row, NOW)}
        for row in Matter.objects.all()
    }
    assert ("decide", "early", "grey") in lit["PERMIT-1:A-1"]
    assert ("decide", "late", "grey") in lit["PERMIT-1:A-2"]
    assert ("decide", "", "green") in lit["PERMIT-1:A-3"]
    assert not Handover.objects.filter(ended_at__isnull=True).exists()
    assert ledger.verify(office.tenant.id).ok


def test_the_words_of_steps_stand_encrypted_beside_the_ledger_and_masked_on_the_timeline(
    office: Office,
) -> None:
    data = WHOLE.replace("审查".encode(), "审查王小明13812345678".encode())
    assert data != WHOLE
    imported(office, data)
    noted = LedgerEvent.objects.filter(tenant_id=office.tenant.id, kind="step.recorded")
    assert noted.exists()
    for event in noted:
        assert set(json.loads(event.body)) == {"step_digest"}
    shown = [
        str(one.body["step"])
        for matter in Matter.objects.filter(tenant=office.tenant)
        for one in queries.timeline(matter)
        if one.kind == "step.recorded"
    ]
    assert len(shown) == noted.count()
    assert "审查王小明138****5678" in shown
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM matter_step_note")
        assert not any("审查".encode() in bytes(row[0]) for row in cursor.fetchall())


def test_at_every_instant_one_custodian(office: Office) -> None:
    imported(office)
    matter = Matter.objects.get(external_ref="PERMIT-1:A-2")
    moved = [one for one in queries.timeline(matter) if one.kind == "custody.accepted"]
    assert [one.actor for one in moved] == ["乙", "甲"]
    assert matter.custodian.name == "甲"


def test_a_second_import_changes_nothing(office: Office) -> None:
    imported(office)
    before = row_counts()
    again = imported(office)
    assert row_counts() == before
    assert (again.written.matters, again.skipped) == (0, {KNOWN: 3})


def test_only_new_cases_are_added(office: Office) -> None:
    imported(office, log(*PROMPT))
    report = imported(office)
    assert (report.written.matters, report.skipped, report.people) == (2, {KNOWN: 1}, 0)


def test_a_dry_run_says_the_same_and_writes_nothing(office: Office) -> None:
    before = row_counts()
    dry = imported(office, dry_run=True)
    assert row_counts() == before
    real = imported(office)
    assert dry.dry_run
    assert (dry.written, dry.people, dry.rows) == (real.written, real.people, real.rows)
    # Negative control: the count that did not move then has moved now.
    assert row_counts() != before


def noise() -> bytes:
    return random.Random(1).randbytes(1_000_000)


@pytest.mark.parametrize(
    "data",
    [
        log(*PROMPT, *[row.replace("2026-03", "2026-33") for row in LATE]),
        log(*PROMPT, "A-9,登记"),
        log(*PROMPT, head=HEAD.replace("人员", "姓名")),
        WHOLE.decode().encode("gb18030"),
        WHOLE + noise(),
        noise(),
        b"",
    ],
    ids=["dates", "short row", "columns", "gb18030", "noise behind", "noise", "empty"],
)
def test_damaged_input_gives_errors_and_leaves_the_office_untouched(office: Office, data: bytes) -> None:
    before = row_counts()
    report = imported(office, data)
    assert not report.ok
    assert report.errors
    assert all(one.message % one.params and one.remedy for one in report.errors)
    assert row_counts() == before


def test_damaged_cases_are_left_out_when_asked_and_counted(office: Office) -> None:
    data = log(*PROMPT, *OPEN, "A-2,登记,x,甲,网上,,", "A-3,登记,x,甲,网上,,")
    report = imported(office, data, skip_bad_cases=True)
    assert (report.written.matters, report.skipped) == (1, {DAMAGED: 2})
    assert len(report.errors) == 2


def test_a_case_with_one_short_row_is_damaged_whole(office: Office) -> None:
    head = "环节,案号,时间,人员,来源,收件,办结"
    rows = ["登记,A-1,2026-03-02 09:00,甲,窗口,,", "决定,A-1,2026-03-03"]
    report = imported(office, log(*rows, head=head), skip_bad_cases=True)
    assert report.written.matters == 0
    assert not Matter.objects.exists()


def test_a_resource_that_cannot_be_a_name_is_a_row_error(office: Office) -> None:
    before = row_counts()
    report = imported(office, log(*OPEN, "A-9,登记,2026-03-02 09:00,<b>\u202e,窗口,,"))
    assert [(one.row, one.column) for one in report.errors] == [(3, "人员")]
    assert row_counts() == before


def test_adjusted_cases_are_counted(office: Office) -> None:
    odd = [row.replace("2026-03-04 15:00", "2026-03-01 15:00") for row in PROMPT[:2]]
    report = imported(office, log(*odd, *OPEN))
    assert (report.ok, report.adjusted, report.written.matters) == (True, {ENDED_EARLY: 1}, 2)


def test_two_logs_with_equal_case_names_are_two_sets_of_matters(office: Office) -> None:
    imported(office)
    other = MAPPING.replace("PERMIT-1", "PERMIT-2").replace("建设许可", "经营许可")
    assert imported(office, mapping=other).written.matters == 3
    by_item = Counter(row.item.code for row in Matter.objects.select_related("item") if row.item)
    assert by_item == {"PERMIT-1": 3, "PERMIT-2": 3}


def test_another_office_imports_the_same_log_for_itself(office: Office) -> None:
    other = make_office("beitang")
    imported(office)
    assert imported(other).written.matters == 3
    asker = other.asker("main_leader", NOW)
    assert {row.tenant_id for row in queries.matters(asker, NOW).rows} == {other.tenant.id}


def test_people_are_entered_once_and_can_be_told_apart(office: Office) -> None:
    names = ("Anna", "anna", "张 三", "张三")
    rows = [f"A-{place},登记,2026-03-02 09:00,{who},窗口,," for place, who in enumerate(names)]
    report = imported(office, log(*rows))
    assert report.people == 4
    numbers = list(Person.objects.filter(tenant=office.tenant).values_list("staff_no", flat=True))
    assert len({number.lower() for number in numbers}) == len(numbers)


def test_a_wrong_mapping_is_refused_before_anything_is_read(office: Office) -> None:
    before = row_counts()
    with pytest.raises(Invalid):
        imported(office, mapping="columns: {}")
    assert row_counts() == before


def test_an_item_that_wants_papers_takes_no_log(office: Office) -> None:
    before = row_counts()
    with pytest.raises(Invalid) as caught:
        imported(office, mapping=MAPPING.replace("PERMIT-1", "DB-1"))
    (told,) = caught.value.fields.values()
    assert "DB-1" in told % caught.value.params
    assert "居民户口簿、收入证明" in told % caught.value.params
    assert "另写一个事项编码" in caught.value.remedy
    assert row_counts() == before
    # Negative control: an item of the office's own that wants none takes it.
    catalogue.add_item(
        office.positions["MZ01"],
        code="OLD-1",
        name="历史办件",
        materials=[catalogue.PaperSpec("近期照片", required=False)],
        by=organisation.OPERATOR,
        at=office.at,
    )
    assert imported(office, mapping=MAPPING.replace("PERMIT-1", "OLD-1")).written.matters == 3


def test_limits_that_ran_out_since_are_noted(office: Office) -> None:
    later = NOW + timedelta(days=60)
    report = import_log(office.tenant, log(*OPEN), MAPPING, at=later)
    assert (report.written.late, report.written.open) == (1, 0)


@pytest.mark.parametrize(
    "data",
    [
        WHOLE.decode().encode("utf-16"),
        WHOLE[: WHOLE.rindex(b"-29 09:00")],
        log(PROMPT[0].replace("登记", '"登记'), *PROMPT[1:]),
        log(*PROMPT[:2], PROMPT[2] + '"', *LATE),
    ],
    ids=["utf-16", "cut short", "open quote", "stray quote"],
)
def test_what_was_cut_short_or_left_open_leaves_the_office_untouched(office: Office, data: bytes) -> None:
    before = row_counts()
    report = imported(office, data)
    assert not report.ok
    assert row_counts() == before


@pytest.mark.parametrize("row", [",登记,2026-03-03 09:00,甲,窗口,,", 'A-1,"登"记,2026-03-03 09:00,甲,窗口,,'])
def test_a_row_of_nobody_knows_which_case_cannot_be_left_out(office: Office, row: str) -> None:
    before = row_counts()
    report = imported(office, log(*PROMPT, *OPEN, row), skip_bad_cases=True)
    assert (report.ok, report.written.matters) == (False, 0)
    assert row_counts() == before
    # Negative control: a row that names its case takes that one along and no other.
    known = "A-1,登记,x,甲,窗口,,"
    assert imported(office, log(*PROMPT, *OPEN, known), skip_bad_cases=True).written.matters == 1
