"""The closed lists of this room, with the words people see."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """What sort of item it is; some rulebooks treat approvals and petitions apart."""

    OTHER = "", _("一般服务")
    APPROVAL = "approval", _("审批")
    PETITION = "petition", _("信访")


class CommitmentState(TextChoices):
    """Where one version of a commitment stands."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已公布")
    SUPERSEDED = "superseded", _("已换新版")
    WITHDRAWN = "withdrawn", _("已撤下")


class PostingKind(TextChoices):
    """What hangs on the wall."""

    BOARD = "board", _("承诺公示牌")
    GUIDE = "guide", _("服务指南")
