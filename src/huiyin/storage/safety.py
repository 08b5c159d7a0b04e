"""What an installation must be before it may serve anybody (J4)."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from huiyin.rules.errors import msg
from huiyin.storage import home, library
from huiyin.storage.home import UnsafeStart

_FULL = 2


def refuse_unsafe() -> None:
    """Raise `UnsafeStart` at the first thing that makes running this installation unsafe.

    Looked at: the keys and who can read them, debug pages, host names, the
    SQLite library, and whether the database really waits for the disk.
    """
    for problem in _problems():
        raise problem


def _problems() -> Iterator[UnsafeStart]:
    yield from _about_keys()
    yield from _about_settings()
    yield from _about_sqlite() if connection.vendor == "sqlite" else _about_postgresql()


def _about_keys() -> Iterator[UnsafeStart]:
    for path in home.exposed_keys():
        yield UnsafeStart(
            msg("密钥文件 %(path)s 可被他人读取"),
            code="exposed_key",
            params={"path": path},
            remedy=msg("请运行 chmod 600 %(path)s；如可能已泄露，请更换密钥。"),
        )
    home.secret_key()
    home.field_keys()
    home.digest_key()


def _about_settings() -> Iterator[UnsafeStart]:
    local = {"127.0.0.1", "localhost", "[::1]"}.issuperset(settings.ALLOWED_HOSTS)
    if settings.DEBUG and not local:
        yield UnsafeStart(
            msg("调试页面不得对外开放"), code="debug", remedy=msg("请去掉环境变量 HUIYIN_DEBUG 后重新启动。")
        )
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        yield UnsafeStart(
            msg("允许的主机名不得使用通配符"),
            code="any_host",
            remedy=msg("请在 HUIYIN_HOSTS 中逐一列出主机名。"),
        )


def _about_sqlite() -> Iterator[UnsafeStart]:
    if not library.is_safe(library.version()):
        yield UnsafeStart(
            msg("SQLite %(version)s 可能损坏数据库"),
            code="sqlite_version",
            params={"version": ".".join(map(str, library.version()))},
            remedy=msg("请安装 pysqlite3 0.6.1 或更新版本（SQLite 3.51.3 以上）。"),
        )
        return
    found = {name: _ask(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")}
    if found != {"journal_mode": "wal", "synchronous": _FULL, "foreign_keys": 1}:
        yield UnsafeStart(
            msg("SQLite 的设置不能保证已受理的内容不丢失：%(found)s"),
            code="sqlite_settings",
            params={"found": found},
            remedy=msg("请把数据库放在本机磁盘上，并使用随系统提供的数据库后端。"),
        )


def _about_postgresql() -> Iterator[UnsafeStart]:
    for name in ("fsync", "full_page_writes"):
        if _ask(f"SHOW {name}") != "on":
            yield _unsafe_server(name)
    if _ask("SHOW synchronous_commit") in {"off", "local"}:
        yield _unsafe_server("synchronous_commit")


def _unsafe_server(name: str) -> UnsafeStart:
    return UnsafeStart(
        msg("PostgreSQL 的 %(name)s 已关闭，断电会丢失已受理的内容"),
        code="postgresql_settings",
        params={"name": name},
        remedy=msg("请在 postgresql.conf 中设置 %(name)s = on 并重新加载。"),
    )


def _ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None
