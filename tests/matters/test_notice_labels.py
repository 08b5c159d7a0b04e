"""Every word for what units answer is the rules' own."""

from __future__ import annotations

from huiyin.matters import event_labels, labels, notice_labels
from huiyin.rules import joint


def test_what_a_unit_may_answer_has_a_word() -> None:
    assert set(notice_labels.CONSULTED) == set(joint.VERDICTS)


def test_its_words_are_among_all_words() -> None:
    for name, everywhere in {
        "DUTIES": labels,
        "FINDINGS": labels,
        "EVENTS": event_labels,
        "ACTS": event_labels,
        "VERBS": labels,
    }.items():
        assert getattr(notice_labels, name).items() <= getattr(everywhere, name).items()
