"""The next lawful verbs of a person on an official document, beside those on every matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from huiyin.matters import rows
from huiyin.matters.models import Matter, OfficialDocument, Routing
from huiyin.matters.permissions import documents as permissions
from huiyin.matters.permissions.persons import may_handle, may_take_over
from huiyin.matters.queries.documents import opinion_role, waiting_roles
from huiyin.matters.queries.one import law_for
from huiyin.organisation.queries import Asker, lent_power
from huiyin.rules import events as e
from huiyin.rules import official_documents as regime
from huiyin.rules.lifecycle import Stage
from huiyin.rules.workdays import SHANGHAI

Found = tuple[str, UUID | None]
Waiting = dict[str, UUID | None]
Check = Callable[[Asker, Matter, Waiting], Found | None]


def verbs_of(asker: Asker, matter: Matter, allowed: set[type[e.Event]]) -> list[Found]:
    """Each verb the person may use now, and for which absent colleague, in the order of the work."""
    waiting = waiting_roles(asker, matter)
    found = (check(asker, matter, waiting) for event, check in _VERBS if event in allowed)
    return [one for one in found if one is not None]


def _keeper(verb: str, when: Callable[[Matter], bool] = lambda _: True) -> Check:
    """A step of whoever keeps the register."""

    def check(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
        del waiting
        if not when(matter):
            return None
        for principal in (None, *sorted(asker.stands_in_for)):
            power = lent_power(asker, principal)
            if permissions.may_keep_register(asker, power):
                return verb, principal
        return None

    return check


def _handler(verb: str, when: Callable[[Matter], bool] = lambda _: True) -> Check:
    """A step of whoever answers for the document."""

    def check(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
        del waiting
        power = _power(asker, matter.custodian_id)
        return (verb, power) if when(matter) and may_handle(asker, power, matter) else None

    return check


def _taker(verb: str) -> Check:
    def check(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
        del waiting
        power = _power(asker, matter.offered_to_id)
        return (verb, power) if may_take_over(asker, power, matter) else None

    return check


def _waited_for(verb: str, role: str) -> Check:
    """A step of whoever the document lies before."""

    def check(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
        del asker, matter
        return (verb, waiting[role]) if role in waiting else None

    return check


def _judge(verb: str, role: str, when: Callable[[Matter], bool] = lambda _: True) -> Check:
    """The same, of whoever neither wrote a draft of it nor has it to answer for now."""

    def check(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
        found = _waited_for(verb, role)(asker, matter, waiting)
        if found is None or not when(matter):
            return None
        hands = {asker.person_id, found[1] or asker.person_id}
        own = not hands.isdisjoint({matter.custodian_id, *map(UUID, matter.drafted_by)})
        own = own or OfficialDocument.objects.filter(matter=matter, drafted_by__in=hands).exists()
        return None if own else found

    return check


def _opinion(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
    del waiting
    for principal in (None, *sorted(asker.stands_in_for)):
        power = lent_power(asker, principal)
        if opinion_role(power, matter):
            return "write_opinion", principal
    return None


def _circulate(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
    del waiting
    for principal in (None, *sorted(asker.stands_in_for)):
        power = lent_power(asker, principal)
        if permissions.may_circulate(asker, power, matter):
            return "circulate", principal
    return None


def _read(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
    del matter
    own = waiting.get("reader", asker.person_id) is None
    return ("note_read", None) if own else None


def _return_draft(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
    role = "signer" if matter.stage == Stage.TO_SIGN else "checker"
    return _judge("return_draft", role)(asker, matter, waiting)


def _power(asker: Asker, owner: UUID | None) -> UUID | None:
    return owner if owner in asker.stands_in_for else None


def _regulated(part: str) -> Callable[[Matter], bool]:
    return lambda matter: law_for(matter).book.has(part)


def _in_turn(verb: str, when: Callable[[Asker, Matter], bool]) -> Check:
    """A step of whoever answers for the document, once those have seen it who see it first."""

    def check(asker: Asker, matter: Matter, waiting: Waiting) -> Found | None:
        return _handler(verb)(asker, matter, waiting) if when(asker, matter) else None

    return check


def _main_leader_has_it(asker: Asker, matter: Matter) -> bool:
    del asker
    return not regime.skips_main_leader(rows.state_of(matter), law_for(matter).book)


def _leaders_have_it(asker: Asker, matter: Matter) -> bool:
    day = asker.at.astimezone(SHANGHAI).date()
    state = rows.state_of(matter)
    return not regime.offered_by_hand(state) and not regime.unseen(state, day, law_for(matter).book)


def _all_countersigned(matter: Matter) -> bool:
    """Whether nobody is asked to countersign who has not."""
    return not Routing.objects.filter(matter=matter, role="countersigner", done_at=None).exists()


def _nobody_asked(matter: Matter) -> bool:
    """No leader was asked for more time and has not answered."""
    return not matter.extension_by


def _told_of_more_time(matter: Matter) -> bool:
    """Whoever waits for it was told of the time that was granted."""
    return not matter.extension_untold and not matter.offered_to_id


def _nothing_waits(matter: Matter) -> bool:
    """Neither a leader who was asked for more time nor a colleague who is offered it."""
    return not matter.extension_by and not regime.offered_by_hand(rows.state_of(matter))


_VERBS: Final[tuple[tuple[type[e.Event], Check], ...]] = (
    (e.DocumentSignedFor, _taker("sign_for_document")),
    (e.DocumentReturned, _taker("return_document")),
    (e.DocumentRead, _read),
    (e.OpinionWritten, _opinion),
    (e.PresentedToMainLeader, _handler("present_to_main_leader")),
    (e.PresentedToLeader, _in_turn("present_to_leader", _main_leader_has_it)),
    (e.DocumentSent, _in_turn("send_document", _leaders_have_it)),
    (e.DocumentCompleted, _handler("complete_document", _nobody_asked)),
    (e.DelayExplained, _handler("explain_delay", _regulated(regime.EXPLAIN))),
    (e.Drafted, _handler("submit_draft")),
    (e.DraftChecked, _judge("check_draft", "checker")),
    (e.Countersigned, _judge("countersign", "countersigner")),
    (e.DocumentSigned, _judge("sign_document", "signer", _all_countersigned)),
    (e.DraftReturned, _return_draft),
    (e.CountersignAsked, _handler("ask_countersign")),
    (e.DocumentNumbered, _keeper("number_document")),
    (e.DocumentDispatched, _keeper("dispatch_document", _nobody_asked)),
    (e.DocumentArchived, _keeper("archive_document", _told_of_more_time)),
    (e.Circulated, _circulate),
    (e.DocumentVoided, _keeper("void_document", _nothing_waits)),
)
