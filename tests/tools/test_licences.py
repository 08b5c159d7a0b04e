from __future__ import annotations

import pytest

from tools import licences


@pytest.mark.parametrize(
    "licence",
    [
        "AGPL-3.0",
        "AGPL-3.0-or-later",
        "GPL-2.0-only",
        "GPLv3",
        "License :: OSI Approved :: GNU Affero General Public License v3",
        "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
        "",
    ],
)
def test_what_would_bind_an_office_is_refused(licence: str) -> None:
    assert licences.fault_of("sample", licence)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "BSD-3-Clause",
        "LGPL-3.0-only",
        "Apache-2.0 OR GPL-2.0-only",
        "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)",
    ],
)
def test_what_may_be_shipped_passes(licence: str) -> None:
    assert licences.fault_of("sample", licence) == ""


def test_every_pinned_dependency_is_read() -> None:
    assert {"django", "psycopg", "pysqlite3", "typst"} <= set(licences.pinned())
    assert licences.main() == 0
