"""Ways in which declared facts may be stated, each measured by both sides: what a case can be brought about with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, product
from typing import Any, NamedTuple

from lgreason.reasoning.cases.counting import completes
from lgreason.reasoning.rulesets.hints import FactHints, Gathered
from lgreason.reasoning.rulesets.sides import Side
from lgreason.reasoning.rulesets.space import RuleSpace
from lgreason.rules.declared import Declarations, Fact, word
from lgreason.rules.model import MONTHS_IN
from lgreason.rules.terms import Fn

Document = dict[str, Any]
MOST_OF_A_FACT = 90
MOST_JOINED = 160
_DAY = timedelta(days=1)
_ENDS_LATER = 3650


class StatedFacts(NamedTuple):
    """Facts stated in one way: the entries of a file, and of the demands on them those that are met and not met."""

    facts: tuple[str, ...]
    entries: Document
    met: frozenset[int]
    unmet: frozenset[int]


def offers(space: RuleSpace, sides: Sequence[Side]) -> list[StatedFacts]:
    """The ways that were tried: of those that come to the same for every demand the first."""
    declared = sides[0].kb.declared.declarations("person")
    gathered = Gathered(space, declared, sides[0].day)
    found: list[StatedFacts] = []
    for facts, numbers in _joined(gathered.of):
        told: dict[tuple[frozenset[int], frozenset[int]], StatedFacts] = {}
        writers: list[list[Any]] = [
            list(
                islice(
                    _stated(declared.facts[f], gathered.facts.get(f, FactHints()), sides[0].day),
                    MOST_OF_A_FACT,
                )
            )
            for f in facts
            if f in declared.facts
        ]
        for way in islice(_products(writers), 2 * MOST_JOINED):
            entries = dict(zip(facts, way, strict=True))
            if sides[0].person(entries) is None:  # what is not named may have to be said all the same
                entries = {f: _filled(declared, declared.facts[f], entries[f]) for f in facts}
            if (truths := _measured(space, sides, entries, numbers)) is not None:
                told.setdefault(truths, StatedFacts(facts, entries, *truths))
        found += told.values()
    return found


def _filled(declared: Declarations, fact: Fact, stated: Any) -> Any:
    """Entries that say the first of the named values in order, where they say nothing of them."""
    if not isinstance(stated, list):
        return stated
    kinds = {name: a.type for name, a in fact.attributes.items() if a.type.name == "scale"}
    first = {name: declared.values.get(word(kind.args[0]), ()) for name, kind in kinds.items()}
    return [{**{name: row[0] for name, row in first.items() if row}, **entry} for entry in stated]


def _products(ways: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Choices of one of each: those of the first few of each, then those that differ from the first in one alone."""
    if len(ways) > 1:
        yield from product(*(row[: round(MOST_JOINED ** (1 / len(ways)))] for row in ways))
    firsts = tuple(each[0] for each in ways)
    for number, row in enumerate(ways):
        yield from ((*firsts[:number], other, *firsts[number + 1 :]) for other in row)


