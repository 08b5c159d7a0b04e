"""What is too large is answered before it is read; so is what does not say how large it is."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.core.files import uploadhandler
from django.test import Client

from huiyin.doors.bodies import IMPORTS, LARGEST, LARGEST_IMPORT

pytestmark = pytest.mark.django_db
FORM = "multipart/form-data; boundary=x"
ADDRESSES = (
    "/desk/sign-in/",
    "/api/v1/matters",
    "/zhaogong/apply/DB-1/",
    IMPORTS + "people/",
    "/static/a.css",
)


class Unread(io.BytesIO):
    """A body that counts what is read of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


def sent(path: str, body: Unread, **meta: Any) -> Any:
    return Client().generic("POST", path, **{"wsgi.input": body, "CONTENT_TYPE": FORM, **meta})


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_is_too_large_is_refused_and_not_read(path: str) -> None:
    most = LARGEST_IMPORT if path.startswith(IMPORTS) else LARGEST
    body = Unread(b"--x\r\n" + bytes(1000))
    answer = sent(path, body, CONTENT_LENGTH=str(most + 1))
    assert (answer.status_code, body.taken) == (413, 0)
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    "meta",
    [
        {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""},
        {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "10"},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "1e9"},
        {"CONTENT_LENGTH": "９"},
    ],
)
def test_what_does_not_say_how_large_it_is_is_refused_and_not_read(meta: dict[str, str]) -> None:
    body = Unread(bytes(1000))
    assert (sent("/desk/sign-in/", body, **meta).status_code, body.taken) == (411, 0)


def test_a_program_reads_what_to_do() -> None:
    answer = sent("/api/v1/matters", Unread(b""), CONTENT_LENGTH=str(LARGEST + 1))
    found = json.loads(answer.content)
    assert found["code"] == "too_big"
    assert "2MB" in found["remedy"]


def test_a_stranger_s_upload_ends_at_the_length_it_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    # Negative control: what is announced small enough is read, and no further than announced.
    kept: list[int] = []

    class Counting(uploadhandler.FileUploadHandler):
        def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
            del start
            kept.append(len(raw_data))

        def file_complete(self, file_size: int) -> None:
            del file_size

    monkeypatch.setattr(uploadhandler, "load_handler", lambda _path, request: Counting(request))
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
    body = Unread(head + bytes(3 * LARGEST))
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    meta: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(LARGEST), "CONTENT_TYPE": FORM}
    answer = stranger.generic("POST", "/desk/sign-in/", **meta)
    assert answer.status_code == 403
    assert 0 < sum(kept) <= body.taken <= LARGEST
