"""What an answer points to in a file: entries that count, and facts that it does not give."""

from __future__ import annotations

from dataclasses import dataclass

from lgreason.reasoning.cases.counting import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the file: the list it stands in and its number there, counted from 1."""

    list: str
    number: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the file does not give: the list, the entry (none: the whole list) and the key.

    `span`: the days of the round of which the file has no entry.
    """

    list: str
    number: int | None = None
    key: str | None = None
    span: Span | None = None
