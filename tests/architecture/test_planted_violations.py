"""Every check of the house fails where its rule is broken: violations planted in a copy must be found.

All are planted at once, so that each tool runs once; each test then asks whether its own was found.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house

# What is planted: an import that breaks a contract, the contract's id, and the line its report must hold.
IMPORTS = (
    (
        "storeys",
        "organisation/planted.py",
        "import huiyin.matters",
        "huiyin.organisation.planted -> huiyin.matters",
    ),
    ("storeys", "rules/planted.py", "import huiyin.ledger", "huiyin.rules.planted -> huiyin.ledger"),
    (
        "storeys",
        "storage/planted.py",
        "def late() -> None:\n    import huiyin.documents",
        "huiyin.storage.planted -> huiyin.documents",
    ),
    ("storeys", "cellar/__init__.py", '"""A room nobody listed."""', "cellar"),
    (
        "shape",
        "obligations/queries",
        "import huiyin.obligations.actions",
        "queries -> huiyin.obligations.actions",
    ),
    (
        "shape",
        "obligations/models",
        "import huiyin.obligations.queries",
        "models -> huiyin.obligations.queries",
    ),
    ("pure-rules", "rules/planted_django.py", "import django.db", "huiyin.rules.planted_django -> django"),
    (
        "regimes",
        "rules/regimes/planted.py",
        "import huiyin.rules.regimes.time_limit",
        "huiyin.rules.regimes.planted -> huiyin.rules.regimes.time_limit",
    ),
    (
        "doors",
        "doors/desk/planted.py",
        "import huiyin.doors.portal",
        "huiyin.doors.desk.planted -> huiyin.doors.portal",
    ),
    (
        "private-models",
        "doors/api/planted.py",
        "import huiyin.matters.models",
        "huiyin.doors.api.planted -> huiyin.matters.models",
    ),
    ("cycles", "documents/planted_a.py", "import huiyin.documents.planted_b", "planted_a"),
    ("cycles", "documents/planted_b.py", "import huiyin.documents.planted_a", "planted_b"),
)
# What is planted for ruff: its code, where, and the source.
STYLE = (
    (
        "TID251",
        "matters/planted_1.py",
        "from django.apps import apps\n\nmatter = apps.get_model('matters.Matter')\n",
    ),
    ("TID251", "matters/planted_2.py", "from django.dispatch import receiver\n"),
    ("TID251", "matters/planted_3.py", "from django.db.models import signals\n"),
    ("TID251", "matters/planted_4.py", "from django.db.models.signals import post_save\n"),
    ("TID251", "matters/planted_5.py", "from django.utils import timezone\n\nat = timezone.now()\n"),
    ("TID251", "matters/planted_6.py", "from datetime import date\n\non = date.today()\n"),
    ("TID251", "matters/planted_7.py", "import datetime as dt\n\nat = dt.datetime.now(tz=dt.UTC)\n"),
    ("TID251", "doors/planted_1.py", "from django.dispatch import receiver\n"),
    (
        "TID251",
        "doors/planted_2.py",
        "from django.apps import apps\n\nmatter = apps.get_model('matters.Matter')\n",
    ),
    ("PLC0415", "matters/planted_8.py", "def late():\n    import json\n    return json\n"),
    (
        "C901",
        "matters/planted_9.py",
        "def f(a):\n" + "".join(f"    if a == {n}:\n        a += 1\n" for n in range(9)),
    ),
    ("PGH003", "matters/planted_10.py", "x: int = ''  # type: ignore\n"),
    ("FIX002", "matters/planted_11.py", "# TODO: later\n"),
)
CLOCK_OF_A_DOOR = "from django.utils import timezone\n\nat = timezone.now()\n"
RELATIONS = """

class PlantedUp(models.Model):
    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE)

    class Meta:
        app_label = "obligations"


class PlantedLedger(models.Model):
    event = models.ForeignKey("ledger.LedgerEvent", on_delete=models.PROTECT)

    class Meta:
        app_label = "obligations"
