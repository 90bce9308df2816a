"""Measuring: what an expression of docs/facts.md comes to for a subject, or for one entry, on one day.

Exact, and three-valued: a measure is a range, a leaf holds, fails or is not known. What the leaves decide of an entry
is for the theory to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from lgreason.files.facts.values import NONE, Term
from lgreason.reasoning.cases import quantity
from lgreason.reasoning.cases.days import (
    DayWindow,
    When,
    contains,
)
from lgreason.reasoning.cases.entries import Item, Subject
from lgreason.reasoning.cases.evidence import Missing
from lgreason.reasoning.cases.kleene import all_of, any_of
from lgreason.reasoning.cases.names import MeasureError
from lgreason.reasoning.cases.numbers import Numbers, Same
from lgreason.rules.declared import Declarations, word
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Truth, Value

Decide = Callable[[str, Callable[[Clause, Fn], Truth]], Truth]
"""What the clause of an entry comes to, by the theory, given the truth of its leaves."""
Counts = Callable[[Clause, Item, list[Missing]], Truth]
"""Whether a posting or a degree counts by the `counts` of a clause; what is not known goes to the list."""


def is_number(form: Fn) -> bool:
    """Whether a demand compares with an amount, not with a named value, a window or a term."""
    bound = form.args[0] if form.args else None
    return form.name in quantity.RELATIONS and isinstance(bound, Fn) and bool(bound.args)


class Measures(Numbers):
    """Measures one subject on the days of one case."""

    def __init__(
        self, declared: Declarations, subject: Subject, day: date, decide: Decide, same: Same, counts: Counts
    ) -> None:
        """Take what is declared, what the file says, the day of the case, and who decides of entries."""
        super().__init__(declared, subject, day, same)
        self._decide = decide
        self._counts = counts
        self._truths: dict[tuple[str, int, date], tuple[Truth, tuple[Missing, ...]]] = {}

    # ── leaves ───────────────────────────────────────────────────────────────────────────────────

    def leaf(self, clause: Clause, form: Fn, item: Item | None, day: date) -> Truth:
        """Whether a demand of a clause is met by the subject, or by an entry, on a day."""
        of = clause.expression or Fn(clause.measures or "")
        relation, args = form
        if relation == "counts":
            if item is None:
                raise MeasureError(clause.id)
            return self._counts(clause, item, self.missed)
        if relation in ("within", "covers", "meets"):
            return self._days(relation, self.window(args[0], item, day), of, item)
        if relation in ("one_of", "same_as", "other_than"):
            return self._equals(relation, args, of, item, day)
        if not is_number(form):
            return self._ranked(relation, word(args[0]), of, item, day)
        bound = args[0]
        assert isinstance(bound, Fn)
        limit = self.number(bound.args[0] if bound.name == "amount" else bound, item, day)
        return quantity.meets(self.number(of, item, day), relation, limit, quantity.compares_days(bound.name))

    def _days(self, relation: str, of: DayWindow | None, what: Fn, item: Item | None) -> Truth:
        if what.name == "value":
            return contains(of, self.date_of(what.args[0], item))
        period = self.period(what, item)
        if period is None or period[0] is None or period[1] is None or of is None:
            return False
        start, end = period[0], period[1]
        if relation == "within":
            return all_of((contains(of, start), contains(of, end)))
        if relation == "covers":
            if start.last <= of.start.first and end.first >= of.end.last:
                return True
            return (
                False
                if start.first > of.start.last or end.last < of.end.first
                else self._miss_of(start, end, item)
            )
        surely = of.surely is not None and start.last <= of.surely[1] and end.first >= of.surely[0]
        possible = of.possibly is not None and start.first <= of.possibly[1] and end.last >= of.possibly[0]
        return True if surely and start.last <= end.first else None if possible else False

    def period(self, what: Fn, item: Item | None) -> tuple[When | None, When | None] | None:
        """The period of an entry, or from one of its attributes to another."""
        if item is None:
            raise MeasureError("period")
        return self.entries.between(item, *what.args) if what.args else self.entries.period(item)

    def _equals(self, relation: str, args: Sequence[Value], of: Fn, item: Item | None, day: date) -> Truth:
        if of.name != "value":
            raise MeasureError(of.name)
        found = self.find(of.args[0], item, day)
        if found.value is None:
            self.missed.append(found.missing)
            return None
        if found.value is NONE:
            return False
        if relation == "one_of":
            return any_of(self._same(found.value, each, self._kind(found)) for each in args)
        other = self.find(args[0], item, day)
        if other.value is None:
            self.missed.append(other.missing)
            return None
        if other.value is NONE:
            return False
        alike = self._alike(found.value, other.value, self._kind(found))
        return alike if relation == "same_as" or alike is None else not alike

    def _ranked(self, relation: str, wanted: str, of: Fn, item: Item | None, day: date) -> Truth:
        found = self.find(of.args[0] if of.args else of, item, day)
        order = self.declared.values.get(self._kind(found), ())
        if wanted not in order:
            raise MeasureError(wanted)
        if found.value is None or (isinstance(found.value, Term) and found.value.id not in order):
            self.missed.append(found.missing)
            return None
        if found.value is NONE:
            return False
        assert isinstance(found.value, Term)
        rank, least = order.index(str(found.value.id)), order.index(wanted)
        return {
            "at_least": rank >= least,
            "more_than": rank > least,
            "at_most": rank <= least,
            "less_than": rank < least,
            "exactly": rank == least,
        }[relation]

    def truth(self, clause: str, item: Item, day: date) -> Truth:
        """What a clause that is asked of an entry comes to on a day."""
        key = (clause, id(item), day)
        found = self._truths.get(key)
        if found is None:
            before, self.missed = self.missed, []
            truth = self._decide(clause, lambda leaf, form: self.leaf(leaf, form, item, day))
            found = truth, tuple(self.missed) if truth is None else ()
            self.missed = before
            if item.data is not None:  # a round that nobody entered is made anew each time
                self._truths[key] = found
        self.missed += found[1]
        return found[0]
