"""For every condition of a rule a person just inside and one just outside, who differ in one entry alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lgreason.reasoning.rulesets.demands import LeafDemand
from lgreason.reasoning.rulesets.realise import Document, Realiser
from lgreason.reasoning.rulesets.sides import Side
from lgreason.reasoning.rulesets.space import RuleSpace, unmarked
from lgreason.rules.model import tree
from lgreason.rules.terms import DEFAULT

MOST_CASES = 40
_LISTS = ("education", "postings", "experience")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A condition with files on both sides of it; none where no two were found that it alone tells apart."""

    clause: str
    inside: Document | None
    outside: Document | None


class Boundaries:
    """Looks for the boundaries of what one position demands."""

    def __init__(self, side: Side, position: str) -> None:
        """Take the rules and the position."""
        self._side = side
        self._position = position
        self._root = side.kb.posts[position]
        self._space = RuleSpace((side.kb,), ((self._root,),), side.day)
        self._realiser = Realiser(self._space, (side,))

    def below(self, identity: str) -> Iterator[Boundary]:
        """The boundaries of the conditions below a clause, each of its exceptions apart."""
        kb = self._side.kb
        within = {clause.id for clause in tree(kb.clauses, (identity,))}
        order = {clause: number for number, clause in enumerate(kb.clauses)}
        conditions = [(unmarked(demand.leaf[0])[1], demand) for demand in self._space.demands]
        for clause, demand in sorted(conditions, key=lambda pair: order[pair[0]]):
            if clause in within:
                inside, outside = self._pair(demand, clause) or (None, None)
                yield Boundary(clause, inside, outside)

    def _pair(self, demand: LeafDemand, clause: str) -> tuple[Document, Document] | None:
        """Two files that differ in one entry, of which the first alone is eligible and meets the condition."""
        exceptions = [exception for exception, _ in self._side.kb.clauses[clause].exceptions]
        variant = demand.leaf[1]
        chosen = [] if variant == DEFAULT else [unmarked(variant)[1]]
        holds = [(0, each) for each in (self._root, clause, *chosen)]
        fails = [(0, each) for each in exceptions if each not in chosen]
        first = {"service": "postings", "experience": "experience"}.get(
            demand.clause.measures or "", "education"
        )
        for case in self._realiser.cases(holds, fails, most=MOST_CASES):
            inside = self._realiser.file(case, lambda document: self._is(document, "eligible", clause, True))
            if inside is None:
                continue
            for outside in (*self._realiser.otherwise(case, inside), *self._beside(inside, first)):
                if self._is(outside, "ineligible", clause, False):
                    return inside, outside
        # A condition that must not be met, or that opens an exception, is shown the other way about.
        for case in self._realiser.cases([(0, self._root)], [(0, clause)], most=MOST_CASES):
            inside = self._realiser.file(case, lambda document: self._is(document, "eligible", clause, False))
            if inside is None:
                continue
            for more in self._space.cases([(0, clause)], most=4):
                for number in sorted(more.has):
                    key, entry = self._realiser.degree(self._space.things[number])
                    outside = {**inside, key: [*inside[key], entry]}
                    if self._is(outside, "ineligible", clause, True):
                        return inside, outside
        return None

    def _is(self, document: Document, verdict: str, clause: str, met: bool) -> bool:
        person = self._side.person(document)
        if person is None:
            return False
        case = self._side.judge.case(person, self._side.day)
        truths = case.truths(self._root)
        return case.verdict(self._position) == verdict and truths.get(clause) is met

    def _beside(self, document: Document, first: str) -> Iterator[Document]:
        """The same file with one entry a day shorter, in another field, or left out, of one list first."""
        for key in sorted(_LISTS, key=lambda each: each != first):
            for number, entry in enumerate(document[key]):
                for other in (*self._other(key, entry), None):
                    rest = [
                        *document[key][:number],
                        *([other] if other else []),
                        *document[key][number + 1 :],
                    ]
                    yield {**document, key: rest}
        for key in document:
            if key not in (*_LISTS, "kind"):
                if isinstance(document[key], bool):
                    yield {**document, key: not document[key]}
                if isinstance(document[key], int) and document[key] > 0:
                    yield {**document, key: document[key] - 1}

    def _other(self, key: str, entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "from" in entry:
            later = date.fromisoformat(entry["from"]) + timedelta(days=1)
            if later <= self._side.day:
                yield {**entry, "from": later.isoformat()}
        if key == "education":
            for field in self._side.vocabulary.ids("field"):
                if field not in self._space.fields:
                    yield {**entry, "field": self._side.vocabulary.name("field", field).th}
                    return