"""
TYPES = '''"""Planted."""


def untyped(a):  # noqa: ANN
    """Say nothing of types."""
    return a


def wrong(number: int) -> str:
    """Return another type than was said."""
    return number
'''
WRITES = (
    "Matter.objects.create(a=1)",
    "matter.save()",
    "matter.save(update_fields=['a'])",
    "matter.delete()",
    "Matter.objects.filter(a=1).update(a=2)",
    "Matter.objects.bulk_create(rows)",
    "Matter.objects.get_or_create(a=1)",
    "cursor.execute('UPDATE matters_matter SET a = 1')",
    "cursor.execute(f'delete from {table}')",
)
NO_WRITES = (
    "seen.update({1})",
    "digest.update(b'x')",
    "image.save(buffer, kind='png')",
    "cursor.execute('SELECT 1')",
    "cache.delete('key')",
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree as it is."""
    copy = tmp_path_factory.mktemp("house")
    ignored = shutil.ignore_patterns("__pycache__", "vendor", "*.mo")
    shutil.copytree(house.ROOT / "src", copy / "src", ignore=ignored)
    shutil.copytree(house.ROOT / "tests/architecture", copy / "tests/architecture", ignore=ignored)
    shutil.copy(house.ROOT / "pyproject.toml", copy)
    return copy


