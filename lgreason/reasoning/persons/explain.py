"""The typed explanation: the clause tree with what was required, measured and short, and what decides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import TypeAlias

from lgreason.files.person.person import Person
from lgreason.reasoning.cases import tree
from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.cases.verdict import Verdict, verdict_of
from lgreason.reasoning.persons.eligibility import Judgement, Judges
from lgreason.reasoning.persons.first_day import completed
from lgreason.reasoning.persons.looked import Looked, looked_at
from lgreason.reasoning.persons.measure import BEFORE_ALL_RECORD, Entry, Measurement, Missing
from lgreason.rules.knowledge import Reading
from lgreason.rules.model import Clause
from lgreason.rules.terms import Truth

MOST_FACTS = 10
"""So many missing facts are weighed against one another one by one; more are weighed list by list."""


Node: TypeAlias = tree.ReasonNode[Measurement, Duration]
"""A clause in the reason tree of a person."""


@dataclass(frozen=True, slots=True)
class FactToFind:
    """A fact to find out: what it is, the clauses it bears on, and in how many of its two outcomes it decides."""

    fact: Missing
    clauses: tuple[Clause, ...]
    settles: int


@dataclass(frozen=True, slots=True)
class Relied:
    """A reading on which the answer rests, and the verdict under the other reading where there is one.

    `days` are the first days of eligibility under other readings that leave the verdict and change that day.
    """

    reading: Reading
    otherwise: tuple[tuple[str, Verdict], ...]
    verdict: Verdict
    days: tuple[tuple[str, date | None], ...] = ()

    @property
    def matters(self) -> bool:
        """Whether another reading would change the verdict."""
        return any(other != self.verdict for _, other in self.otherwise)

    @property
    def unsettles(self) -> bool:
        """Whether another reading would change the verdict or the day, and the one taken is not firm."""
        return self.reading.confidence != "high" and (self.matters or bool(self.days))


@dataclass(frozen=True, slots=True)
class Gap:
    """A competency whose assessed level is below what the position requires; `None`: not assessed, not known."""

    key: str
    required: int
    assessed: int | None


class Explanation:
    """Why a person is, is not, or is not known to be eligible for a position on a day."""

    def __init__(
        self, judges: Judges, person: Person, position: str, day: date, like: Explanation | None = None
    ) -> None:
        """Measure and decide; the reason tree, and what only some readers need, is worked out on first use.

        `like` is an answer about the same person on the same day: what it measured is not measured again.
        """
        self.person = person
        self.position = position
        self.day = day
        self._judges = judges
        self._judgement: Judgement = judges.judge.case(person, day) if like is None else like._judgement
        self._root = judges.judge.kb.posts[position]
        self._truths = self._judgement.truths(self._root)
        self.verdict: Verdict = verdict_of(self._truths[self._root])
        self.earliest: date | None = self._judgement.earliest(self._root)

    # ── the tree ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def reason(self) -> Node:
        """The reason tree."""
        case = self._judgement.case
        clauses = self._judges.judge.kb.clauses
        grower = tree.Grower(clauses, self._truths, case.measurement, lambda m, bound: m.shortfall(bound))
        return grower.grow(self._root)

    # ── what decides ─────────────────────────────────────────────────────────────────────────────

    @cached_property
    def deciding(self) -> tuple[Node, ...]:
        """The conditions that decide the verdict, nearest miss first; for "not known" those that are not known."""
        found = {node.clause.id: node for node in _deciding(self.reason)}
        return tuple(sorted(found.values(), key=distance))

    @cached_property
    def alternatives(self) -> tuple[Node, ...]:
        """The other ways that the clauses offer and that are not open either, nearest first."""
        shown = {node.clause.id for node in self.deciding}
        found = {
            child.clause.id: child
            for node in _failing(self.reason)
            if node.clause.op == "any"
            for child in node.children
            if child.holds is False and not shown & {below.clause.id for below in child.walk()}
        }
        return tuple(sorted(found.values(), key=distance))

    def looked_at(self, node: Node) -> tuple[Looked, ...]:
        """The entries that were looked at in vain for a condition that does not surely hold, and why not counted."""
        if node.holds or node.measurement is None:
            return ()
        found = looked_at(self._judges.judge, self.person, node.clause, self.day)
        counted = {*node.measurement.entries, *node.measurement.maybe}
        return tuple(looked for looked in found if looked.entry not in counted)

    @cached_property
    def not_held(self) -> tuple[Looked, ...]:
        """The posts stood in for or worked in besides that some condition would count had they been held."""
        measured = [node for node in self.reason.walk() if node.measurement is not None]
        counted = {
            entry
            for node in measured
            if node.measurement is not None
            for entry in (*node.measurement.entries, *node.measurement.maybe)
        }
        found = {
            looked.entry: looked
            for node in measured
            for looked in looked_at(self._judges.judge, self.person, node.clause, self.day)
            if looked.why in ("acting", "concurrent") and looked.entry not in counted
        }
        return tuple(found.values())

    @cached_property
    def beside(self) -> tuple[Entry, ...]:
        """The entries of the file that no condition counted, would count if more were known, or looked at in vain."""
        used: set[Entry] = set()
        for node in self.reason.walk():
            if (measured := node.measurement) is not None:
                used.update((*measured.entries, *measured.maybe))
                used.update(Entry(fact.list, fact.number) for fact in measured.missing if fact.number)
                found = looked_at(self._judges.judge, self.person, node.clause, self.day)
                used.update(looked.entry for looked in found)
        lists = {name: getattr(self.person, name) or () for name in ("education", "postings", "experience")}
        every = [Entry(name, number) for name, held in lists.items() for number in range(1, len(held) + 1)]
        return tuple(entry for entry in every if entry not in used)

    # ── what is not known ────────────────────────────────────────────────────────────────────────

    @cached_property
    def questions(self) -> tuple[FactToFind, ...]:
        """The facts to find out, the one that decides most first; facts that cannot matter any more are left out."""
        if self.verdict != "undetermined":
            return ()
        leaves = self._open_leaves()
        facts = list(dict.fromkeys(fact for missing in leaves.values() for fact in missing))
        if len(facts) > MOST_FACTS:
            leaves = {
                n: tuple(dict.fromkeys(Missing(f.list) for f in missing)) for n, missing in leaves.items()
            }
            facts = list(dict.fromkeys(fact for missing in leaves.values() for fact in missing))
        outcomes = {
            values: self._judgement.suppose(
                self._root, _completed(leaves, dict(zip(facts, values, strict=True)))
            )
            for values in product((False, True), repeat=len(facts))
        }
        ranked: list[tuple[int, int, int, FactToFind]] = []
        for index, fact in enumerate(facts):
            swings = sum(
                outcomes[values] != outcomes[(*values[:index], True, *values[index + 1 :])]
                for values in outcomes
                if not values[index]
            )
            if swings:
                known = [
                    self._judgement.suppose(self._root, _partly(leaves, fact, value))
                    for value in (False, True)
                ]
                settles = sum(truth is not None for truth in known)
                question = FactToFind(fact, self._clauses_of(leaves, fact), settles)
                ranked.append((-settles, -swings, index, question))
        return tuple(question for *_, question in sorted(ranked, key=lambda row: row[:3]))

    def _open_leaves(self) -> dict[int, tuple[Missing, ...]]:
        """The leaves that are not known, by number, with the facts that would tell."""
        found: dict[int, tuple[Missing, ...]] = {}
        for number, (reach, demand) in enumerate(
            zip(self._judgement.reaches(self._root), self._judges.judge.demands, strict=True)
        ):
            if reach is not None and reach.on(self.day) is None:
                found[number] = self._judgement.case.measurement(demand.clause).missing
        return found

    def _clauses_of(self, leaves: Mapping[int, tuple[Missing, ...]], fact: Missing) -> tuple[Clause, ...]:
        demands = self._judges.judge.demands
        clauses = {
            demands[n].clause.id: demands[n].clause for n, missing in leaves.items() if fact in missing
        }
        return tuple(clauses.values())

    # ── what it rests on ─────────────────────────────────────────────────────────────────────────

    @cached_property
    def readings(self) -> tuple[Relied, ...]:
        """The readings of ambiguous clauses that the answer rests on, those that would change the verdict first.

        An answer rests on a reading if under another one some clause of the tree, or the first day of eligibility,
        would come out differently.
        """
        judge = self._judges.judge
        under = judge.clauses_under(self._root)
        ids = sorted({reading for identity in under for reading in judge.kb.clauses[identity].relies})
        found = [relied for identity in ids if (relied := self.relied(identity)) is not None]
        if any(posting.c_level is not None for posting in self.person.postings or ()):
            of_table = (judge.kb.readings[identity] for identity in judge.kb.bearing_on("c_levels"))
            found += [Relied(reading, (), self.verdict) for reading in of_table]
        return tuple(sorted(found, key=_contestable))

    def relied(self, identity: str) -> Relied | None:
        """A reading if the answer rests on it, with what comes of the other ones."""
        reading, root = self._judges.judge.kb.readings[identity], self._root
        others = {other: self._under(identity, other) for other in reading.others}
        if all(self._judgement.is_as(judgement, root) for judgement in others.values()):
            return None
        verdicts = tuple((other, judgement.verdict(self.position)) for other, judgement in others.items())
        days = tuple(
            (other, day)
            for other, judgement in others.items()
            if (other, self.verdict) in verdicts
            and (day := judgement.earliest(root)) != self.earliest
            and day != BEFORE_ALL_RECORD
        )
        if days or not all(self._judgement.comes_out_as(other, root) for other in others.values()):
            return Relied(reading, verdicts, self.verdict, days)
        return None

    def _under(self, ambiguity: str, reading: str) -> Judgement:
        return self._judges.under({ambiguity: reading}).case(self.person, self.day, self._judgement.case)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The competencies below the required level; they never change a verdict."""
        kb, assessed = self._judges.judge.kb.described, self.person.competencies
        _, level = self._judges.judge.vocabulary.placement(self.position)
        document = kb.clauses[self._root].document
        found = []
        for key, required in kb.required_levels(document, level):
            has = None if assessed is None else assessed.get(key)
            if has is None or has < required:
                found.append(Gap(key, required, has))
        return tuple(found)

    @property
    def not_yet_in_force(self) -> date | None:
        """The day on which the document comes into force, where the assessment is of a day before it."""
        since = self.reason.clause.in_force
        return since if self.day < since else None

    @property
    def since_before_force(self) -> date | None:
        """The day on which the document comes into force, where the first day of eligibility is before it."""
        since, in_force = self.eligible_since, self.reason.clause.in_force
        return in_force if since is not None and since < in_force else None

    @cached_property
    def possible(self) -> date | None:
        """The first day from which the person may be eligible, depending on what is not known or on time."""
        return self._judgement.possible(self._root)

    @cached_property
    def until(self) -> date | None:
        """The last day of eligibility if nothing but time passes, where what holds is to lapse."""
        if self.earliest is None:
            return None
        start = max(self.earliest, self.day) if self.verdict == "eligible" else self.earliest
        return self._judgement.until(self._root, start)

    @property
    def eligible_since(self) -> date | None:
        """The first day of eligibility, where the record tells it."""
        return None if self.earliest == BEFORE_ALL_RECORD else self.earliest

    @cached_property
    def on_first_day(self) -> Explanation | None:
        """The explanation as of the first day of eligibility, where the record tells that day."""
        if (since := self.eligible_since) is None:
            return None
        return self if since == self.day else Explanation(self._judges, self.person, self.position, since)

    @cached_property
    def completed_first(self) -> tuple[Node, ...]:
        """What came to be complete on the first day of eligibility, as of that day."""
        then = self.on_first_day
        return () if then is None else completed(self._judgement, then.reason, then.day)

    @cached_property
    def first_day_by(self) -> tuple[Node, ...]:
        """What came to be complete on the first day of eligibility, where what decides does not show that day.

        What decides shows it by a stretch of time with the same bound; never by a qualification.
        """
        found = self.completed_first
        shown = {node.clause.id: node.bound for node in self.deciding}
        told = all(
            node.measurement is not None
            and isinstance(node.measurement.low, Duration)
            and shown.get(node.clause.id) == node.bound
            for node in found
        )
        return () if told else found


