"""Who may sign in to the demo office, and with what. It exists nowhere but in a demo."""

from __future__ import annotations

from typing import Final, NamedTuple

from huiyin.doors.cli.speaking import gettext
from huiyin.rules.errors import msg

SLUG: Final = "yunting"
PASSWORD: Final = "huiyin-demo-pass"  # noqa: S105 - printed on purpose, for the demo office alone


class Role(NamedTuple):
    """A person of the demo who may sign in: by staff number, and what they are shown for."""

    key: str
    staff_no: str
    title: str
    sees: str


ROLES: Final = (
    Role("clerk", "1015", msg("经办人"), msg("各种灯的待办，一次等着接收的移交")),
    Role("second_clerk", "1016", msg("另一经办人（今天顶岗）"), msg("自己的待办，和替外出同事办的")),
    Role("receptionist", "1043", msg("首问接待"), msg("刚登记的、移交出去和被退回的")),
    Role("head", "1014", msg("科室负责人"), msg("本科室的办件，和自己手里的")),
    Role("leader_in_charge", "1002", msg("分管领导"), msg("等着审批的否定报备")),
    Role("main_leader", "1001", msg("主要领导"), msg("等着审批的延期")),
    Role("efficiency_office", "1008", msg("效能办"), msg("全镇办件的亮灯与超期")),
    Role("office_clerk", "1007", msg("办公室文书"), msg("收文、发文登记，等着呈送、编号和归档的文件")),
    Role("administrator", "1009", msg("系统管理员"), msg("人员、岗位、账号，和一件答复")),
)


def sign_ins(office: str) -> list[str]:
    """Return the lines that tell how each demo role signs in."""
    told = {"office": office, "password": PASSWORD}
    return [
        gettext("演示单位“%(office)s”的登录名（口令都是 %(password)s）：") % told,
        *(
            gettext("  %(login)s  %(title)s：%(sees)s")
            % {"login": f"{role.staff_no}@{SLUG}", "title": gettext(role.title), "sees": gettext(role.sees)}
            for role in ROLES
        ),
    ]
