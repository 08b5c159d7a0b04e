from __future__ import annotations

from huiyin.doors.cli.demo import roles
from huiyin.doors.cli.demo.cast import read


def test_each_role_is_somebody_of_the_office_and_is_told_how_to_sign_in() -> None:
    told = roles.sign_ins("云汀镇人民政府")
    assert "云汀镇人民政府" in told[0]
    assert roles.PASSWORD in told[0]
    assert len(told) == 1 + len(roles.ROLES)
    for role, line in zip(roles.ROLES, told[1:], strict=True):
        assert int(role.staff_no) in read("office")["people"]
        assert f"{role.staff_no}@{roles.SLUG}" in line


def test_the_password_is_long_enough_for_anybody() -> None:
    assert len(roles.PASSWORD) >= 12
    assert roles.SLUG not in roles.PASSWORD
