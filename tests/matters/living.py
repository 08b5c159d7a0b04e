"""Random lawful lives of matters, lived through the verbs and told again as histories.

`live` takes a matter through verbs that `lawful_verbs` offers, at moments that
often run over a limit, and returns the history a replay would be given.
`everything` is all that an office's matters left in the database, to compare.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final
from unittest import mock
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import models

from huiyin.catalogue.models import ItemVersion
from huiyin.documents.models import Document
from huiyin.ledger import actions as ledger
from huiyin.ledger.models import Head, LedgerEvent
from huiyin.matters import actions, permissions, queries
from huiyin.matters.actions import By, Request
from huiyin.matters.histories import History, Step
from huiyin.matters.models import (
    Consultation,
    DeliveryProof,
    Deposit,
    Draft,
    ExtensionRequest,
    Guidance,
    Handover,
    Instruction,
    MaterialCheck,
    Matter,
    Notice,
    OfficialDocument,
    Pause,
    RefusalFiling,
    RefusalOpinion,
    Routing,
    StepNote,
)
from huiyin.matters.steps import Paper
from huiyin.obligations.models import Finding, Obligation, Reminder
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Unlawful
from huiyin.rules.workdays import SHANGHAI
from tests.factories import Office
from tests.matters.handling import COMPLETE, FIVE_DAYS, INCOMPLETE

IDENTITY: Final = (Paper("居民身份证", present=True), *COMPLETE)
BEGIN: Final = datetime(2025, 9, 1, 9, 0, tzinfo=SHANGHAI)
UNTIL: Final = datetime(2026, 6, 30, 18, 0, tzinfo=SHANGHAI)
RECORDED: Final = datetime(2026, 7, 1, 9, 0, tzinfo=SHANGHAI)
MOST_STEPS: Final = 10
MOST_MISSES: Final = 3
SIDE: Final = (
    Consultation,
    DeliveryProof,
    Deposit,
    Guidance,
    Handover,
    MaterialCheck,
    Notice,
    Pause,
    ExtensionRequest,
    RefusalFiling,
    RefusalOpinion,
    Instruction,
    StepNote,
    Document,
    Obligation,
    Finding,
    OfficialDocument,
    Draft,
    Routing,
)
_FOUND_OUT: Final = {
    "accept_handover": ("returns",),
    "bounce_handover": ("returns",),
    "propose_refusal": ("told_no",),
    "readdress": ("whose", "to"),
    "report_progress": ("to",),
}
"""What is found out when it happens, and told again as the event has it."""

STEPS: Final = {
    "offer_handover": "offer",
    "accept_handover": "take",
    "bounce_handover": "bounce",
    "withdraw_handover": "take_back",
    "check_materials": "check",
    "issue_notice": "notify",
    "receive_supplement": "supplement",
    "send_to_meeting": "send_to_meeting",
    "accept_application": "accept",
    "pause": "pause",
    "resume": "resume",
    "request_extension": "ask_more_time",
    "approve_extension": "give_more_time",
    "refuse_extension": "deny_more_time",
    "withdraw_extension": "ask_no_more_time",
    "tell_extension": "tell_more_time",
    "propose_refusal": "propose",
    "file_refusal": "file",
    "approve_refusal": "approve",
    "overturn_refusal": "overturn",
    "correct_refusal": "correct",
    "ask_instruction": "ask_instruction",
    "give_instruction": "give_instruction",
    "refuse": "refuse",
    "grant": "grant",
    "answer": "answer",
    "deliver": "deliver",
    "withdraw": "withdraw",
    "close": "close",
    "rate": "rate",
    "reissue_code": "reissue",
    "invoke_clause": "invoke",
    "urge": "urge",
    "explain_overrun": "explain",
    "flag_uncertain": "flag",
    "unflag_uncertain": "take_flag_back",
    "tell_result": "tell_result",
    "route_contact": "route",
    "instruct": "instruct",
    "keep_papers": "keep_papers",
    "take_papers": "take_papers",
    "readdress": "readdress",
    "report_progress": "progress",
    "consult_unit": "consult",
    "prove_delivery": "prove",
    "answer_consultation": "answer_consultation",
}
# The last digit of the lives that ask another unit: the rest go on as they did without.
CONSULTING: Final = 3
# The last digit of the lives whose handler is not sure of them, and asks a leader at once.
UNSURE: Final = 7
ASKS: Final = {"flag_uncertain": 5.0, "ask_instruction": 9.0, "give_instruction": 20.0, "tell_result": 20.0}
# How much more often than the rest a verb is taken.
LIKELY: Final = {
    "withdraw": 0.2,
    "route_contact": 2.0,
    "instruct": 4.0,
    "keep_papers": 0.3,
    "readdress": 9.0,
    "consult_unit": 3.0,
    "answer_consultation": 5.0,
    "reissue_code": 0.1,
    "invoke_clause": 0.1,
    "urge": 0.1,
    "explain_overrun": 0.5,
    "send_to_meeting": 0.3,
    "ask_instruction": 0.1,
    "offer_handover": 0.5,
    "issue_notice": 5.0,
    "prove_delivery": 0.3,
    "receive_supplement": 3.0,
    "accept_application": 3.0,
    "request_extension": 2.0,
    "approve_extension": 3.0,
    "tell_extension": 4.0,
    "refuse": 4.0,
    "deliver": 4.0,
    "close": 4.0,
}


class Life:
    """One matter being lived."""

    likely: Mapping[str, float] = LIKELY
    most_steps: ClassVar[int] = MOST_STEPS

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.dice = random.Random(seed)
        self.at = BEGIN + timedelta(minutes=self.dice.randrange(100 * 24 * 60))
        self.people = {person.id: key for key, person in office.people.items()}
        self.steps: list[Step] = []
        self.commands = 0
        self.seed = seed
        if self._unsure():
            self.likely = {**self.likely, **ASKS}
        self.code = ""
        self.askers: dict[tuple[str, datetime], Asker] = {}
        tell_all(office)

    def live(self) -> History:
        """Register, and go on until it is closed or long enough."""
        self._register()
        misses = 0
        while len(self.steps) < self.most_steps and misses < MOST_MISSES:
            self._wait()
            verbs = self._open()
            if not verbs:
                misses += 1
            elif verbs == [("clerk", "", "reissue_code")] and self.dice.random() < 0.7:
                misses += MOST_MISSES
            else:
                self._take(*self.dice.choices(verbs, [self.likely.get(verb, 1.0) for *_, verb in verbs])[0])
        actions.note_limits_passed(UNTIL)
        return self._history()

    def _matter(self) -> Matter:
        return Matter.objects.select_related("tenant", "item", "unit", "custodian").get(number=self.number)

    def _wait(self) -> None:
        longest = self.dice.choice([60, 600, 3 * 24 * 60, 20 * 24 * 60])
        self.at = min(self.at + timedelta(minutes=10 + self.dice.randrange(longest)), UNTIL)
        actions.note_limits_passed(self.at)

    def _register(self) -> None:
        kind = self.dice.choice(["application", "application", "application", "enquiry"])
        channel = self.dice.choice(["counter", "phone", "letter", "online"])
        self.materials = self.dice.choice([(), COMPLETE, INCOMPLETE]) if kind == "application" else ()
        self.request = Request(
            kind=kind,
            channel=channel,
            item=self.dice.choice(["DB-1", "DB-1", "ZM-1"]) if kind == "application" else "",
            summary="问低保" if kind == "enquiry" else "",
            details=self.dice.choice(["", "家住三组"]),
            urgency=self.dice.choice(["urgent", "normal", "low"]),
            answer_at_once=kind == "enquiry" and self.dice.random() < 0.3,
            applicant_name="王小明",
            applicant_phone="13900001234",
            materials=self.materials,
        )
        self.opener = "applicant" if channel == "online" else "clerk"
        receipt = actions.register(self._by(self.opener), self.request)
        self.number, self.code = receipt.number, receipt.code
        self.received_at = self.at
        if self.materials:
            self._told("check", self.opener, "", {"found": self.materials})

    def _by(self, who: str, principal: str = "") -> By:
        self.commands += 1
        key = f"{self.seed}-{self.commands}"
        if who == "applicant":
            return By(
                queries.public_asker(self.office.tenant, self.at, "portal"), self.at, key, applicant=True
            )
        acting_for = self.office.people[principal].id if principal else None
        return By(self._asker(who), self.at, key, acting_for)

    def _asker(self, who: str) -> Asker:
        """Somebody as asker now; read once a moment."""
        if (who, self.at) not in self.askers:
            self.askers = {(who, self.at): self.office.asker(who, self.at)}
        return self.askers[who, self.at]

    def _open(self) -> list[tuple[str, str, str]]:
        """Who may do what now: asked of the custodian, or of somebody who is waited for."""
        matter = self._matter()
        rateable = matter.rating == 0 and matter.outcome in {"answered", "granted", "refused"}
        if rateable and self.dice.random() < 0.3:
            return [("applicant", "", "rate")]
        key, principal = self.dice.choice(self._concerned(matter)), ""
        if key in {"clerk", "second_clerk"} and self.dice.random() < 0.15:
            with suppress(Unlawful):  # another life has them away just then
                self.office.absent(key, starts_at=self.at, hours=0.1)
                key, principal = ("second_clerk" if key == "clerk" else "clerk"), key
        if matter.papers_for:
            with suppress(Unlawful):  # for whom the papers lie there is away, and nobody in their place
                self.office.absent(self.people[UUID(matter.papers_for[0])], starts_at=self.at, hours=0.1)
        found = [
            (key, self.people[choice.acting_for] if choice.acting_for else "", choice.verb)
            for choice in permissions.lawful_verbs(self._asker(key), matter, self.at)
        ]
        askable = self._askable(matter)
        apart = {
            verb
            for verb, open_to in (("consult_unit", askable), ("flag_uncertain", self._unsure()))
            if not open_to
        }
        return [one for one in found if one[1] == principal and one[2] not in apart]

    def _unsure(self) -> bool:
        return self.seed % 10 == UNSURE

    def _askable(self, matter: Matter) -> bool:
        """Whether the general office is another unit, and was not asked yet: in one life of ten."""
        if self.seed % 10 != CONSULTING:
            return False
        asked = Consultation.objects.filter(matter=matter).exists()
        office_head = self.office.people["office_head"].id
        return (
            not asked and matter.unit_id != self.office.units["ZH"].id and matter.custodian_id != office_head
        )

    def _concerned(self, matter: Matter) -> list[str]:
        found = [self.people[matter.custodian_id]]
        if matter.offered_to_id:
            found.append(self.people[matter.offered_to_id])
        if matter.extension_by:
            found.append("main_leader")
        found += [self.people[UUID(one)] for one in matter.papers_for]
        if Consultation.objects.filter(matter=matter, answered_at=None).exists():
            found += ["office_head", "office_head"]
        if matter.stage == "refusal_filed":
            found += ["leader_in_charge", "leader_in_charge"]
        if matter.instruction_to_id:
            found.append(self.people[matter.instruction_to_id])
        if matter.instruction_to_id or matter.outcome == "refused":
            found.append("leader_in_charge")
        return found

    def _take(self, who: str, principal: str, verb: str) -> None:
        fields = self._fields(verb)
        by = self._by(who, principal)
        if verb == "rate":
            actions.rate(by, self.number, code=self.code, **fields)
        else:
            receipt = getattr(actions, verb)(by, self.number, **fields)
            self.code = receipt.code or self.code
        self._told(STEPS[verb], who, principal, self._as_step(verb, fields))

    def _fields(self, verb: str) -> dict[str, Any]:
        custodian = self.people[self._matter().custodian_id] if verb == "offer_handover" else ""
        takers = [key for key in ("clerk", "second_clerk", "head") if key != custodian]
        phone = self.request.channel == "phone"
        given: dict[str, dict[str, Any]] = {
            "route_contact": self._way() if verb == "route_contact" else {},
            "instruct": {"words": "请按职责办理"},
            "keep_papers": {
                "to": self._keeper() if verb == "keep_papers" else None,
                "papers": (Paper("申请书", present=True, copies=2, pages=3),),
                "contact": "13900001234",
            },
            "consult_unit": {"to": self.office.people["office_head"].id, "question": "还要什么材料？"},
            "answer_consultation": {"verdict": "opinion", "words": "请核对户籍"},
            "offer_handover": {"to": self.office.people[self.dice.choice(takers)].id, "reason": "归口"},
            "bounce_handover": {"reason": "不归本岗"},
            "check_materials": {"found": self.dice.choice([COMPLETE, INCOMPLETE, IDENTITY])},
            "issue_notice": {
                "supplement_how": "到窗口补交",
                "form": self.dice.choice(["written", "oral"]) if phone else "written",
                **({"told_to": "王小明", "told_phone": "13900001234"} if phone else {}),
            },
            "pause": {"procedure": "hearing", "planned_days": 5, "basis": "听证"},
            "request_extension": {"limit": FIVE_DAYS, "reason": "需入户核查"},
            "approve_extension": {"opinion": "同意"},
            "refuse_extension": {"opinion": "不同意"},
            "tell_extension": {"how": "phone"},
            "propose_refusal": {
                "facts": "月收入9000元",
                "reasons": "收入超标",
                "legal_basis": "社会救助办法",
                **self.dice.choice([{}, {"elsewhere": True, "right_office": "县民政局", "right_phone": "1"}]),
            },
            "approve_refusal": {"opinion": "同意"},
            "overturn_refusal": {"opinion": "收入算错了"},
            "correct_refusal": {"opinion": "收入重复计算，确有错误"},
            "ask_instruction": {"question": "收入接近标准，能否否定？"},
            "give_instruction": {"allows": self.dice.random() < 0.5, "answer": "请按标准核算"},
            "refuse": {"explanation": "收入超过标准。"},
            "grant": {"reply": "准予。"},
            "answer": {"reply": "请带户口簿来窗口。"},
            "deliver": {"how": "post"},
            "prove_delivery": self._proof() if verb == "prove_delivery" else {},
            "withdraw": {"reason": "不办了", "withdrawn_by": "王小明", "relation": "agent", "how": "phone"},
            "readdress": {
                "to": self._keeper() if verb == "readdress" else None,
                "reason": "原经办人不在岗",
            },
            "invoke_clause": {
                "clause": "p4.first-responder.4",
                "facts": "来人反映无人理会",
                # Nobody does against themselves, and no clerk points anything out.
                "against": self.office.people["clerk"].id,
            },
            "report_progress": {"words": "需核实", "how": "phone"},
            "urge": {"words": self.dice.choice(["", "请今天办完"])},
            "explain_overrun": {"reason": "等上级批复"},
            "send_to_meeting": {"how": "phone", "words": "涉及多户，要上会"},
            "flag_uncertain": {"why": "户籍分离"},
            "unflag_uncertain": {"why": "标错了"},
            "tell_result": {
                "can": verb == "tell_result" and self._matter().uncertain != "cannot",
                "how": "phone",
                "words": "可以办理",
            },
            "rate": {"score": self.dice.randint(1, 5), "comment": self.dice.choice(["", "很快"])},
        }
        return given.get(verb, {})

    def _proof(self) -> dict[str, str]:
        """How the oldest paper that waits for it was served."""
        paper = queries.unproved(self._matter())[0].number
        ways = [
            {"how": "in_person", "receiver": "王小明", "relation": "self"},
            {"how": "post", "tracking": "1234567890"},
            {"how": "left", "place": "住所", "reason": "不愿签收", "witness": "李大江"},
        ]
        return {"paper": paper, **self.dice.choice(ways)}

    def _keeper(self) -> UUID:
        """Somebody else, for whom no papers wait yet."""
        matter = self._matter()
        keys = ("head", "receptionist", "office_head", "efficiency_office", "administrator")
        ids = [self.office.people[key].id for key in keys]
        free = [one for one in ids if one != matter.custodian_id and str(one) not in matter.papers_for]
        return self.dice.choice(free)

    def _way(self) -> dict[str, Any]:
        """One of the ways that need nobody in particular, or a question to a leader."""
        matter, leader = self._matter(), self.office.people["leader_in_charge"].id
        if matter.instruction_to_id:
            # Nothing else is done before the answer; only another leader may be asked.
            asked = {leader: self.office.people["stand_in"].id}.get(matter.instruction_to_id, leader)
            return {"way": "unclear", "to": asked, "words": "再问"}
        ways: list[dict[str, Any]] = [
            {"way": "shared", "department": "住建所、供水站", "words": "本办牵头"},
            {"way": "colleague", "phone": "0571-88880001"},
            {"way": "unclear", "to": leader, "words": "像是救助"},
            {"way": "outside", "words": "归房管局", "department": "房管局", "unknown": "地址电话不详"},
        ]
        return self.dice.choice(ways[: -1 if matter.route == "shared" else None])

    def _as_step(self, verb: str, fields: dict[str, Any]) -> dict[str, Any]:
        if verb in {"offer_handover", "keep_papers"} or "way" in fields:
            return {**fields, **({"to": str(fields["to"])} if "to" in fields else {})}
        if verb == "approve_extension":
            return {**fields, "level": "main_leader"}
        if verb == "file_refusal":
            row = RefusalFiling.objects.filter(matter__number=self.number).latest("id")
            return {"to": str(row.filed_to_id), "fell_back": row.fell_back}
        if verb == "ask_instruction":
            asked = Instruction.objects.filter(matter__number=self.number).latest("id")
            return {**fields, "to": str(asked.asked_of_id)}
        if verb == "urge":
            urged = Reminder.objects.filter(
                stage="urged", told_at=self.at, duty__subject_id=self._matter().id
            )
            return {**fields, "keys": sorted(set(urged.values_list("duty__key", flat=True)))}
        return {**fields, **self._noted(verb)}

    def _noted(self, verb: str) -> dict[str, Any]:
        """What the verb found out by itself."""
        if verb in _FOUND_OUT:
            told = json.loads(LedgerEvent.objects.filter(subject_id=self._matter().id).latest("seq").body)
            values = {name: told[name] for name in _FOUND_OUT[verb]}
            return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
        if verb == "reissue_code":
            return {"code_hash": self._matter().code_hash}
        unit = self.office.units["ZH"]
        office_head = str(self.office.people["office_head"].id)
        found: dict[str, dict[str, Any]] = {
            "consult_unit": {"to": office_head, "unit": str(unit.id), "unit_name": unit.name},
            "answer_consultation": {"ordinal": 1},
            "invoke_clause": {"against": str(self.office.people["clerk"].id)},
        }
        return found.get(verb, {})

    def _told(self, step: str, who: str, principal: str, fields: dict[str, Any]) -> None:
        actor = who if who == "applicant" else str(self.office.people[who].id)
        acting_for = str(self.office.people[principal].id) if principal else ""
        self.steps.append(Step(step, actor, self.at, fields, acting_for))

    def _history(self) -> History:
        row = self._matter()
        asked = self.request
        return History(
            kind=row.kind,
            channel=row.channel,
            summary=row.summary,
            first_responder=row.first_responder,
            unit=row.unit,
            received_at=self.received_at,
            steps=tuple(self.steps),
            item=row.item,
            urgency=row.urgency,
            details=asked.details,
            applicant_name=asked.applicant_name,
            applicant_phone=asked.applicant_phone,
            answer_at_once=asked.answer_at_once,
            registered_by=self.opener if self.opener == "applicant" else "",
            id=row.id,
            salt=bytes(row.salt),
        )


def tell_all(office: Office) -> None:
    """Let the instant item say what a notice must say: so that one can be issued about it."""
    for row in ItemVersion.objects.filter(item=office.items["ZM-1"]):
        row.content |= {"legal_basis": "居民证明事项清单", "procedure": "申请、核对、出具"}
        row.save(update_fields=["content"])


def everything(office: Office) -> dict[str, list[dict[str, Any]]]:
    """All rows of the office's matters, by table, in a fixed order; query codes' hashes left out."""
    ids = set(Matter.objects.filter(tenant=office.tenant).values_list("id", flat=True))
    found = {"matter": _plain(Matter.objects.filter(id__in=ids).order_by("id"), {"code_hash"})}
    for table in SIDE:
        # A checklist that is only shown takes ids too, so those of stored ones say nothing.
        but = {"id"} if table is MaterialCheck else set()
        found[table._meta.db_table] = _plain(table._default_manager.order_by("id"), but)
    for chain in (LedgerEvent, Head):
        found[chain._meta.db_table] = _plain(
            chain._default_manager.filter(subject_id__in=ids).order_by("subject_id", "seq")
        )
    return found


def _plain(rows: models.QuerySet[Any], but: Collection[str] = ()) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        names = [f.attname for f in row._meta.concrete_fields if f.attname not in but]
        values = {name: getattr(row, name) for name in names}
        found.append({name: _readable(value) for name, value in values.items()})
    return found


def _readable(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


@contextmanager
def same_ids() -> Iterator[None]:
    """Ids that follow from the order of making, and chains recorded at one moment by one door."""
    counts: Counter[str] = Counter()
    subject = [""]
    prepare, append = ledger.prepare, ledger.append

    def of_event() -> UUID:
        counts[subject[0]] += 1
        return uuid5(NAMESPACE_OID, f"{subject[0]}:{counts[subject[0]]}")

    def of_row(place: int) -> Callable[[], UUID]:
        def made() -> UUID:
            counts[str(place)] += 1
            return UUID(int=place << 64 | counts[str(place)])

        return made

    def salted() -> bytes:
        counts["salt"] += 1
        return counts["salt"].to_bytes(16)

    def prepared(**told: Any) -> Any:
        subject[0] = str(told["subject_id"])
        return prepare(**told)

    def appended(**told: Any) -> Any:
        entries = [replace(entry, via="replay") for entry in told["entries"]]
        return append(**{**told, "entries": entries, "recorded_at": RECORDED})

    ids = {LedgerEvent: of_event, **{table: of_row(place) for place, table in enumerate(SIDE, start=1)}}
    with ExitStack() as patched:
        patched.enter_context(mock.patch.multiple(ledger, prepare=prepared, append=appended))
        patched.enter_context(mock.patch("huiyin.documents.models.new_salt", salted))
        for table, made in ids.items():
            field = table._meta.get_field("id").__dict__
            patched.enter_context(mock.patch.dict(field, {"_get_default": made}))
        yield
