"""How commands speak: tables for people, one JSON object for programs, errors with a remedy."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import click
from django.db import DatabaseError
from django.utils.translation import gettext

from huiyin.rules.errors import HuiyinError, Invalid, msg

P = ParamSpec("P")

with_json = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")


def answer(found: Mapping[str, object], *, as_json: bool, lines: Callable[[], Iterator[str]]) -> None:
    """Print the JSON object, or the lines for people."""
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        return
    for line in lines():
        click.echo(line)


@contextmanager
def progress(label: str, length: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; silent for programs and where nobody looks."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(done)


def honest(run: Callable[P, None]) -> Callable[P, None]:
    """Turn refusals into a sentence, a remedy and exit code 1, as JSON where asked for."""

    @wraps(run)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            run(*args, **kwargs)
        except HuiyinError as error:
            _complain(error, as_json=bool(kwargs.get("as_json")))
            sys.exit(1)
        except DatabaseError as error:
            click.echo(gettext("数据库出错:%(error)s") % {"error": error}, err=True)
            click.echo(gettext("请核对 DATABASE_URL 与数据库状态后重试。"), err=True)
            sys.exit(1)

    return wrapped


def _complain(error: HuiyinError, *, as_json: bool) -> None:
    fields = error.fields if isinstance(error, Invalid) else {}
    said = gettext(error.msgid) % error.params if error.params else gettext(error.msgid)
    remedy = gettext(error.remedy) % error.params if error.remedy else ""
    if as_json:
        problem = {
            "error": {
                "code": error.code,
                "message": said,
                "clause": error.clause,
                "remedy": remedy,
                "fields": {name: gettext(text) for name, text in fields.items()},
            }
        }
        click.echo(json.dumps(problem, ensure_ascii=False, indent=2))
        return
    click.echo(gettext(msg("错误:%(message)s")) % {"message": said}, err=True)
    for name, text in fields.items():
        click.echo(f"  {name}: {gettext(text)}", err=True)
    if remedy:
        click.echo(remedy, err=True)
