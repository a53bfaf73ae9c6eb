"""What a statement may be called, the gravest fault first; the words of the rubric are in ``RUBRIC.md``."""

from __future__ import annotations

from pathlib import Path

from training.corpora.annotated.labels import Label, Slot

RUBRIC = Path(__file__).with_name("RUBRIC.md")
FAULTS: tuple[Label, ...] = ("false", "broken", "unclear", "copy", "trivial")
"""In order of gravity."""
LABELS: tuple[Label, ...] = ("ok", *FAULTS)


def labels_of(slot: Slot) -> tuple[Label, ...]:
    """The labels that a statement of that slot may have: only a head can be a copy."""
    return tuple(label for label in LABELS if slot != "bullet" or label != "copy")


def graver(one: Label, other: Label) -> Label:
    """The graver of two labels."""
    return max(one, other, key=lambda label: -FAULTS.index(label) if label in FAULTS else -len(FAULTS))
