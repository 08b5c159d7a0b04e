"""The closed lists of this room, with the words people see."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OpinionKind(TextChoices):
    """What somebody wrote into the opinion book."""

    SUGGESTION = "suggestion", _("意见建议")
    NOT_KEPT = "not_kept", _("承诺没有做到")
    COMPLAINT = "complaint", _("投诉")
    PRAISE = "praise", _("表扬")


class OpinionSource(TextChoices):
    """Where it was written."""

    PORTAL = "portal", _("网上")
    PAPER = "paper", _("窗口意见簿")


class OpinionFinding(TextChoices):
    """What looking into it found; a complaint cannot be done with otherwise."""

    CONFIRMED = "confirmed", _("属实")
    PARTLY = "partly", _("部分属实")
    UNFOUNDED = "unfounded", _("不属实")
    NOTED = "noted", _("已采纳或留存")


class Disposition(TextChoices):
    """How a promise that was broken is dealt with."""

    CORRECTED = "corrected", _("已改正并补救")
    DEALT_WITH = "dealt_with", _("已按规定处理责任人")
    REFERRED = "referred", _("移送有权处理的机关")
    NONE = "none", _("查明不予追究")


class ToldHow(TextChoices):
    """How whoever wrote an entry heard what came of it."""

    PHONE = "phone", _("电话告知")
    IN_PERSON = "in_person", _("当面告知")
    LETTER = "letter", _("寄信或送达书面答复")
    PAGE = "page", _("凭编号和查询码在网上查看")
    BOOK = "book", _("写在窗口意见簿上答复")
