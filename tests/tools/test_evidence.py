from __future__ import annotations

import yaml

from tools import evidence


def test_only_proofs_are_written_in_order_and_as_yaml() -> None:
    rows = '["p4.b", "x/two", true]\n["p4.b", "x/one", true]\n["p4.a", "x/one", false]\n'
    text = evidence.written(rows)
    assert yaml.safe_load(text) == {"p4.b": ["x/one", "x/two"]}
    assert text.startswith("#")
