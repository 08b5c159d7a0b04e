"""Steps keep their limits when they are written and read."""

from __future__ import annotations

from huiyin.catalogue.stages import Step, plain_steps, read_steps, timed
from huiyin.rules.vocabulary import Limit, Unit


def test_what_is_written_reads_back() -> None:
    steps = (
        Step("受理", Limit(1, Unit.WORKING_DAY)),
        Step("公示"),
        Step("审核", Limit(2, Unit.WORKING_DAY), "MZ00"),
    )
    assert read_steps(plain_steps(steps)) == steps
    assert [one.name for one in timed(steps)] == ["受理", "审核"]
