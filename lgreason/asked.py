"""What a sentence comes to: a question, or how far it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Ask = Literal[
    "why", "check", "positions", "show", "people", "load", "as_of", "lang", "reading", "help", "quit"
]


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone or something named: the ids that the name may stand for. Two names of the same are equal."""

    ids: tuple[str, ...]
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Without `persons` the person spoken of last is meant, without `position` the position spoken of last. `text` is
    the file to load, the day as written (`today`), the language, or the reading (`A-05`, `A-05=title`).
    """

    ask: Ask
    persons: tuple[Mention, ...] = ()
    position: Mention | None = None
    clause: Mention | None = None
    text: str = ""
    full: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What could stand somewhere: a kind of name (`PERSON_NAME`, `DATE`, …), the `END`, or one of the `words`."""

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """No question: how far the sentence was understood, what was expected there, and the nearest question."""

    line: str
    understood: str
    rest: str
    expected: tuple[Expected, ...]
    suggestion: Question


@dataclass(frozen=True, slots=True)
class Reached:
    """A place in a sentence up to which it was understood, and the words that the grammar admits there."""

    start: int
    names: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    """Plain form and form shown of each name that completion offers, and of each other word."""
    takes_file: bool = False
