"""Clauses as a sentence states them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lgreason.language.grammar.nodes import Node, Span
from lgreason.language.lexicon.algebra import Test
from lgreason.language.reading.faults import Fault
from lgreason.rules.terms import Fn, Value

BEYOND_SENTENCES = frozenset({"in_scope", "held_on", "filed_before"})
"""Kinds of nodes that no sentence of the grammars says: they are made of amending texts alone."""
REFERENCES = ("same", "any_of_ids", "all_of_ids", "whichever_of_ids")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one clause demands; `node` is the part of the sentence that says it, `role` its part in the rule."""

    id: str
    node: Node
    role: str = ""
    says: Fn | None = None
    parts: tuple[str, ...] = ()
    exceptions: tuple[tuple[str, Fn], ...] = ()
    measures: str | None = None
    counts: tuple[Fn, ...] = ()
    expression: Fn | None = None
    test: Test | None = None
    of: str | None = None


@dataclass(slots=True)
class Meaning:
    """What a sentence comes to: its clauses, the root first, other facts, and what is wrong with it.

    `refers` are the clauses that it names, with where; `lowers` the default that a reduction says it lowers.
    """

    clauses: list[Stated] = field(default_factory=list)
    facts: list[tuple[str, tuple[Value, ...]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refers: list[tuple[str, Span]] = field(default_factory=list)
    lowers: list[tuple[str, Fn, Span]] = field(default_factory=list)
