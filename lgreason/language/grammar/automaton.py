"""The parser: it runs the LALR tables that lark works out of a grammar, and tells what it would take before it does.

lark's own parser builds its trees while it looks ahead, which a failed attempt cannot take back; so this one asks
first (`takes`) and builds afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from lark.grammar import Rule
from lark.parsers.lalr_analysis import Shift

from lgreason.language.grammar.nodes import Node, Span, WordNode

Value: TypeAlias = Node | WordNode | tuple[Node | WordNode, ...]
"""What stands for a symbol: a node or a word, or the parts of what adds no node of its own."""


Reduction: TypeAlias = tuple[int, str, "str | None"]
"""A rule as it is undone: how many symbols it joins, into which, and of what kind the node is (none: no node).

A plain tuple, as tables are kept between runs: making objects of them takes longer than all else at the start.
"""


@dataclass(frozen=True, slots=True)
class ParseTable:
    """An LALR table: by state and terminal the next state or the rule to undo, by state and symbol where to go on."""

    actions: Mapping[int, Mapping[str, int | Reduction]]
    onward: Mapping[int, Mapping[str, int]]
    start: int
    end: int


def table_of(states: Any, start: int, end: int, symbols: frozenset[str]) -> ParseTable:
    """The table in lark's `states`; `symbols` are those that have rules."""
    actions: dict[int, dict[str, int | Reduction]] = {}
    onward: dict[int, dict[str, int]] = {}
    undone: dict[Rule, Reduction] = {}
    for state, row in states.items():
        actions[state], onward[state] = {}, {}
        for symbol, (action, argument) in row.items():
            if action is not Shift:
                if argument not in undone:
                    name = str(argument.origin.name)
                    kind = None if name.startswith("_") else str(argument.alias or name)
                    undone[argument] = len(argument.expansion), name, kind
                actions[state][symbol] = undone[argument]
            elif symbol in symbols:
                onward[state][symbol] = argument
            else:
                actions[state][symbol] = argument
    return ParseTable(actions, onward, start, end)


class Automaton:
    """One run over a table."""

    def __init__(self, table: ParseTable) -> None:
        """Stand at the beginning."""
        self._table = table
        self._states = [table.start]
        self._values: list[Value] = []
        self._places: list[Span | None] = []

    def copy(self) -> Automaton:
        """Another run that has come as far, to try what this one is not to take."""
        other = Automaton(self._table)
        other._states = self._states.copy()
        other._values = self._values.copy()
        other._places = self._places.copy()
        return other

    @property
    def state(self) -> int:
        """The state reached."""
        return self._states[-1]

    @property
    def standing(self) -> tuple[int, ...]:
        """The states gone through: runs that stand alike go on alike."""
        return tuple(self._states)

    @property
    def last(self) -> str | None:
        """The kind of the word taken last, if it stands in the tree."""
        value = self._values[-1] if self._values else None
        return value.kind if isinstance(value, WordNode) else None

    def mean(self, word: WordNode) -> None:
        """Let the word taken last be another: what follows has told which of its meanings it has."""
        self._values[-1] = word

    def takes(self, terminal: str) -> bool:
        """Whether the terminal may come next."""
        actions, onward = self._table.actions, self._table.onward
        action = actions[self._states[-1]].get(terminal)
        if action is None or not isinstance(action, tuple):
            return action is not None
        states = self._states.copy()
        while isinstance(action, tuple):
            size, origin, _ = action
            if size:
                del states[-size:]
            states.append(onward[states[-1]][origin])
            action = actions[states[-1]].get(terminal)
            if action is None and terminal == "$END":
                return states[-1] == self._table.end
        return action is not None

    def take(self, terminal: str, value: Value, place: Span | None = None) -> bool:
        """Take a terminal if it may come next, and tell whether it may; `value` stands for it in the tree."""
        actions, onward = self._table.actions, self._table.onward
        states = self._states
        action = actions[states[-1]].get(terminal)
        if isinstance(action, tuple):
            # The states as they would be are worked out first, and the trees built once it is sure that they fit.
            states = states.copy()
            undone: list[Reduction] = []
            while isinstance(action, tuple):
                undone.append(action)
                size, origin, _ = action
                if size:
                    del states[-size:]
                states.append(onward[states[-1]][origin])
                action = actions[states[-1]].get(terminal)
            if action is not None:
                for reduction in undone:
                    self._join(reduction)
        if action is None:
            return False
        states.append(action)
        self._states = states
        self._values.append(value)
        self._places.append(place)
        return True

    def finish(self) -> Node:
        """The tree of a text that may end here."""
        actions, onward = self._table.actions, self._table.onward
        while isinstance(action := actions[self._states[-1]].get("$END"), tuple):
            self._join(action)
            size, origin, _ = action
            if size:
                del self._states[-size:]
            self._states.append(onward[self._states[-1]][origin])
        (value,) = self._values[-1:]
        assert isinstance(value, Node)
        return value

    def _join(self, reduction: Reduction) -> None:
        """Make one value of the last ones."""
        size, _, kind = reduction
        values = self._values
        parts: list[Node | WordNode] = []
        if size:
            for value in values[-size:]:
                if isinstance(value, tuple):
                    parts += value
                else:
                    parts.append(value)
            del values[-size:]
        places = [place for place in self._places[-size:] if place is not None] if size else []
        if size:
            del self._places[-size:]
        self._places.append((places[0][0], places[-1][1]) if places else None)
        if kind is None:
            values.append(tuple(parts))
        else:
            spans = [part.span for part in parts if part.span]
            span = (spans[0][0], spans[-1][1]) if spans else None
            if kind == "stated" or span is None:
                span = self._places[-1]
            values.append(Node(kind, tuple(parts), span))
