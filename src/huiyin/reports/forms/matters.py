"""Which forms a matter has, and each of them by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from huiyin.documents.forms import Form
from huiyin.matters import labels
from huiyin.matters import queries as matters
from huiyin.matters.models import Deposit, Matter
from huiyin.organisation.queries import Asker
from huiyin.reports.forms import contacts, official, serving, tasks
from huiyin.reports.forms.words import Words
from huiyin.rules.errors import NotFound
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes import first_responder
from huiyin.rules.rulebook import Rulebook

REGISTER: Final = "contact"
PROOF: Final = "delivery-"
_OF_KINDS: Final = {
    MatterKind.DOCUMENT_IN.value: ("incoming", official.INCOMING, official.incoming),
    MatterKind.DOCUMENT_OUT.value: ("outgoing", official.OUTGOING, official.outgoing),
}
_GIVEN: Final = frozenset({MatterKind.TASK.value, MatterKind.PROPOSAL.value})


@dataclass(frozen=True, slots=True)
class Offered:
    """A form that can be printed: its name in addresses, and its title as a message id."""

    name: str
    title: str


def offered(matter: Matter, book: Rulebook, deposits: Sequence[Deposit]) -> list[Offered]:
    """Return the forms of a matter; no query. The register of contacts is on where the regime is."""
    found = []
    if matter.kind in labels.ASKED and book.has(first_responder.ON_DUTY):
        found.append(Offered(REGISTER, contacts.REGISTER))
    if matter.kind in _OF_KINDS:
        name, title, _ = _OF_KINDS[matter.kind]
        found.append(Offered(name, title))
    if matter.kind in _GIVEN:
        found.append(Offered("task", tasks.title_of(matter)))
    found += [Offered(f"papers-{place}", contacts.SLIP) for place, _ in enumerate(deposits, start=1)]
    return found


def form_of(asker: Asker, matter: Matter, name: str, words: Words) -> Form:
    """Return one form of a matter that the asker may see; raises NotFound for one it does not have."""
    if name.startswith(PROOF):
        return serving.sheet(asker, matter, _service(matter, name), words)
    deposits = matters.deposits_of(matter)
    found = {one.name: one for one in offered(matter, matters.law_for(matter).book, deposits)}
    if name not in found:
        raise NotFound
    if name == REGISTER:
        return contacts.register(asker, matter, words)
    if matter.kind in _OF_KINDS and name == _OF_KINDS[matter.kind][0]:
        return _OF_KINDS[matter.kind][2](asker, matter, words)
    if name.startswith("papers-"):
        return contacts.slip(asker, matter, deposits[int(name.removeprefix("papers-")) - 1], words)
    return tasks.sheet(asker, matter, words)


def _service(matter: Matter, name: str) -> matters.Service:
    """The paper whose sheet it is; raises NotFound for one that is not to be served."""
    services = matters.services_of(matter, matters.documents_of(matter), matter.received_at)
    found = next((one for one in services if one.form == name), None)
    if found is None:
        raise NotFound
    return found
