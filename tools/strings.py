"""The catalogue of translations: Chinese in the source, English in src/huiyin/locale.

`python -m tools.strings check` fails when a sentence is missing, stale, untranslated or cannot be translated;
`update` brings the catalogue in step with the source and keeps its translations; `compile` writes the form
that gettext reads at run time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

from tools.extract import Fault, Sentence, from_file
from tools.paths import SOURCE

CATALOGUE = SOURCE / "locale/en/LC_MESSAGES/django.po"
KINDS = frozenset({".html", ".js", ".py", ".txt"})
LEFT_OUT = ("/migrations/", "/static/vendor/", "/rulebooks/", "/locale/")
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[a-z]")
TAG = re.compile(r"</?\w+[^>]*>")
CHINESE_SIGN = re.compile(r"[\u3000-\u303f\uff01-\uff60]")
HEADER = """\
# English for Huiyin. The source speaks Chinese; `make strings` collects its sentences here.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
# Modules whose Chinese is data, with the reason it is not translated.
DATA: Mapping[str, str] = {
    "src/huiyin/catalogue/sheets.py": "the columns, words and samples of an office's own workbook",
    "src/huiyin/catalogue/vague.py": "words by which a list of papers names none",
    "src/huiyin/documents/docx.py": "names of typefaces",
    "src/huiyin/documents/fonts.py": "names of typefaces",
    "src/huiyin/documents/viewing.py": "a document states its limits in both languages side by side",
    "src/huiyin/doors/cli/typed.py": "the words a limit may be typed in",
    "src/huiyin/doors/desk/item_form.py": "the words that limits and lists of papers are typed in",
    "src/huiyin/doors/portal/finding.py": "the words people put around what they look for",
    "src/huiyin/matters/actions/saving.py": "the signs in a document's number",
    "src/huiyin/matters/steps/filling.py": "how a law or its article is named",
    "src/huiyin/organisation/calendar_sheets.py": "the columns, words and samples of a workbook",
    "src/huiyin/organisation/queries/named.py": "the word that ends the titles of positions",
    "src/huiyin/organisation/sheets.py": "the columns, words and samples of an office's own workbook",
    "src/huiyin/rules/cells.py": "the words a cell may hold",
    "src/huiyin/rules/citing.py": "the numerals of laws, and the words around an article's number",
    "src/huiyin/rules/clutter.py": "what people put into their sheets besides data",
    "src/huiyin/rules/identifiers.py": "the words that a number in an archive may hold",
    "src/huiyin/rules/notices.py": "the words of the yearly notices on days off",
    "src/huiyin/rules/saying.py": "words that hold the place of what is not filled in yet",
    "src/huiyin/rules/wording.py": "the reasons for a day are told in both languages, each in its own way",
    "src/huiyin/rules/yearfiles.py": "the names of holidays",
    "src/huiyin/settings/logs.py": "words whose values are kept out of the logs",
    "src/huiyin/storage/home.py": "the mark of a sample key",
}
SHOWN = 40  # faults; a room that was just written has hundreds of the same kind


@dataclass
class Found:
    """What the whole source holds: each sentence with the files it stands in, and the faults."""

    sentences: dict[Sentence, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


Translations = Mapping[Sentence, tuple[str, ...]]


def main(arguments: list[str]) -> int:
    """Do what the first argument says; the exit code says whether all is well."""
    if arguments == ["compile"]:
        compile_catalogue(CATALOGUE)
        return 0
    if arguments not in (["check"], ["update"]):
        print(__doc__, file=sys.stderr)
        return 2
    found = collect(SOURCE)
    translations, fuzzy = read(CATALOGUE)
    if arguments == ["update"]:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(render(found.sentences, translations), encoding="utf-8")
        return 0
    faults = check(found, translations, fuzzy, CATALOGUE)
    for fault in faults[:SHOWN]:
        print(fault, file=sys.stderr)
    if len(faults) > SHOWN:
        print(f"and {len(faults) - SHOWN} more", file=sys.stderr)
    return 1 if faults else 0


def collect(source: Path) -> Found:
    """Read every file below `source` that may hold a sentence."""
    found = Found()
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source.parent.parent).as_posix()
        if path.suffix not in KINDS or any(part in f"/{name}" for part in LEFT_OUT):
            continue
        extract = from_file(path, name)
        for sentence in extract.sentences:
            places = found.sentences.setdefault(sentence, [])
            if name not in places:
                places.append(name)
        if not any(name.startswith(prefix) for prefix in DATA):
            found.faults += extract.faults
    return found


