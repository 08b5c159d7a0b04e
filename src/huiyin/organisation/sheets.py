"""The sheets 科室, 岗位 and 人员 of the workbook that sets an office up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from huiyin.organisation import workbook
from huiyin.rules import cells, identifiers
from huiyin.rules.errors import msg
from huiyin.rules.importing import Column, Sheet

_RANKS = {
    "经办人": "clerk",
    "科员": "clerk",
    "办事员": "clerk",
    "工作人员": "clerk",
    "一般干部": "clerk",
    "科室负责人": "head",
    "股室负责人": "head",
    "负责人": "head",
    "科长": "head",
    "股长": "head",
    "分管领导": "leader_in_charge",
    "主要领导": "main_leader",
    "clerk": "clerk",
    "head": "head",
    "leader_in_charge": "leader_in_charge",
    "main_leader": "main_leader",
}
_CODE = partial(cells.code, longest=32)
_LABEL = partial(cells.line, longest=100)
_REASON = partial(cells.line, longest=200)
_PHONE = cells.checked(cells.office_phone, msg("例如 0571-88880000、13800001234，或内线号码 801。"))


UNITS = Sheet(
    "科室",
    ("部门", "内设机构", "单位", "units"),
    (
        Column("code", msg("科室编码"), _CODE, ("编码", "部门编码"), required=True, example="示例KS01"),
        Column(
            "name",
            msg("科室名称"),
            _LABEL,
            ("名称", "科室", "部门", "部门名称"),
            required=True,
            example="民政办",
        ),
        Column(
            "parent",
            msg("上级科室"),
            _LABEL,
            ("上级科室编码", "上级部门", "上级"),
            note=msg("填上级科室的编码或名称；没有则空着。"),
        ),
        Column(
            "overseer",
            msg("分管领导岗位"),
            _CODE,
            ("分管岗位", "分管领导岗位编码", "分管岗位编码"),
            note=msg("填分管领导所在岗位的编码。"),
            example="LD02",
        ),
    ),
    ("code",),
)

POSITIONS = Sheet(
    "岗位",
    ("职位", "岗位表", "positions"),
    (
        Column("code", msg("岗位编码"), _CODE, ("编码",), required=True, example="示例MZ01"),
        Column(
            "title",
            msg("岗位名称"),
            _LABEL,
            ("名称", "岗位", "职位"),
            required=True,
            example="低保经办岗",
            width=20,
        ),
        Column(
            "unit",
            msg("所属科室"),
            _LABEL,
            ("科室", "科室编码", "科室名称", "部门", "所属部门"),
            required=True,
            note=msg("填科室的编码或名称。"),
            example="民政办",
        ),
        Column(
            "rank",
            msg("层级"),
            cells.choice(_RANKS),
            ("岗位层级", "级别"),
            required=True,
            choices=("经办人", "科室负责人", "分管领导", "主要领导"),
            example="经办人",
        ),
        Column(
            "duties",
            msg("岗位职责"),
            cells.text,
            ("职责", "主要职责"),
            example="城乡低保受理、初审",
            width=40,
        ),
        Column("phone", msg("电话"), _PHONE, ("岗位电话", "联系电话", "办公电话"), example="0571-88880001"),
        Column("place", msg("办公地点"), _LABEL, ("地点", "位置", "窗口"), example="一楼3号窗口"),
        Column(
            "reception",
            msg("首问接待"),
            cells.yes_no,
            ("首问", "接待岗", "是否首问接待"),
            choices=("是", "否"),
            example="否",
        ),
    ),
    ("code",),
)

PEOPLE = Sheet(
    "人员",
    ("职工", "人员名册", "花名册", "人员花名册", "people"),
    (
        Column(
            "staff_no",
            msg("工号"),
            cells.checked(identifiers.staff_number, msg("请填写不重复的工号，例如 1001。")),
            ("人员编号", "职工编号", "编号"),
            required=True,
            example="示例1001",
        ),
        Column(
            "name",
            msg("姓名"),
            cells.checked(identifiers.person_name, msg("请填写本人姓名。")),
            ("职工姓名", "人员姓名"),
            required=True,
            example="张三",
        ),
        Column("office_phone", msg("办公电话"), _PHONE, ("电话", "联系电话"), example="0571-88880001"),
        Column(
            "email",
            msg("邮箱"),
            cells.checked(identifiers.email, msg("例如 name@example.cn。")),
            ("电子邮箱", "邮件", "email", "e-mail"),
            example="zhangsan@example.cn",
            width=24,
        ),
        Column("active", msg("在职"), cells.yes_no, ("是否在职", "状态"), choices=("是", "否"), example="是"),
        Column(
            "a_posts",
            msg("A岗"),
            cells.codes,
            ("A岗岗位", "A岗岗位编码", "A岗编码", "岗位编码", "岗位"),
            note=msg("填岗位编码，几个岗位用、隔开。"),
            example="MZ01",
        ),
        Column(
            "b_posts",
            msg("B岗"),
            cells.codes,
            ("B岗岗位", "B岗岗位编码", "B岗编码", "替岗"),
            note=msg("A岗不在时由本人顶岗的岗位编码，几个岗位用、隔开。"),
            example="MZ02",
        ),
        Column(
            "since",
            msg("任职日期"),
            cells.day,
            ("任职时间", "到岗日期"),
            note=msg("例如 2026-01-04；空着则为导入当日。"),
            example="2026-01-04",
        ),
        Column(
            "reason",
            msg("更换理由"),
            _REASON,
            ("变动理由", "调整理由", "卸任理由", "离职理由"),
            note=msg("本行让A岗、B岗换了人或卸任时填写；制度要求更换写明理由的单位必填。"),
            example="",
            width=24,
        ),
    ),
    ("staff_no",),
)

SHEETS = (UNITS, POSITIONS, PEOPLE)


def people_template(say: Callable[[str], str] = str) -> bytes:
    """Return the empty workbook to fill in: drop-downs, an example row on each sheet, and notes.

    `say` puts its sentences into the reader's language; headers stay, with their translation behind.
    """
    notes = (
        msg("带 * 的列必填。以“示例”开头的行、空行和合计行不会导入。"),
        msg("编码和工号请用文本格式填写，避免丢失前面的0。"),
        msg("再次导入同一份表不会产生重复；改动过的行会更新。表中没有列出的科室、岗位和人员保持不变。"),
        msg("列出的人员，其A岗、B岗以本表为准：不再列出的岗位视为卸任。在职填“否”即离职，任职同时终止。"),
        msg("换人或卸任的理由填在“更换理由”里，接任的一行或卸任的一行写明即可。"),
        msg("导入不会创建登录账号，也不会授予角色。"),
    )
    return workbook.write_workbook(
        msg("科室岗位人员导入模板"), [workbook.Content(sheet, ()) for sheet in SHEETS], notes, say
    )
