"""A real server in a process of its own, and a real browser."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    expect,
    sync_playwright,
)

READY_WITHIN = 180
"""Seconds; several servers start at once."""
PATIENCE = 30_000
"""Milliseconds for whatever a page has to show: two browsers and two servers share the machine."""


@dataclass(frozen=True)
class Site:
    """Where the server answers, and how each role signs in."""

    address: str
    accounts: dict[str, str]
    password: str
    canary: str
    pictures: Path | None


_PLACES = count(1)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product as it is run, over a fresh home; ended by its own process id."""
    home = tmp_path_factory.mktemp("worker") / "home"
    known = _offices(tmp_path_factory, home)
    port = _free_port()
    environment = {
        **_environment(home),
        "HUIYIN_SITE_URL": f"http://127.0.0.1:{port}",
        "HUIYIN_PROXIES": "127.0.0.1",
    }
    command = [str(Path(sys.executable).with_name("huiyin")), "run", "--empty", "--port", str(port)]
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/", server, home / "server.log")
        pictures = Path(wanted) if (wanted := os.environ.get("HUIYIN_PICTURES")) else None
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
        yield Site(
            f"http://127.0.0.1:{port}", known["accounts"], known["password"], known["canary"], pictures
        )
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """One headless Chromium for all journeys."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(chromium_path), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["wide", "phone"])
def window(request: pytest.FixtureRequest) -> tuple[int, int]:
    """A desk's window and a phone's."""
    width, height = request.param
    return int(width), int(height)


@dataclass
class Cast:
    """People at their own browsers. Whatever a page complains of on its console is kept."""

    site: Site
    browser: Browser
    window: tuple[int, int]
    complaints: list[str]
    contexts: list[BrowserContext]
    pages: dict[str, Page]
    signed_in: dict[str, StorageState]

    def page(self, who: str) -> Page:
        """The page of a role, signed in; "applicant" is nobody in particular."""
        if who not in self.pages:
            width, height = self.window
            # Everybody comes from a place of their own, as through a proxy: limits count by address.
            place = {"X-Forwarded-For": f"198.51.100.{next(_PLACES)}"}
            context = self.browser.new_context(
                viewport={"width": width, "height": height},
                locale="zh-CN",
                extra_http_headers=place,
                storage_state=self.signed_in.get(who),
            )
            context.set_default_timeout(PATIENCE)
            self.contexts.append(context)
            page = context.new_page()
            page.on("console", self._listen)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            self.pages[who] = page
            if who != "applicant":
                self._arrive(page, who)
        return self.pages[who]

    def picture(self, who: str, name: str) -> None:
        """Keep what somebody sees, whole page, where HUIYIN_PICTURES names a folder for it.

        The page must have arrived: Chromium never delivers a picture of a page that is being left.
        """
        if self.site.pictures:
            path = self.site.pictures / f"{name}-{self.window[0]}.png"
            self.page(who).screenshot(path=str(path), full_page=True)

    def _arrive(self, page: Page, who: str) -> None:
        """Open the desk; the first time, and after signing out, by the sign-in page."""
        page.goto(f"{self.site.address}/desk/")
        if page.url.endswith("/desk/sign-in/"):
            self._sign_in(page, who)
            self.signed_in[who] = page.context.storage_state()

    def _sign_in(self, page: Page, who: str) -> None:
        page.locator("input[name=login]").fill(self.site.accounts[who])
        page.locator("input[name=password]").fill(self.site.password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{self.site.address}/desk/")

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """What the browsers of those who have signed in once keep of it."""
    return {}


@pytest.fixture
def cast(
    site: Site, browser: Browser, window: tuple[int, int], signed_in: dict[str, StorageState]
) -> Iterator[Cast]:
    """The people of a journey; a page that broke the content policy or threw fails it."""
    people = Cast(site, browser, window, [], [], {}, signed_in)
    yield people
    for context in people.contexts:
        context.close()
    serious = [text for text in people.complaints if "Content Security Policy" in text or "Error" in text]
    assert serious == []


def _offices(places: pytest.TempPathFactory, home: Path) -> dict[str, Any]:
    """A copy of the home that whichever worker comes first prepares for all; answers how to sign in there."""
    base = places.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, told = shared / "offices", shared / "offices.json"
    with (shared / "offices.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(_prepare(made), encoding="utf-8")
    shutil.copytree(made, home)
    known: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return known


def _prepare(home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.office"],
        env=_environment(home),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.fail(f"The offices were not made:\n{done.stderr[-3000:]}")
    return done.stdout


def _environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "HUIYIN_HOME": str(home)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The server did not answer:\n{log.read_text(errors='replace')[-3000:]}")
