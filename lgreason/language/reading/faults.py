"""What is wrong with a piece of text, and the changes that put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lgreason.language.grammar.nodes import Span


class Edit(NamedTuple):
    """A change of a text: from where to where, and what is to stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """What could stand where a sentence makes no sense.

    `near` are admitted words like what stands there, the likest first, each with the piece that it is like; `fitting`
    are words that could be put before it, as written, each with the sort that it is of.
    """

    near: tuple[tuple[str, Span], ...] = ()
    fitting: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a piece of text: the code of a finding, its place, its arguments, and a better text.

    `edits` put it right, ready to apply; `safe` are those that change no meaning, such as a sign that cannot be seen.
    `stuck` is for who looks for such edits.
    """

    code: str
    span: Span
    args: Mapping[str, object] = field(default_factory=dict)
    suggestion: str | None = None
    severity: str = "error"
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    stuck: Stuck | None = field(default=None, compare=False)
