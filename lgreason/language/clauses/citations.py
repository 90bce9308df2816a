"""Clauses cited by the number printed beside them («ข้อ ๒.๒», "item 2.2"): which clause of the instrument that is.

A number means, first, an item of the rule itself; then the clause of that number in the same part of the same
document (the same level of a position standard); then the only one of that number in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from lgreason.language.grammar.nodes import Node, Span, WordNode
from lgreason.language.grammar.plain import plain_text
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.records import Rule
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Text

_PLACE = re.compile(r"^(.*?)(?:ข้อ ?|\b(?:item|clause) )([0-9]+(?:\.[0-9]+)*(?: ?\([0-9]+\))*)(.*)$")
_NUMBER = re.compile(r"[0-9]")
Place = tuple[str, str]
"""Where a clause stands in its document: the part of it, as it is called in one language, and the number printed."""


def printed_place(place: Text) -> Iterator[tuple[Place, str]]:
    """The part and number of a place, in each language; what stands behind the number is given too."""
    for text in dict.fromkeys(place):
        if match := _PLACE.match(plain_text(text)):
            yield (match[1].strip(" ,"), match[2].replace(" ", "")), match[3].strip()


class Citations:
    """The printed numbers of the clauses of some rules and of the knowledge base that they stand over."""

    def __init__(self, kb: KnowledgeBase, rules: Iterable[Rule]) -> None:
        """Take what may be cited."""
        self._kb = kb
        self._rules = tuple(rules)

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """By document and number: in which part the number is printed beside which clause."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        for clause in self._kb.clauses.values():
            for (part, number), more in printed_place(clause.place):
                if not more:
                    found.setdefault(clause.document, {}).setdefault(number, {})[part] = clause.id
        for rule in self._rules:
            if rule.document and rule.place:
                for (part, number), more in printed_place(rule.place):
                    if not more and rule.amends is None:
                        found.setdefault(rule.document, {}).setdefault(number, {})[part] = rule.id
        return found

    def resolved(self, rule: Rule) -> tuple[Rule, list[Fault]]:
        """The rule with ids for the printed numbers that it cites, and what is wrong with them."""
        nodes = (*((rule.node,) if rule.node else ()), *rule.table)
        if not any(_cites(node) for node in nodes):
            return rule, []
        reader = _Resolving(rule, self._known.get(rule.document or "", {}))
        node = reader.node(rule.node) if rule.node else None
        table = tuple(reader.node(node) for node in rule.table)
        return replace(rule, node=node, table=table), reader.faults


def _cites(node: Node) -> bool:
    return (
        node.kind == "reduction_here"
        or any(
            isinstance(part, WordNode) and part.kind == "CLAUSE_ID" and part.value[:1].isdigit()
            for part in node.walk()
        )
        or any(isinstance(part, Node) and part.kind == "position_under" for part in node.walk())
    )


class _Resolving:
    """One rule whose citations are being resolved."""

    def __init__(self, rule: Rule, known: Mapping[str, Mapping[str, str]]) -> None:
        self._rule = rule
        self._known = known
        self._own = dict(_own_items(rule.id, rule.node)) if rule.node else {}
        places = list(printed_place(rule.place)) if rule.place else []
        self._places = [place for place, _ in places]
        self._behind = any(more for _, more in places)
        self.faults: list[Fault] = []

    def node(self, node: Node, part: str | None = None) -> Node:
        """The node with ids for printed numbers."""
        parts: list[Node | WordNode] = []
        for below in node.parts:
            if isinstance(below, Node):
                parts.append(self.node(below))
            elif below.kind == "CLAUSE_ID" and below.value[:1].isdigit():
                parts.append(self._word(below, part))
            else:
                parts.append(below)
                if below.kind == "CLAUSE_ID":
                    part = self._part_of(below.value)
        if node.kind == "reduction_here":
            return self._reduction(node, tuple(parts))
        return Node(node.kind, tuple(parts), node.span, node.mark)

    def _part_of(self, identity: str) -> str | None:
        for parts in self._known.values():
            for part, other in parts.items():
                if other == identity:
                    return part
        return None

    def _word(self, word: WordNode, part: str | None) -> WordNode:
        number = word.value.replace(" ", "")
        identity = self._found(number, part)
        if identity is None:
            self._unknown(number, word.span or self._rule.span)
            return word
        return WordNode(word.kind, identity, word.span, word.written)

    def _found(self, number: str, part: str | None) -> str | None:
        if part is None and number in self._own:
            return self._own[number]
        by_part = self._known.get(number, {})
        for mine in [part] if part is not None else [own for own, _ in self._places]:
            if mine in by_part:
                return by_part[mine]
        ids = tuple(dict.fromkeys(by_part.values()))
        return ids[0] if len(ids) == 1 else None

    def _unknown(self, number: str, span: Span) -> None:
        ids = tuple(dict.fromkeys(self._known.get(number, {}).values()))
        if ids:
            args = {"found": number, "choices": ids}
            self.faults.append(Fault("rule_cited_several", span, args, ids[0]))
            return
        numbers = (*self._own, *self._known)
        near = tuple(n for n in numbers if n.startswith(number.partition(".")[0]))[:6] or tuple(numbers)[:6]
        self.faults.append(Fault("rule_cited_unknown", span, {"found": number, "known": near}))

    def _reduction(self, node: Node, parts: tuple[Node | WordNode, ...]) -> Node:
        """A reduction that names no clause is of the item in which it stands as a further sentence."""
        for _, number in self._places:
            target = self._found(number, None) if self._behind else None
            if target is not None and target != self._rule.id:
                before, *rest = parts
                return Node("reduction", (before, WordNode("CLAUSE_ID", target), *rest), node.span)
        self.faults.append(Fault("rule_reduces_what", node.span or self._rule.span))
        return Node(node.kind, parts, node.span)


def _own_items(identity: str, node: Node, above: str = "") -> Iterator[tuple[str, str]]:
    """The printed numbers of the items of a rule, with the ids that its items get."""
    number = 0
    for part in node.parts:
        if not isinstance(part, Node):
            continue
        if part.kind != "item":
            yield from _own_items(identity, part, above)
            continue
        number += 1
        tags = part.words("TAG")
        below = tags[0] if tags else f"{identity}.{number}"
        mark = plain_text(part.mark or f"({number})").lstrip("- ")
        printed = mark.rstrip(".") if _NUMBER.match(mark) else above + mark
        yield printed, below
        yield from _own_items(below, part, printed)
