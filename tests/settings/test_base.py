"""Each start in a process of its own: settings are read once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.storage import home

SHOW = """
import json
from huiyin.settings import base
print(json.dumps({name: getattr(base, name) for name in sys.argv[1:]}, default=str))
"""


def start(place: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    ours = ("HUIYIN_", "DATABASE_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-c", f"import sys\n{SHOW}", *names],
        env={
            **clean,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "HUIYIN_HOME": str(place),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def shown(place: Path, *names: str, **environment: str) -> list[object]:
    done = start(place, *names, **environment)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return [found[name] for name in names]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return home.prepare(tmp_path)


def test_on_this_machine_it_runs_over_plain_http(place: Path) -> None:
    assert shown(
        place, "DEBUG", "HTTPS", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "ALLOWED_HOSTS"
    ) == [
        False,
        False,
        "huiyin",
        False,
        ["127.0.0.1", "localhost", "[::1]"],
    ]


def test_for_others_cookies_are_bound_to_https_and_the_host(place: Path) -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "SESSION_COOKIE_SECURE")
    found = shown(place, *names, "SECURE_SSL_REDIRECT", HUIYIN_HOSTS="xiaoneng.example.cn")
    assert found == ["__Host-huiyin", "__Host-huiyin-form", "__Host-huiyin-language", True, True]


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"HUIYIN_HOSTS": "*"}, "HUIYIN_HOSTS"),
        ({"HUIYIN_HOSTS": "a.example.cn,*.example.cn"}, "HUIYIN_HOSTS"),
        ({"HUIYIN_HOSTS": "a.example.cn", "HUIYIN_DEBUG": "1"}, "HUIYIN_DEBUG"),
        ({"HUIYIN_SECRET_KEY": "short"}, "密钥"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
    ],
)
def test_what_is_unsafe_does_not_start(place: Path, environment: dict[str, str], word: str) -> None:
    done = start(place, "DEBUG", **environment)
    assert done.returncode != 0
    assert word in done.stderr


def test_without_keys_or_with_open_ones_it_does_not_start(tmp_path: Path) -> None:
    assert "缺少密钥文件" in start(tmp_path, "DEBUG").stderr
    home.prepare(tmp_path)
    (tmp_path / "keys" / "secret.key").chmod(0o644)
    done = start(tmp_path, "DEBUG")
    assert done.returncode != 0
    assert "可被他人读取" in done.stderr


def test_debug_is_for_this_machine(place: Path) -> None:
    assert shown(place, "DEBUG", HUIYIN_DEBUG="1") == [True]


def test_mail_goes_to_files_until_a_server_is_named(place: Path) -> None:
    assert shown(place, "EMAIL_BACKEND") == ["django.core.mail.backends.filebased.EmailBackend"]
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS")
    assert shown(place, *names, HUIYIN_SMTP="smtp://u:p%40s@mail.cn:587") == [
        "django.core.mail.backends.smtp.EmailBackend",
        "mail.cn",
        587,
        "p@s",
        True,
    ]
