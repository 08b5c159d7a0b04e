"""Random lawful lives of official documents and given work, lived through the verbs and told again."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from huiyin.matters import actions
from huiyin.matters.actions import DocumentEntry, Errand, IncomingDocument, OutgoingDocument, Request
from huiyin.matters.histories import History
from huiyin.matters.models import Matter, OfficialDocument, Routing
from huiyin.rules.vocabulary import Limit, Unit
from tests.matters import living
from tests.matters.handling import FIVE_DAYS

KEEPER: Final = "office_head"
STEPS: Final = {
    **living.STEPS,
    "present_to_main_leader": "present",
    "present_to_leader": "present",
    "write_opinion": "write_opinion",
    "circulate": "circulate",
    "note_read": "note_read",
    "send_document": "send",
    "sign_for_document": "take_document",
    "return_document": "return_to_keeper",
    "complete_document": "complete",
    "submit_draft": "draft",
    "check_draft": "check_draft",
    "return_draft": "return_draft",
    "ask_countersign": "ask_countersign",
    "countersign": "countersign",
    "sign_document": "sign",
    "number_document": "number",
    "dispatch_document": "dispatch",
    "archive_document": "archive",
    "void_document": "void",
    "report_progress": "progress",
    "answer_superior": "answer_superior",
    "finish": "finish",
    "send_back": "send_back",
    "sign_off": "sign_off",
}
OWN: Final = frozenset(STEPS) - frozenset(living.STEPS)
"""The verbs that only documents and given work have."""
LIKELY: Final = {
    "offer_handover": 0.2,
    "invoke_clause": 0.1,
    "urge": 0.1,
    "withdraw": 0.1,
    "void_document": 0.15,
    "circulate": 0.3,
    "ask_countersign": 0.2,
    "countersign": 3.0,
    "return_draft": 0.4,
    "sign_document": 3.0,
    "number_document": 3.0,
    "dispatch_document": 3.0,
    "return_document": 0.3,
    "send_back": 0.4,
    "request_extension": 0.5,
    "present_to_leader": 3.0,
    "send_document": 3.0,
    "complete_document": 3.0,
    "submit_draft": 3.0,
    "finish": 2.0,
}


class PaperLife(living.Life):
    """One document or task being lived."""

    likely = LIKELY
    most_steps = 18

    def _register(self) -> None:
        # What only matters that people bring have; some verbs of every matter look at it.
        self.request = Request(kind="enquiry", channel="letter")
        kind = self.dice.choice(["in", "in", "out", "out", "task"])
        limit = self.dice.choice([None, None, Limit(8, Unit.WORKING_DAY)])
        self.opener = "leader_in_charge" if kind == "task" else KEEPER
        by = self._by(self.opener)
        if kind == "in":
            told = IncomingDocument(
                title="关于报送情况的通知", source="县政府办公室", their_number=f"{self.seed}号", limit=limit
            )
            self.number = actions.register_incoming(by, told).number
        elif kind == "out":
            clerk = self.office.people["clerk"].id
            ordered = OutgoingDocument(
                title="关于报送情况的报告",
                recipient="县政府",
                drafter=clerk,
                limit=limit,
                copies_to="县民政局",
            )
            self.number = actions.order_document(by, ordered).number
        else:
            errand = Errand(
                kind="task",
                source=self.dice.choice(["assigned", "supervised"]),
                summary="清理低保台账",
                urgency=self.dice.choice(["urgent", "normal", "low"]),
                limit=limit,
                custodian=self.office.people["clerk"].id,
            )
            self.number = actions.take_in(by, errand).number
        self.received_at = self.at

    def _concerned(self, matter: Matter) -> list[str]:
        found = [self.people[matter.custodian_id], self.people[matter.custodian_id]]
        # Whoever ordered a document has no step of their own on it.
        for one in (matter.offered_to_id, matter.assigner_id if matter.kind == "task" else None):
            found += [self.people[one]] * 2 if one else []
        if matter.extension_by:
            found += ["main_leader"] * 2
        if matter.kind != "task":
            found.append(KEEPER)
        waiting = Routing.objects.filter(matter=matter, done_at=None).order_by("asked_at", "id")
        return found + [self.people[one] for one in waiting.values_list("person", flat=True)]

    def _take(self, who: str, principal: str, verb: str) -> None:
        fields = self._fields(verb)
        step = self._as_paper_step(verb, fields, who, principal)
        getattr(actions, verb)(self._by(who, principal), self.number, **fields)
        self._told(STEPS[verb], who, principal, step or self._as_step(verb, fields))

    def _fields(self, verb: str) -> dict[str, Any]:
        people = {key: person.id for key, person in self.office.people.items()}
        matter = self._matter()
        others = [people[key] for key in ("clerk", "second_clerk") if people[key] != matter.custodian_id]
        read = set(Routing.objects.filter(matter=matter, done_at=None).values_list("person", flat=True))
        free = [people[key] for key in ("receptionist", "efficiency_office") if people[key] not in read]
        given: dict[str, dict[str, Any]] = {
            "present_to_leader": {"to": people["leader_in_charge"]},
            "write_opinion": {"opinion": "请按时办结。"},
            "circulate": {"to": free[:1] or [people["administrator"]]},
            "send_document": {"to": self.dice.choice(others)},
            "return_document": {"reason": "不属本岗"},
            "complete_document": {"result": "已报送"},
            "submit_draft": {"text": "现将情况报告如下。", "to": self._judge("head", "office_head")},
            "check_draft": {"to": self._judge("leader_in_charge", "main_leader"), "opinion": ""},
            "return_draft": {"opinion": "数字核一下"},
            "ask_countersign": {"to": (free or [people["administrator"]])[-1]},
            "countersign": {"opinion": "同意"},
            "sign_document": {"opinion": "发"},
            "dispatch_document": {"how": "post"},
            "archive_document": {"archive_number": f"2026-{self.seed}"},
            "void_document": {"reason": "登记重复"},
            "report_progress": {"words": "已办一半"},
            "answer_superior": {"words": "已办结", "how": "electronic"},
            "finish": {"result": "已清理"},
            "send_back": {"opinion": "没有附名单"},
            "sign_off": {"opinion": "同意"},
            "request_extension": {"limit": FIVE_DAYS, "reason": "数据未齐"},
            "withdraw": {"reason": "不再需要"},
        }
        return given[verb] if verb in given else super()._fields(verb)

    def _judge(self, *keys: str) -> UUID:
        """The first of some people who has written nothing of the document, nor answers for it."""
        matter, people = self._matter(), self.office.people
        own = {str(matter.custodian_id), *matter.drafted_by}
        return next((people[key].id for key in keys if str(people[key].id) not in own), people[keys[-1]].id)

    def _as_paper_step(self, verb: str, fields: dict[str, Any], who: str, principal: str) -> dict[str, Any]:
        """What the step takes that the verb works out by itself; nothing for verbs of every matter."""
        people = self.office.people
        if verb == "present_to_main_leader":
            return {"to": str(people["main_leader"].id), "level": "main_leader"}
        if verb == "present_to_leader":
            return {"to": str(fields["to"]), "level": "leader"}
        if verb == "write_opinion":
            role = (
                Routing.objects.filter(
                    matter__number=self.number,
                    person=people[principal or who],
                    role__in=("main_leader", "leader"),
                )
                .order_by("asked_at", "id")
                .last()
            )
            return {**fields, "role": role.role if role else "proposal"}
        if verb == "circulate":
            return {"to": [str(one) for one in fields["to"]]}
        if verb in OWN:
            return {**fields, **({"to": str(fields["to"])} if "to" in fields else {})} or {"": ""}
        return {}

    def _told(self, step: str, who: str, principal: str, fields: dict[str, Any]) -> None:
        super()._told(step, who, principal, {name: value for name, value in fields.items() if name})

    def _history(self) -> History:
        row = self._matter()
        document = OfficialDocument.objects.filter(matter=row).first()
        entry = document and DocumentEntry(
            party=document.party,
            book=document.book,
            their_number=document.their_number,
            grade=row.grade,
            received_on=document.received_on,
            genre=document.genre,
            copies_to=document.copies_to,
            drafted_by=document.drafted_by,
        )
        return History(
            kind=row.kind,
            channel=row.channel,
            summary=row.summary,
            first_responder=row.first_responder,
            unit=row.unit,
            received_at=self.received_at,
            steps=tuple(self.steps),
            urgency=row.urgency,
            source=row.source,
            assigner=row.assigner,
            given=Limit(row.given_amount, Unit(row.given_unit)) if row.given_amount else None,
            registered_by=str(self.office.people[self.opener].id),
            document=entry or None,
            id=row.id,
            salt=bytes(row.salt),
        )
