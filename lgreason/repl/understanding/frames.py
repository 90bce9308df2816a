"""The frames of `grammar/frames.toml`: which chunks a question must have, and which it may have."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lgreason.repl.understanding.chunks import Chunk
from lgreason.rules.knowledge import folder


@dataclass(frozen=True, slots=True)
class Frame:
    """What must stand in a sentence for it to ask something, what may, and what may more than once."""

    ask: str
    needs: tuple[frozenset[str], ...]
    allowed: frozenset[str]
    many: frozenset[str]
    set: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, chunks: Sequence[Chunk]) -> bool:
        """Whether each chunk has its place here, and none that is needed is wanting."""
        seen: set[str] = set()
        for chunk in chunks:
            if not chunk.called & self.allowed:
                return False
            for name in chunk.called & _ONCE & self.allowed:
                if name in seen and name not in self.many:
                    return False
                seen.add(name)
        return all(any(chunk.called & need for chunk in chunks) for need in self.needs)


_ONCE = frozenset(
    {
        *("persons", "position", "post", "unit", "clause", "reading", "class", "degree"),
        *("on", "by", "span", "number", "file", "c_level", "WHY", "WHEN", "HOW", "work", "rank"),
    }
)
"""What a sentence of one question has once."""


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame, in the order in which they are tried."""
    with (folder("grammar") / "frames.toml").open("rb") as stream:
        data = tomllib.load(stream)
    groups: Mapping[str, list[str]] = data["groups"]
    return tuple(_frame(row, groups, data["neutral"]) for row in data["frame"])


def _frame(row: Mapping[str, Any], groups: Mapping[str, list[str]], neutral: list[str]) -> Frame:
    needs = tuple(frozenset(_spread(need.split("|"), groups)) for need in row["needs"])
    may = frozenset(_spread(row.get("may", ()), groups))
    allowed = may.union(*needs).union(neutral if row.get("neutral", True) else ())
    return Frame(row["ask"], needs, allowed, frozenset(row.get("many", ())), row.get("set", {}))


def _spread(names: Iterable[str], groups: Mapping[str, list[str]]) -> Iterator[str]:
    for name in names:
        if name.startswith("@"):
            yield from _spread(groups[name[1:]], groups)
        else:
            yield name


def fitting(chunks: Sequence[Chunk]) -> Iterator[Frame]:
    """The frames in which each of some chunks has its place."""
    return (frame for frame in frames() if frame.fits(chunks))
