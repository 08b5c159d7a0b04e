from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from huiyin.catalogue.models import ServiceItem
from huiyin.ledger.models import LedgerEvent
from huiyin.matters.models import Matter
from huiyin.organisation.actions import people_template
from huiyin.organisation.models import Person, Position, Unit
from huiyin.organisation.workbook import read_workbook
from huiyin.storage.models import Counter
from tests.doors.cli.conftest import Run, Said
from tests.factories import Office, make_office
from tests.matters.handling import Desk
from tests.workbooks import workbook

pytestmark = pytest.mark.django_db

MAPPING = """
columns:
  case: 编号
  step: 环节
  at: 时间
  resource: 人员
  ended: 办结
unit: {code: OLD, name: 旧系统}
item: {code: OLD-1, name: 旧办件, statutory: {amount: 20, unit: working_day}}
"""
HEADER = ("编号", "环节", "时间", "人员", "办结")
CASES = 40


def _rows() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number in range(1, CASES + 1):
        ended = f"2025-03-{1 + number % 20 + 7:02d} 16:00:00"
        for step, (name, who) in enumerate([("收件", "甲"), ("审核", "乙"), ("办结", "甲")]):
            at = f"2025-03-{1 + number % 20 + step:02d} {9 + step:02d}:30:00"
            rows.append((f"A-{number:03d}", name, at, who, ended))
    return rows


def _csv(rows: list[tuple[str, ...]], header: tuple[str, ...] = HEADER) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


@pytest.fixture
def office() -> Office:
    return make_office("qingshi")


def _footprint() -> tuple[int, ...]:
    """Everything an import could leave behind."""
    tables = (Matter, Person, Position, Unit, ServiceItem, LedgerEvent, Counter)
    return tuple(table._default_manager.count() for table in tables)


def _import(cli: Run, folder: Path, data: bytes | str, *words: str, mapping: str = MAPPING) -> Said:
    log, rules = folder / "log.csv", folder / "map.yaml"
    log.write_bytes(data.encode() if isinstance(data, str) else data)
    rules.write_text(mapping, encoding="utf-8")
    return cli("import", "log", str(log), "--mapping", str(rules), *words)


def test_a_log_becomes_matters_and_a_second_import_changes_nothing(
    cli: Run, tmp_path: Path, office: Office
) -> None:
    said = _import(cli, tmp_path, _csv(_rows()), "--json")
    assert said.code == 0, said.err
    first = said.json
    assert first["matters"] == CASES == Matter.objects.count()
    assert first["custody_changes"] == 2 * CASES
    assert first["on_time"] + first["late"] + first["open"] == CASES
    assert first["people"] == 2
    assert (first["errors"], first["skipped"], first["dry_run"]) == ([], {}, False)
    before = _footprint()
    again = _import(cli, tmp_path, _csv(_rows()), "--json")
    assert again.code == 0
    assert again.json["matters"] == 0
    assert again.json["skipped"] == {"already_imported": CASES}
    assert _footprint() == before
    assert cli("verify", "--json").json["matters"] == CASES


def test_a_dry_run_tells_the_same_and_writes_nothing(cli: Run, tmp_path: Path, office: Office) -> None:
    before = _footprint()
    said = _import(cli, tmp_path, _csv(_rows()), "--dry-run", "--json")
    assert said.code == 0
    assert said.json["dry_run"] is True
    assert said.json["matters"] == CASES
    assert _footprint() == before


def test_an_end_before_the_first_step_is_moved_and_counted(cli: Run, tmp_path: Path, office: Office) -> None:
    rows = [(*row[:4], "2025-01-01 08:00:00") if row[0] == "A-003" else row for row in _rows()]
    said = _import(cli, tmp_path, _csv(rows), "--json")
    assert said.code == 0
    assert said.json["adjusted"] == {"ended_before_received": 1}
    assert "调整 1 个案例" in _import(cli, tmp_path, _csv([(f"B{r[0]}", *r[1:]) for r in rows])).out


def _unbalanced(text: str) -> bytes:
    lines = text.splitlines()
    lines[20] = lines[20].replace("审核", '"审核').replace("收件", '"收件').replace("办结,", '"办结,', 1)
    return "\n".join(lines).encode()


