"""Reasons for many persons: whoever is alike in all that an explanation rests on gets that of one of them.

For one position an explanation's deciding conditions rest on the truth of each leaf, on which shortfalls are greater
than which others, and on which of them time does not mend; its questions rest, besides, on the facts not known.
Persons alike in these are one group: the explanation of one member, made by `explain`, is that of all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lgreason.reasoning.persons.explain import Explanation
from lgreason.reasoning.screening.calendar import Ints
from lgreason.reasoning.screening.entries import factorised
from lgreason.reasoning.screening.measured import LACKING, Fact, MeasuredColumn, fact_of
from lgreason.reasoning.screening.reaches import HOLDS, OPEN
from lgreason.rules.model import Bound

Leaf = tuple[str, Bound]
"""A clause and a bound of it."""
_Facts = Mapping[int, tuple[tuple[int, tuple[Fact, ...]], ...]]
"""For a person, by number, the facts not known of each leaf, by number."""


@dataclass(frozen=True, slots=True)
class RowReason:
    """What an explanation rests on: its deciding clauses, nearest first, the bound of the first, what is missing."""

    clauses: tuple[str, ...]
    bound: Bound | None
    missing: tuple[Fact, ...]


def reason_of(explanation: Explanation) -> RowReason:
    """The reason that an explanation gives."""
    deciding = explanation.deciding
    return RowReason(
        clauses=tuple(node.clause.id for node in deciding),
        bound=deciding[0].bound if deciding else None,
        missing=tuple(fact_of(question.fact) for question in explanation.questions),
    )


class Reasons:
    """The reasons for one position that were given so far, by what they rest on."""

    def __init__(self, leaves: Sequence[Leaf], negates: bool) -> None:
        """Take the leaves that bear on the position; `negates` if a clause of it demands that something be not so."""
        self._leaves = tuple(leaves)
        self._negates = negates
        self._known: dict[tuple[object, ...], RowReason] = {}

    def of(
        self,
        columns: Mapping[str, MeasuredColumn],
        verdicts: Ints,
        day: int,
        explain: Callable[[int], Explanation],
    ) -> tuple[Ints, list[RowReason]]:
        """For every person the number of a reason, and the reasons by number.

        `explain` explains one person of the table, by number.
        """
        facts = self._facts(columns, verdicts, day)
        features = self._features(columns, verdicts, day, facts)
        group = np.zeros(len(verdicts), dtype=np.int64)
        size = 1
        for feature in features:
            low = int(feature.min()) if len(feature) else 0
            width = int(feature.max()) - low + 1 if len(feature) else 1
            if size * width > 1 << 60:
                group, size = factorised(group)
            group, size = group * width + (feature - low), size * width
        group, size = factorised(group)
        samples = np.zeros(size, dtype=np.int64)
        samples[group[::-1]] = np.arange(len(group) - 1, -1, -1)
        reasons = []
        for sample in samples.tolist():
            key = (*(int(feature[sample]) for feature in features[:-1]), facts.get(sample))
            if key not in self._known:
                self._known[key] = reason_of(explain(sample))
            reasons.append(self._known[key])
        return group, reasons

    def _features(
        self, columns: Mapping[str, MeasuredColumn], verdicts: Ints, day: int, facts: _Facts
    ) -> list[Ints]:
        """What reasons rest on, number by number; the facts not known last, as numbers good in this table alone."""
        truths = [columns[clause].reached(bound).digits(None, day) for clause, bound in self._leaves]
        shorts = []
        for (clause, bound), truth in zip(self._leaves, truths, strict=True):
            column = columns[clause]
            short = column.short(bound)
            mends = (truth != HOLDS) & (short != LACKING)
            if column.lapsed is not None:
                mends &= ~column.lapsed
            if not self._negates:
                mends &= verdicts != HOLDS
            shorts.append(np.where(mends, short, LACKING))
        ranks = []
        for short in shorts:
            rank = np.zeros(len(short), dtype=np.int64)
            for other in shorts:
                rank += other < short
            ranks.append(np.where(short == LACKING, -1, rank))
        lacking = np.zeros(len(verdicts), dtype=np.int64)
        numbers: dict[object, int] = {}
        for person, of_person in facts.items():
            lacking[person] = numbers.setdefault(of_person, len(numbers) + 1)
        return [*truths, *ranks, lacking]

    def _facts(self, columns: Mapping[str, MeasuredColumn], verdicts: Ints, day: int) -> _Facts:
        """For whoever's verdict is open, the facts not known of each leaf that is open."""
        undecided = verdicts == OPEN
        found: dict[int, list[tuple[int, tuple[Fact, ...]]]] = {}
        for number, (clause, bound) in enumerate(self._leaves):
            column = columns[clause]
            open_ = undecided & (column.reached(bound).digits(None, day) == OPEN)
            if open_.any():
                for person, facts in column.facts(open_).items():
                    found.setdefault(person, []).append((number, facts))
        return {person: tuple(leaves) for person, leaves in found.items()}
