"""Tell a story: run the steps of a scenario file through the verbs, and hold it to what it says.

A story is YAML. Each step names when (Shanghai time), who (a key of
`tests.factories`), what they do (a verb of `matters.actions`) and with what.
`refused` is the code of the refusal the step must meet, `clause` the clause
that refusal must cite, `then` what must hold afterwards. A story is told under the
township's rulebook, or the one that `rulebook` names. A step with `each: true` is taken
once for every clause that the story cites, which stands where it says EACH.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from huiyin.matters import actions, permissions, queries
from huiyin.matters.models import Matter
from huiyin.matters.steps import Paper
from huiyin.obligations import queries as duties
from huiyin.organisation.models import Tenant
from huiyin.rules.errors import HuiyinError
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI
from tests.factories import Office
from tests.scenarios.story import Story, moment
from tests.scenarios.verbs import HOLDS, VERBS

EACH = "EACH"
# The one written in C, where PyYAML was built with it, takes an eighth of the time.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> dict[str, Any]:
    """The story in a file, as a copy of its own; the file is read once, however often it is told."""
    return copy.deepcopy(_read(path))


@cache
def _read(path: Path) -> dict[str, Any]:
    found = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    assert isinstance(found, dict), path
    return found


def tell(story: Mapping[str, Any], office: Office, *, only: str = "") -> Story:
    """Run every step; raises AssertionError, with the step's number, where the story does not hold.

    With `only` the steps for each clause are taken for that one alone.
    """
    running = Story(office)
    with _bound_by(office, story.get("rulebook", office.tenant.rulebook)):
        for number, step in enumerate(steps_of(story, only), start=1):
            try:
                _take(running, step)
            except AssertionError as error:
                raise AssertionError(f"step {number} ({step.get('does', 'then')}): {error}") from error
    return running


def steps_of(story: Mapping[str, Any], only: str = "") -> list[dict[str, Any]]:
    """The steps as they are taken: those for each clause once for every one, or for `only`."""
    clauses = [only] if only else story["clauses"]
    return [
        _said_of(step, clause)
        for step in story["steps"]
        for clause in (clauses if step.get("each") else clauses[:1])
    ]


def _said_of(raw: Any, clause: str) -> Any:
    if isinstance(raw, dict):
        return {key: _said_of(one, clause) for key, one in raw.items()}
    if isinstance(raw, list):
        return [_said_of(one, clause) for one in raw]
    return clause if raw == EACH else raw


@contextmanager
def _bound_by(office: Office, rulebook: str) -> Iterator[None]:
    """The office under another rulebook, while a story is told."""
    before = office.tenant.rulebook
    Tenant.objects.filter(id=office.tenant.id).update(rulebook=rulebook)
    office.tenant.rulebook = rulebook
    try:
        yield
    finally:
        Tenant.objects.filter(id=office.tenant.id).update(rulebook=before)
        office.tenant.rulebook = before


def _take(running: Story, step: Mapping[str, Any]) -> None:
    running.at = moment(step["at"]) if "at" in step else running.at
    running.steps += 1
    if "does" in step:
        refused = _do(running, step)
        expected = step.get("refused")
        assert (refused.code if refused else None) == expected, f"refused with {refused!r}"
        if "clause" in step:
            assert refused is not None
            assert refused.clause == step["clause"]
    if "then" in step:
        _hold(running, step["then"])


def _do(running: Story, step: Mapping[str, Any]) -> HuiyinError | None:
    verb, fields = step["does"], dict(step.get("with", {}))
    at = running.at
    assert at is not None
    try:
        if verb in VERBS:
            VERBS[verb](running, step.get("who", ""), fields)
            return None
        receipt = _command(running, step["who"], verb, fields, step.get("for"))
    except HuiyinError as error:
        return error
    running.number = receipt.number
    running.code = receipt.code or running.code
    return None


def _command(
    running: Story, who: str, verb: str, fields: dict[str, Any], principal: str | None
) -> actions.Receipt:
    office, at = running.office, running.at
    assert at is not None
    acting_for = office.people[principal].id if principal else None
    key = f"{running.steps}"
    if who == "applicant":
        asker = queries.public_asker(office.tenant, at, "portal")
        by = actions.By(asker, at, key, applicant=True)
    else:
        by = actions.By(office.asker(who, at), at, key, acting_for)
    if verb == "register":
        return actions.register(by, _request(office, fields))
    if verb == "ask_return_as_applicant":
        return actions.ask_return_as_applicant(by, running.number, code=running.code)
    if verb == "withdraw_as_applicant":
        return actions.withdraw_as_applicant(by, running.number, code=running.code, **fields)
    if verb == "rate":
        return actions.rate(by, running.number, code=running.code, **fields)
    if "right_unit" in fields:
        fields["right_office"] = office.units[fields.pop("right_unit")].name
    receipt = getattr(actions, verb)(by, running.number, **_typed(office, verb, fields))
    assert isinstance(receipt, actions.Receipt)
    return receipt


def _request(office: Office, fields: dict[str, Any]) -> actions.Request:
    asked = fields.pop("first_responder", None)
    responder = office.people[asked].id if asked else None
    found = tuple(Paper(**one) for one in fields.pop("materials", ()))
    return actions.Request(**fields, materials=found, first_responder=responder)


def _typed(office: Office, verb: str, fields: dict[str, Any]) -> dict[str, Any]:
    if (
        verb
        in {"offer_handover", "assign_custodian", "route_contact", "keep_papers", "readdress", "consult_unit"}
        and "to" in fields
    ):
        fields["to"] = office.people[fields["to"]].id
    if verb in {"keep_papers", "receive_supplement"}:
        fields["papers"] = tuple(Paper(**one, present=True) for one in fields.pop("papers", ()))
    if verb == "answer_consultation":
        missing = fields.pop("missing", {})
        fields["missing"] = tuple(Paper(name, present=False, problem=why) for name, why in missing.items())
    if verb == "invoke_clause" and "against" in fields:
        fields["against"] = office.people[fields["against"]].id
    if verb == "record_minute":
        fields["minute_day"] = date.fromisoformat(fields["minute_day"])
    if verb == "request_extension":
        unit = Unit.WORKING_DAY if "days" in fields else Unit.CALENDAR_DAY
        fields["limit"] = Limit(fields.pop("days", 0) or fields.pop("calendar_days"), unit)
    if verb == "check_materials":
        missing = fields.pop("missing", {})
        fields["found"] = (
            *(_present(one) for one in fields.pop("present", ())),
            *(Paper(name=name, present=False, problem=why) for name, why in missing.items()),
        )
    return fields


def _present(told: str | dict[str, Any]) -> Paper:
    """A paper that is there: by its name alone, counted as one page, or with what was counted."""
    return Paper(told, present=True, pages=1) if isinstance(told, str) else Paper(**told, present=True)


_OF_THE_MATTER = frozenset(
    {
        "stage",
        "outcome",
        "notices",
        "rating",
        "custodian",
        "first_responder",
        "findings",
        "last_finding",
        "clocks",
        "may",
        "may_not",
    }
)


def _hold(running: Story, expected: Mapping[str, Any]) -> None:
    unknown = expected.keys() - HOLDS.keys() - _OF_THE_MATTER
    assert not unknown, f"nothing can be asked after by the name of {sorted(unknown)}"
    for name in HOLDS.keys() & expected.keys():
        found = HOLDS[name](running, expected[name])
        assert found == expected[name], f"{name} is {found!r}"
    if expected.keys() - HOLDS.keys():
        _matter_holds(running, expected)


def _matter_holds(running: Story, expected: Mapping[str, Any]) -> None:
    matter = Matter.objects.select_related("tenant", "custodian").get(number=running.number)
    people = {person.id: key for key, person in running.office.people.items()}
    plain = {
        "stage": matter.stage,
        "outcome": matter.outcome,
        "notices": matter.notices,
        "rating": matter.rating,
        "custodian": people[matter.custodian_id],
        "first_responder": people[matter.first_responder_id],
        "findings": [row.what for row in duties.findings_of(matter.id)],
    }
    if "last_finding" in expected:
        last = duties.findings_of(matter.id)[-1]
        accused = people[last.against_id] if last.against_id else ""
        found = {"what": last.what, "clause": last.clause, "against": accused}
        assert found == expected["last_finding"], f"the last finding is {found}"
    for name in plain.keys() & expected.keys():
        assert plain[name] == expected[name], f"{name} is {plain[name]!r}"
    assert running.at is not None
    clocks = {clock.key: clock for clock in queries.clocks_of(matter, running.at)}
    for key, facts in expected.get("clocks", {}).items():
        assert (key in clocks) == (facts is not None), f"clocks are {sorted(clocks)}"
        if facts is not None:
            _clock_holds(clocks[key], facts)
    for who, verbs in expected.get("may", {}).items():
        assert set(verbs) <= _open_to(running, who, matter), f"{who} may not do all of {verbs}"
    for who, verbs in expected.get("may_not", {}).items():
        assert _open_to(running, who, matter).isdisjoint(verbs), f"{who} may do one of {verbs}"


def _open_to(running: Story, who: str, matter: Matter) -> set[str]:
    assert running.at is not None
    asker = running.office.asker(who, running.at)
    return {choice.verb for choice in permissions.lawful_verbs(asker, matter, running.at)}


def _clock_holds(clock: queries.Clock, facts: Mapping[str, Any]) -> None:
    plain = {
        "due": clock.due_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "light": clock.light.value,
        "outcome": clock.outcome,
        "clause": clock.clause,
        "provisional": clock.provisional,
        "bearer": clock.bearer,
    }
    for name, value in facts.items():
        assert plain[name] == value, f"{clock.key}: {name} is {plain[name]!r}, not {value!r}"
