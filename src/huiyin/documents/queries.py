"""Reading documents back. Who may see a document is decided by the room whose matter it belongs to."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from huiyin.documents import docx, pdf
from huiyin.documents.contents import Content, Kind
from huiyin.documents.models import Document
from huiyin.documents.serialise import from_canonical
from huiyin.rules.errors import HuiyinError, NotFound, msg
from huiyin.storage.crypto import digest

NAMES: Final = {
    Kind.RECEIPT: msg("收件回执单"),
    Kind.ONE_TIME_NOTICE: msg("一次性告知书"),
    Kind.ORAL_NOTICE: msg("口头告知记录"),
    Kind.ACCEPTANCE: msg("受理通知书"),
    Kind.GRANT_DECISION: msg("准予办理决定书"),
    Kind.REFUSAL_DECISION: msg("不予办理决定书"),
    Kind.DECLINATION: msg("不予受理决定书"),
    Kind.REFUSAL_FILING_FORM: msg("否定报备表"),
    Kind.EXTENSION_NOTICE: msg("延期告知书"),
    Kind.PAUSE_NOTICE: msg("特别程序告知书"),
    Kind.REPLY: msg("答复"),
    Kind.RETURN_SLIP: msg("材料退还签收单"),
    Kind.CORRECTION_NOTICE: msg("纠正告知书"),
}
"""What each kind is called, as message ids."""


class Altered(HuiyinError):
    """The stored content is not the one that was issued."""

    status = 500


def get(tenant_id: UUID, document_id: UUID) -> Document:
    """The office's document; raises `NotFound`, also for another office's."""
    try:
        return Document.objects.get(tenant_id=tenant_id, id=document_id)
    except Document.DoesNotExist as error:
        raise NotFound from error


def replaced(rows: Iterable[Document]) -> set[UUID]:
    """Return which of these papers, given oldest first, another of the same kind and number came after."""
    latest = {(one.kind, one.number): one.id for one in rows}
    return {one.id for one in rows} - set(latest.values())


def of_subject(tenant_id: UUID, subject_id: UUID) -> list[Document]:
    """Everything issued about one subject, oldest first; contents are read when first used."""
    found = Document.objects.filter(tenant_id=tenant_id, subject_id=subject_id)
    return list(found.defer("content").order_by("issued_at", "id"))


def latest(tenant_id: UUID, subject_id: UUID, *kinds: Kind) -> Document | None:
    """The newest document of these kinds about one subject, if there is one."""
    named = [kind.value for kind in kinds]
    found = Document.objects.filter(tenant_id=tenant_id, subject_id=subject_id, kind__in=named)
    return found.order_by("issued_at", "id").last()


def content_of(document: Document) -> Content:
    """What the document says; raises `Altered` when that is not what was issued."""
    text = document.content
    if not hmac.compare_digest(digest(text, bytes(document.salt)), document.content_digest):
        raise Altered(
            msg("文书%(number)s的内容与签发时不一致"),
            code="document_altered",
            params={"number": document.number},
            remedy=msg("请勿使用该文书，并立即报告系统管理员核查。"),
        )
    return from_canonical(document.kind, text)


def page(document: Document, *, query_code: str = "") -> bytes:
    """The document as PDF, drawn as it was on the day of issue; the code only for a first print."""
    return pdf.render(
        document.kind,
        content_of(document),
        document.language,
        query_code=query_code,
        template_version=document.template_version,
    )


def working_copy(document: Document) -> bytes:
    """The document as DOCX: the same text, to be finished or filed in an office's own text program."""
    return docx.render(
        document.kind,
        content_of(document),
        document.language,
        template_version=document.template_version,
    )


def file_name(document: Document, ending: str = "pdf") -> str:
    """A name for the download: kind and number, neither of them a person's (R08, R33)."""
    return f"{NAMES[Kind(document.kind)]}-{document.number}.{ending}"
