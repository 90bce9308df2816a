"""One person on one day, held up to the clauses of a knowledge base: every measurement made at most once."""

from __future__ import annotations

from datetime import date

from lgreason.files.person.person import Person
from lgreason.reasoning.cases.measurement import Measurement, Reach
from lgreason.reasoning.persons.measure import Measurer
from lgreason.rules.model import Bound, Clause


class PersonOnDay:
    """One person on one day: every measurement made at most once."""

    def __init__(
        self, measurer: Measurer, person: Person, day: date, like: PersonOnDay | None = None
    ) -> None:
        """Hold the person up to the clauses of `measurer` on `day`; `like` is the same held up to others like them.

        What the very same clauses measure is not measured again.
        """
        self.person = person
        self.day = day
        self._measurer = measurer
        self._done: dict[str, Measurement] = {}
        self._reached: dict[tuple[str, Bound], Reach] = {}
        self._like = like

    def _same(self, clause: Clause) -> PersonOnDay | None:
        """The other case, if what it measures for the clause is what this one would."""
        like = self._like
        if like is None or not self._measurer.alone(clause) or not like.holds_up_to(clause):
            return None
        return like

    def holds_up_to(self, clause: Clause) -> bool:
        """Whether this very clause is the one that is measured by its id."""
        return self._measurer.measures(clause)

    def measurement(self, clause: Clause) -> Measurement:
        """What the person comes to for a clause."""
        found = self._done.get(clause.id)
        if found is None:
            if (same := self._same(clause)) is not None:
                found = same.measurement(clause)
            else:
                found = self._measurer.measure(self.person, clause, self.day)
            self._done[clause.id] = found
        return found

    def reach(self, clause: Clause, bound: Bound) -> Reach:
        """When the person reaches a bound of a clause."""
        key = (clause.id, bound)
        found = self._reached.get(key)
        if found is None:
            same = self._same(clause)
            found = self.measurement(clause).reach(bound) if same is None else same.reach(clause, bound)
            self._reached[key] = found
        return found
