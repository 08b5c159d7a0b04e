"""The words people read of a rating: what a person served may say was not kept towards them.

Message ids in Chinese; doors translate them into the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.rules.errors import msg

POINTS: Final[Mapping[str, str]] = {
    "smile": msg("笑脸相迎"),
    "greeting": msg("主动问候"),
    "chair": msg("请您坐下"),
    "hot_water": msg("倒一杯热水"),
    "conduct": msg("举止文明"),
    "language": msg("用语规范"),
    "patience": msg("耐心解答"),
    "neat_dress": msg("着装整洁"),
    "civility": msg("文明热情"),
    "helpfulness": msg("积极主动、方便群众"),
}
"""What is promised about how people are received and spoken to."""

DIFFICULTIES: Final[Mapping[str, str]] = {
    "door": msg("门难进"),
    "face": msg("脸难看"),
    "person": msg("人难找"),
    "matter": msg("事难办"),
    "cold_manner": msg("接待生冷硬"),
}
"""What must never be made difficult for people, and the manner they must never meet."""

MISSED: Final[Mapping[str, str]] = {
    **{code: msg("没有做到：%(what)s") for code in POINTS},
    **DIFFICULTIES,
}
"""How an answer is told of afterwards; %(what)s is the point's own words."""
