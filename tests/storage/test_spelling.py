"""Names found by how they sound."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from huiyin.storage import spelling
from huiyin.storage.models import Spelling
from huiyin.storage.spelling import Named, Sounding

OFFICE = UUID(int=1)


@pytest.mark.parametrize(
    ("typed", "text", "fit"),
    [
        ("dibao", "低保", (True, True)),
        ("db", "低保", (True, False)),
        ("dibsq", "低保申请", (True, False)),
        ("dbshenqing", "低保申请", (True, False)),
        ("diba", "低保", (False, True)),
        ("dibaosh", "低保申请", (False, False)),
        ("xieym", "解一鸣", (True, False)),
        ("jieyiming", "解一鸣", (True, True)),
        ("zhj", "证件", (True, False)),
        ("zj", "证件", (True, False)),
        ("lv", "绿", (True, True)),
        ("azheng", "A证", (True, True)),
        ("bd", "低保", None),
        ("dibaos", "低保", None),
        ("x", "低保", None),
    ],
)
def test_letters_are_syllables_or_their_beginnings(
    typed: str, text: str, fit: tuple[bool, bool] | None
) -> None:
    assert spelling.fits(typed, spelling.readings(text)) == fit


def test_letters_that_could_part_in_many_ways_take_no_time() -> None:
    assert spelling.fits("a" * 30, [("a",)] * 12) is None
    assert spelling.fits("zh" * 15, [("zhang", "chang", "zhuang")] * 12) is None


@pytest.mark.parametrize("text", ["", "d", "低保", "d-b", "db@", "a" * 31, "ｄｂ"])
def test_what_is_no_pinyin(text: str) -> None:
    assert not spelling.is_spelt(text)


def test_usual_readings_come_first_and_signs_have_none() -> None:
    assert spelling.readings("行（长）★")[0][0] == "xing"
    assert len(spelling.readings("行（长）★")) == 2
    assert spelling.readings("Ａ１") == [("a",), ("1",)]
    assert len(spelling.readings("低" * 500)) == spelling.MOST_CHARACTERS


@pytest.mark.django_db
def test_a_name_is_found_from_each_of_its_syllables_on() -> None:
    item, person = uuid4(), uuid4()
    spelling.keep(
        [Named(OFFICE, "item", item, ("城乡低保申请",)), Named(OFFICE, "person", person, ("丁保",))]
    )
    assert spelling.sounding(OFFICE, "dbsq") == {
        ("item", item): Sounding(whole=False, begins=False, full=False)
    }
    assert set(spelling.sounding(OFFICE, "cxdb")) == {("item", item)}
    assert set(spelling.sounding(OFFICE, "db")) == {("item", item), ("person", person)}
    assert spelling.sounding(OFFICE, "DINGBAO")["person", person] == Sounding(
        whole=True, begins=True, full=True
    )
    assert set(spelling.sounding(OFFICE, "shen")) == {("item", item)}
    assert set(spelling.sounding(OFFICE, "ding")) == {("person", person)}
    assert spelling.sounding(OFFICE, "qsbd") == {}


@pytest.mark.django_db
def test_offices_are_kept_apart_and_a_new_name_replaces_the_old() -> None:
    subject = uuid4()
    spelling.keep([Named(OFFICE, "item", subject, ("低保",))])
    assert spelling.sounding(UUID(int=2), "dibao") == {}
    spelling.keep([Named(OFFICE, "item", subject, ("医保",))])
    assert spelling.sounding(OFFICE, "dibao") == {}
    assert set(spelling.sounding(OFFICE, "yibao")) == {("item", subject)}
    assert Spelling.objects.count() == 1


@pytest.mark.django_db
def test_every_reading_of_a_surname_finds_its_bearer() -> None:
    person = uuid4()
    spelling.keep([Named(OFFICE, "person", person, ("解一鸣",))])
    for typed in ("xym", "jym", "xieyiming", "jieym"):
        assert set(spelling.sounding(OFFICE, typed)) == {("person", person)}, typed


def test_the_longest_readings_fit_their_column() -> None:
    longest = max(
        len("/".join(ways))
        for character in range(0x4E00, 0x9FA6)
        for ways in spelling.readings(chr(character))
    )
    column = Spelling._meta.get_field("readings").max_length
    assert column is not None
    assert (longest + 1) * spelling._SYLLABLES - 1 <= column
