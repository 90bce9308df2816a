"""From what a sentence says to what its clauses demand: the facts of the theory, one clause for every demand in it.

Items get ids below the rule's own, `rule.1`, `rule.2`, unless they name their own; an item that only refers to a
clause is that clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lgreason.language.algebra import Test
from lgreason.language.declared import Declared
from lgreason.language.lexicon import NAMED_OF
from lgreason.language.nodes import Node, Span, Word
from lgreason.language.sentence import Fault
from lgreason.language.stated import Assembly, Unclear, first
from lgreason.rules.model import EXPRESSION
from lgreason.rules.terms import Fn, Value
from lgreason.words.plain import is_thai

LARGEST = 2**31 - 1
LONGEST_TERM = 12 * 80
"""A term of more months nobody could serve."""
TIME = ("years", "months")
OLD_MEASURES = frozenset({"qualification", "service", "experience"})
BEYOND_SENTENCES = frozenset({"in_scope", "held_on", "filed_before"})
"""Kinds of nodes that no sentence of the grammars says: they are made of amending texts alone."""
_UNIT_OF = {
    "planned": "posts",
    "planned_in_unit": "posts",
    "filled": "posts",
    "vacant": "posts",
    "delegated": "units",
}
_WHOLE_NUMBER = re.compile(r"[0-9๐-๙]+(?:\.[0-9๐-๙]+)*\.?")
RIDERS = (
    *("acting", "jointly", "days_of_365", "month_end_eve", "stretches_joined"),
    *("in_government", "even_if_refused"),
)
"""What may be added to a sentence on degrees, posts or work without words of its own."""
REFERENCES = ("same", "any_of_ids", "all_of_ids", "whichever_of_ids")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one clause demands; `node` is the part of the sentence that says it, `role` its part in the rule."""

    id: str
    node: Node
    role: str = ""
    says: Fn | None = None
    parts: tuple[str, ...] = ()
    exceptions: tuple[tuple[str, Fn], ...] = ()
    measures: str | None = None
    counts: tuple[Fn, ...] = ()
    expression: Fn | None = None
    test: Test | None = None
    of: str | None = None


