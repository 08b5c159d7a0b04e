"""How an operation is declared: right, answer, words; and the description of the whole (OpenAPI 3.1)."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

from django.utils.translation import get_language, gettext
from ninja import NinjaAPI
from pydantic import BaseModel

from huiyin.doors.api.calls import ACTING_FOR, KEY, REPLAY, VERSION, Token, header
from huiyin.doors.problems import MEDIA_TYPE, TITLES
from huiyin.doors.rights import RIGHTS, Right
from huiyin.rules.errors import msg

ROOT: Final = "/api/"
PUBLIC: Final = "public"
RIGHT: Final = "x-right"
REFUSALS: Final = (400, 401, 403, 404, 405, 409, 411, 412, 413, 415, 422, 429, 500, 503)
_WORDS: Final = frozenset({"summary", "description"})


class Problem(BaseModel):
    """A refusal (RFC 9457). `errors` maps each wrong field to its sentence."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    clause: str = ""
    remedy: str = ""
    errors: dict[str, str] = {}


def reading(right: Right, answer: object, summary: str, description: str = "") -> dict[str, Any]:
    """Return the declaration of an operation that changes nothing."""
    refusals = (400, 401, 403, 404, 405, 422)
    return _declared(right, {200: answer}, (summary, description), [LANGUAGE], refusals)


def writing(
    right: Right, answer: object, summary: str, description: str = "", *, status: int = 200
) -> dict[str, Any]:
    """Return the declaration of a verb: repeatable by its key, refused when stale."""
    refusals = tuple(code for code in REFUSALS if code not in {429, 500})
    headers = [IDEMPOTENCY, IF_MATCH, FOR_COLLEAGUE, LANGUAGE]
    found = _declared(right, {status: answer}, (summary, description), headers, refusals)
    found["openapi_extra"]["responses"] = {
        status: {"headers": {REPLAY: {"schema": {"const": "true"}}, "ETag": {"schema": {"type": "string"}}}}
    }
    return found


def open_to_all(
    answer: object, summary: str, description: str = "", *, keyed: bool = False
) -> dict[str, Any]:
    """Return the declaration of what the person served does with number and code; no token."""
    headers = [IDEMPOTENCY, LANGUAGE] if keyed else [LANGUAGE]
    refusals = (400, 404, 405, 409, 411, 413, 415, 422, 429, 503)
    return _declared(None, {200: answer}, (summary, description), headers, refusals)


def _declared(
    right: Right | None,
    answers: dict[int, object],
    words: tuple[str, str],
    headers: list[dict[str, object]],
    refusals: tuple[int, ...],
) -> dict[str, Any]:
    return {
        "auth": Token(right) if right else None,
        "response": answers,
        "summary": words[0],
        "description": words[1] or words[0],
        "openapi_extra": {
            RIGHT: right.value if right else PUBLIC,
            "parameters": headers,
            "x-refusals": refusals,
        },
    }


IDEMPOTENCY: Final = header(
    KEY,
    msg("一次提交的唯一标识；用同一标识重试得到同一回执，不会重复办理"),
    required=True,
    minLength=1,
    maxLength=80,
)
IF_MATCH: Final = header(VERSION, msg("所见的版本；办件已有新进展时拒绝办理"))
FOR_COLLEAGUE: Final = header(ACTING_FOR, msg("替不在岗的同事办理时，填其工号"))
LANGUAGE: Final = header("Accept-Language", msg("答复的语言：zh（默认）或 en"))


class HuiyinAPI(NinjaAPI):
    """Ninja's interface, described so that each operation names its right and how it refuses."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Return where the API lives, also where no addresses are set up."""
        del path_params
        return ROOT

    def get_openapi_schema(self, **_: Any) -> Any:
        """Return the description in the language of the moment."""
        return _described(self, get_language() or "")

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Return the operation's own name: short, and stable wherever its module moves."""
        return str(operation.view_func.__name__)


@lru_cache(maxsize=4)
def _described(api: HuiyinAPI, language: str) -> dict[str, Any]:
    del language  # the cache keeps a description for each
    schema: dict[str, Any] = dict(NinjaAPI.get_openapi_schema(api, path_prefix=ROOT))
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    for path in schema["paths"].values():
        for operation in path.values():
            _refine(operation)
    for found in schema["components"]["schemas"].values():
        # What a class promises its readers is not what a caller needs to know.
        found.pop("description", None)
    schema["components"]["securitySchemes"] = {"Token": dict(Token.openapi_security_schema)}
    info = {name: gettext(text) for name, text in schema.pop("info").items()}
    rights = {right.value: gettext(RIGHTS[right]) for right in Right}
    return {**_worded(schema), "info": info, "x-rights": rights}


def _refine(operation: dict[str, Any]) -> None:
    right = operation[RIGHT]
    operation["security"] = [] if right == PUBLIC else [{"Token": [right]}]
    for status in operation.pop("x-refusals"):
        operation["responses"][status] = {
            "description": TITLES[HTTPStatus(status)],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    operation["responses"] = {str(key): value for key, value in operation["responses"].items()}


def _worded(found: Any) -> Any:
    """Put every summary and description into the reader's language, and drop titles that repeat a name."""
    if isinstance(found, list):
        return [_worded(one) for one in found]
    if not isinstance(found, dict):
        return found
    return {
        key: gettext(value) if key in _WORDS and isinstance(value, str) and value else _worded(value)
        for key, value in found.items()
        if not (key == "title" and isinstance(value, str))
    }
