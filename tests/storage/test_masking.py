from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.storage.masking import (
    mask_applicant,
    mask_email,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_text,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张*"), ("欧阳小明", "欧***"), ("阿依古丽·买买提", "阿***·***"), ("张", "张"), ("", "")],
)
def test_names(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("+86 13812341234", "138****1234"),
        ("0571-88886666", "0571-8888****"),
        ("8888666", "888****"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_phones(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("330102199001011234", "3301**********1234"),
        ("33010219900101123X", "3301**********123X"),
        ("330102900101123", "3301********123"),
        ("12345678", "********"),
        ("", ""),
    ],
)
def test_identity_numbers(number: str, shown: str) -> None:
    assert mask_id_number(number) == shown


@given(st.text(alphabet="0123456789X", max_size=30))
def test_eight_characters_of_a_number_are_always_hidden(number: str) -> None:
    assert mask_id_number(number).count("*") >= min(8, len(number))


def test_free_text() -> None:
    text = "张三 330102199001011234 电话13812341234 邮箱 zhang.san@example.cn 编号 20261123000001"
    assert (
        mask_text(text) == "张三 3301**********1234 电话138****1234 邮箱 z***@example.cn 编号 20261123000001"
    )


def test_mail() -> None:
    assert mask_email("zhang@example.cn") == "z***@example.cn"
    assert mask_email("broken") == "******"


def test_a_known_applicant_is_masked_in_free_text() -> None:
    text = "王小明（0571-88001234）问低保，另打13800138000"
    masked = mask_applicant(text, "王小明", "0571-88001234")
    assert masked == "王**（0571-8800****）问低保，另打138****8000"
    # Negative control: one sign is no name, and nobody's name leaves the text as it is.
    assert mask_applicant("王老师来问", "王", "") == "王老师来问"
