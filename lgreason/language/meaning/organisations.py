"""Demands on organisations: quantities, posts, units, and what opens a post."""

from __future__ import annotations

from fractions import Fraction

from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.lexicon.lists import NAMED_OF
from lgreason.language.meaning.amounts import fns
from lgreason.language.meaning.clause import Stated
from lgreason.language.meaning.persons import OfPersons
from lgreason.language.reading.faults import Fault
from lgreason.rules.terms import Fn

_BOUNDS = ("at_least", "at_most", "more_than")
_UNIT_OF = {
    "planned": "posts",
    "planned_in_unit": "posts",
    "filled": "posts",
    "vacant": "posts",
    "delegated": "units",
}


def scope_of(identity: str) -> Fn:
    """A scope by its id, `municipality.special` or `pao`."""
    kind, _, sort = identity.partition(".")
    return Fn(kind, (Fn(sort),) if sort else ())


class OrganisationDemands(OfPersons):
    """Reads demands on organisations."""

    def _of_organisation(
        self, identity: str, node: Node
    ) -> tuple[Fn, tuple[str, ...], tuple[tuple[str, Fn], ...], str | None, tuple[Fn, ...]]:
        if node.nodes("up_to"):
            return Fn("all"), self._both(identity, node), (), None, ()
        bounds = node.nodes(*_BOUNDS)
        match node.kind:
            case "quantity":
                (quantity,) = node.words("QUANTITY_NAME")
                units = self._units(quantity)
                bound = self._bound(bounds[0], units)
                counts = tuple(Fn(part.kind) for part in node.nodes("unit_stands_for_sections"))
                return bound, (), self._changes(identity, node, bound, units), quantity, counts
            case "planned" | "planned_in_unit" | "filled" | "vacant":
                stated = self._posts(identity, node, node.kind, node.nodes("post"), bounds[0], ("posts",))
                assert stated.says is not None
                changes = self._changes(identity, node, stated.says, ("posts",))
                return stated.says, (), changes, node.kind, stated.counts
            case "delegated":
                levels = fns(node.words("LEVEL_NAME"))
                units = ("units",)
                bound = self._bound(bounds[0], units)
                changes = self._changes(identity, node, bound, units)
                return bound, (), changes, "delegated", (Fn("unit", levels),)
            case "status" | "unit_kind" | "former_size" | "class":
                name, terminal = NAMED_OF[node.kind]
                counts = tuple(Fn(name, (Fn(one),)) for one in node.words(terminal))
                return Fn("one_of"), (), (), node.kind, counts
            case "instrument":
                (instrument,) = node.words("INSTRUMENT_NAME")
                return Fn("passed"), (), (), "instrument", (Fn("instrument", (instrument,)),)
        return Fn("passed"), (), (), node.kind, ()

    def _both(self, identity: str, node: Node) -> tuple[str, ...]:
        """A range as its two bounds, each a clause of its own: not less than so much, and not more than so much."""
        lower = self._first_bound(node)
        (upper,) = node.nodes("up_to")
        amount, most = lower.nodes()[0], upper.nodes()[0]
        if amount.kind == "number":  # «ไม่น้อยกว่า ๑ แต่ไม่เกิน ๒ อัตรา»: the unit is told once
            lower = Node(lower.kind, (Node(most.kind, amount.parts, amount.span),), lower.span)
        found = []
        for number, bound in enumerate((lower, Node("at_most", upper.parts, upper.span)), 1):
            parts = tuple(
                bound if part.kind in _BOUNDS else part for part in node.parts if part.kind != "up_to"
            )
            alone = Node("planned" if node.kind == "number" else node.kind, parts, node.span)
            found.append(self._part(f"{identity}.{number}", alone, f"({number})"))
        if self._amount_of(lower) > self._amount_of(upper):
            self.found.faults.append(Fault("rule_range", node.span or self._whole))
        return tuple(found)

    @staticmethod
    def _first_bound(node: Node) -> Node:
        return node.nodes(*_BOUNDS)[0]

    @staticmethod
    def _amount_of(bound: Node) -> Fraction:
        (amount,) = bound.nodes()
        word = next(part for part in amount.parts if isinstance(part, WordNode))
        return Fraction(word.value)

    def _posts(
        self,
        identity: str,
        node: Node,
        measures: str,
        posts: tuple[Node, ...],
        bound: Node,
        units: tuple[str, ...],
    ) -> Stated:
        counts = tuple(
            Fn("post", fns([w.value for w in post.parts if isinstance(w, WordNode)])) for post in posts
        )
        (amount,) = bound.nodes()
        if amount.kind == "number":  # "three deputy clerks" are three posts
            bound = Node(bound.kind, (Node("posts", amount.parts, amount.span),), bound.span)
        says = self._bound(bound, units or (_UNIT_OF[measures],))
        return Stated(identity, node, "", says, (), (), measures, counts)

    def _opens(self, identity: str, node: Node) -> None:
        (post,), (scope,), (level,) = (node.words(k) for k in ("POST_NAME", "SCOPE_NAME", "LEVEL_NAME"))
        self._demand(identity, node.nodes()[0] if node.nodes() else Node("free"))
        if node.kind == "row":
            self.found.facts.append(("row", (scope_of(scope), Fn(post), identity)))
        self.found.facts.append(("opens", (scope_of(scope), Fn(post), Fn(level), identity)))

    def _calculation(self, identity: str, node: Node) -> None:
        (quantity,) = node.words("QUANTITY_NAME")
        amounts = node.words("AMOUNT_NAME")
        self.found.clauses.append(Stated(identity, node))
        if node.kind == "ratio":
            self.found.facts.append(("ratio", (quantity, *amounts, identity)))
            return
        predicate = {"sum": "adds", "mean": "mean"}[node.kind]
        self.found.facts += [(predicate, (quantity, amount, identity)) for amount in amounts]
        for less in node.nodes("less"):
            self.found.facts += [
                ("subtracts", (quantity, amount, identity)) for amount in less.words("AMOUNT_NAME")
            ]

    def _competency(self, identity: str, node: Node) -> None:
        (group,), (key,) = node.words("GROUP_NAME"), node.words("COMPETENCY_NAME")
        (order,) = (part for part in node.parts if isinstance(part, WordNode) and part.kind == "NUMERAL")
        self.found.clauses.append(Stated(identity, node))
        self.found.facts.append(("competency", (identity, key, Fn(group), self._whole_number(order))))
        for required in node.nodes("level_required"):
            (level,) = required.words("LEVEL_NAME")
            (number,) = (w for w in required.parts if isinstance(w, WordNode) and w.kind == "NUMERAL")
            self.found.facts.append(("required_level", (identity, Fn(level), self._whole_number(number))))