def _joined(of: dict[int, frozenset[str]]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """The facts in groups that no measure joins, each with the demands on it."""
    groups: list[tuple[set[str], list[int]]] = []
    for number, facts in of.items():
        meets = [group for group in groups if group[0] & facts]
        merged = set(facts).union(*(group[0] for group in meets))
        numbers = sorted([number, *(n for group in meets for n in group[1])])
        groups = [group for group in groups if group not in meets] + [(merged, numbers)]
    for facts_, numbers in groups:
        yield tuple(sorted(facts_)), numbers


def _measured(
    space: RuleSpace, sides: Sequence[Side], entries: Document, numbers: list[int]
) -> tuple[frozenset[int], frozenset[int]] | None:
    """The demands that facts so stated meet and do not meet; `None` where a file so written is refused."""
    met: set[int] = set()
    unmet: set[int] = set()
    for number, side in enumerate(sides):
        person = side.person(entries)
        if person is None:
            return None
        case = side.judge.case(person, side.day).case
        for each in numbers:
            demand = space.demands[each]
            if demand.side == number:
                truth = case.reach(demand.clause, demand.bound).on(side.day)
                if truth is None:
                    return None
                (met if truth else unmet).add(each)
    return frozenset(met), frozenset(unmet)


# ── how one fact may be stated ────────────────────────────────────────────────────────────────────────────────


def _stated(fact: Fact, hints: FactHints, day: date) -> Iterator[Any]:
    shape = fact.shape.name
    if shape in ("scores", "years"):
        yield from _by_name(hints)
    elif shape == "one":
        yield from (_written(value) for value in hints.values.get((), ()))
    elif shape == "record":
        yield from ({**entry} for entry in _entries(fact, hints) if entry)
        yield "none"
    elif shape == "rounds":
        yield from _rounds(fact, hints, day)
    else:
        yield []
        yield from _lists(fact, hints, day)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _by_name(hints: FactHints) -> Iterator[Document]:
    rows = [[(name, value) for value in values] for name, values in hints.names.items()]
    for chosen in islice(product(*rows), MOST_OF_A_FACT):
        yield dict(chosen)


def _entries(fact: Fact, hints: FactHints) -> list[Document]:
    """Entries with every choice of the values that are named, without their dates."""
    dated = {word(arg.args[0]) if isinstance(arg, Fn) and arg.args else word(arg) for arg in fact.shape.args}
    keys = [key for key in hints.values if key and key[0] not in dated]
    found: list[Document] = []
    for chosen in islice(product(*(hints.values[key] for key in keys)), 48):
        entry: Document = {}
        for key, value in zip(keys, chosen, strict=True):
            within = entry
            for step in key[:-1]:
                within = within.setdefault(step, {})
            within[key[-1]] = _score(fact, key, _written(value))
        found.append(entry)
    posts = [post for number, post in enumerate(hints.posts) if post not in hints.posts[:number]]
    return [{**post, **entry} for post in posts or [{}] for entry in found or [{}]]


def _score(fact: Fact, key: tuple[str, ...], value: Any) -> Any:
    """A mark out of a hundred where the fact is one of scores."""
    attribute = fact.attribute(key[:1])
    inner = attribute.type.args[-1] if attribute is not None and attribute.type.args else None
    if attribute is not None and (inner == Fn("score") or attribute.type.name == "score"):
        return {"score": value, "full": 100}
    return value


def _rounds(fact: Fact, hints: FactHints, day: date) -> Iterator[list[Document]]:
    """The latest rounds, all alike, or the latest few otherwise than those before."""
    year = day.year + (day.month >= 10)
    times = int(word(fact.shape.args[-1])) if len(fact.shape.args) > 2 else 1
    names = [word(arg) for arg in fact.shape.args[:2]] if times > 1 else [word(fact.shape.args[0])]
    first = min((each.year for each in hints.days), default=day.year - 6)
    slots = [(y, n) for y in range(year, min(first, day.year - 6) - 1, -1) for n in range(times, 0, -1)]
    done = [slot for slot in slots if _ended(slot, times) <= day]
    kinds = _entries(fact, hints)

    def filled(rows: list[Document]) -> list[Document]:
        keys = [dict(zip(names, slot, strict=False)) for slot in done]
        return [{**key, **row} for key, row in zip(keys, rows, strict=False)]

    for kind in kinds:
        yield filled([kind] * len(done))
    counts = sorted({count + by for count in hints.counts for by in (0, -1) if count + by > 0})
    for count in counts:
        for kind, rest in product(kinds, kinds):
            if kind != rest:
                yield filled([kind] * count + [rest] * (len(done) - count))


def _ended(slot: tuple[int, int], times: int) -> date:
    year, number = slot
    months = 12 // times * number
    month = 9 + months
    last = date(year - 1 + month // 12, month % 12 + 1, 1) if month >= 12 else date(year - 1, month + 1, 1)
    return last - _DAY


def _lists(fact: Fact, hints: FactHints, day: date) -> Iterator[list[Document]]:
    kinds = _entries(fact, hints)
    spans = list(_spans(fact, hints, day))
    counts = sorted({c + by for c in hints.counts for by in (0, 1, -1) if 1 < c + by <= 12})
    singles = [{**kind, **span} for kind, span in product(kinds, spans)]
    yield from ([one] for one in singles)
    for count in counts:
        for one in singles[:24]:
            yield [_earlier(one, number) for number in range(count)]
    for one, other in product(singles[:10], singles[:10]):
        if one != other:
            yield [one, other]


def _earlier(entry: Document, days: int) -> Document:
    """The same so many days earlier."""
    moved = dict(entry)
    for key, value in entry.items():
        if isinstance(value, str) and len(value) == 10 and value[4] == "-":
            moved[key] = (date.fromisoformat(value) - days * _DAY).isoformat()
    return moved


def _spans(fact: Fact, hints: FactHints, day: date) -> Iterator[Document]:
    """The dates of an entry, at and beside the days and lengths that are named."""
    shape, args = fact.shape
    if shape == "list":
        yield {}
        return
    starts = [day, *_begins(hints.lengths, day)]
    edges = [
        edge + by * _DAY
        for edge in hints.days
        if date(1900, 1, 1) < edge < date(2100, 1, 1)
        for by in (0, -1, 1)
    ]
    name = word(args[0])
    own = [value for value in hints.values.get((name,), ()) if isinstance(value, date)]
    if shape in ("events", "steps"):
        attribute = fact.attribute((name,))
        for when in dict.fromkeys((*own, *edges, *starts, day - 30 * _DAY)):
            if when <= day:
                yield {
                    name: when.year - 1 if attribute and attribute.type.name == "year" else when.isoformat()
                }
        return
    ends = word(args[1].args[0]) if isinstance(args[1], Fn) and args[1].args else word(args[1])
    attribute = fact.attribute((ends,))
    open_end = attribute is not None and attribute.absent.name == "still"
    lasting: Document = {} if open_end else {ends: (day + _ENDS_LATER * _DAY).isoformat()}
    for start in dict.fromkeys((*own, *starts[1:], day - 400 * _DAY, *edges, day)):
        if start <= day:
            yield {name: start.isoformat(), **lasting}
    for edge in dict.fromkeys((*edges, day - _DAY)):
        if edge <= day:
            for start in dict.fromkeys((*_begins(hints.lengths, edge), edge - 400 * _DAY)):
                yield {name: start.isoformat(), ends: edge.isoformat()}
    for start in dict.fromkeys(each for each in hints.days if date(1900, 1, 1) < each <= day):
        for end in _ending(hints.lengths, start):
            if end <= day:
                yield {name: start.isoformat(), ends: end.isoformat()}


def _begins(lengths: Sequence[Fn], end: date) -> list[date]:
    """The first days from which a time just comes to a length by a day, is a day short of it, a day longer."""
    found: list[date] = []
    for length in lengths:
        if (start := _start(length, end)) is not None:
            found += [start, start + _DAY, start - _DAY]
    return [each for each in dict.fromkeys(found) if each <= end]


def _start(length: Fn, end: date) -> date | None:
    try:
        numbers = [int(word(arg)) for arg in length.args]
        if length.name in ("days", "weeks"):
            return end - (numbers[0] * (7 if length.name == "weeks" else 1) - 1) * _DAY
        if length.name not in (*MONTHS_IN, "time") or not numbers:
            return None
        months, days = numbers[0] * MONTHS_IN.get(length.name, 12), 0
        if length.name == "time":
            months, days = numbers[0] * 12 + numbers[1], numbers[2]
        before = end - days * _DAY
        low, high = before - (months * 31 + 1) * _DAY, before
        while low < high:
            middle = low + ((high - low).days + 1) // 2 * _DAY
            low, high = (middle, high) if completes(middle, months) <= before else (low, middle - _DAY)
        return low
    except (ValueError, OverflowError, IndexError):
        return None


def _ending(lengths: Sequence[Fn], start: date) -> Iterator[date]:
    for length in lengths:
        if length.name in ("days", "weeks"):
            days = int(word(length.args[0])) * (7 if length.name == "weeks" else 1)
            yield from (start + (days - 1 + by) * _DAY for by in (0, 1, -1))
        elif length.name in MONTHS_IN:
            whole = completes(start, int(word(length.args[0])) * MONTHS_IN[length.name])
            yield from (whole, whole + _DAY, whole - _DAY)
