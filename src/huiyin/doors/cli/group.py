"""The command line itself: which commands there are, and what becomes of an error in any of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

import click

from huiyin.doors.cli import faults, output
from huiyin.doors.cli.speaking import gettext, listed
from huiyin.rules.errors import HuiyinError, msg

DONE: Final = 0
FAILED: Final = 1
MISUSED: Final = 2
INTERRUPTED: Final = 130

COMMANDS: Final[Mapping[str, str]] = {
    "run": "huiyin.doors.cli.running:run",
    "init": "huiyin.doors.cli.offices:init",
    "demo": "huiyin.doors.cli.demoing:demo",
    "worker": "huiyin.doors.cli.running:worker",
    "import": "huiyin.doors.cli.importing:import_",
    "verify": "huiyin.doors.cli.verifying:verify",
    "due": "huiyin.doors.cli.due:due",
    "rulebook": "huiyin.doors.cli.rulebook:rulebook",
    "token": "huiyin.doors.cli.tokens:token",
    "office": "huiyin.doors.cli.offices:office",
    "calendar": "huiyin.doors.cli.calendars:calendar",
    "account": "huiyin.doors.cli.accounts:account",
    "index": "huiyin.doors.cli.indexing:index",
    "report": "huiyin.doors.cli.reporting:report",
}
SET_UP: Final = "huiyin.doors.cli.installation"
"""Not imported above: it brings Django, and a quick start does without."""

# These work without settings and database, or see to them themselves.
BARE: Final = frozenset({"run", "worker", "due", "rulebook"})

# How click's parser begins to complain of words that no argument takes.
_EXTRA: Final = re.compile(r"unexpected extra arguments? \((.*)\)")
_KINDS: Final[Mapping[object, str]] = {
    click.UUID: msg("这不是编号（形如 01a21937-4d4a-735e-9fee-eb5a3a7df057）"),
    click.INT: msg("应为整数"),
    click.FLOAT: msg("应为数字"),
    click.BOOL: msg("应为 true 或 false"),
}

with_json = click.option("--json", "as_json", is_flag=True, help=msg("在标准输出上只写一个 JSON 对象"))


class Spoken(click.Command):
    """A command whose help is in the language to speak."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how it is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=gettext("用法：") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does."""
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(gettext(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options, one a line."""
        records = [
            (record[0], gettext(getattr(param, "help", None) or ""))
            for param in self.get_params(ctx)
            if (record := param.get_help_record(ctx)) is not None
        ]
        if records:
            _section(formatter, gettext("选项："), records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, explained in the language to speak."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = gettext("显示说明")
        return option


class SpokenGroup(Spoken, click.Group):
    """A group of such commands."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options, then its commands."""
        super().format_options(ctx, formatter)
        named = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, gettext(command.help or "")) for name, command in named if command]
        _section(formatter, gettext("命令："), rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a wrong name is answered with the right ones."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(
                gettext("没有命令 %(name)s；可用的有：%(names)s")
                % {"name": args[0], "names": listed(self.list_commands(ctx))},
                ctx,
            )
        return super().resolve_command(ctx, args)


def _section(formatter: click.HelpFormatter, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write rows under a heading; click's own adds a colon of its language to it."""
    formatter.write_paragraph()
    formatter.write(f"{heading}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


class Huiyin(SpokenGroup):
    """`huiyin`: imports a command when it is called, and ends honestly whatever happens in it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order people meet them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, after what it needs is set up."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        if cmd_name not in BARE and not ctx.resilient_parsing:
            import_module(SET_UP).set_up()
        module, _, name = place.partition(":")
        found = getattr(import_module(module), name)
        return found if isinstance(found, click.Command) else None

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run the command and leave with the exit code that tells how it went."""
        words = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        with _ending(as_json="--json" in words):
            code = super().main(words, prog_name, **extra)
            sys.exit(code if isinstance(code, int) else DONE)


@contextmanager
def _ending(*, as_json: bool) -> Iterator[None]:
    """Turn what went wrong into a sentence, a remedy and an exit code."""
    try:
        yield
    except click.UsageError as error:
        output.complain(
            {"code": "usage", "message": usage_fault(error), "remedy": _usage(error)}, as_json=as_json
        )
        sys.exit(MISUSED)
    except (KeyboardInterrupt, click.Abort):
        click.echo(gettext("已中断。"), err=True)
        sys.exit(INTERRUPTED)
    except HuiyinError as error:
        output.complain(output.problem_of(error), as_json=as_json)
        sys.exit(FAILED)
    except BrokenPipeError:
        # Whoever read the output has gone; there is nobody to tell.
        sys.stderr.close()
        sys.exit(FAILED)
    except OSError as error:
        output.complain(faults.system_problem(error), as_json=as_json)
        sys.exit(FAILED)
    except Exception as error:
        problem = faults.database_problem(error)
        if problem is None:
            raise
        output.complain(problem, as_json=as_json)
        sys.exit(FAILED)


def usage_fault(error: click.UsageError) -> str:
    """Say in the language to speak what was wrong with the command line."""
    match error:
        case click.NoSuchOption():
            return gettext("没有选项 %(name)s") % {"name": error.option_name}
        case click.MissingParameter():
            return gettext("缺少 %(name)s") % {"name": _named(error)}
        case click.BadParameter():
            return gettext("%(name)s 的值不能用：%(why)s") % {"name": _named(error), "why": _why(error)}
        case click.BadOptionUsage():
            if "not take" in error.message:
                return gettext("选项 %(name)s 后面不能带值") % {"name": error.option_name}
            return gettext("选项 %(name)s 后面缺少值") % {"name": error.option_name}
        case _:
            extra = _EXTRA.search(error.message)
            return gettext("多出了 %(words)s") % {"words": extra[1]} if extra else error.message


def _named(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option):
        return " / ".join(error.param.opts)
    return error.param.make_metavar(click.Context(click.Command("huiyin")))


def _why(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return gettext("可选 %(choices)s") % {"choices": listed(map(str, kind.choices))}
    if kind in _KINDS:
        return gettext(_KINDS[kind])
    if isinstance(kind, click.Path):
        return gettext("这不是可以读写的文件")
    if isinstance(kind, click.IntRange):
        return gettext("应为%(low)s到%(high)s的整数") % {
            "low": "…" if kind.min is None else kind.min,
            "high": "…" if kind.max is None else kind.max,
        }
    return error.message


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx is not None else "huiyin"
    return gettext("请运行 %(command)s --help 查看用法。") % {"command": path}


huiyin = Huiyin("huiyin", help=msg("回音：件件有着落，事事有回音。"))
