"""A reason tree as a page shows it: which nodes stand open, and the lines of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lgreason.reasoning.cases import tree
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.model import Clause
from lgreason.rules.terms import Truth


@dataclass(frozen=True, slots=True)
class Branch:
    """A clause of the tree with what it came to, ready to be shown."""

    clause: Clause
    holds: Truth
    place: str
    text: str
    quote: str | None
    gate: str
    is_exception: bool
    is_open: bool
    lines: tuple[Line, ...]
    children: tuple[Branch, ...]


def branches(
    root: tree.ReasonNode[Any, Any], lines: Callable[[Any], Iterable[Line]], wording: Wording
) -> Branch:
    """The tree; what the answer rests on stands open. `lines` tells what was measured at a node."""
    rests_on: set[int] = set()

    def decide(node: tree.ReasonNode[Any, Any]) -> None:
        rests_on.add(id(node))
        for part in node.rests_on:
            decide(part)

    decide(root)

    def branch(node: tree.ReasonNode[Any, Any]) -> Branch:
        clause, language = node.clause, wording.language
        op = clause.op or ""
        return Branch(
            clause=clause,
            holds=node.holds,
            place=clause.place.into(language),
            text=clause.gloss.into(language),
            quote=clause.quote,
            gate=wording.say(f"gate.{op}") if node.children and wording.has(f"gate.{op}") else "",
            is_exception=node.defeats,
            is_open=id(node) in rests_on,
            lines=tuple(lines(node)),
            children=tuple(branch(child) for child in node.children),
        )

    return branch(root)
