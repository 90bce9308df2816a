"""What a part of a sentence demands: lists, references, and the leaves of persons and organisations."""

from __future__ import annotations

import re

from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.meaning.amounts import TIME
from lgreason.language.meaning.clause import Stated
from lgreason.language.meaning.organisations import OrganisationDemands
from lgreason.language.meaning.pieces import first
from lgreason.language.reading.faults import Fault
from lgreason.rules.terms import Fn

_WHOLE_NUMBER = re.compile(r"[0-9๐-๙]+(?:\.[0-9๐-๙]+)*\.?")


def _split(node: Node) -> tuple[Node, list[Node]]:
    """What a list demands, and what is provided of whichever of its items it is."""
    provisos = [proviso.nodes()[0] for proviso in node.nodes("proviso")]
    items = tuple(part for part in node.parts if part.kind != "proviso")
    return Node(node.kind, items, node.span), provisos


class Demands(OrganisationDemands):
    """Reads demands, with their items."""

    def _said(
        self, identity: str, node: Node
    ) -> tuple[Fn, tuple[str, ...], tuple[tuple[str, Fn], ...], str | None, tuple[Fn, ...]]:
        match node.kind:
            case "same":
                self._refer(node)
                return Fn("same", (node.words("CLAUSE_ID")[0],)), (), (), None, ()
            case "whichever_of_ids":
                # «ผู้มีคุณสมบัติ … ข้อ ๑.๒ และข้อ ๑.๓» are those of the one and those of the other.
                span = node.span or self._whole
                self.found.faults.append(Fault("rule_and_each", span, {}, severity="warning"))
                self._refer(node)
                return Fn("any"), node.words("CLAUSE_ID"), (), None, ()
            case "any_of_ids" | "all_of_ids":
                self._refer(node)
                return Fn(node.kind[:3]), node.words("CLAUSE_ID"), (), None, ()
            case "free":
                return Fn("all"), (), (), None, ()
            case "any" if node.nodes("proviso"):
                # Demanded of whichever it is: where no list of all takes it as its own part, both are parts here.
                main, proviso = _split(node)
                below = [self._part(f"{identity}.main", main, "main")]
                below += [self._part(f"{identity}.proviso", also, "proviso") for also in proviso]
                return Fn("all"), tuple(below), (), None, ()
            case "all" | "any" | "none" | "k_of":
                return self._gate(identity, node), self._items(identity, node), (), None, ()
            case "either":
                parts = []
                for number, degree in enumerate(node.nodes(), 1):
                    alone = Node("qualification", (first(degree),), degree.span)
                    parts.append(self._part(f"{identity}.{number}", alone, f"({number})"))
                return Fn("any"), tuple(parts), (), None, ()
            case "qualification":
                counts = (*self._degrees(node.nodes("degree_in")[0]), *self._riders(node))
                return Fn("at_least", (Fn("count", (1,)),)), (), (), "qualification", counts
            case "service" | "service_now" | "service_unclear":
                return self._service(identity, node)
            case "experience":
                works = tuple(Fn("work", (Fn(work),)) for work in node.words("WORK_NAME"))
                series = tuple(
                    Fn("series", (Fn(s),))
                    for part in node.nodes("in_series")
                    for s in part.words("SERIES_NAME")
                )
                counts = (*works, *series, *self._riders(node))
                bound = self._bound(node.nodes("at_least")[0], TIME)
                return bound, (), self._changes(identity, node, bound, TIME), "experience", counts
        return self._of_organisation(identity, node)

    def _gate(self, identity: str, node: Node) -> Fn:
        del identity
        if node.kind != "k_of":
            return Fn(node.kind)
        number, *total = (part for part in node.parts if isinstance(part, WordNode))
        needed, of = self._whole_number(number), len(node.nodes("item"))
        if needed == 0:
            self.found.faults.append(Fault("rule_zero", number.span or self._whole, severity="warning"))
        if total and self._whole_number(total[0]) != of:  # «สองในสามข้อ», and there are four
            args = {"found": self._whole_number(total[0]), "items": of}
            self.found.faults.append(Fault("rule_k_of_items", total[0].span or self._whole, args))
        if not needed <= of:
            args = {"found": needed, "most": of}
            self.found.faults.append(Fault("rule_k_of_range", number.span or self._whole, args))
        return Fn("k_of", (needed,))

    def _items(self, identity: str, node: Node) -> tuple[str, ...]:
        parts: list[tuple[str, Node]] = []
        for number, item in enumerate(node.nodes("item"), 1):
            tags = item.words("TAG")
            mark = item.mark if item.mark and _WHOLE_NUMBER.fullmatch(item.mark) else f"({number})"
            demanded, also = item.nodes()[0], list(item.nodes("proviso"))
            provisos = [proviso.nodes()[0] for proviso in also]
            below = tags[0] if tags else f"{identity}.{number}"
            if node.kind == "all" and demanded.kind == "any":
                demanded, more = _split(demanded)
                provisos = [*more, *provisos]
            if provisos and node.kind != "all":
                self._together(below, demanded, provisos, mark)
                parts.append((below, item))
                continue
            if tags:
                self._demand(below, demanded, mark)
            else:
                below = self._part(below, demanded, mark)
            parts.append((below, item))
            for proviso in provisos:
                parts.append((self._part(f"{identity}.{number}.proviso", proviso, "proviso"), item))
        seen: set[str] = set()
        for part, item in parts:
            if part in seen:
                self.found.faults.append(Fault("rule_item_twice", item.span or self._whole, {"id": part}))
            seen.add(part)
        return tuple(part for part, _ in parts)

    def _together(self, identity: str, main: Node, provisos: list[Node], role: str) -> None:
        """A clause of one item that demands something and provides for more."""
        slot = self._slot(identity, main, role)
        parts = [self._part(f"{identity}.main", main, "main")]
        parts += [self._part(f"{identity}.proviso", proviso, "proviso") for proviso in provisos]
        self.found.clauses[slot] = Stated(identity, main, role, Fn("all"), tuple(parts))
