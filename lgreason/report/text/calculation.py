"""How figures of an organisation are calculated, as text: the burden, the criteria of a class, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from lgreason.reasoning.cases.verdict import verdict_of
from lgreason.reasoning.organisations.burden import Burden
from lgreason.reasoning.organisations.circumstances import limit, where
from lgreason.reasoning.organisations.establishment import Node
from lgreason.reasoning.organisations.quantities import Quantity, Summand
from lgreason.reasoning.organisations.resting import Rests
from lgreason.reasoning.organisations.retyping import Classification
from lgreason.report.line import Line
from lgreason.report.text.amounts import decimals_of, value_words
from lgreason.report.text.explanation import MARKS, STYLES
from lgreason.report.text.organisation import OrganisationText
from lgreason.rules.terms import Truth

NO_DECIMALS: Mapping[str, int] = {}


class CalculationText:
    """Writes calculations in the words of one organisation, so that they can be redone on paper."""

    def __init__(self, text: OrganisationText) -> None:
        """Take the words of the organisation."""
        self._text = text

    # ── re-typing ───────────────────────────────────────────────────────────────────────────────

    def classification(self, found: Classification, rests: Rests) -> Iterator[Line]:
        """The verdict on re-typing, and every criterion step by step."""
        yield from self._text.title()
        yield Line()
        words = self.classified(found.class_, found.reason.holds)
        yield Line(self._text.verdict(words, rests.readings), style=found.verdict)
        yield Line()
        yield from self.tree(found.reason, 0)
        yield from self._text.footer(rests, lambda truth: self.classified(found.class_, truth))

    def classified(self, class_: str, truth: Truth) -> str:
        """Whether the municipality may be re-typed, in words."""
        name = self._text.name("municipal_class", class_)
        return self._text.say(f"classify.{verdict_of(truth)}", **{"class": name})

    def tree(self, node: Node, indent: int) -> Iterator[Line]:
        """A reason tree: every clause, with what was required and measured and how that was calculated."""
        if node.is_leaf:
            yield from self._text.condition(node, indent)
            quantity = node.measurement.quantity if node.measurement else None
            if quantity is not None and quantity.terms:
                beside = None if node.bound is None else limit(node.bound, quantity.unit)
                decimals = decimals_of(quantity, beside)
                for step in filter(lambda step: step.terms, quantity.steps()):
                    yield Line(self.step(step, decimals), indent + 1, "note")
            return
        words = self._text.say(
            "why.node", mark=MARKS[node.holds], place=node.clause.place, text=node.clause.gloss
        )
        yield Line(words, indent, STYLES[node.holds])
        for child in node.children:
            yield from self.tree(child, indent + 1)

    # ── the burden ──────────────────────────────────────────────────────────────────────────────

    def burden(self, found: Burden, rests: Rests) -> Iterator[Line]:
        """Both years and their mean, every figure with its field and its clause."""
        yield from self._text.title()
        decimals = decimals_of(found.mean, Fraction(found.reason.bound.value if found.reason.bound else 0))
        for share in (found.previous, found.requested):
            yield Line()
            yield Line(self._text.name("quantity", share.id), style="heading")
            amount = share.terms[0].quantity
            for term in amount.terms:
                yield from self._term(term)
            yield Line(self.step(amount), 1)
            for term in share.terms[1:]:
                yield from self._term(term)
            yield Line(self.step(share, decimals), 1, "earliest")
        yield Line()
        yield Line(self._text.name("quantity", found.mean.id), style="heading")
        yield Line(self.step(found.mean, decimals), 1)
        yield from self._text.condition(found.reason, 1)
        yield from self._text.footer(rests, self._text.within)

    def _term(self, term: Summand) -> Iterator[Line]:
        yield Line(
            self._text.say(
                "burden.term", name=self._text.amount_name(term.quantity.id), value=self._value(term.quantity)
            ),
            1,
        )
        place = self._text.kb.clauses[term.clause].place
        yield Line(self._text.say("burden.source", path=where(term.quantity.id), place=place), 2, "note")

    def step(self, step: Quantity, decimals: Mapping[str, int] = NO_DECIMALS) -> str:
        """One calculation with its numbers, so that it can be redone on paper."""
        values = [self._value(term.quantity, decimals) for term in step.terms]
        result = self._value(step, decimals)
        if step.operation == "ratio":
            return self._text.say("burden.ratio", numerator=values[0], denominator=values[1], result=result)
        if step.operation == "mean" and not values:
            return self._text.say("burden.term", name=self._text.amount_name(step.id), value=result)
        if step.operation == "mean":
            added = self._text.say("burden.plus").join(values)
            return self._text.say(
                "burden.mean", name=self._text.amount_name(step.id), added=added, n=len(values), result=result
            )
        words = values[0] if values else ""
        for term, value in list(zip(step.terms, values, strict=True))[1:]:
            words += self._text.say("burden.plus" if term.sign > 0 else "burden.minus") + value
        return self._text.say("burden.sum", name=self._text.amount_name(step.id), added=words, result=result)

    def _value(self, quantity: Quantity, decimals: Mapping[str, int] = NO_DECIMALS) -> str:
        exact = quantity.value.exact
        if exact is not None:
            return value_words(exact, quantity.unit, self._text.wording, decimals=decimals.get(quantity.id))
        if not quantity.value.low:
            return self._text.say("value.null")
        least = self._text.set_off(value_words(quantity.value.low, quantity.unit, self._text.wording))
        return self._text.say("burden.unknown_from", least=least)
