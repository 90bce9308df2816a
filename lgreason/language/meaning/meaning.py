"""From what a sentence says to what its clauses demand: the facts of the theory, one clause for every demand in it.

Items get ids below the rule's own, `rule.1`, `rule.2`, unless they name their own; an item that only refers to a
clause is that clause.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lgreason.language.grammar.nodes import Node, Span
from lgreason.language.lexicon.declared import Declared
from lgreason.language.meaning.amounts import TIME
from lgreason.language.meaning.clause import Meaning, Stated
from lgreason.language.meaning.facts import OfFacts
from lgreason.language.meaning.organisations import scope_of
from lgreason.rules.terms import Fn


def meaning(
    identity: str,
    node: Node,
    units: Callable[[str], tuple[str, ...]],
    whole: Span,
    declared: Declared | None = None,
) -> Meaning:
    """What a sentence means for the rule of an id; `units` tells the units in which a quantity is measured.

    `declared` are the facts of which it may speak besides.
    """
    reader = _Reader(units, whole, declared)
    reader.sentence(identity, node)
    return reader.found


class _Reader(OfFacts):
    """Reads one sentence."""

    def sentence(self, identity: str, node: Node) -> None:
        match node.kind:
            case "requires":
                self._demand(identity, node.nodes()[0])
            case "qualifies":
                posts = node.words("POSITION_NAME")
                self._demand(identity, Node("all", node.nodes("item"), node.span))
                self.found.facts += [("post", (post, identity)) for post in posts]
            case "reduction_here":
                term, shorter = (self._amount(part, TIME) for part in node.nodes()[:2])
                self._lowered(term, shorter, node.nodes()[1])
                span = node.nodes()[0].span or self._whole
                self.found.lowers.append(("", Fn("at_least", (term,)), span))
                self.found.facts.append(("except", ("", identity, Fn("at_least", (shorter,)))))
                self._demand(identity, node.nodes()[2])
            case "barred":
                self._barred(identity, node)
            case "provided":
                main, *provisos = node.nodes()
                slot = self._slot(identity, node)
                below = [self._part(f"{identity}.main", main, "main")]
                for number, proviso in enumerate(provisos, 1):
                    own = "proviso" + (str(number) if number > 1 else "")
                    below.append(self._part(f"{identity}.{own}", proviso, "proviso"))
                self.found.clauses[slot] = Stated(identity, node, "", Fn("all"), tuple(below))
            case "unless" if all(part.kind == "stated" for part in node.nodes()):
                main, exception = node.nodes()
                self._stated(identity, main, "", exception)
            case "unless":
                main, exception = node.nodes()
                slot = self._slot(identity, node)
                of = self._part(f"{identity}.main", main, "main")
                defeater = self._part(f"{identity}.exception", exception, "exception")
                self.found.clauses[slot] = Stated(
                    identity, node, "", Fn("same", (of,)), (), ((defeater, Fn("all")),)
                )
            case "reduction":
                term, shorter = (self._amount(part, TIME) for part in node.nodes()[:2])
                (target,) = node.words("CLAUSE_ID")
                self._refer(node)
                self._lowered(term, shorter, node.nodes()[1])
                self.found.lowers.append(
                    (target, Fn("at_least", (term,)), node.nodes()[0].span or self._whole)
                )
                self.found.facts.append(("except", (target, identity, Fn("at_least", (shorter,)))))
                self._demand(identity, node.nodes()[2])
            case "competency":
                self._competency(identity, node)
            case "sum" | "ratio" | "mean":
                self._calculation(identity, node)
            case "row" | "opens":
                self._opens(identity, node)
            case "row_of" | "sets_up":
                name = "row" if node.kind == "row_of" else "sets_up"
                ((row_post,), (row_scope,)) = node.words("POST_NAME"), node.words("SCOPE_NAME")
                self.found.facts.append((name, (scope_of(row_scope), Fn(row_post), identity)))
            case "limits":
                self.found.facts += [("limits", (scope_of(s), identity)) for s in node.words("SCOPE_NAME")]
            case "retypes":
                self.found.facts += [("retypes", (Fn(c), identity)) for c in node.words("CLASS_NAME")]
            case "caveat" | "follows":
                self._refer(node)
                self.found.facts += [(node.kind, (identity, other)) for other in node.words("CLAUSE_ID")]
            case "number":
                (scope,) = node.words("SCOPE_NAME")
                if node.nodes("up_to"):
                    slot = self._slot(identity, node)
                    self.found.clauses[slot] = Stated(
                        identity, node, "", Fn("all"), self._both(identity, node)
                    )
                else:
                    planned = self._posts(
                        identity, node, "planned", node.nodes("post"), self._first_bound(node), ()
                    )
                    self.found.clauses.append(planned)
                self.found.facts.append(("limits", (scope_of(scope), identity)))
            case "no_post":
                ((scope,), (of_post,)) = node.words("SCOPE_NAME"), node.words("POST_NAME")
                none = Fn("at_most", (Fn("posts", (0,)),))
                counts = (Fn("post", (Fn(of_post),)),)
                self.found.clauses.append(Stated(identity, node, "", none, (), (), "planned", counts))
                self.found.facts.append(("row", (scope_of(scope), Fn(of_post), identity)))
                self.found.facts.append(("limits", (scope_of(scope), identity)))

    def _barred(self, identity: str, node: Node) -> None:
        """Whoever is so and so has no right: what must not be, save for an exception."""
        barring, *exception = node.nodes()
        if exception and all(part.kind == "stated" for part in exception):
            row = Node("stated", (Node("not", (), barring.span), *barring.parts), barring.span, barring.mark)
            self._stated(identity, row, "", exception[0])
            return
        slot = self._slot(identity, node)
        of = self._part(f"{identity}.1", barring, "(1)")
        none = Stated(identity, node, "", Fn("none"), (of,))
        self.found.clauses[slot] = none
        if exception:
            defeater = self._part(f"{identity}.exception", exception[0], "exception")
            self.found.clauses[slot] = replace(none, exceptions=((defeater, Fn("all")),))