def _bad_dates(text: str) -> bytes:
    return text.replace("2025-03-05", "2025-13-45").replace("2025-03-06", "下周二").encode()


def _truncated(text: str) -> bytes:
    data = text.encode()
    cut = data.index(b"A-020")
    return data[: cut + 7]


DAMAGED: dict[str, Callable[[str], bytes]] = {
    "bad dates": _bad_dates,
    "a year that is not yet": lambda text: text.replace("2025-03-05", "3025-03-05").encode(),
    "a missing column": lambda text: text.replace("时间", "什么", 1).encode(),
    "two missing columns": lambda text: text.replace("时间", "x", 1).replace("编号", "y", 1).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "GBK": lambda text: text.encode("gbk"),
    "noise": lambda _: Random(1).randbytes(10 * 1024 * 1024),
    "noise behind a header": lambda text: text.encode() + Random(2).randbytes(1024 * 1024),
    "lines of noise": lambda text: text.encode() + b"\n".join([b"x,y,z,?,!" * 3] * 200_000),
    "letters without lines": lambda _: b"abc" * (10 * 1024 * 1024 // 3),
    "empty": lambda _: b"",
    "a header alone": lambda text: text.splitlines()[0].encode(),
    "null bytes": lambda text: text.replace("甲", "\0").encode(),
    "unbalanced quotes": _unbalanced,
    "a quote that never ends": lambda text: f'"{text}'.encode(),
    "truncated in the middle": _truncated,
    "a cell too many": lambda text: text.replace("审核,", "审核,,", 3).encode(),
    "an empty case": lambda text: text.replace("A-007", "").encode(),
    "a step of a page": lambda text: text.replace("审核", "审" * 5000, 1).encode(),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_log_is_answered_by_row_and_leaves_the_office_untouched(
    cli: Run, tmp_path: Path, office: Office, how: str
) -> None:
    before = _footprint()
    begun = time.monotonic()
    said = _import(cli, tmp_path, DAMAGED[how](_csv(_rows())), "--json")
    took = time.monotonic() - begun
    assert said.code == 1, how
    errors = said.json["errors"]
    assert errors
    for error in errors:
        assert error["message"]
        assert error["remedy"]
        assert isinstance(error["row"], int)
    assert said.json["matters"] == 0
    assert _footprint() == before
    assert took < 20
    assert said.json["more_errors"] >= 0
    told = _import(cli, tmp_path, DAMAGED[how](_csv(_rows())))
    assert told.code == 1
    assert "没有写入任何内容" in told.out


def test_errors_name_the_row_and_the_column(cli: Run, tmp_path: Path, office: Office) -> None:
    rows = _rows()
    rows[4] = (*rows[4][:2], "昨天", *rows[4][3:])
    [error] = _import(cli, tmp_path, _csv(rows), "--json").json["errors"]
    # Row 1 is the header.
    assert (error["row"], error["column"]) == (6, "时间")
    assert "昨天" in error["message"]


def test_bad_cases_can_be_left_out_and_are_counted(cli: Run, tmp_path: Path, office: Office) -> None:
    said = _import(cli, tmp_path, _bad_dates(_csv(_rows())), "--skip-bad-cases", "--json")
    assert said.code == 0
    assert said.json["errors"]
    left_out = said.json["skipped"]["row_errors"]
    assert 0 < left_out < CASES
    assert said.json["matters"] == CASES - left_out == Matter.objects.count()


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("- a\n- b", "键值对"),
        ("a: [", "YAML"),
        ("columns: {case: 编号}", "columns.step"),
        (MAPPING + "\nfoo: 1", "foo"),
        (MAPPING + "\nzone: Moon/Base", "zone"),
        (MAPPING + "\nchannels: {x: fax}", "channels"),
        (MAPPING + "\nencoding: klingon", "klingon"),
    ],
)
def test_a_wrong_mapping_is_refused_before_anything(
    cli: Run, tmp_path: Path, office: Office, mapping: str, told: str
) -> None:
    before = _footprint()
    said = _import(cli, tmp_path, _csv(_rows()), mapping=mapping)
    assert said.code == 1
    assert told in said.err + said.out
    assert _footprint() == before


