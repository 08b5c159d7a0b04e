"""Who may sign the step of an approval."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters.models import Matter
from huiyin.matters.permissions.persons import may_act_for
from huiyin.matters.queries.stepping import signer_of
from huiyin.organisation.queries import Asker, has_gone
from huiyin.rules.errors import msg
from huiyin.rules.verdict import Verdict, refused


def may_sign_step(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Sign the step that waits: before whom it lies, or their stand-in.

    The custodian where whoever it lies before has gone.
    """
    signer = signer_of(matter)
    if signer is None:
        return refused(msg("没有等待签批的环节"))
    me = acting_for or asker.person_id
    if me == signer or (me == matter.custodian_id and has_gone(signer, asker.at)):
        return may_act_for(asker, acting_for)
    return refused(msg("这个环节不由您签批"))
