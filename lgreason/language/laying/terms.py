"""Terms of time as amendments write them, and clauses' nodes with a term changed."""

from __future__ import annotations

import re
from dataclasses import replace

from lgreason.language.amending.numbers import counted
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.words.plain import plain_text

_THAI = re.compile(r"([0-9]+|[ก-๎]+?)(ปี|เดือน)(?:([0-9]+|[ก-๎]+?)เดือน)?")
_ENGLISH = re.compile(r"([0-9]+|[a-z-]+) (year|month)s?(?: and ([0-9]+|[a-z-]+) months?)?")
_AMOUNTS = frozenset({"years", "months", "years_and_months"})
_CHANGES = frozenset({"reduced", "raised"})


def months_of(text: str) -> int | None:
    """How many months a term as written comes to; `None` where it is no term of years and months."""
    text = plain_text(text)
    match = _THAI.fullmatch(text) or _ENGLISH.fullmatch(text)
    if match is None:
        return None
    first, more = counted(match[1]), counted(match[3]) if match[3] else 0
    if first is None or more is None:
        return None
    return first * (12 if match[2] in ("ปี", "year") else 1) + more


def amount(months: int) -> Node:
    """A term of so many months as it is best said."""
    years, rest = divmod(months, 12)
    if not years or (rest and months < 24):
        return Node("months", (WordNode("NUMERAL", str(months)),))
    if not rest:
        return Node("years", (WordNode("NUMERAL", str(years)),))
    return Node("years_and_months", (WordNode("NUMERAL", str(years)), WordNode("NUMERAL", str(rest))))


def months_in(node: Node) -> int:
    """How many months a node of a term says."""
    numbers = [int(word.value) for word in node.parts if isinstance(word, WordNode)]
    if node.kind == "years_and_months":
        return 12 * numbers[0] + numbers[1]
    return numbers[0] * (12 if node.kind == "years" else 1)


def terms(node: Node) -> list[int]:
    """The terms that a node demands, in months, without those to which it reduces or raises them."""
    found = []
    for part in node.nodes():
        if part.kind == "at_least" and part.nodes() and part.nodes()[0].kind in _AMOUNTS:
            found.append(months_in(part.nodes()[0]))
        elif part.kind not in _CHANGES and part.kind != "instead":
            found += terms(part)
    return found


def retimed(node: Node, old: int, new: int) -> Node:
    """A node with a term changed, also where a reduction of it names it."""
    parts: list[Node | WordNode] = []
    for part in node.parts:
        if not isinstance(part, Node):
            parts.append(part)
        elif part.kind == "at_least" and part.nodes() and part.nodes()[0].kind in _AMOUNTS:
            mine = part.nodes()[0]
            parts.append(replace(part, parts=(amount(new),)) if months_in(mine) == old else part)
        elif part.kind in _CHANGES:
            first, *rest = part.parts
            assert isinstance(first, Node)
            changed = amount(new) if months_in(first) == old else first
            parts.append(replace(part, parts=(changed, *rest)))
        else:
            parts.append(retimed(part, old, new))
    return replace(node, parts=tuple(parts))
