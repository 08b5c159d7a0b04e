from __future__ import annotations

import gettext
import shutil
from pathlib import Path

import pytest

from tools import strings
from tools.extract import Sentence, from_file

SOURCE = """\
_("按<kbd>/</kbd>")
_("收件")
_("第%(n)s件")
ngettext("%(n)s件", "%(n)s件", n)
pgettext("动词", "办")
"""
ENGLISH = {
    Sentence("按<kbd>/</kbd>"): ("Press <kbd>/</kbd>",),
    Sentence("收件"): ("Received",),
    Sentence("第%(n)s件"): ("No. %(n)s",),
    Sentence("%(n)s件", plural="%(n)s件"): ("%(n)s matter", "%(n)s matters"),
    Sentence("办", context="动词"): ("handle",),
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    source = tmp_path / "src/huiyin"
    (source / "static/vendor").mkdir(parents=True)
    (source / "static/vendor/a.js").write_text("'别人的'", encoding="utf-8")
    (source / "a.py").write_text(SOURCE, encoding="utf-8")
    return source


def faults(office: Path, text: str) -> list[str]:
    catalogue = office / "django.po"
    catalogue.write_text(text, encoding="utf-8")
    return strings.check(strings.collect(office), *strings.read(catalogue), catalogue)


def complete(office: Path) -> str:
    return strings.render(strings.collect(office).sentences, ENGLISH)


def test_a_complete_catalogue_passes(office: Path) -> None:
    assert faults(office, complete(office)) == []


def test_reading_gives_back_what_was_written(office: Path) -> None:
    (office / "django.po").write_text(complete(office), encoding="utf-8")
    assert strings.read(office / "django.po") == (ENGLISH, set())


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"Received"', '""', "not translated: '收件'"),
        ('"%(n)s matters"', '""', "not translated: '%(n)s件'"),
        ('"No. %(n)s"', '"No. %(m)s"', "other placeholders"),
        ('"%(n)s matters"', '"%(m)s matters"', "other placeholders"),
        ("Press <kbd>/</kbd>", "Press /", "other tags"),
        ('"Received"', '"Received。"', "Chinese punctuation"),
        ('msgid "收件"', '#, fuzzy\nmsgid "收件"', "marked fuzzy"),
        ('msgid "收件"', 'msgid "旧句"', "not in step"),
        ("src/huiyin/a.py", "src/huiyin/b.py", "not in step"),
    ],
)
def test_a_flawed_catalogue_fails(office: Path, old: str, new: str, complaint: str) -> None:
    text = complete(office)
    assert old in text
    assert any(complaint in fault for fault in faults(office, text.replace(old, new, 1)))


def test_a_literal_outside_gettext_fails_unless_it_is_named_as_data(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office / "b.py").write_text('x = "直写"\n', encoding="utf-8")
    assert any("src/huiyin/b.py:1" in fault for fault in faults(office, complete(office)))
    monkeypatch.setattr(strings, "DATA", {"src/huiyin/b.py": "a sample"})
    assert faults(office, complete(office)) == []


@pytest.mark.parametrize("name", sorted(strings.DATA))
def test_a_module_named_as_data_holds_such_literals(name: str) -> None:
    assert from_file(strings.SOURCE.parent.parent / name, name).faults


@pytest.mark.parametrize("room", ["rules", "matters/eventlog", "doors/desk", "doors/cli"])
def test_a_literal_planted_in_the_real_source_is_found(room: str, tmp_path: Path) -> None:
    source = tmp_path / "src/huiyin"
    shutil.copytree(
        strings.SOURCE / room, source / room, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True
    )
    before = strings.collect(source).faults
    (source / room / "planted.py").write_text('x = "直写"\n', encoding="utf-8")
    (new,) = set(strings.collect(source).faults) - set(before)
    assert str(new) == f"src/huiyin/{room}/planted.py:1: Chinese outside a gettext call: '直写'"


def test_an_update_keeps_translations_and_drops_what_is_gone(office: Path) -> None:
    (office / "django.po").write_text(complete(office), encoding="utf-8")
    (office / "a.py").write_text('_("收件")\n_("新句")\n', encoding="utf-8")
    translations, _ = strings.read(office / "django.po")
    text = strings.render(strings.collect(office).sentences, translations)
    assert 'msgid "收件"\nmsgstr "Received"' in text
    assert 'msgid "新句"\nmsgstr ""' in text
    assert "matters" not in text


def test_the_compiled_catalogue_translates_and_leaves_out_what_is_empty(office: Path) -> None:
    catalogue = office / "django.po"
    catalogue.write_text(complete(office).replace('"Received"', '""'), encoding="utf-8")
    strings.compile_catalogue(catalogue)
    with catalogue.with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("第%(n)s件") == "No. %(n)s"
    assert english.gettext("收件") == "收件"
    assert english.ngettext("%(n)s件", "%(n)s件", 2) == "%(n)s matters"
    assert english.pgettext("动词", "办") == "handle"


def test_an_unknown_command_is_refused() -> None:
    assert strings.main(["guess"]) == 2
