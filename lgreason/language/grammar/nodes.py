"""What a sentence says, whatever its language: a tree of kinds and words, with the place where each was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""From where to where something stands in a file, in characters."""


@dataclass(frozen=True, slots=True)
class WordNode:
    """A word of the vocabulary, a number or an id: its terminal in the grammar and what it stands for.

    `written` are the author's own signs where they are kept: the digits of a number, an item as it is cited.
    """

    kind: str
    value: str
    span: Span | None = field(default=None, compare=False)
    written: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a sentence: its kind and its parts. Where it was written does not tell two nodes apart.

    `mark` is the number of an item as its author wrote it, or what was written of declared facts.
    """

    kind: str
    parts: tuple[Node | WordNode, ...] = ()
    span: Span | None = field(default=None, compare=False)
    mark: str | None = field(default=None, compare=False)

    def words(self, kind: str) -> tuple[str, ...]:
        """The values of its own words of a kind."""
        return tuple(part.value for part in self.parts if isinstance(part, WordNode) and part.kind == kind)

    def nodes(self, *kinds: str) -> tuple[Node, ...]:
        """Its own nodes, or those of some kinds."""
        if not kinds:
            return tuple(part for part in self.parts if isinstance(part, Node))
        return tuple(part for part in self.parts if part.kind in kinds and isinstance(part, Node))

    def walk(self) -> Iterator[Node | WordNode]:
        """The node and all below it."""
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.walk()
            else:
                yield part


def marked(node: Node, marks: Iterator[str], said: Callable[[Span], str]) -> Node:
    """The node with the numbers of its items, given in the order of the text, and what its author wrote of facts."""
    if node.kind == "stated" and node.span is not None:
        return Node(node.kind, node.parts, node.span, said(node.span))
    if not any(isinstance(part, Node) for part in node.parts):
        return node
    mark = next(marks, None) if node.kind == "item" else node.mark
    parts = tuple(marked(part, marks, said) if isinstance(part, Node) else part for part in node.parts)
    return Node(node.kind, parts, node.span, mark)


def bare(node: Node) -> Node:
    """A tree without the words of its author, to be written in those of the grammar."""
    parts = tuple(bare(part) if isinstance(part, Node) else part for part in node.parts)
    return Node(node.kind, parts, node.span)
