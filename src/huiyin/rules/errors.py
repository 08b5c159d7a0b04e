"""Refusals a person can act on.

Every error carries a message in the office's own language as a gettext
message id with named parameters, a stable code for programs, the clause it
rests on, and where it helps a remedy: what to do next. Doors translate and
show them; rooms only raise them.
"""

from __future__ import annotations

from collections.abc import Mapping


def msg(text: str) -> str:
    """Mark a literal for extraction into the translation catalogue; returns it unchanged."""
    return text


class HuiyinError(Exception):
    """The root of every refusal: `msgid % params` is the sentence shown.

    `code` is stable and lower-case with underscores; `clause` is a clause id
    of the rulebook or empty; `remedy` is a second message id that says what
    to do (it takes the same params).
    """

    status = 400

    def __init__(
        self,
        msgid: str,
        *,
        code: str,
        params: Mapping[str, object] | None = None,
        clause: str = "",
        remedy: str = "",
    ) -> None:
        """Keep the parts apart so that a door can translate them."""
        self.msgid = msgid
        self.params = dict(params or {})
        self.code = code
        self.clause = clause
        self.remedy = remedy
        super().__init__(msgid % self.params if self.params else msgid)


class NotFound(HuiyinError):
    """There is no such thing, or it is not this person's to see: the two answer alike."""

    status = 404

    def __init__(self, msgid: str = msg("没有找到"), *, code: str = "not_found") -> None:
        """Take no parameters: an answer that differed would tell strangers what exists."""
        super().__init__(msgid, code=code, remedy=msg("请核对编号；如应由您办理，请联系经办科室。"))


class Forbidden(HuiyinError):
    """The person may see it but may not do this; the message says why."""

    status = 403


class Unlawful(HuiyinError):
    """The regulation, or the matter's stage, does not allow this now."""

    status = 409


class Conflict(HuiyinError):
    """Somebody else was first, or an idempotency key came back with other contents."""

    status = 409


class Invalid(HuiyinError):
    """What was entered cannot be used; `fields` maps each field to its sentence."""

    status = 422

    def __init__(
        self,
        fields: Mapping[str, str],
        *,
        code: str = "invalid",
        clause: str = "",
        params: Mapping[str, object] | None = None,
        remedy: str = "",
    ) -> None:
        """Show the first sentence as the message and keep all of them by field."""
        self.fields = dict(fields)
        message = next(iter(self.fields.values()))
        super().__init__(message, code=code, clause=clause, params=params, remedy=remedy)


class Busy(HuiyinError):
    """The storage did not get its turn in time; nothing was written, repeating is safe."""

    status = 503

    def __init__(self, msgid: str = msg("系统繁忙，内容未保存"), *, code: str = "busy") -> None:
        """Promise that repeating with the same key is safe."""
        super().__init__(msgid, code=code, remedy=msg("请稍候再次提交，不会重复登记。"))
