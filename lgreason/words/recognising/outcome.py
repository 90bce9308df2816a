"""What recognising comes to: one of five outcomes, what was read, what may be meant, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Outcome = Literal["this", "several", "another", "unrecognised", "impossible"]
Value = str | int | bool
Reading = Mapping[str, Value]

DECIDES: frozenset[Outcome] = frozenset({"this", "another"})
"""Only these outcomes may decide anything; the others leave the fact not known."""
NOTHING: Reading = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text was read as.

    `reading` holds what is sure of it: all of it for `this`; for `another` what is known of the other thing; for the
    rest what a part of the text tells (a degree whose field is still to be asked). `choices` are the readings that
    may be meant. `why` is the key of a sentence of the messages (section `recognised`), with its arguments.
    """

    kind: str
    text: str
    outcome: Outcome
    reading: Reading = field(default_factory=lambda: NOTHING)
    choices: tuple[Reading, ...] = ()
    why: str = "known"
    args: Mapping[str, object] = field(default_factory=lambda: NOTHING)

    @property
    def decides(self) -> bool:
        """Whether anything may follow from it."""
        return self.outcome in DECIDES


def mapping(**values: Value | None) -> Reading:
    """A reading without what is not told."""
    return MappingProxyType({key: value for key, value in values.items() if value is not None})
