"""Sentences that were read before: someone who writes a file changes one, and has all others read again."""

from __future__ import annotations

from lgreason.language.grammar.nodes import Node, Span, WordNode
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.mending import read_on
from lgreason.language.reading.sentences import Sentences

MOST = 4_000
"""So many sentences are kept."""


class Remembered:
    """The sentences of one language over one vocabulary, each read once as long as it stays as it is."""

    def __init__(self, sentences: Sentences) -> None:
        """Take what reads them."""
        self.sentences = sentences
        self._known: dict[str, Node] = {}

    def read_on(self, written: str, offset: int) -> Node | tuple[Fault, ...]:
        """What a sentence that begins at `offset` says, or everything that is wrong with it, which is not kept."""
        known = self._known.get(written)
        if known is None:
            said = read_on(self.sentences, written, offset)
            if not isinstance(said, Node):
                return said
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[written] = _moved(said, -offset)
            return said
        return _moved(known, offset)


def _moved(node: Node, by: int) -> Node:
    parts = tuple(
        _moved(part, by)
        if isinstance(part, Node)
        else WordNode(part.kind, part.value, _span(part.span, by), part.written)
        for part in node.parts
    )
    return Node(node.kind, parts, _span(node.span, by), node.mark)


def _span(span: Span | None, by: int) -> Span | None:
    return None if span is None else (span[0] + by, span[1] + by)
