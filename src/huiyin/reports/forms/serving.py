"""送达回证: the sheet that whoever takes a paper signs, and what is on record of it afterwards."""

from __future__ import annotations

from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind
from huiyin.documents.forms import Fact, Form, facts
from huiyin.matters import notice_labels
from huiyin.matters import queries as matters
from huiyin.matters.models import Matter
from huiyin.matters.queries import Service
from huiyin.organisation.queries import Asker
from huiyin.reports.forms.words import Words
from huiyin.rules.errors import msg

SHEET = msg("送达回证")


def sheet(asker: Asker, matter: Matter, service: Service, words: Words) -> Form:
    """Return the sheet of one paper: to be signed before there is a proof, filled in once there is.

    Who took it and who saw it is for whoever deals with the person served, as on the page.
    """
    say, row, proof = words.say, service.document, service.proof
    applicant = matters.applicant_of(asker, matter)
    shown = proof if proof is not None and not applicant.masked else None
    found = (
        Fact(label=say(msg("送达文书")), text=say(documents.NAMES[Kind(row.kind)])),
        Fact(label=say(msg("文书编号")), text=row.number),
        Fact(label=say(msg("受送达人")), text=applicant.name),
        Fact(label=say(msg("办件编号")), text=matter.number),
        Fact(label=say(msg("出具时间")), text=words.moment(row.issued_at)),
        Fact(label=say(msg("送达方式")), text=words.of(notice_labels.WAYS, proof.how) if proof else ""),
        Fact(label=say(msg("送达时间")), text=words.moment(proof.served_at) if proof else ""),
        Fact(label=say(msg("送达地点")), text=shown.place if shown else "", room=1),
        Fact(label=say(msg("签收人")), text=shown.receiver if shown else "", room=1),
        Fact(
            label=say(msg("与申请人的关系")),
            text=words.of(notice_labels.RELATIONS, proof.relation) if proof else "",
        ),
        Fact(label=say(msg("邮件单号")), text=shown.tracking if shown else "", wide=True),
        Fact(label=say(msg("拒收的理由")), text=shown.reason if shown else "", wide=True, room=1),
        Fact(label=say(msg("见证人")), text=shown.witness if shown else "", wide=True, room=1),
        Fact(label=say(msg("备注")), wide=True, room=1),
    )
    return Form(
        number=row.number,
        office=matters.issuer(matter.tenant),
        issued_at=proof.recorded_at if proof else row.issued_at,
        title=say(SHEET),
        blocks=(facts(found),),
        signatures=(
            words.signed(msg("签收人"), None, None),
            words.signed(msg("见证人"), None, None),
            words.signed(msg("送达人"), None, None),
            words.signed(msg("登记人"), *((proof.recorded_by, proof.recorded_at) if proof else (None, None))),
        ),
    )