def test_a_mapping_that_is_no_text_is_refused(cli: Run, tmp_path: Path, office: Office) -> None:
    (tmp_path / "m.yaml").write_bytes("编号".encode("gbk"))
    (tmp_path / "l.csv").write_text(_csv(_rows()), encoding="utf-8")
    said = cli("import", "log", str(tmp_path / "l.csv"), "--mapping", str(tmp_path / "m.yaml"))
    assert said.code == 1
    assert "UTF-8" in said.err


def test_files_that_are_not_there_are_named(cli: Run, tmp_path: Path, office: Office) -> None:
    said = cli("import", "people", str(tmp_path / "none.xlsx"), "--json")
    assert said.code == 1
    assert "none.xlsx" in said.json["error"]["message"]


def test_templates_are_written_and_never_over_a_file(cli: Run, tmp_path: Path, office: Office) -> None:
    for kind in ("people", "catalogue"):
        out = tmp_path / f"{kind}.xlsx"
        assert cli("import", "template", kind, str(out), "--json").json == {"file": str(out)}
        assert out.read_bytes()[:2] == b"PK"
        refused = cli("import", "template", kind, str(out))
        assert refused.code == 1
        assert "--force" in refused.err
        assert cli("import", "template", kind, str(out), "--force").code == 0


def test_templates_speak_english_to_those_who_do(
    cli: Run, tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
    for kind, header in (("people", "工号* (Staff no.)"), ("catalogue", "事项编码* (Item code)")):
        out = tmp_path / f"{kind}.xlsx"
        assert cli("import", "template", kind, str(out)).code == 0
        assert header in str(read_workbook(out.read_bytes()))


def test_the_log_templates_fit_each_other(cli: Run, tmp_path: Path, office: Office) -> None:
    for name in ("map.yaml", "log.csv"):
        assert cli("import", "template", "log", str(tmp_path / name)).code == 0
    said = cli("import", "log", str(tmp_path / "log.csv"), "--mapping", str(tmp_path / "map.yaml"), "--json")
    assert said.code == 0, said.out
    assert (said.json["matters"], said.json["open"]) == (2, 0)
    assert said.json["custody_changes"] == 1


def test_the_example_row_of_a_template_is_not_imported(cli: Run, tmp_path: Path, office: Office) -> None:
    (tmp_path / "people.xlsx").write_bytes(people_template())
    before = _footprint()
    said = cli("import", "people", str(tmp_path / "people.xlsx"), "--json")
    assert said.code == 0, said.out
    assert (said.json["rows"], said.json["created"]) == (0, 0)
    assert _footprint() == before


NO_WORKBOOK = {
    "empty": b"",
    "broken": b"PK\x03\x04 broken",
    "text": "编号,名称".encode("gbk"),
    "noise": Random(3).randbytes(10**6),
}


@pytest.mark.parametrize("kind", ["people", "catalogue"])
@pytest.mark.parametrize("what", NO_WORKBOOK)
def test_what_is_no_workbook_is_said_in_one_error(
    cli: Run, tmp_path: Path, office: Office, kind: str, what: str
) -> None:
    (tmp_path / "x.xlsx").write_bytes(NO_WORKBOOK[what])
    before = _footprint()
    said = cli("import", kind, str(tmp_path / "x.xlsx"), "--json")
    assert said.code == 1
    assert len(said.json["errors"]) == 1
    assert said.json["errors"][0]["remedy"]
    assert _footprint() == before
    assert "没有写入任何内容" in cli("import", kind, str(tmp_path / "x.xlsx")).out


def test_an_import_that_lets_somebody_go_counts_what_they_leave(
    cli: Run, tmp_path: Path, office: Office
) -> None:
    Desk(office).accepted()
    clerk = office.people["clerk"]
    sheet = {"人员": [["工号", "姓名", "在职"], [clerk.staff_no, clerk.name, "否"]]}
    (tmp_path / "people.xlsx").write_bytes(workbook(sheet))
    said = cli("import", "people", str(tmp_path / "people.xlsx"), "--dry-run", "--json")
    assert said.json["left_open"] == 1, said.out
    assert "1件未办结" in cli("import", "people", str(tmp_path / "people.xlsx")).out
