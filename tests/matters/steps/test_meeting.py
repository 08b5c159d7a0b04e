"""A meeting decides nothing behind the applicant's back."""

from __future__ import annotations

import pytest

from huiyin.matters.models import StepNote
from huiyin.rules.errors import Invalid
from tests.factories import Office
from tests.matters.in_memory import bench


def test_the_applicant_is_told_why_a_meeting_decides(office: Office) -> None:
    one = bench(office)
    for how, words in (("phone", " "), ("phone", "长" * 1001), ("pigeon", "要上会")):
        with pytest.raises(Invalid) as caught:
            one.take("send_to_meeting", how=how, words=words)
        assert set(caught.value.fields) == ({"how"} if how == "pigeon" else {"words"})
    one.take("send_to_meeting", how="phone", words="涉及多户，下周二上会研究")
    assert one.kinds()[-1] == "meeting.sent"
    assert [row.text for row in one.fresh(StepNote)] == ["涉及多户，下周二上会研究"]