_CONFIDENCE = ("low", "medium", "high")


def _contestable(relied: Relied) -> tuple[bool, bool, bool, int]:
    """What is not firm and would change the verdict or else the day comes first; the less certain first."""
    certainty = _CONFIDENCE.index(relied.reading.confidence)
    return not relied.unsettles, not relied.matters, not relied.days, certainty


def _completed(leaves: Mapping[int, tuple[Missing, ...]], facts: Mapping[Missing, bool]) -> dict[int, Truth]:
    """Each open leaf under an outcome of every missing fact: met if one of its facts turns out well."""
    return {number: any(facts[fact] for fact in missing) for number, missing in leaves.items()}


def _partly(leaves: Mapping[int, tuple[Missing, ...]], fact: Missing, value: bool) -> dict[int, Truth]:
    """Each open leaf once one fact is known and the others are not."""
    found: dict[int, Truth] = {}
    for number, missing in leaves.items():
        if fact in missing and (value or len(missing) == 1):
            found[number] = value
    return found


def _deciding(node: Node) -> Iterator[Node]:
    parts = node.rests_on
    if node.is_leaf or not parts:
        yield node
    elif node.clause.op == "any" and node.holds is not None:
        yield from _deciding(parts[0] if node.holds else min(parts, key=distance))
    else:
        for child in parts:
            yield from _deciding(child)


def _failing(node: Node) -> Iterator[Node]:
    if node.holds is False:
        yield node
        for child in () if node.clause.op == "none" else node.children:
            if not child.defeats:
                yield from _failing(child)


def distance(node: Node) -> tuple[int, Duration]:
    """How far a clause is from holding: conditions that time alone cannot mend, then the time that is short."""
    if node.holds:
        return (0, Duration())
    if node.is_leaf:
        assert node.measurement is not None
        if node.shortfall is None or node.measurement.lapsed:
            return (1, Duration())
        return (0, node.shortfall)
    parts = [distance(child) for child in node.children if not child.defeats and not child.holds]
    if not parts or node.clause.op == "none":
        return (1, Duration())
    if node.clause.op == "any":
        return min(parts)
    return (sum(count for count, _ in parts), max(duration for _, duration in parts))
