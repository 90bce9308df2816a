"""The tokens of a sentence: what may stand at a place of its plain text, with all that it may mean there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lgreason.repl.understanding.times import TimeSaid
from lgreason.words.forms import Kind

UNREAD = "UNREAD"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a plain text: the words that it may be (`tags`), and what it names by kind.

    A token of the tag `UNREAD` was not understood. `slips` is what it was taken for, where it is misspelt.
    """

    start: int
    end: int
    text: str
    tags: frozenset[str] = frozenset()
    names: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    time: TimeSaid | None = None
    number: int | None = None
    slips: str = ""

    @property
    def unread(self) -> bool:
        """Whether nothing was understood of it."""
        return UNREAD in self.tags
