"""Entries that count towards a clause that measures time: their days, and what these come to together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from lgreason.files.person.person import Experience, Person, Posting
from lgreason.reasoning.cases.counting import (
    COUNTED_OTHERWISE,
    FOREVER,
    ONE_DAY,
    Counting,
    Duration,
    Span,
    add,
    counting_of,
    overlap,
    stretches,
    until,
)
from lgreason.reasoning.cases.evidence import Entry, Missing
from lgreason.reasoning.cases.measurement import BEFORE_ALL_RECORD, Added, Measurement, Reach
from lgreason.rules.model import Bound
from lgreason.rules.terms import Truth


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that counts surely (`sure`) or possibly, with its span; no span where its start is not known."""

    entry: Entry
    sure: bool
    span: Span | None
    end: date
    missing: tuple[Missing, ...] = ()


def begins_after(entry: Posting | Experience, day: date) -> bool:
    """Whether an entry surely begins after a day."""
    first = entry.words.within["from"][0] if "from" in entry.words.within else entry.start
    return first is not None and first > day


def candidates_of(
    list_: str, entry: Posting | Experience, counts: Truth, missing: Iterable[Missing]
) -> Iterator[Candidate]:
    """An entry that counts, surely or possibly; where its days have bounds, what it surely spans and what it may."""
    facts = tuple(missing) if counts is None else ()
    number, end, start = entry.number, entry.end or FOREVER, entry.start
    within = entry.words.within
    if not within:
        if start is None:
            yield Candidate(Entry(list_, number), False, None, end, (*facts, Missing(list_, number, "from")))
        else:
            yield Candidate(Entry(list_, number), counts is True, (start, end), end, facts)
        return
    first, last_first = within.get("from", (start, start))
    first_end, last = within.get("to", (end, end))
    unsure = tuple(Missing(list_, number, key) for key in ("from", "to") if key in within)
    if first is None or last_first is None:
        facts = (*facts, *unsure, Missing(list_, number, "from"))
        yield Candidate(Entry(list_, number), False, None, last, facts)
        return
    if counts is True and last_first <= first_end:
        yield Candidate(Entry(list_, number), True, (last_first, first_end), first_end)
    yield Candidate(Entry(list_, number), False, (first, max(first, last)), last, (*facts, *unsure))


def time_of(
    candidates: list[Candidate], whole: tuple[Missing, ...], day: date, conditions: Container[object]
) -> Measurement:
    """What entries that count come to on a day; `whole` are the lists that are not known."""
    count = counting_of(name for name in COUNTED_OTHERWISE if name in conditions)
    if not candidates:  # most clauses, and the same for all of them
        return _no_time(whole, day, count, "while_held" in conditions)
    return _time_of(candidates, whole, day, count, "while_held" in conditions)


@lru_cache(maxsize=256)
def _no_time(whole: tuple[Missing, ...], day: date, count: Counting, while_held: bool) -> Measurement:
    return _time_of([], whole, day, count, while_held)


