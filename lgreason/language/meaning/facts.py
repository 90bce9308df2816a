"""What a sentence demands of declared facts, one clause for every part of the measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.lexicon.algebra import Test
from lgreason.language.meaning.amounts import TIME, months_of
from lgreason.language.meaning.assembly import Assembly
from lgreason.language.meaning.clause import BEYOND_SENTENCES, Stated
from lgreason.language.meaning.demands import Demands
from lgreason.language.meaning.persons import RIDERS, told_amount
from lgreason.language.meaning.pieces import Unclear
from lgreason.language.reading.faults import Fault
from lgreason.rules.model import EXPRESSION
from lgreason.rules.terms import Fn, Value
from lgreason.words.plain import is_thai

OLD_MEASURES = frozenset({"qualification", "service", "experience"})
_ONE_YEAR = Node("at_least", (Node("years", (WordNode("NUMERAL", "1"),)),))


def _in_days(node: Node) -> bool:
    """Whether a term is set in weeks or days, which the measures of kb/std do not count."""
    return any(part.kind in ("weeks", "days") for bound in node.nodes("at_least") for part in bound.nodes())


def _term(form: Fn) -> int:
    """A bound of time in months."""
    (of,) = form.args
    assert isinstance(of, Fn)
    return months_of(of)


def _source_of(measures: Value | None, mark: str) -> str | None:
    """The fact of whose entries a clause is asked."""
    if not isinstance(measures, Fn):
        return None
    if measures.name == "which" and measures.args[1] == mark:
        inner = measures.args[0]
        while isinstance(inner, Fn) and inner.args:
            inner = next((a for a in inner.args if isinstance(a, Fn)), Fn(""))
        return inner.name if isinstance(inner, Fn) else None
    return next((found for arg in measures.args if (found := _source_of(arg, mark))), None)


def _filled(form: Value, entries: Mapping[str, str]) -> Fn:
    assert isinstance(form, Fn)
    args = tuple(
        entries.get(arg, arg)
        if isinstance(arg, str)
        else _filled(arg, entries)
        if isinstance(arg, Fn)
        else arg
        for arg in form.args
    )
    return Fn(form.name, args)


class OfFacts(Demands):
    """Reads demands on declared facts."""

    def _demand(self, identity: str, node: Node, role: str = "") -> None:
        if node.kind == "stated":
            self._stated(identity, node, role)
            return
        if node.kind in ("service", "experience") and _in_days(node):
            self._stated(identity, Node("stated", (node,), node.span), role)
            return
        slot = self._slot(identity, node, role)
        if node.kind in BEYOND_SENTENCES:
            self._measured(slot, identity, node, role)
            return
        says, parts, exceptions, measures, counts = self._said(identity, node)
        self.found.clauses[slot] = Stated(identity, node, role, says, parts, exceptions, measures, counts)

    def _measured(self, slot: int, identity: str, node: Node, role: str) -> None:
        """A demand that only an amendment makes: where the post is, or that a post was held on a day."""
        clauses = self.found.clauses
        if node.kind == "in_scope":
            ((attribute,), values) = node.words("ATTRIBUTE"), node.words("VALUE")
            expression = Fn("value", (Fn("for_post_in", (Fn(attribute),)),))
            one_of = Fn("one_of", values if attribute == "province" else tuple(Fn(v) for v in values))
            clauses[slot] = Stated(identity, node, role, one_of, (), (), EXPRESSION, (), expression)
            return
        positions, (day,) = node.words("POSITION_NAME"), node.words("DAY")
        if node.kind == "filed_before":
            filed = Fn("value", (Fn("for_post_in", (Fn("filed"),)),))
            by = Fn("within", (Fn("until", (day,)),))
            clauses[slot] = Stated(identity, node, role, by, (), (), EXPRESSION, (), filed)
            return
        entry = f"{identity}.entry"
        held = Fn("clip", (Fn("postings"), Fn("between", (day, day))))
        counted = Fn("count", (Fn("which", (held, entry)),))
        at_least = Fn("at_least", (Fn("count", (1,)),))
        clauses[slot] = Stated(identity, node, role, at_least, (), (), EXPRESSION, (), counted)
        counts = tuple(Fn("position", (position,)) for position in positions)
        clauses.append(Stated(entry, node, "entry", Fn("counts"), (), (), EXPRESSION, counts, Fn("post")))

    def _stated(self, identity: str, node: Node, role: str, save: Node | None = None) -> None:
        assert self._declared is not None
        assembly = Assembly(self._declared, self._of_stated, self._counted, node.span or self._whole)
        try:
            found = assembly.test(node) if save is None else assembly.test_save(node, save)
        except Unclear as unclear:
            self.found.faults.append(unclear.fault)
            self._slot(identity, node, role)
            return
        if save is not None and node.mark and save.mark:
            unless = " เว้นแต่ " if any(is_thai(sign) for sign in node.mark) else ", unless "
            node = Node(node.kind, node.parts, node.span, f"{node.mark}{unless}{save.mark}")
        self._emit(identity, found, node, role)

    def _of_stated(self, node: Node) -> Fn:
        """An amount of a declared fact, exact: 67.5 is a string."""
        words = [part for part in node.parts if isinstance(part, WordNode)]
        if node.kind == "years_and_months":
            return Fn("months", (12 * self._whole_number(words[0]) + self._whole_number(words[1]),))
        if "." in words[0].value:
            return Fn(node.kind, (words[0].value,))
        return Fn(node.kind, (self._whole_number(words[0]),))

    def _counted(self, node: Node) -> tuple[tuple[Fn, ...], Fn | None]:
        """What an old sentence on posts, work or degrees counts, and its bound."""
        if node.nodes("raised", "instead", "within", "after_degree", *RIDERS[1:]):
            self.found.faults.append(Fault("rule_piece_idle", node.span or self._whole, {"found": ""}))
        if node.kind == "qualification":
            return self._said("", node)[4], None
        if node.kind in ("of_work", "of_posts"):
            kind = "experience" if node.kind == "of_work" else "service"
            return self._said("", Node(kind, (*node.parts, _ONE_YEAR), node.span))[4], None
        (bound,) = node.nodes("at_least")
        amount = self._of_stated(bound.nodes()[0])
        parts = tuple(_ONE_YEAR if part is bound else part for part in node.parts if part.kind != "reduced")
        for rider in node.nodes("reduced"):
            before, after = (self._amount(part, TIME) for part in rider.nodes()[:2])
            if before != amount:
                args = {"found": told_amount(before), "default": told_amount(amount)}
                self.found.faults.append(Fault("rule_change_of_other", rider.span or self._whole, args))
            self._lowered(before, after, rider.nodes()[1])
        return self._said("", Node(node.kind, parts, node.span))[4], Fn("at_least", (amount,))

    def _emit(self, identity: str, test: Test, node: Node, role: str, of: str | None = None) -> None:
        slot = self._slot(identity, node, role)
        parts = tuple(f"{identity}.{number}" for number in range(1, len(test.parts) + 1))
        for part, below in zip(parts, test.parts, strict=True):
            self._emit(part, below, node, f"({part.rpartition('.')[2]})", of)
        entries = {mark: f"{identity}.{mark[1:]}" for mark, _ in test.entries}
        for mark, below in test.entries:
            of_entry = _source_of(test.measures, mark) or of
            self._emit(entries[mark], below, node, "entry", of_entry)
        expression = None if test.measures is None else _filled(test.measures, entries)
        measures = None if expression is None else EXPRESSION
        if expression is not None and not expression.args and expression.name in OLD_MEASURES:
            measures, expression = expression.name, None
        exceptions = self._excepting(identity, test, node)
        self.found.clauses[slot] = Stated(
            identity, node, role, test.says, parts, exceptions, measures, test.counts, expression, test, of
        )

    def _excepting(self, identity: str, test: Test, node: Node) -> tuple[tuple[str, Fn], ...]:
        """For whom another bound holds; whoever falls under several has the one that goes furthest, not all."""
        found: list[tuple[str, Fn]] = []
        for number, (case, form) in enumerate(test.exceptions, 1):
            below = f"{identity}.exception" + (str(number) if number > 1 else "")
            beyond = [
                other
                for other in test.exceptions
                if other[1].args and form.args and _term(other[1]) < _term(form)
            ]
            self._emit(below, case, node, "exception")
            if beyond:
                slot = next(n for n, c in enumerate(self.found.clauses) if c.id == below)
                stands = [
                    f"{identity}.exception" + (str(n) if n > 1 else "")
                    for n, other in enumerate(test.exceptions, 1)
                    if other in beyond
                ]
                defeats = tuple((other, Fn("any")) for other in stands)
                self.found.clauses[slot] = replace(self.found.clauses[slot], exceptions=defeats)
            found.append((below, form))
        return tuple(found)
