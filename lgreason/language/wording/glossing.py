"""A sentence as a gloss says it: what its author spelled out only to be exact is said in the plain words for it."""

from __future__ import annotations

from lgreason.language.grammar.nodes import Node, WordNode

_PLAIN = {
    "any_field_accepted": "any_field",
    "position_under": "position",
    "reduction_here": "requires",
    "whichever_of_ids": "any_of_ids",
}


def glossed(node: Node) -> Node:
    """The node without the names of all the committees, and without a clause that only tells which post is meant."""
    if node.kind == "stated":
        return node
    parts: list[Node | WordNode] = []
    for part in node.parts:
        if isinstance(part, Node) and part.kind != "committees":
            parts.append(glossed(part))
        elif isinstance(part, WordNode) and not (node.kind == "position_under" and part.kind == "CLAUSE_ID"):
            parts.append(WordNode("TYPE_NAME", part.value) if part.kind == "TYPE_ALONE" else part)
    if node.kind == "reduction_here":
        parts = parts[2:]
    return Node(_PLAIN.get(node.kind, node.kind), tuple(parts), node.span, node.mark)
