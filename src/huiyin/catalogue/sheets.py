"""The sheets 事项 and 材料 of the workbook that fills the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from huiyin.catalogue.promises import SHORTER
from huiyin.organisation import workbook
from huiyin.rules import cells
from huiyin.rules.errors import msg
from huiyin.rules.importing import Column, Sheet
from huiyin.rules.rulebook import Rulebook

_LABEL = partial(cells.line, longest=200)
_YES_NO = ("是", "否")

ITEMS = Sheet(
    "事项",
    ("事项清单", "服务事项", "政务服务事项", "items"),
    (
        Column(
            "code",
            msg("事项编码"),
            cells.code,
            ("编码", "实施编码", "基本编码"),
            required=True,
            example="示例MZ-001",
        ),
        Column(
            "name",
            msg("事项名称"),
            _LABEL,
            ("名称", "事项"),
            required=True,
            example="最低生活保障申请",
            width=24,
        ),
        Column(
            "position",
            msg("承办岗位"),
            partial(cells.line, longest=100),
            ("岗位", "岗位编码", "承办岗位编码", "经办岗位"),
            required=True,
            note=msg("填岗位编码或岗位名称。"),
            example="MZ01",
        ),
        Column(
            "unit",
            msg("承办科室"),
            partial(cells.line, longest=100),
            ("科室", "科室编码", "所属科室", "实施机构"),
            note=msg("空着则为承办岗位所在科室。"),
        ),
        Column(
            "instant",
            msg("即办件"),
            cells.yes_no,
            ("是否即办", "即办", "是否即办件"),
            choices=_YES_NO,
            example="否",
        ),
        Column(
            "statutory",
            msg("法定时限"),
            cells.limit,
            ("法定办结时限", "法定期限"),
            note=msg("连单位填写，例如 30个工作日。"),
            example="30个工作日",
        ),
        Column(
            "committed",
            msg("承诺时限"),
            cells.limit,
            ("承诺办结时限", "承诺期限"),
            note=msg("连单位填写，例如 15个工作日。"),
            example="15个工作日",
        ),
        Column("legal_basis", msg("设定依据"), cells.text, ("依据", "法律依据"), width=30),
        Column("conditions", msg("受理条件"), cells.text, ("条件", "办理条件"), width=30),
        Column("procedure", msg("办理程序"), cells.text, ("程序", "办理流程", "流程"), width=30),
        Column("fee", msg("收费"), _LABEL, ("收费标准", "是否收费", "费用"), example="不收费"),
        Column(
            "open_to_public",
            msg("向社会公开"),
            cells.yes_no,
            ("公开", "是否公开"),
            choices=_YES_NO,
            example="是",
        ),
        Column("active", msg("在用"), cells.yes_no, ("状态", "是否在用"), choices=_YES_NO, example="是"),
    ),
    ("code",),
)

MATERIALS = Sheet(
    "材料",
    ("申请材料", "材料清单", "materials"),
    (
        Column("item", msg("事项编码"), cells.code, ("编码", "事项"), required=True, example="示例MZ-001"),
        Column(
            "name", msg("材料名称"), _LABEL, ("名称", "材料"), required=True, example="居民户口簿", width=24
        ),
        Column("copies", msg("份数"), cells.whole, ("材料份数",), example="1"),
        Column(
            "original",
            msg("原件或复印件"),
            cells.choice({"原件": "yes", "复印件": "no", "原": "yes", "复": "no", "原件和复印件": "yes"}),
            ("原件/复印件", "材料形式", "形式"),
            choices=("原件", "复印件"),
            example="复印件",
        ),
        Column(
            "required",
            msg("必要性"),
            cells.choice(
                {"必要": "yes", "非必要": "no", "可容缺": "no", "容缺": "no", "是": "yes", "否": "no"}
            ),
            ("是否必要", "必须", "是否必须"),
            choices=("必要", "可容缺"),
            example="必要",
        ),
    ),
    ("item", "name"),
)

SHEETS = (ITEMS, MATERIALS)


def items_template(say: Callable[[str], str] = str, book: Rulebook | None = None) -> bytes:
    """Return the empty workbook to fill in: drop-downs, an example row on each sheet, and notes.

    `say` puts its sentences into the reader's language; headers stay, with their translation behind.
    What a promise may be follows the rulebook of the office, see `catalogue.promises`.
    """
    shorter = book is not None and book.has(SHORTER)
    notes = (
        msg("带 * 的列必填。以“示例”开头的行、空行和合计行不会导入。"),
        msg("承诺时限须短于法定时限。") if shorter else msg("承诺时限不能长于法定时限。"),
        msg("单位不同（如工作日与自然日）的时限，系统不作比较。“日”“天”按自然日计。"),
        msg("再次导入同一份表不会产生重复；改动过的事项会生成新版本，办理中的事项仍按受理时的版本。"),
        msg("有“材料”表时，所列事项的材料以该表为准，按行的先后排序；没有该表则材料保持不变。"),
    )
    return workbook.write_workbook(
        msg("事项与材料导入模板"), [workbook.Content(sheet, ()) for sheet in SHEETS], notes, say
    )
