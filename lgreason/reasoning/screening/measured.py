"""Measurements in columns: for one clause, what every person of a table comes to, as `measure` says of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.persons.eligibility import Judge
from lgreason.reasoning.persons.measure import Missing
from lgreason.reasoning.screening import reaches, spans
from lgreason.reasoning.screening.calendar import (
    DAYS_OF_MONTH,
    FIRST,
    FOREVER,
    NEVER,
    Flags,
    Ints,
)
from lgreason.reasoning.screening.entries import EntriesOfMany
from lgreason.reasoning.screening.kinds import NO, SURE, EntryKinds
from lgreason.reasoning.screening.reaches import Once, Reaches
from lgreason.rules.model import Bound, Clause

LACKING = -1
"""The shortfall where no time of service mends it."""
_DAY_UNKNOWN: tuple[tuple[str, ...], ...] = ((), ("from",), ("to",))
Fact = tuple[str, int, str]
"""A fact that is not known: list, number of the entry and key; 0 and "" for the whole list."""


@dataclass
class MeasuredColumn:
    """What each person comes to for one measurement.

    `low` is a duration as a number, or a count. `facts` gives, for the persons of a mask, the facts not known.
    """

    low: Ints
    of_time: bool
    reach: Callable[[Bound], Reaches]
    shortfall: Callable[[Bound], Ints]
    facts: Callable[[Flags], Mapping[int, tuple[Fact, ...]]]
    lapsed: Flags | None = None
    reaches: dict[Bound, Reaches] = field(default_factory=dict)
    shortfalls: dict[Bound, Ints] = field(default_factory=dict)

    def reached(self, bound: Bound) -> Reaches:
        """When each person reaches a bound; worked out once."""
        if bound not in self.reaches:
            self.reaches[bound] = self.reach(bound)
        return self.reaches[bound]

    def short(self, bound: Bound) -> Ints:
        """How much is short of a bound not reached, `LACKING` where time does not mend it; worked out once."""
        if bound not in self.shortfalls:
            self.shortfalls[bound] = self.shortfall(bound)
        return self.shortfalls[bound]


@dataclass(frozen=True)
class _Counting:
    """The entries that count for a measurement, surely or possibly, until the day asked."""

    owner: Ints
    start: Ints
    end: Ints
    sure: Flags
    facts: Callable[[Flags], Mapping[int, tuple[Fact, ...]]]
    boundless: Flags
    whole: Flags


def column(
    spec: str,
    clause: Clause,
    every: Sequence[EntriesOfMany],
    numbers: Mapping[str, Ints],
    kinds: EntryKinds,
    day: int,
) -> MeasuredColumn:
    """The measurement of a clause from the entries of all lists; `numbers` are their kinds as `kinds` numbers them.

    Raises `NotAdditive` where the measurement is not that of its entries one by one.
    """
    persons = len(every[0].absent)
    counting = _counting(spec, clause, every, numbers, kinds, day)
    if clause.measures == "qualification":
        return _of_count(counting, persons)
    while_held = any(what.name == "while_held" for what in clause.counts)
    return _of_those_concerned(counting, persons, day, while_held)


def _of_those_concerned(counting: _Counting, persons: int, day: int, while_held: bool) -> MeasuredColumn:
    """The measurement of those for whom anything counts or is not known; of all others that of one with nothing."""
    concerned = counting.boundless.copy()
    concerned[counting.owner] = True
    rows = np.nonzero(concerned)[0]
    if 2 * len(rows) > persons:
        return _of_time(counting, persons, day, while_held)
    places = np.cumsum(concerned) - 1
    few = _Counting(
        places[counting.owner],
        *(counting.start, counting.end, counting.sure, counting.facts),
        counting.boundless[rows],
        counting.whole[rows],
    )
    of_few = _of_time(few, len(rows), day, while_held)
    nothing = np.zeros(0, dtype=np.int64)
    nobody = spans.Stretches(nothing, nothing, nothing)

    def spread(values: Ints, otherwise: int) -> Ints:
        found = np.full(persons, otherwise, dtype=np.int64)
        found[rows] = values
        return found

    def reach(bound: Bound) -> Reaches:
        found = of_few.reached(bound)
        assert isinstance(found, Once)
        return Once(
            spread(found.since, NEVER),
            None if found.last is None else spread(found.last, FOREVER),
            None if found.possibly is None else spread(found.possibly, NEVER),
        )

    def shortfall(bound: Bound) -> Ints:
        return spread(of_few.short(bound), int(spans.shortfall(nobody, 1, bound.months, day)[0]))

    lapsed = None
    if of_few.lapsed is not None:
        lapsed = np.ones(persons, dtype=bool)
        lapsed[rows] = of_few.lapsed
    return MeasuredColumn(spread(of_few.low, 0), True, reach, shortfall, counting.facts, lapsed)


def _counting(
    spec: str,
    clause: Clause,
    every: Sequence[EntriesOfMany],
    numbers: Mapping[str, Ints],
    kinds: EntryKinds,
    day: int,
) -> _Counting:
    counts = kinds.counts(spec, clause)
    truths = np.array(counts.truths, dtype=np.int8)
    persons = len(every[0].absent)
    whole = np.zeros(persons, dtype=bool)
    parts: list[tuple[Ints, Ints, Ints, Flags]] = []
    lacking: list[tuple[EntriesOfMany, Ints, Ints]] = []  # entries, which of them, their kinds by number
    absent: list[tuple[str, Flags]] = []
    unbounded = np.zeros(persons, dtype=bool)
    of_days = clause.measures != "qualification"
    for entries in every:
        if kinds.without(entries.list, spec, clause):
            whole |= entries.absent
            absent.append((entries.list, entries.absent))
        of_kinds = truths[numbers[entries.list]]
        if not of_kinds.any():
            continue
        truth = of_kinds[entries.kind]
        unknown = entries.start == NEVER
        kept = (truth != NO) & ((entries.start <= day) | unknown)
        if not kept.any():
            continue
        chosen = np.nonzero(kept)[0]
        start, sure = entries.start[chosen], truth[chosen] == SURE
        if of_days:
            sure &= ~unknown[chosen]
            unbounded[entries.owner[chosen[unknown[chosen]]]] = True
        followed = of_days & (entries.until[chosen] < entries.end[chosen])
        surely = sure & followed  # until the day before the next post, and possibly on
        until = chosen[surely]
        parts.append((entries.owner[until], start[surely], entries.until[until], sure[surely]))
        sure &= ~followed
        parts.append((entries.owner[chosen], start, entries.end[chosen], sure))
        doubtful = chosen[~sure]
        lacking.append((entries, doubtful, numbers[entries.list][entries.kind[doubtful]]))
    owner, start, end, sure = (
        (np.concatenate(column) for column in zip(*parts, strict=True))
        if parts
        else (np.zeros(0, dtype=kind) for kind in (np.int64, np.int64, np.int64, bool))
    )
    if not of_days:
        start = np.where(start == NEVER, FIRST, start)
    order = np.argsort(owner * spans.APART + start - FIRST, kind="stable")  # entries mostly stand in order

    def facts(wanted: Flags) -> Mapping[int, tuple[Fact, ...]]:
        found: dict[int, dict[Fact, None]] = {}
        for name, persons_without in absent:
            for person in np.nonzero(persons_without & wanted)[0].tolist():
                found.setdefault(person, {})[name, 0, ""] = None
        for entries, doubtful, numbered in lacking:
            of_interest = wanted[entries.owner[doubtful]]
            which, kind = doubtful[of_interest], numbered[of_interest]
            undated = (entries.start[which] == NEVER) & of_days
            followed = (entries.until[which] < entries.end[which]) & of_days
            unknown = np.where(undated, 1, np.where(followed, 2, 0))
            columns = (entries.owner[which], entries.number[which], kind, unknown)
            for person, number, kind_number, day_unknown in zip(*(c.tolist() for c in columns), strict=True):
                for key in (*counts.missing[kind_number], *_DAY_UNKNOWN[day_unknown]):
                    found.setdefault(person, {})[entries.list, number, key] = None
        return {person: tuple(of_person) for person, of_person in found.items()}

    return _Counting(owner[order], start[order], end[order], sure[order], facts, whole | unbounded, whole)


def _of_time(counting: _Counting, persons: int, day: int, while_held: bool) -> MeasuredColumn:
    sure, dated = counting.sure, counting.start != NEVER
    surely = spans.stretches(counting.owner[sure], counting.start[sure], counting.end[sure])
    possible = dated & ~sure
    has_possible = np.zeros(persons, dtype=bool)
    has_possible[counting.owner[possible]] = True
    everything = None
    if possible.any():
        both = dated & has_possible[counting.owner]
        everything = spans.stretches(counting.owner[both], counting.start[both], counting.end[both])
    served = spans.until(surely, day)
    held_from = held_to = None
    if while_held:
        held_from, held_to = np.full(persons, NEVER), np.full(persons, FIRST - 1)
        now = (surely.start <= day) & (surely.end >= day)
        held_from[surely.owner[now]], held_to[surely.owner[now]] = surely.start[now], surely.end[now]
        may_be_held = counting.whole.copy()
        may_be_held[counting.owner[counting.end >= day]] = True

    def reach(bound: Bound) -> Reaches:
        since = spans.first_day(surely, persons, bound.months)
        last: Ints | None = None
        if held_from is not None and held_to is not None:
            held = held_from != NEVER
            since = np.where(held & (since <= held_to), np.maximum(since, held_from), NEVER)
            last = np.where(held, held_to, FOREVER)
        possibly: Ints | None = None
        if everything is not None:
            first = spans.first_day(everything, persons, bound.months)
            possibly = np.where(has_possible, first, NEVER)
        if counting.boundless.any():
            possibly = np.where(counting.boundless, FIRST, NEVER if possibly is None else possibly)
        if while_held and possibly is not None:
            possibly = np.where(may_be_held, possibly, NEVER)
        return Once(since, last, possibly)

    low = spans.total(served, persons).duration

    def shortfall(bound: Bound) -> Ints:
        short = spans.shortfall(served, persons, bound.months, day)
        return np.where(low // DAYS_OF_MONTH >= bound.months, 0, short)

    return MeasuredColumn(
        low=low,
        of_time=True,
        reach=reach,
        shortfall=shortfall,
        facts=counting.facts,
        lapsed=held_from == NEVER if held_from is not None else None,
    )


def _of_count(counting: _Counting, persons: int) -> MeasuredColumn:
    sure = counting.sure

    def nth(kept: Flags, number: int) -> Ints:
        """The day by which each person has so many."""
        if number <= 0:
            return np.full(persons, FIRST, dtype=np.int64)
        owner, start = counting.owner[kept], counting.start[kept]
        new = np.append(True, owner[1:] != owner[:-1]) if len(owner) else np.zeros(0, dtype=bool)
        begins = np.nonzero(new)[0][np.cumsum(new) - 1] if len(owner) else np.zeros(0, dtype=np.int64)
        hits = np.nonzero(np.arange(len(owner)) - begins == number - 1)[0]
        found = np.full(persons, NEVER, dtype=np.int64)
        found[owner[hits]] = start[hits]
        return found

    def reach(bound: Bound) -> Reaches:
        possibly = nth(np.ones(len(sure), dtype=bool), bound.value)
        if counting.whole.any():
            possibly = np.where(counting.whole, FIRST, possibly)
        return Once(nth(sure, bound.value), None, possibly)

    low = np.bincount(counting.owner[sure], minlength=persons).astype(np.int64)
    lacking = np.full(persons, LACKING, dtype=np.int64)
    return MeasuredColumn(low, False, reach, lambda _: lacking, counting.facts)


# ── the scalar, person by person ─────────────────────────────────────────────────────────────────


def scalar_column(
    judge: Judge, clause: Clause, persons: Sequence[Person], which: Ints, day: date, bounds: Sequence[Bound]
) -> MeasuredColumn:
    """The measurement of a clause person by person; person `i` of the table has the record `persons[which[i]]`."""
    measured = [judge.measure(person, clause, day) for person in persons]
    of_time = any(isinstance(each.low, Duration) for each in measured)

    def spread(values: Sequence[int]) -> Ints:
        return np.array(values, dtype=np.int64)[which] if values else np.zeros(0, dtype=np.int64)

    def reach(bound: Bound) -> Reaches:
        return reaches.spread([each.reach(bound) for each in measured], which)

    def shortfall(bound: Bound) -> Ints:
        return spread([_number(each.shortfall(bound)) for each in measured])

    def facts(wanted: Flags) -> Mapping[int, tuple[Fact, ...]]:
        found = [tuple(map(fact_of, each.missing)) for each in measured]
        rows = np.nonzero(wanted)[0]
        pairs = zip(rows.tolist(), which[rows].tolist(), strict=True)
        return {person: found[record] for person, record in pairs if found[record]}

    lapsed = np.array([each.lapsed for each in measured], dtype=bool)[which] if measured else None
    result = MeasuredColumn(
        spread([_number(each.low) for each in measured]), of_time, reach, shortfall, facts, lapsed
    )
    for bound in bounds:
        result.reached(bound)
        result.short(bound)
    return result


def _number(amount: Duration | int | None) -> int:
    if amount is None:
        return LACKING
    if isinstance(amount, Duration):
        return amount.whole_months * DAYS_OF_MONTH + amount.days
    return int(amount)


def fact_of(missing: Missing) -> Fact:
    """A missing fact as plain values."""
    return (missing.list, missing.number or 0, missing.key or "")
