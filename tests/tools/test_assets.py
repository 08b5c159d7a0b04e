from __future__ import annotations

from pathlib import Path

import pytest

from tools import assets


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules"
    for name in assets.FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
        (folder / name.split("/")[0] / "LICENSE").write_text("MIT", encoding="utf-8")
    (folder / "bootstrap/dist/css/bootstrap.min.css.map").write_text("{}", encoding="utf-8")
    (folder / "swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt").write_text("MIT", encoding="utf-8")
    (folder / "swagger-ui-dist/NOTICE").write_text("(c)", encoding="utf-8")
    return folder


def test_what_is_served_is_copied_with_its_map_and_licence(node_modules: Path, tmp_path: Path) -> None:
    target = tmp_path / "vendor"
    target.mkdir()
    (target / "left-over.js").touch()
    assets.copy(node_modules, target)
    assert sorted(path.name for path in target.iterdir()) == [
        "bootstrap.LICENSE.txt",
        "bootstrap.bundle.min.js",
        "bootstrap.min.css",
        "bootstrap.min.css.map",
        "echarts.LICENSE.txt",
        "echarts.common.min.js",
        "htmx.min.js",
        "htmx.org.LICENSE.txt",
        "swagger-ui-bundle.js",
        "swagger-ui-bundle.js.LICENSE.txt",
        "swagger-ui-dist.LICENSE.txt",
        "swagger-ui-dist.NOTICE.txt",
        "swagger-ui.css",
    ]


def test_a_missing_file_is_not_passed_over(node_modules: Path, tmp_path: Path) -> None:
    (node_modules / assets.FILES[0]).unlink()
    with pytest.raises(FileNotFoundError):
        assets.copy(node_modules, tmp_path / "vendor")
