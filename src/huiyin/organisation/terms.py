"""The closed lists of this room, with the words people see."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rank(TextChoices):
    """The level of a position; the four that the rulebooks name."""

    CLERK = "clerk", _("经办人")
    HEAD = "head", _("科室负责人")
    LEADER_IN_CHARGE = "leader_in_charge", _("分管领导")
    MAIN_LEADER = "main_leader", _("主要领导")


class Part(TextChoices):
    """A holds the position; B stands in while A is away (AB岗)."""

    A = "A", _("A岗")
    B = "B", _("B岗")


class Duty(TextChoices):
    """A function a person has besides positions."""

    EFFICIENCY_OFFICE = "efficiency_office", _("效能办")
    OFFICE_CLERK = "office_clerk", _("办公室文书")
    ADMINISTRATOR = "administrator", _("系统管理员")
    GENERAL_ADMIN = "general_admin", _("综合行政部（督促落实）")
    COMPLAINT_OFFICE = "complaint_office", _("效能投诉室")
    DISCIPLINE_GROUP = "discipline_group", _("派驻纪检组（督促落实）")


DECIDING = frozenset({"decide_extension", "decide_refusal", "point_out", "sign_documents"})
"""Rights of a token that decide or find fault in a leader's name; only that leader gives them away."""


class AbsenceKind(TextChoices):
    """Why somebody is away; no health details are kept (p2.post-substitution.1)."""

    BUSINESS_TRIP = "business_trip", _("出差")
    MEETING = "meeting", _("开会")
    TRAINING = "training", _("受训")
    LEAVE = "leave", _("请假")
    HOLIDAY = "holiday", _("休假")
    OTHER = "other", _("其他")


class Element(TextChoices):
    """What a line of a duty sheet is about: the rulebooks' words (p4.post-responsibility.3.a, p3…3.b)."""

    CONTENT = "content", _("工作内容")
    QUANTITY = "quantity", _("数量")
    QUALITY = "quality", _("质量")
    PROCEDURE = "procedure", _("程序")
    STANDARD = "standard", _("标准")
    TIME_LIMIT = "time_limit", _("时限")
    POWERS = "powers", _("权力")
    RESPONSIBILITIES = "responsibilities", _("责任")
    TASK = "task", _("任务（可考核）")
    BUSINESS = "business", _("业务职责")
    TEAM_BUILDING = "team_building", _("队伍建设职责")


class ChangeKind(TextChoices):
    """What a proposal does to the office's calendar."""

    YEAR = "year", _("年度放假安排")
    AMENDMENT = "amendment", _("对已公布安排的调整")
    LOCAL = "local", _("本单位的调整")
    REVOCATION = "revocation", _("撤销本单位的调整")


class ChangeState(TextChoices):
    """Where a proposal stands; only a confirmed one counts."""

    PROPOSED = "proposed", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    SUPERSEDED = "superseded", _("已被取代")
    REJECTED = "rejected", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")
