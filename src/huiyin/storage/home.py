"""Where an installation keeps its files: HUIYIN_HOME, its keys and its database.

    HUIYIN_HOME/
      keys/secret.key   signs sessions and forms (HUIYIN_SECRET_KEY replaces it)
      keys/field.keys   encrypts fields: one `id:base64` a line, the last line is used for new values
                        (HUIYIN_FIELD_KEYS replaces it, entries separated by commas)
      keys/digest.key   look-up digests and the pepper of query codes (HUIYIN_DIGEST_KEY replaces it)
      huiyin.sqlite3    the database, unless DATABASE_URL names another
      static/  mail/    collected static files; letters, when no mail server is configured

Nothing here imports Django, so the settings may use it.
"""

import base64
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from huiyin.rules.errors import HuiyinError, msg

KEY_BYTES = 32
SHORTEST_SECRET = 43
"""Characters: 32 random bytes in base64, about 256 bits."""

SQLITE_ENGINE = "huiyin.storage.sqlite"
POSTGRESQL_ENGINE = "huiyin.storage.postgresql"
SAMPLE_MARKS = ("sample", "example", "changeme", "change-me", "insecure", "secret-key", "示例")


class UnsafeStart(HuiyinError):
    """The installation is not fit to run; the message names what and the remedy what to do."""

    status = 503


def home() -> Path:
    """Return the folder of this installation: HUIYIN_HOME, else ./data/home."""
    return Path(os.environ.get("HUIYIN_HOME") or "data/home").absolute()


def prepare(place: Path | None = None) -> Path:
    """Make the folders and the keys that are missing and return the home; keeps what is there.

    Folders made here get mode 0700 and key files 0600, whatever the umask; a home
    that was there before keeps the mode it was given, but its keys get 0700 all
    the same.
    """
    root = place or home()
    keys = root / "keys"
    for folder in (root, root / "static", root / "mail", keys):
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
    keys.chmod(0o700)
    _create(keys / "secret.key", secrets.token_urlsafe(48))
    _create(keys / "field.keys", new_field_key("k1"))
    _create(keys / "digest.key", _random_key())
    return root


def new_field_key(key_id: str) -> str:
    """Return one line for `field.keys`: an id and a fresh 256-bit key."""
    return f"{key_id}:{_random_key()}"


def add_field_key(key_id: str) -> None:
    """Add a field key that is used from now on; values under older keys stay readable.

    Raises `UnsafeStart` when the id is taken or the keys come from the environment.
    """
    if os.environ.get("HUIYIN_FIELD_KEYS"):
        raise UnsafeStart(
            msg("字段密钥来自环境变量，不能在文件中增加"),
            code="keys_from_environment",
            remedy=msg("请在 HUIYIN_FIELD_KEYS 末尾追加新密钥后重新启动。"),
        )
    if key_id in field_keys():
        raise UnsafeStart(
            msg("密钥编号 %(key)s 已被使用"),
            code="key_id_taken",
            params={"key": key_id},
            remedy=msg("请换一个编号。"),
        )
    path = home() / "keys" / "field.keys"
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    _create(fresh, f"{path.read_text('ascii').rstrip()}\n{new_field_key(key_id)}")
    fresh.replace(path)


def secret_key() -> str:
    """Return the key that signs sessions and forms; `UnsafeStart` if missing, sample, short or exposed."""
    value = _secret("secret.key", "HUIYIN_SECRET_KEY")
    if len(value) < SHORTEST_SECRET or any(mark in value.lower() for mark in SAMPLE_MARKS):
        raise UnsafeStart(
            msg("签名密钥过短或为示例密钥"),
            code="weak_secret_key",
            remedy=msg("请删除 keys/secret.key 后运行 huiyin init 生成新密钥。"),
        )
    return value


def field_keys() -> dict[str, bytes]:
    """Return the field keys by id, oldest first; the last one encrypts new values."""
    lines = _secret("field.keys", "HUIYIN_FIELD_KEYS").replace(",", "\n").split()
    keys: dict[str, bytes] = {}
    for line in lines:
        key_id, _, encoded = line.partition(":")
        keys[key_id] = _decoded(encoded, "field.keys")
    return keys


def digest_key() -> bytes:
    """Return the key of look-up digests and of the pepper; it is never rotated."""
    return _decoded(_secret("digest.key", "HUIYIN_DIGEST_KEY"), "digest.key")


def database_url() -> str:
    """Return DATABASE_URL, or the SQLite file in the home when it is not set."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{home() / 'huiyin.sqlite3'}"


def database(url: str) -> dict[str, Any]:
    """Translate `sqlite:///path` or `postgresql://user:password@host:port/name?sslmode=…` for Django.

    Three slashes introduce a SQLite path relative to the working directory,
    four an absolute one. Query parameters of a PostgreSQL address go to libpq.
    Raises `UnsafeStart` on another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = Path(unquote(parts.path.removeprefix("/")))
        return {"ENGINE": SQLITE_ENGINE, "NAME": str(path.absolute())}
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": POSTGRESQL_ENGINE,
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise UnsafeStart(
        msg("DATABASE_URL 的类型 %(scheme)s 无法使用"),
        code="unknown_database",
        params={"scheme": parts.scheme},
        remedy=msg("请使用 sqlite:///路径 或 postgresql://用户:口令@主机:端口/库名。"),
    )


def exposed_keys() -> list[Path]:
    """Return the key files that somebody other than their owner may read or write."""
    folder = home() / "keys"
    open_to_others = stat.S_IRWXG | stat.S_IRWXO
    return [path for path in sorted(folder.glob("*.key*")) if path.stat().st_mode & open_to_others]


def _secret(name: str, variable: str) -> str:
    if value := os.environ.get(variable):
        return value.strip()
    path = home() / "keys" / name
    if not path.is_file():
        raise UnsafeStart(
            msg("缺少密钥文件 %(path)s"),
            code="missing_key",
            params={"path": path},
            remedy=msg("请先运行 huiyin init，或核对 HUIYIN_HOME。"),
        )
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnsafeStart(
            msg("密钥文件 %(path)s 可被他人读取"),
            code="exposed_key",
            params={"path": path},
            remedy=msg("请运行 chmod 600 %(path)s；如可能已泄露，请更换密钥。"),
        )
    return path.read_text("ascii").strip()


def _decoded(encoded: str, name: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise UnsafeStart(
            msg("密钥文件 %(name)s 已损坏"),
            code="damaged_key",
            params={"name": name},
            remedy=msg("请从备份恢复该文件；不要生成新密钥，否则已加密的内容无法读取。"),
        )
    return key


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def _create(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def environment_list(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of an environment variable, without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def environment_flag(name: str, *, default: bool = False, environ: Mapping[str, str] | None = None) -> bool:
    """Read an on/off variable: "1" is on, "0" is off, unset is `default`."""
    value = (os.environ if environ is None else environ).get(name, "")
    return default if value == "" else value == "1"
