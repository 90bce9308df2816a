"""Whether every piece of a sentence bears on what the sentence comes to: one that does not was not understood.

Each piece that should weigh is taken out in turn. If what is left comes to the same, the piece was passed over in
reading, and the sentence must be refused rather than answered without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from lgreason.language.lexicon.algebra import Test
from lgreason.language.lexicon.declared import Sense
from lgreason.rules.terms import Fn

_WEIGHING = frozenset(
    {
        *("at_least", "at_most", "more_than", "less_than", "measure", "yearly", "of_last", "each_of_last"),
        *("not_below_value", "above_value", "below_value", "not_above_value", "and_up", "and_down"),
        *("last", "last_before", "last_year", "to_eve", "reduced_by", "raised_by", "lowered", "lowered_by"),
        *("capped", "retiring_at", "prorated", "not", "lacking", "no_time", "save", "half", "double"),
        *("of_degree", "of_work", "of_posts", "qualification", "service", "experience", "degrees"),
    }
)
"""Kinds of pieces without any of which a sentence must come to something else."""
ONCE = (Fn("count", (1,)), Fn("number", (1,)))
"""What is asked where no number is told."""


class Placed(Protocol):
    """A piece of a sentence: its kind and what its words may mean."""

    @property
    def kind(self) -> str:
        """What it says."""

    @property
    def senses(self) -> tuple[Sense, ...]:
        """What its words may mean."""

    @property
    def amount(self) -> Fn | None:
        """The amount that it tells."""


_P = TypeVar("_P", bound=Placed)


def idle_piece(pieces: Sequence[_P], found: Test, again: Callable[[list[_P]], Test | None]) -> _P | None:
    """The first piece without which the rest comes to `found` all the same, or none.

    `again` says what a row of pieces comes to, or none where it makes no sense.
    """
    for at, piece in enumerate(pieces):
        if _weighs(piece) and again([*pieces[:at], *pieces[at + 1 :]]) == found:
            return piece
    return None


def _weighs(piece: Placed) -> bool:
    if piece.kind in _WEIGHING:
        # At least one is what is asked where no number is told; of how many areas is told by naming them.
        return piece.amount not in ONCE and (piece.amount is None or piece.amount.name != "areas")
    if piece.kind != "term":
        return False
    # The name of a fact may be said twice, «ได้คะแนนสอบ … ในการสอบ»; a value says something of its own.
    return all(sense.kind in ("value", "event", "part") for sense in piece.senses)
