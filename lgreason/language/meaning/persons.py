"""Degrees, service and experience: what counts, and for whom another term holds."""

from __future__ import annotations

from collections.abc import Mapping

from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.meaning.amounts import TIME, Amounts, fns, months_of
from lgreason.language.reading.faults import Fault
from lgreason.rules.terms import Fn, Value

RIDERS = (
    *("acting", "jointly", "days_of_365", "month_end_eve", "stretches_joined"),
    *("in_government", "even_if_refused"),
)
"""What may be added to a sentence on degrees, posts or work without words of its own."""


def _qualification(degree_in: Node, degrees: tuple[str, ...]) -> tuple[Fn, ...]:
    (scope,) = (part for part in degree_in.nodes() if part.kind not in ("degree", "degree_up"))
    counts = [Fn("degree", (Fn(degree),)) for degree in degrees]
    counts += [Fn("field", (field_,)) for field_ in scope.words("FIELD_NAME")]
    counts += [Fn("any_field")] if scope.kind in ("any_field", "any_field_accepted") else []
    counts += [Fn("approved_field")] if scope.kind in ("approved_field", "fields_or_approved") else []
    return tuple(counts)


def told_amount(amount: Value) -> Mapping[str, int]:
    """An amount as a finding tells it: its unit and number."""
    assert isinstance(amount, Fn) and isinstance(amount.args[0], int)
    return {amount.name: amount.args[0]}


class OfPersons(Amounts):
    """Reads demands on degrees, posts and work."""

    def _degrees(self, degree_in: Node) -> tuple[Fn, ...]:
        """What counts of degrees: those named, those above the one named, or any that is called a degree."""
        degrees = tuple(part.value for part in degree_in.parts if isinstance(part, WordNode))
        if self._declared is not None and degree_in.nodes("degree"):
            degrees = self._declared.at_or_above("degree", self._declared.lowest("degree"))
        elif self._declared is not None and degree_in.nodes("degree_up"):
            degrees = self._declared.at_or_above("degree", degrees[0])
        return _qualification(degree_in, degrees)

    def _service(
        self, identity: str, node: Node
    ) -> tuple[Fn, tuple[str, ...], tuple[tuple[str, Fn], ...], str | None, tuple[Fn, ...]]:
        counts: list[Fn] = []
        for post in node.nodes(
            "position", "position_under", "not_below", "level", "levels", "level_from", "level_up"
        ):
            values = [part.value for part in post.parts if isinstance(part, WordNode)]
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
                Fn(post.kind, tuple(values) if post.kind in ("position", "not_below") else fns(values))
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
                    args = {"found": told_amount(before), "default": told_amount(default.args[0])}
                    self.found.faults.append(
                        Fault("rule_change_of_other", rider.nodes()[0].span or self._whole, args)
                    )
                if rider.kind == "reduced":
                    self._lowered(before, after, rider.nodes()[1])
                elif months_of(after) <= months_of(before):
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
