from __future__ import annotations

import errno

import click
import pytest
from django.db import OperationalError

from huiyin.doors.cli import group
from huiyin.rules.errors import Invalid, Unlawful
from tests.doors.cli.conftest import Run


def test_help_names_every_command_in_chinese(cli: Run) -> None:
    said = cli("--help")
    assert said.code == 0
    for name in group.COMMANDS:
        assert name in said.out
    assert "命令" in said.out
    assert "Commands" not in said.out


@pytest.mark.parametrize("name", group.COMMANDS)
def test_every_command_explains_itself(cli: Run, name: str) -> None:
    said = cli(name, "--help")
    assert said.code == 0
    assert said.out.startswith("用法：")
    assert "显示说明" in said.out
    assert "选项：" in said.out
    assert "选项:" not in said.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nope"], "没有命令 nope"),
        (["office", "nope"], "没有命令 nope"),
        (["verify", "--nope"], "没有选项 --nope"),
        (["due", "--from", "2026-02-13"], "缺少 --rulebook"),
        (["import", "log", "x.csv"], "缺少 --mapping"),
        (["demo", "--matters", "many"], "--matters 的值不能用：应为1到"),
        (["demo", "--matters", "0"], "--matters 的值不能用：应为1到"),
        (["import", "people", "/"], "FILE 的值不能用：这不是可以读写的文件"),
        (["import", "template", "cats", "x"], "可选 people、catalogue、calendar、log"),
        (["token", "revoke", "zzz"], "TOKEN_ID 的值不能用：这不是编号"),
        (["office", "list", "zzz", "yyy"], "多出了 zzz yyy"),
        (["demo", "--matters"], "选项 --matters 后面缺少值"),
        (["office", "list", "--json=1"], "选项 --json 后面不能带值"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_says_what_is_wrong(
    cli: Run, words: list[str], told: str
) -> None:
    said = cli(*words)
    assert said.code == group.MISUSED
    assert told in said.err
    assert "--help" in said.err
    assert said.out == ""
    assert "valid" not in said.err
    assert "unexpected" not in said.err


def test_a_wrong_command_line_is_told_to_programs_as_json(cli: Run) -> None:
    said = cli("due", "--json")
    assert said.code == group.MISUSED
    assert said.json["error"]["code"] == "usage"
    assert "--rulebook" in said.json["error"]["message"]


def _failing(error: BaseException) -> group.Huiyin:
    huiyin = group.Huiyin("huiyin")

    @huiyin.command("due")
    def due() -> None:
        raise error

    huiyin.get_command = lambda *_: due  # type: ignore[method-assign]
    return huiyin


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (Unlawful("不行：%(why)s", code="no", params={"why": "晚了"}, remedy="请早来。"), 1, "不行：晚了"),
        (Invalid({"name": "请填写名称"}), 1, "name: 请填写名称"),
        (OSError(errno.ENOSPC, "No space left on device", "/x"), 1, "/x"),
        (OperationalError("no such table: matter"), 1, "huiyin init"),
        (OperationalError("disk I/O error"), 1, "disk I/O error"),
        (KeyboardInterrupt(), 130, "已中断"),
        (click.Abort(), 130, "已中断"),
    ],
)
def test_an_error_ends_with_a_sentence_and_an_honest_code(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        _failing(error).main(["due"])
    assert ended.value.code == code
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""


def test_a_mistake_in_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        _failing(ZeroDivisionError()).main(["due"])
