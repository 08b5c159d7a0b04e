import pytest

from huiyin.rules.errors import Forbidden
from huiyin.rules.verdict import ALLOWED, refused


def test_a_yes_lets_pass_and_is_true() -> None:
    ALLOWED.require()
    assert ALLOWED


def test_a_no_is_false_and_raises_its_reason_and_clause() -> None:
    verdict = refused("%(who)s不能", clause="p1.x", who="甲")
    assert not verdict
    with pytest.raises(Forbidden, match="甲不能") as caught:
        verdict.require(code="c")
    assert (caught.value.code, caught.value.clause) == ("c", "p1.x")
