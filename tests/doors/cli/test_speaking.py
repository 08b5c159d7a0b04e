from __future__ import annotations

from huiyin.doors import speaking
from huiyin.doors.cli import speaking as spoken


def test_commands_speak_the_language_of_the_machines_other_programs() -> None:
    assert spoken.__all__
    assert all(getattr(spoken, name) is getattr(speaking, name) for name in spoken.__all__)
