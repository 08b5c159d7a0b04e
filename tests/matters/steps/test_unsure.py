"""What is flagged and what the applicant is told come with a reason."""

from __future__ import annotations

import pytest

from huiyin.matters.models import StepNote
from huiyin.rules.errors import Invalid
from tests.factories import Office
from tests.matters.in_memory import bench


def test_a_flag_and_a_result_need_their_reasons(office: Office) -> None:
    one = bench(office)
    for why in (" ", "长" * 1001):
        with pytest.raises(Invalid) as caught:
            one.take("flag", why=why)
        assert (set(caught.value.fields), caught.value.clause) == ({"why"}, "p4.one-time-notice.3.b")
    one.take("flag", why="户籍分离")
    for how, words, wrong in (("phone", "", "words"), ("pigeon", "可以", "how")):
        with pytest.raises(Invalid) as caught:
            one.take("tell_result", can=True, how=how, words=words)
        assert set(caught.value.fields) == {wrong}
    assert one.kinds()[-1] == "matter.uncertain"
    assert [row.text for row in one.fresh(StepNote)] == ["户籍分离"]
