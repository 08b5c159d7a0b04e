"""What happens in stories beside the verbs on a matter, and what may be asked after it.

Each module has `VERBS`: by the name a step `does`, what carries it out, with who does it and the
step's own fields; it raises what the verb raises. A module may have `HOLDS`: by the name that
`then` asks after, what gives the value to compare, with what the story expects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tests.scenarios.story import Story

Verb = Callable[[Story, str, dict[str, Any]], None]
Hold = Callable[[Story, Any], Any]

_MODULES = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]

VERBS: Mapping[str, Verb] = {name: verb for module in _MODULES for name, verb in module.VERBS.items()}
HOLDS: Mapping[str, Hold] = {
    name: hold for module in _MODULES for name, hold in getattr(module, "HOLDS", {}).items()
}
