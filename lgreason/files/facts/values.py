"""What files state of declared facts, as values.

A date is a `date`, or a `Between` where only its bounds are told; a number a `Fraction`, yes or no a `bool`, a
year its number (C.E.), a term or a named value a `Term`, a score a `Score`, any other text a `str`. An entry is a
mapping from attributes to values, a list of entries or of terms a tuple. What the file says is none is `NONE`; what
it says but was not understood is `UNREAD`, and what it does not say is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction


class Nothing(Enum):
    """The one value of what is known to be none."""

    NONE = "none"


NONE: Final = Nothing.NONE


class UnreadText(Enum):
    """The one value of what a file says in words that were not understood: not known, whatever absence would mean."""

    UNREAD = "unread"


UNREAD: Final = UnreadText.UNREAD


@dataclass(frozen=True, slots=True)
class Between:
    """A day not told exactly: the first and the last that it may be."""

    first: date
    last: date


class Term(NamedTuple):
    """What a text was read as: the id of a term, or `None` for a text that is no listed term."""

    id: str | None
    text: str


class Score(NamedTuple):
    """A score and the full score of its part, either of which may not be known."""

    score: Fraction | None
    full: Fraction | None

    @property
    def percent(self) -> Fraction | None:
        """The score in per cent of the full score."""
        return None if self.score is None or not self.full else 100 * self.score / self.full


Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a subject by declared facts: `facts` by id, and what its typed lists say besides.

    `more` holds, for a list that the program types itself (`postings`), the further attributes of each entry.
    """

    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    more: Mapping[str, tuple[Entry, ...]] = field(default_factory=lambda: MappingProxyType({}))


NO_FACTS: Final = Given()