@dataclass(slots=True)
class Meaning:
    """What a sentence comes to: its clauses, the root first, other facts, and what is wrong with it.

    `refers` are the clauses that it names, with where; `lowers` the default that a reduction says it lowers.
    """

    clauses: list[Stated] = field(default_factory=list)
    facts: list[tuple[str, tuple[Value, ...]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refers: list[tuple[str, Span]] = field(default_factory=list)
    lowers: list[tuple[str, Fn, Span]] = field(default_factory=list)


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


class _Reader:
    def __init__(
        self, units: Callable[[str], tuple[str, ...]], whole: Span, declared: Declared | None
    ) -> None:
        self.found = Meaning()
        self._declared = declared
        self._units = units
        self._whole = whole

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
                main, proviso = node.nodes()
                slot = self._slot(identity, node)
                parts = (
                    self._part(f"{identity}.main", main, "main"),
                    self._part(f"{identity}.proviso", proviso, "proviso"),
                )
                self.found.clauses[slot] = Stated(identity, node, "", Fn("all"), parts)
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
                self.found.facts.append((name, (_scope(row_scope), Fn(row_post), identity)))
            case "limits":
                self.found.facts += [("limits", (_scope(s), identity)) for s in node.words("SCOPE_NAME")]
            case "retypes":
                self.found.facts += [("retypes", (Fn(c), identity)) for c in node.words("CLASS_NAME")]
            case "caveat" | "follows":
                self._refer(node)
                self.found.facts += [(node.kind, (identity, other)) for other in node.words("CLAUSE_ID")]
            case "number":
                (scope,) = node.words("SCOPE_NAME")
                planned = self._posts(identity, node, "planned", node.nodes()[:1], node.nodes()[1], ())
                self.found.clauses.append(planned)
                self.found.facts.append(("limits", (_scope(scope), identity)))
            case "no_post":
                ((scope,), (of_post,)) = node.words("SCOPE_NAME"), node.words("POST_NAME")
                none = Fn("at_most", (Fn("posts", (0,)),))
                counts = (Fn("post", (Fn(of_post),)),)
                self.found.clauses.append(Stated(identity, node, "", none, (), (), "planned", counts))
                self.found.facts.append(("row", (_scope(scope), Fn(of_post), identity)))
                self.found.facts.append(("limits", (_scope(scope), identity)))

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

    # ── demands ───────────────────────────────────────────────────────────────────────────────────────────────

    def _slot(self, identity: str, node: Node, role: str = "") -> int:
        self.found.clauses.append(Stated(identity, node, role))
        return len(self.found.clauses) - 1

    def _part(self, identity: str, node: Node, role: str) -> str:
        """The clause that a part of a clause is: that to which it refers, or a new one."""
        if node.kind == "same":
            self._refer(node)
            return node.words("CLAUSE_ID")[0]
        self._demand(identity, node, role)
        return identity

    def _refer(self, node: Node) -> None:
        for part in node.parts:
            # What is still a number here is cited in vain, and told so already.
            if isinstance(part, Word) and part.kind == "CLAUSE_ID" and not part.value[:1].isdigit():
                self.found.refers.append((part.value, part.span or self._whole))

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
        (number,) = (part for part in node.parts if isinstance(part, Word))
        needed, of = self._whole_number(number), len(node.nodes("item"))
        if needed == 0:
            self.found.faults.append(Fault("rule_zero", number.span or self._whole, severity="warning"))
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

    # ── declared facts ────────────────────────────────────────────────────────────────────────────────────────

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
        words = [part for part in node.parts if isinstance(part, Word)]
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
                args = {"found": _shown(before), "default": _shown(amount)}
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

    def _degrees(self, degree_in: Node) -> tuple[Fn, ...]:
        """What counts of degrees: those named, those above the one named, or any that is called a degree."""
        degrees = tuple(part.value for part in degree_in.parts if isinstance(part, Word))
        if self._declared is not None and degree_in.nodes("degree"):
            degrees = self._declared.at_or_above("degree", self._declared.lowest("degree"))
        elif self._declared is not None and degree_in.nodes("degree_up"):
            degrees = self._declared.at_or_above("degree", degrees[0])
        return _qualification(degree_in, degrees)

    # ── leaves about persons ──────────────────────────────────────────────────────────────────────────────────

    def _service(
        self, identity: str, node: Node
    ) -> tuple[Fn, tuple[str, ...], tuple[tuple[str, Fn], ...], str | None, tuple[Fn, ...]]:
        counts: list[Fn] = []
        for post in node.nodes(
            "position", "position_under", "not_below", "level", "levels", "level_from", "level_up"
        ):
            values = [part.value for part in post.parts if isinstance(part, Word)]
            if post.kind == "position_under":
                self._refer(post)
                post, values = Node("position", post.parts, post.span), values[:1]
            if post.kind == "levels":
                of_type, _, first = values[0].partition(".")
                counts += [Fn("level", (Fn(of_type), Fn(level))) for level in (first, *values[1:])]
                continue
            if post.kind == "level_up":
                post, values = Node("level_from", post.parts, post.span), values[0].split(".")
            if post.kind == "level":
                values = values[0].split(".")
            counts.append(
                Fn(post.kind, tuple(values) if post.kind in ("position", "not_below") else _fns(values))
            )
        counts += [Fn("equivalent")] if node.nodes("equivalent") else []
        counts += [Fn("while_held")] if node.kind == "service_now" else []
        if node.kind == "service_unclear":
            span = node.span or self._whole
            self.found.faults.append(
                Fault("rule_holds_unclear", (span[0], span[0] + 1), {}, severity="warning")
            )
        bound = self._bound(node.nodes("at_least")[0], TIME)
        counts += self._riders(node)
        return bound, (), self._changes(identity, node, bound, TIME), "service", tuple(counts)

    def _riders(self, node: Node) -> list[Fn]:
        found: list[Fn] = []
        for rider in node.nodes(*RIDERS, "within", "after_degree"):
            if rider.kind in RIDERS:
                found.append(Fn(rider.kind))
            if rider.kind == "in_government" and node.kind != "experience":
                self.found.faults.append(Fault("rule_piece_idle", rider.span or self._whole, {"found": ""}))
            degrees = rider.words("DEGREE_NAME") + rider.words("OR_DEGREE_NAME")
            found += [Fn("after_degree", (Fn(degree),)) for degree in degrees]
            self._refer(rider)
            found += [Fn("within", (clause,)) for clause in rider.words("CLAUSE_ID")]
        return found

    def _changes(
        self, identity: str, node: Node, default: Fn, units: tuple[str, ...]
    ) -> tuple[tuple[str, Fn], ...]:
        found: list[tuple[str, Fn]] = []
        if node.kind != "quantity":
            for idle in node.nodes("unit_stands_for_sections"):
                self.found.faults.append(Fault("rule_piece_idle", idle.span or self._whole, {"found": ""}))
        for number, rider in enumerate(node.nodes("reduced", "raised", "instead"), 1):
            if rider.kind == "instead":
                bound = self._bound(rider.nodes()[0], units)
            else:
                before, after = (self._amount(part, TIME) for part in rider.nodes()[:2])
                if default.args != (before,):
                    args = {"found": _shown(before), "default": _shown(default.args[0])}
                    self.found.faults.append(
                        Fault("rule_change_of_other", rider.nodes()[0].span or self._whole, args)
                    )
                if rider.kind == "reduced":
                    self._lowered(before, after, rider.nodes()[1])
                elif _months(after) <= _months(before):
                    self.found.faults.append(
                        Fault("rule_not_raised", rider.nodes()[1].span or self._whole, {})
                    )
                bound = Fn(default.name, (after,))
            case = rider.nodes()[-1]
            if case.kind == "all_of_ids":
                self.found.faults.append(
                    Fault("rule_and_unclear", case.span or self._whole, {}, severity="warning")
                )
            below = f"{identity}.exception" + (str(number) if number > 1 else "")
            found.append((self._part(below, case, "exception"), bound))
        return tuple(found)

    def _lowered(self, before: Fn, after: Fn, node: Node) -> None:
        if _months(after) >= _months(before):
            self.found.faults.append(Fault("rule_not_reduced", node.span or self._whole, {}))

    # ── amounts ───────────────────────────────────────────────────────────────────────────────────────────────

    def _bound(self, node: Node, units: tuple[str, ...]) -> Fn:
        return Fn(node.kind, (self._amount(node.nodes()[0], units),))

    def _amount(self, node: Node, units: tuple[str, ...]) -> Fn:
        numbers = [self._whole_number(part) for part in node.parts if isinstance(part, Word)]
        unit, value = node.kind, numbers[0]
        span = node.span or self._whole
        if unit == "years_and_months":
            unit, value = "months", 12 * numbers[0] + numbers[1]
        if unit == "baht" and "million_baht" in units:
            if value % 1_000_000:
                self.found.faults.append(Fault("rule_whole_million", span, {"found": value}))
            unit, value = "million_baht", value // 1_000_000
        if unit not in units:
            self.found.faults.append(Fault("rule_unit", span, {"unit": unit, "units": units}))
        if unit in TIME and value * (12 if unit == "years" else 1) > LONGEST_TERM:
            self.found.faults.append(Fault("rule_term_too_long", span, {"most": LONGEST_TERM // 12}))
        if value == 0 and unit in (*TIME, "units", "areas"):
            self.found.faults.append(Fault("rule_zero", span, {}))
        if unit == "percent" and value > 100:
            self.found.faults.append(Fault("rule_percent", span, {"found": value}))
        return Fn(unit, (value,))

    def _whole_number(self, word: Word) -> int:
        span = word.span or self._whole
        if "." in word.value:
            self.found.faults.append(Fault("rule_whole_number", span, {"found": word.value}))
            return int(word.value.partition(".")[0])
        if len(word.value) > 10 or int(word.value) > LARGEST:
            self.found.faults.append(Fault("rule_number_too_large", span, {"most": LARGEST}))
            return 1
        return int(word.value)

    # ── organisations ─────────────────────────────────────────────────────────────────────────────────────────

    def _of_organisation(
        self, identity: str, node: Node
    ) -> tuple[Fn, tuple[str, ...], tuple[tuple[str, Fn], ...], str | None, tuple[Fn, ...]]:
        bounds = node.nodes("at_least", "at_most", "more_than")
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
                levels = _fns(node.words("LEVEL_NAME"))
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
            Fn("post", _fns([w.value for w in post.parts if isinstance(w, Word)])) for post in posts
        )
        says = self._bound(bound, units or (_UNIT_OF[measures],))
        return Stated(identity, node, "", says, (), (), measures, counts)

    def _opens(self, identity: str, node: Node) -> None:
        (post,), (scope,), (level,) = (node.words(k) for k in ("POST_NAME", "SCOPE_NAME", "LEVEL_NAME"))
        self._demand(identity, node.nodes()[0] if node.nodes() else Node("free"))
        if node.kind == "row":
            self.found.facts.append(("row", (_scope(scope), Fn(post), identity)))
        self.found.facts.append(("opens", (_scope(scope), Fn(post), Fn(level), identity)))

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
        (order,) = (part for part in node.parts if isinstance(part, Word) and part.kind == "NUMERAL")
        self.found.clauses.append(Stated(identity, node))
        self.found.facts.append(("competency", (identity, key, Fn(group), self._whole_number(order))))
        for required in node.nodes("level_required"):
            (level,) = required.words("LEVEL_NAME")
            (number,) = (w for w in required.parts if isinstance(w, Word) and w.kind == "NUMERAL")
            self.found.facts.append(("required_level", (identity, Fn(level), self._whole_number(number))))


def _qualification(degree_in: Node, degrees: tuple[str, ...]) -> tuple[Fn, ...]:
    (scope,) = (part for part in degree_in.nodes() if part.kind not in ("degree", "degree_up"))
    counts = [Fn("degree", (Fn(degree),)) for degree in degrees]
    counts += [Fn("field", (field_,)) for field_ in scope.words("FIELD_NAME")]
    counts += [Fn("any_field")] if scope.kind in ("any_field", "any_field_accepted") else []
    counts += [Fn("approved_field")] if scope.kind in ("approved_field", "fields_or_approved") else []
    return tuple(counts)


def _in_days(node: Node) -> bool:
    """Whether a term is set in weeks or days, which the measures of kb/std do not count."""
    return any(part.kind in ("weeks", "days") for bound in node.nodes("at_least") for part in bound.nodes())


def _term(form: Fn) -> int:
    """A bound of time in months."""
    (of,) = form.args
    assert isinstance(of, Fn)
    return _months(of)


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


_ONE_YEAR = Node("at_least", (Node("years", (Word("NUMERAL", "1"),)),))


def _split(node: Node) -> tuple[Node, list[Node]]:
    """What a list demands, and what is provided of whichever of its items it is."""
    provisos = [proviso.nodes()[0] for proviso in node.nodes("proviso")]
    items = tuple(part for part in node.parts if part.kind != "proviso")
    return Node(node.kind, items, node.span), provisos


def _fns(values: tuple[str, ...] | list[str]) -> tuple[Fn, ...]:
    return tuple(Fn(value) for value in values)


def _scope(identity: str) -> Fn:
    """A scope by its id, `municipality.special` or `pao`."""
    kind, _, sort = identity.partition(".")
    return Fn(kind, (Fn(sort),) if sort else ())


def _months(amount: Fn) -> int:
    (value,) = amount.args
    assert isinstance(value, int)
    return value * (12 if amount.name == "years" else 1)


def _shown(amount: Value) -> Mapping[str, int]:
    assert isinstance(amount, Fn) and isinstance(amount.args[0], int)
    return {amount.name: amount.args[0]}
