"""The phrases nobody is sent away with, however they are written; each office has its own."""

from __future__ import annotations

import pytest

from huiyin.matters.steps.phrasing import refuse_banned
from huiyin.rules.errors import Invalid
from tests.factories import Office
from tests.matters.in_memory import bench


@pytest.mark.parametrize("text", ["这我不知道", "这我不 知\n道", "不\u3000归我管", "不歸我管", "找領導去"])
def test_a_banned_phrase_is_found_however_it_is_written(office: Office, text: str) -> None:
    one = bench(office, kind="enquiry")
    with pytest.raises(Invalid) as caught:
        refuse_banned(one.dossier, one.hand(), words="好的", reason=text)
    error = caught.value
    assert (set(error.fields), error.code, error.clause) == (
        {"reason"},
        "banned_phrase",
        "p4.first-responder.3.a",
    )


def test_what_the_list_of_the_office_does_not_have_passes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The headquarters bans this one, the township does not; the commission bans none.
    refuse_banned((one := bench(office, kind="enquiry")).dossier, one.hand(), words="我不清楚")
    monkeypatch.setattr(office.tenant, "rulebook", "headquarters")
    with pytest.raises(Invalid):
        refuse_banned((one := bench(office, kind="enquiry")).dossier, one.hand(), words="我不清楚")
    monkeypatch.setattr(office.tenant, "rulebook", "commission")
    refuse_banned((one := bench(office, kind="enquiry")).dossier, one.hand(), words="不知道")