@pytest.fixture(scope="module")
def planted(clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with every violation in it."""
    copy = tmp_path_factory.mktemp("planted") / "house"
    shutil.copytree(clean, copy)
    rooms = copy / "src/huiyin"
    for _, where, source, _ in IMPORTS:
        plant(rooms, where, source)
    for _, where, source in STYLE:
        plant(rooms, where, source)
    plant(rooms, "doors/planted_clock.py", CLOCK_OF_A_DOOR)
    return copy


@pytest.fixture(scope="module")
def contracts(planted: Path) -> str:
    """What the import contracts say of the planted tree."""
    done = run(planted, program("lint-imports"), "--no-cache", "--no-logo")
    assert done.returncode == 1, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def style(planted: Path) -> dict[str, set[str]]:
    """The codes ruff reports for each planted file."""
    done = run(planted, program("ruff"), "check", "--no-cache", "--output-format=json", "src")
    assert done.returncode == 1, done.stderr
    found: dict[str, set[str]] = {}
    for fault in json.loads(done.stdout):
        name = Path(fault["filename"]).relative_to(planted.resolve() / "src/huiyin").as_posix()
        found.setdefault(name, set()).add(fault["code"])
    return found


@pytest.mark.parametrize(("contract", "where", "source", "reported"), IMPORTS)
def test_a_broken_contract_is_reported(
    contracts: str, contract: str, where: str, source: str, reported: str
) -> None:
    del where, source
    assert f"{contract_name(contract)} BROKEN" in contracts
    assert reported in contracts


@pytest.mark.parametrize(("code", "where", "source"), STYLE)
def test_a_banned_way_is_reported(style: dict[str, set[str]], code: str, where: str, source: str) -> None:
    del source
    assert code in style[where]


def test_a_door_may_read_the_clock(style: dict[str, set[str]]) -> None:
    assert "TID251" not in style["doors/planted_clock.py"]


def test_types_are_checked_strictly(clean: Path) -> None:
    plant(clean / "src/huiyin", "rules/planted_types.py", TYPES)
    done = run(clean, program("mypy"), "--cache-dir=/dev/null", "src/huiyin/rules/planted_types.py")
    assert done.returncode == 1, done.stderr
    assert "[no-untyped-def]" in done.stdout
    assert "[return-value]" in done.stdout


def test_relations_upwards_and_to_the_ledger_are_reported(clean: Path) -> None:
    models = module_file(clean / "src/huiyin", "obligations/models")
    text = models.read_text(encoding="utf-8")
    models.write_text(text + "\nfrom django.db import models\n" + RELATIONS, encoding="utf-8")
    try:
        command = (program("python"), "-m", "pytest", "-p", "no:cacheprovider", "-vv")
        done = run(clean, *command, "tests/architecture/test_relations.py")
    finally:
        models.write_text(text, encoding="utf-8")
    assert done.returncode == 1, done.stdout
    assert "obligations: PlantedUp.matter points up to matters" in done.stdout
    assert "obligations: PlantedLedger.event ties the ledger to obligations" in done.stdout


@pytest.mark.parametrize("source", WRITES)
def test_a_write_outside_actions_is_reported(tmp_path: Path, source: str) -> None:
    plant(tmp_path / "src/huiyin", "matters/queries.py", source)
    plant(tmp_path / "src/huiyin", "matters/actions/refuse.py", source)
    (fault,) = house.writes_outside_actions(tmp_path)
    assert fault.startswith("src/huiyin/matters/queries.py:1: ")


@pytest.mark.parametrize("source", NO_WRITES)
def test_what_only_sounds_like_a_write_passes(tmp_path: Path, source: str) -> None:
    plant(tmp_path / "src/huiyin", "matters/queries.py", source)
    assert house.writes_outside_actions(tmp_path) == []


def test_a_model_that_overrides_save_is_reported(tmp_path: Path) -> None:
    source = "class Matter(models.Model):\n    def save(self, *args):\n        pass\n"
    plant(tmp_path / "src/huiyin", "matters/models.py", source)
    assert house.writes_outside_actions(tmp_path) == [
        "src/huiyin/matters/models.py:2: save() overridden in a model"
    ]


def test_what_is_too_long_is_reported(tmp_path: Path) -> None:
    body = "    a = 1\n" * house.LONGEST_FUNCTION
    plant(tmp_path / "src/huiyin", "matters/long.py", f"def f():\n{body}")
    plant(tmp_path / "tools", "long.py", "a = 1\n" * (house.LONGEST_MODULE + 1))
    assert [fault.split(":")[0] for fault in house.oversized(tmp_path)] == [
        "src/huiyin/matters/long.py",
        "tools/long.py",
    ]


def test_a_module_without_its_test_is_reported(tmp_path: Path) -> None:
    plant(tmp_path / "src/huiyin", "matters/tested.py", "def f(): ...")
    plant(tmp_path / "src/huiyin", "matters/forgotten.py", "def f(): ...")
    plant(tmp_path / "src/huiyin", "matters/names.py", "A = 1")
    plant(tmp_path / "src/huiyin", "matters/actions/refuse.py", "def f(): ...")
    plant(tmp_path / "tests", "matters/test_tested.py", "")
    plant(tmp_path / "tests", "matters/test_refuse.py", "")
    assert house.untested(tmp_path) == ["src/huiyin/matters/forgotten.py: no tests/matters/test_forgotten.py"]


@pytest.mark.parametrize("text", ["# Here we wait.", "# See #123.", '"""We\'ll see."""', "# fixes #7"])
def test_comments_only_insiders_understand_are_reported(tmp_path: Path, text: str) -> None:
    plant(tmp_path / "src", "matters.py", text)
    assert len(house.loose_words(tmp_path)) == 1


def test_a_silent_room_is_reported(tmp_path: Path) -> None:
    plant(tmp_path / "src/huiyin", "matters/__init__.py", "# nothing\n")
    assert len(house.silent_rooms(tmp_path, ["matters", "attic"])) == len(["matters", "attic"])


def plant(folder: Path, where: str, source: str) -> None:
    """Write a file, or add to a module that is there already, be it a file or a folder."""
    path = folder / where if where.endswith(".py") else module_file(folder, where)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{source}\n" if before else source, encoding="utf-8")


def module_file(folder: Path, module: str) -> Path:
    """Return the file of a module that may have grown into a package."""
    package = folder / module / "__init__.py"
    return package if package.exists() else folder / f"{module}.py"


def contract_name(identifier: str) -> str:
    """Return the name a contract is reported under."""
    for contract in house.contracts():
        if contract["id"] == identifier:
            return str(contract["name"])
    raise LookupError(identifier)


def program(name: str) -> str:
    """Return a program of the environment the tests run in."""
    return str(Path(sys.executable).parent / name)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a check in a copy, so that it sees the copy's source and nothing of this tree's."""
    environment = {**os.environ, "PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder}"}
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