def read(path: Path) -> tuple[dict[Sentence, tuple[str, ...]], set[Sentence]]:
    """Return the translations in a catalogue, and which of them are marked as guesses."""
    if not path.exists():
        return {}, set()
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en")
    translations: dict[Sentence, tuple[str, ...]] = {}
    fuzzy: set[Sentence] = set()
    for message in catalogue:
        if not message.id:
            continue
        forms = (message.id,) if isinstance(message.id, str) else message.id
        sentence = Sentence(forms[0], message.context or "", forms[1] if len(forms) > 1 else "")
        said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        translations[sentence] = tuple(text or "" for text in said)
        if message.fuzzy:
            fuzzy.add(sentence)
    return translations, fuzzy


def check(found: Found, translations: Translations, fuzzy: Iterable[Sentence], path: Path) -> list[str]:
    """Say everything that is wrong with the catalogue and the source, one line each."""
    faults = [str(fault) for fault in found.faults]
    faults += [f"{path.name}: marked fuzzy: {sentence.text!r}" for sentence in sorted(fuzzy)]
    for sentence in found.sentences:
        faults += _translation_faults(sentence, translations.get(sentence, ()), path.name)
    current = path.read_text(encoding="utf-8") if path.exists() else ""
    if current != render(found.sentences, translations):
        faults.insert(0, f"{path.name} is not in step with the source. Run: make strings")
    return faults


def render(sentences: Mapping[Sentence, list[str]], translations: Translations) -> str:
    """Write a catalogue of exactly these sentences, by file and then as they come in it."""
    blocks = [HEADER]
    for sentence, places in sentences.items():
        said = translations.get(sentence, ())
        lines = [f"#: {' '.join(places)}"]
        if PLACEHOLDER.search(sentence.text):
            lines.append("#, python-format")
        if sentence.context:
            lines.append(f"msgctxt {normalize(sentence.context, width=110)}")
        lines.append(f"msgid {normalize(sentence.text, width=110)}")
        if sentence.plural:
            lines.append(f"msgid_plural {normalize(sentence.plural, width=110)}")
            forms = [*said, "", ""][:2]
            lines += [f"msgstr[{n}] {normalize(form, width=110)}" for n, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {normalize(said[0] if said else '', width=110)}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def compile_catalogue(path: Path) -> None:
    """Write the .mo beside a .po; a sentence without translation is left out, so the Chinese shows."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en")
    for message in list(catalogue):
        if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string]):
            catalogue.delete(message.id, message.context)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def _translation_faults(sentence: Sentence, said: tuple[str, ...], where: str) -> list[str]:
    if not said or not all(said):
        return [f"{where}: not translated: {sentence.text!r}"]
    faults = []
    wanted = sorted(PLACEHOLDER.findall(sentence.text))
    if not all(_same_placeholders(text, wanted, may_miss=bool(sentence.plural)) for text in said):
        faults.append(f"{where}: the translation has other placeholders: {sentence.text!r}")
    if any(sorted(TAG.findall(text)) != sorted(TAG.findall(sentence.text)) for text in said):
        faults.append(f"{where}: the translation has other tags: {sentence.text!r}")
    if any(CHINESE_SIGN.search(text) for text in said):
        faults.append(f"{where}: Chinese punctuation in the translation: {sentence.text!r}")
    return faults


def _same_placeholders(text: str, wanted: list[str], *, may_miss: bool) -> bool:
    """A plural form may leave the number out: "one matter"."""
    found = sorted(PLACEHOLDER.findall(text))
    return found == wanted or (may_miss and set(found) < set(wanted))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
