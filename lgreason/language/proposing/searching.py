"""Trees that a sentence may have meant: its words in order, without what says nothing or is not understood.

The cheapest come first: it costs to pass over a stretch, and more to put in a word that the author did not write. A
name, a number, a bound, a denial or a conjunction is never passed over.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from lgreason.language.grammar.automaton import Automaton, Value
from lgreason.language.grammar.grammars import Grammar
from lgreason.language.grammar.nodes import Node, WordNode, bare
from lgreason.language.proposing.contents import Bit
from lgreason.language.reading.choices import Admitting
from lgreason.language.reading.stuck import AS_WRITTEN, KEPT
from lgreason.words.plain import Plain

MOST_STEPS = 6_000
MOST_FOUND = 24
MOST_DEARER = 4.0
"""So much more than the cheapest tree another may cost."""
_SILENT, _GAP, _SIGN, _PUT, _SHORTER = 0.3, 1.0, 0.05, 3.0, 0.1
MOST_PUT = 2


@dataclass(frozen=True, slots=True)
class Meant:
    """A tree, what it cost, and the stretches of the plain text that are not in it because nothing knows them."""

    node: Node
    cost: float
    unread: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Stand:
    at: int
    run: Automaton
    unread: tuple[tuple[int, int], ...] = ()
    put: int = 0


class TreeSearch:
    """Looks for the trees of one language."""

    def __init__(self, words: Admitting) -> None:
        """Take the words and the grammar."""
        self._words = words
        self._puttable = tuple(_puttable(words.grammar))

    def trees(self, plain: Plain, bits: list[Bit], passed: Callable[[int], bool]) -> Iterator[Meant]:
        """The trees of a plain text, the cheapest first; none where more must be put in than a word or two.

        `passed` tells whether a stretch that is not understood, by its number, may be passed over.
        """
        table = self._words.grammar.table
        text = plain.text[: bits[-1].end] if bits else ""
        skips = _skips(bits, passed)
        order = count()
        waiting = [(0.0, next(order), _Stand(0, Automaton(table)))]
        seen: set[tuple[int, tuple[int, ...]]] = set()
        found: set[Node] = set()
        best = float("inf")
        for _ in range(MOST_STEPS):
            if not waiting:
                return
            cost, _, stand = heapq.heappop(waiting)
            if cost > best + MOST_DEARER or len(found) >= MOST_FOUND:
                return
            key = (stand.at, stand.run.standing)
            if key in seen and stand.put == 0 and not stand.unread:
                continue
            seen.add(key)
            at = stand.at
            while at < len(text) and text[at] == " ":
                at += 1
            if at >= len(text) and stand.run.takes("$END"):
                node = bare(stand.run.copy().finish())
                if node not in found:
                    found.add(node)
                    best = min(best, cost)
                    yield Meant(node, cost, stand.unread)
                continue
            for more, after in self._steps(plain, text, at, stand, skips):
                heapq.heappush(waiting, (cost + more, next(order), after))

    def _steps(
        self, plain: Plain, text: str, at: int, stand: _Stand, skips: dict[int, tuple[int, bool]]
    ) -> Iterator[tuple[float, _Stand]]:
        taken = 0
        for terminal, ids, end in self._words.choices(stand.run.state).at(text, at):
            if len(ids) > 1:
                continue
            written = plain.as_written(at, end) if terminal in AS_WRITTEN else None
            kept: Value = WordNode(terminal, ids[0], (at, end), written) if terminal in KEPT else ()
            run = stand.run.copy()
            if run.take(terminal, kept, (at, end)):
                yield _SHORTER * taken, _Stand(end, run, stand.unread, stand.put)
                taken += 1
        if (skip := skips.get(at)) is not None:
            end, unread = skip
            left = (*stand.unread, (at, end)) if unread else stand.unread
            cost = _GAP + _SIGN * (end - at) if unread else _SILENT
            yield cost, _Stand(end, stand.run, left, stand.put)
        if not taken and stand.put < MOST_PUT:
            for terminal in self._puttable:
                run = stand.run.copy()
                if run.take(terminal, (), None):
                    yield _PUT, _Stand(at, run, stand.unread, stand.put + 1)


def _skips(bits: list[Bit], passed: Callable[[int], bool]) -> dict[int, tuple[int, bool]]:
    """Where a stretch may be passed over: to where, and whether that is because nothing knows it."""
    found: dict[int, tuple[int, bool]] = {}
    for number, bit in enumerate(bits):
        if not bit.known:
            if not passed(number):
                continue
            for at in range(bit.start, bit.end):
                found[at] = (bit.end, True)
        elif bit.silent and number + 1 < len(bits):  # a sentence that ends so is not whole
            found[bit.start] = (bit.end, False)
    return found


def _puttable(grammar: Grammar) -> Iterator[str]:
    """Words that an author may have left out: that one must, that one has, and the end of "from … up"."""
    musts = grammar.rules["_must"]
    yield musts[0].expansion[0].name
    for kind in ("having", "of"):
        for rule in grammar.rules["sign"]:
            if rule.alias == kind and len(rule.expansion) == 1:
                yield rule.expansion[0].name
                break
    for rule in grammar.rules["sign"]:
        if rule.alias == "at_least" and len(rule.expansion) == 3:
            yield rule.expansion[2].name
            return
