"""What an amending text changes, as values: one for each of its operations, with where each was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from lgreason.language.grammar.nodes import Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, and where they stand."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """The provision that is named: `text` as compared, without spaces; empty where none is named."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Replace:
    """A provision is replaced by new words."""

    target: Target
    new: Quoted


@dataclass(frozen=True, slots=True)
class Add:
    """A new item or paragraph, `as_` named so; `after` the one named, where that is said."""

    as_: Target
    new: Quoted
    after: Target | None = None


@dataclass(frozen=True, slots=True)
class Repeal:
    """A provision is taken out."""

    target: Target


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """Words of a provision give way to others, or others are put after or before them; none: they are taken out."""

    target: Target
    old: Quoted
    new: Quoted | None
    where: Literal["instead", "after", "before"] = "instead"


@dataclass(frozen=True, slots=True)
class TermChanged:
    """The term of a provision, `old` where it is said, becomes `new`; amounts as written. `since`: from that day."""

    target: Target
    old: str | None
    new: str
    span: Span
    since: date | None = None
    by: Literal[-1, 0, 1] = 0
    """Whether the term becomes `new`, or so much less or more."""


@dataclass(frozen=True, slots=True)
class DemandAdded:
    """Who is to hold a post must meet a further demand; `instead_of`: that whose place it was to take.

    With `term` the demand is that of `instead_of` with this term.
    """

    position: str
    scope: str
    demand: str
    span: Span
    instead_of: Target | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True)
class InPost:
    """Who held the post on the day before goes on meeting a provision; `on`: who held it on the day itself."""

    position: str
    target: Target
    span: Span
    on: Literal["eve", "day"] = "eve"
    dated: date | None = None
    """The day, where it is another than the first day of the text."""
    before: bool = False
    """Whether only the new words do not apply, so that those before them go on to."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Requests filed before the text is in force are decided by the words before it."""

    span: Span


@dataclass(frozen=True, slots=True)
class Exempt:
    """Who is to hold a post somewhere need not meet a provision."""

    position: str
    scope: str
    target: Target
    span: Span


Operation: TypeAlias = (
    Replace | Add | Repeal | WordsChanged | TermChanged | DemandAdded | Exempt | InPost | Pending
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which an operation of its own days has effect."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Amending:
    """An amending text: what it changes, of which document, from when and until when.

    `published` is the day of the announcement, `after_days` how long after it the text is in force; `unread` is what
    no operation explains.
    """

    text: str
    span: Span
    operations: tuple[Operation, ...] = ()
    periods: tuple[Period | None, ...] = ()
    """For each operation its own days, where not all have the same."""
    document: str | None = None
    unknown_document: Quoted | None = None
    since: date | None = None
    until: date | None = None
    published: date | None = None
    after_days: int | None = None
    unread: Quoted | None = None
    faults: tuple[tuple[str, Span, dict[str, object]], ...] = field(default=())

    @property
    def in_force(self) -> date | None:
        """The first day of the text, as far as it says it."""
        from datetime import timedelta

        if self.since is None and self.published is not None and self.after_days is not None:
            return self.published + timedelta(days=self.after_days)
        return self.since