def _time_of(
    candidates: list[Candidate],
    whole: tuple[Missing, ...],
    day: date,
    count: Counting,
    while_held: bool,
) -> Measurement:
    sure = [c.span for c in candidates if c.sure and c.span]
    possible = [c.span for c in candidates if c.span]
    boundless = bool(whole) or any(c.span is None for c in candidates)
    low = count.total(until(sure, day))
    high = None if boundless else max(low, count.total(until(possible, day)))
    held = next(((start, end) for start, end in stretches(sure) if start <= day <= end), None)
    may_be_held = bool(whole) or any(c.end >= day for c in candidates)

    def reach(bound: Bound) -> Reach:
        since, last = count.first_day(sure, bound.months), FOREVER
        if while_held:
            # Reached only while the post is held: within the stretch that lasts on the day, if there is one.
            first, last = held or (FOREVER, FOREVER)
            since = max(since, first) if since is not None and held and since <= last else None
        if boundless:
            possibly: date | None = BEFORE_ALL_RECORD
        elif len(possible) == len(sure):
            possibly = None
        else:
            possibly = count.first_day(possible, bound.months)
        if while_held and not may_be_held:
            possibly = None
        return Reach(since, last, possibly)

    def shortfall(bound: Bound) -> Duration | None:
        """How much longer one would have to serve without a break, from the day after `day`."""
        if count.reached(low, bound.months):
            return Duration()
        if count.by_days:
            return count.short(low, bound.months)
        served = [*until(sure, day), (day + ONE_DAY, FOREVER)]
        first = count.first_day(served, bound.months)
        if first is None:
            return None
        short = count.total([(day + ONE_DAY, first)])
        # A stretch of its own is added to the others, so its 30 days make a month as theirs do (C5).
        return short if len(stretches(served)) == 1 or count.joined else add([short, Duration()])

    def added(bound: Bound) -> Added | None:
        """What is short, where the way in which stretches are added bears on its length or its day."""
        start = day + ONE_DAY
        served = [*until(sure, day), (start, FOREVER)]
        if count.by_days or count.reached(low, bound.months) or len(stretches(served)) == 1:
            return None
        first = count.first_day(served, bound.months)
        other = count._replace(joined=not count.joined).first_day(served, bound.months)
        if first is None or other is None:
            return None
        plain = first == other and shortfall(bound) == count.total([(start, first)])
        return None if plain else Added(start, first, other)

    surely = frozenset((c.entry, c.span) for c in candidates if c.sure)
    return Measurement(
        low=low,
        high=high,
        entries=_entries(c.entry for c in candidates if c.sure),
        maybe=_entries(c.entry for c in candidates if not c.sure and (c.entry, c.span) not in surely),
        missing=(*whole, *dict.fromkeys(fact for c in candidates for fact in c.missing)),
        reach=reach,
        shortfall=shortfall,
        lapsed=while_held and held is None,
        served=tuple((c.entry, (c.span[0], min(c.span[1], day))) for c in candidates if c.sure and c.span),
        added=added,
    )


def inside(candidates: Iterable[Candidate], service: Sequence[Candidate]) -> Iterator[Candidate]:
    """Only what of some time falls within other time."""
    sure = [held.span for held in service if held.sure and held.span]
    boundless = any(held.span is None for held in service)
    possible = [held.span for held in service if held.span]
    for candidate in candidates:
        if boundless:
            yield replace(candidate, sure=False)
        else:
            inside = possible if candidate.span is None else overlap([candidate.span], possible)
            yield from (replace(candidate, sure=False, span=span) for span in inside)
        if candidate.span is not None:
            yield from (replace(candidate, span=span) for span in overlap([candidate.span], sure))


def posts_held(person: Person, day: date) -> list[Candidate]:
    """The time in any post of government, however it was held (A-35, the other reading)."""
    posts = [posting for posting in person.postings or () if not begins_after(posting, day)]
    return [each for posting in posts for each in candidates_of("postings", posting, True, ())]


def after_degree(
    person: Person, candidates: Iterable[Candidate], whole: tuple[Missing, ...], degrees: frozenset[str]
) -> tuple[list[Candidate], tuple[Missing, ...]]:
    """Only what of some time falls on or after the first of some degrees was obtained (A-36, the other reading).

    The day of a degree that is not told, and a degree not told, leave the time before every other degree in doubt.
    """
    if person.education is None:
        doubtful = [replace(candidate, sure=False) for candidate in candidates]
        return [replace(c, missing=(*c.missing, Missing("education"))) for c in doubtful], whole
    sure, possible = FOREVER, FOREVER
    missing: list[Missing] = []
    for held in person.education:
        if held.degree and held.degree not in degrees:
            continue
        first, last = held.words.within.get("obtained", (held.obtained, held.obtained))
        possible = min(possible, first or BEFORE_ALL_RECORD)
        if not held.degree:
            missing.append(Missing("education", held.number, "degree"))
        elif last is None:
            missing.append(Missing("education", held.number, "obtained"))
        else:
            sure = min(sure, last)
            if first != last:
                missing.append(Missing("education", held.number, "obtained"))
    found: list[Candidate] = []
    for candidate in candidates:
        if candidate.span is None:
            found.append(candidate)
            continue
        start, end = candidate.span
        if sure != FOREVER and max(start, sure) <= end:
            found.append(replace(candidate, span=(max(start, sure), end)))
        if start < sure and possible < sure and max(start, possible) <= end:
            span = (max(start, possible), end)
            found.append(replace(candidate, sure=False, span=span, missing=(*candidate.missing, *missing)))
    return found, whole


def _entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    found = tuple(entries)
    return found if len(found) < 2 else tuple(dict.fromkeys(found))
