"""True statements made false, one named kind at a time: what a verifier learns to tell from the truth.

Each corruption takes a :class:`~training.falsify.scene.Scene` and a random generator, and returns a statement that
the source does not bear out, or None where it does not apply. Exchanges of mentions stand in ``exchanges``, changes of
words and numbers in ``word_changes`` and ``number_changes``, statements mixed or taken from elsewhere in ``mixtures``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from training.falsify.exchanges import (
    other_actor,
    other_nationality,
    other_object,
    other_place,
    strange_place,
    stranger,
    swap_roles,
)
from training.falsify.mixtures import neighbour, other_passage, recombine
from training.falsify.number_changes import number_changed, number_of_source
from training.falsify.scene import Scene
from training.falsify.word_changes import antonym, negate

Corruption = Callable[[Scene, Random], str | None]

CORRUPTIONS: Mapping[str, tuple[Corruption, float]] = {
    "role_swap": (swap_roles, 40.0),
    "actor": (other_actor, 26.0),
    "object": (other_object, 8.0),
    "place": (other_place, 12.0),
    "nationality": (other_nationality, 10.0),
    "antonym": (antonym, 16.0),
    "recombination": (recombine, 14.0),
    "negation": (negate, 8.0),
    "number_source": (number_of_source, 10.0),
    "number_changed": (number_changed, 7.0),
    "stranger": (stranger, 4.0),
    "strange_place": (strange_place, 4.0),
    "neighbour": (neighbour, 5.0),
    "other_passage": (other_passage, 2.0),
}
"""Kind -> its function, and how often it is tried first where it applies. Kinds that seldom apply weigh more."""


def corrupt(scene: Scene, draw: Random) -> tuple[str, str] | None:
    """(kind, false statement) by the first corruption that applies, in a weighted random order; None when none does."""
    left = dict(CORRUPTIONS)
    while left:
        kind = draw.choices(list(left), [weight for _, weight in left.values()])[0]
        statement = left.pop(kind)[0](scene, draw)
        if statement and not scene.may_be_true(statement):
            return kind, statement
    return None
