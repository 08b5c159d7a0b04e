"""Who may sign the step of an approval."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters.models import Matter
from huiyin.matters.permissions.persons import may_act_for
from huiyin.matters.queries.stepping import signer_of
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import msg
from huiyin.rules.verdict import Verdict, refused


def may_sign_step(asker: Asker, acting_for: UUID | None, matter: Matter) -> Verdict:
    """Sign the step that waits: whoever holds the post that signs it, or their stand-in.

    Where that post names nobody, before whom it lies; the custodian where that one has gone.
    """
    signer = signer_of(matter, asker.at)
    if signer is None:
        return refused(msg("没有等待签批的环节"))
    me = acting_for or asker.person_id
    if me == signer:
        return may_act_for(asker, acting_for)
    return refused(msg("这个环节不由您签批"))
