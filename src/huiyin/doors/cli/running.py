"""`huiyin run` and `huiyin worker`: the office at work.

`run` itself stays small. The web server and the worker are its children; it
waits for either to end, and then ends the other. Nothing is started again
without somebody seeing why it stopped.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from importlib import import_module
from typing import Final

import click

from huiyin.doors.cli import standing
from huiyin.doors.cli.children import Children
from huiyin.doors.cli.demo import roles
from huiyin.doors.cli.group import SET_UP, Spoken
from huiyin.doors.cli.speaking import gettext
from huiyin.rules.errors import HuiyinError, msg
from huiyin.storage import home

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
THREADS: Final = {home.SQLITE_ENGINE: 4, home.POSTGRESQL_ENGINE: 4}
PROCESSES: Final = {home.SQLITE_ENGINE: 1, home.POSTGRESQL_ENGINE: 2}
"""SQLite has one writer at a time, so more processes would only wait for one another."""

WORKER: Final = "huiyin.doors.worker"
_POLL: Final = 0.03
_FIRST_REQUEST: Final = "HEAD /desk/sign-in/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"


@click.command(cls=Spoken, help=msg("启动网页服务和后台任务；第一次运行时建立演示单位"))
@click.option("--host", default="127.0.0.1", help=msg("监听的地址，默认只有本机可以访问"))
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help=msg("监听的端口，默认8000"))
@click.option("--workers", type=click.IntRange(1, 64), help=msg("网页服务的进程数，默认按数据库选择"))
@click.option("--no-worker", is_flag=True, help=msg("不启动后台任务（由别处的 huiyin worker 承担）"))
@click.option("--empty", is_flag=True, help=msg("没有单位时不建立演示单位"))
def run(*, host: str, port: int, workers: int | None, no_worker: bool, empty: bool) -> None:
    """Prepare what is not ready, serve until told to stop, and stop everything cleanly."""
    place = home.prepare()
    refuse_taken(host, port)
    known = standing.recall(place)
    if known is None or (not known.offices and not empty):
        installation = import_module(SET_UP)
        installation.set_up()
        known = import_module("huiyin.doors.cli.preparing").prepare(empty=empty)
        installation.release()
    engine = home.database(home.database_url())["ENGINE"]
    shape = (str(workers or PROCESSES[engine]), str(THREADS[engine]))
    children = Children()
    with children.stopped_at_the_end():
        children.start(gettext("网页服务"), "huiyin.doors.cli.web", host, str(port), *shape)
        if _answers(children, host, port):
            if not no_worker:
                children.start(gettext("后台任务"), WORKER)
            for line in welcome(host, port, known):
                click.echo(line)
            sys.stdout.flush()
            children.wait()
    sys.exit(children.verdict())


@click.command(cls=Spoken, help=msg("只运行后台任务：发信、登记超期"))
def worker() -> None:
    """Become the worker."""
    os.execv(sys.executable, [sys.executable, "-m", WORKER])  # noqa: S606 - this same Python


def refuse_taken(host: str, port: int) -> None:
    """Raise before anything else is begun when nobody could be served at that address."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise HuiyinError(
                msg("%(host)s 的端口 %(port)s 已被占用"),
                code="port_taken",
                params={"host": host, "port": port},
                remedy=msg("请先停止占用它的程序（也许是另一个 huiyin run），或用 --port 另选一个端口。"),
            ) from error
        raise HuiyinError(
            msg("不能在 %(host)s:%(port)s 上监听：%(why)s"),
            code="cannot_listen",
            params={"host": host, "port": port, "why": error.strerror or error},
            remedy=msg("请核对 --host 和 --port。"),
        ) from error


def welcome(host: str, port: int, known: standing.Standing) -> list[str]:
    """Return what to tell whoever started it: the addresses, and how to sign in."""
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else shown}:{port}"  # noqa: S104 - compared only
    lines = [
        gettext("回音已启动。"),
        gettext("  办事窗口（公众） %(address)s/") % {"address": address},
        gettext("  工作台（工作人员） %(address)s/desk/") % {"address": address},
    ]
    if known.demo:
        lines += ["", *roles.sign_ins(known.demo)]
    if not known.offices:
        lines += [
            "",
            gettext("还没有单位。请另开一个终端运行："),
            '  huiyin init --rulebook township --name "…"',
        ]
    if host not in LOOPBACK:
        lines += ["", *_warnings(host, known)]
    return [*lines, "", gettext("按 Ctrl-C 停止。")]


def _warnings(host: str, known: standing.Standing) -> list[str]:
    lines = []
    if known.demo:
        lines.append(gettext("警告：演示账号的口令人人可知，不要让其他机器访问有演示单位的系统。"))
    if not os.environ.get("HUIYIN_HOSTS"):
        lines.append(
            gettext("提示：正在 %(host)s 上监听，但其他机器会被拒绝，除非在 HUIYIN_HOSTS 中列出主机名。")
            % {"host": host}
        )
    return lines


def _answers(children: Children, host: str, port: int) -> bool:
    """Wait until the web server answers; False when it ended or everything is to stop."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only
    # Any other host would be refused, and the refusal logged.
    request = (_FIRST_REQUEST % home.environment_list("HUIYIN_HOSTS", "127.0.0.1")[0]).encode()
    while children.fine():
        try:
            with socket.create_connection((target, port), timeout=5) as asking:
                asking.sendall(request)
                if asking.recv(1):
                    return True
        except OSError:
            pass
        time.sleep(_POLL)
    return False
