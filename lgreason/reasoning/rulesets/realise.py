"""From a case that the search found to the entries of a person's file which bring it about, judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import islice, product
from typing import Any

from lgreason.reasoning.cases.counting import completes
from lgreason.reasoning.rulesets.counted import OTHER, Thing
from lgreason.reasoning.rulesets.demands import LeafDemand
from lgreason.reasoning.rulesets.offers import StatedFacts, offers
from lgreason.reasoning.rulesets.sides import Side
from lgreason.reasoning.rulesets.space import RuleSpace, marked
from lgreason.rules.solver.deciding import Comparer, Vector
from lgreason.rules.terms import Fn

Document = dict[str, Any]
MOST_TRIED = 240
"""So many files are tried for one case before it is left undecided."""
MOST_THINGS = 6
_LISTS = ("education", "postings", "experience")
_ONE_DAY = timedelta(days=1)
_HOW = ("plain", "equivalent", "equivalent_by_one", "acting")


class Realiser:
    """Writes files of persons for the cases of one space."""

    def __init__(self, space: RuleSpace, sides: Sequence[Side], first: int = 0) -> None:
        """Take the space, its sides, and which of them has the terms that the files are written in."""
        self._space = space
        self._sides = sides
        self._side = sides[first]
        self._vocabulary = self._side.vocabulary

    @cached_property
    def _offers(self) -> list[StatedFacts]:
        if not any(demand.clause.expression is not None for demand in self._space.demands):
            return []
        return offers(self._space, self._sides)

    @property
    def offering(self) -> bool:
        """Whether files state declared facts too."""
        return bool(self._offers)

    @cached_property
    def _offering(self) -> Comparer:
        return self._space.offering([("+".join(o.facts), o.met, o.unmet) for o in self._offers])

    def cases(
        self, holds: Sequence[tuple[int, str]], fails: Sequence[tuple[int, str]] = (), most: int = 1
    ) -> list[Vector]:
        """Cases of which clauses hold and others fail that files with declared facts can be tried for."""
        if not self._offers:
            return self._space.cases(holds, fails, most=most)
        met, unmet = ([marked(*each) for each in rows] for rows in (holds, fails))
        return self._offering.cases(met, unmet, most=most)

    def file(self, case: Vector, sound: Callable[[Document], bool]) -> Document | None:
        """The entries of the first file tried that is `sound`, none of them needless; `None` if none is."""
        parts = [self.degree(self._space.things[number]) for number in sorted(case.has)]
        ways = [list(self._ways(demand, case)) for demand in self._wanted(case)]
        if not all(ways):
            return None
        for number in sorted(case.taken):
            parts += self._offers[number].entries.items()
        for chosen in islice(product(*ways), MOST_TRIED):
            document = _whole([*parts, *(each for way in chosen for each in way)])
            if sound(document):
                return _without_needless(document, sound)
        return None

    def otherwise(self, case: Vector, document: Document) -> Iterator[Document]:
        """A file of a case with the facts that it states stated in each of the other ways that were tried.

        Those come first of which fewest demands come out otherwise.
        """
        for number in sorted(case.taken):
            taken = self._offers[number]
            if not any(key in document for key in taken.entries):
                continue
            others = [offer for offer in self._offers if offer.facts == taken.facts and offer is not taken]
            for other in sorted(others, key=lambda offer: len(offer.met ^ taken.met)):
                yield {**document, **other.entries}

    def _wanted(self, case: Vector) -> list[LeafDemand]:
        """The demands that must be brought about, each once: none that another of them brings with it."""
        demands = [self._space.demands[number] for number in sorted(case.met)]
        demands = [demand for demand in demands if demand.clause.expression is None]
        single = {demand.same: demand for demand in demands if not demand.of_degrees}
        kept = list(single.values())
        return [
            demand
            for number, demand in enumerate(kept)
            if not any(
                other is not demand and other.implies(demand) and (not demand.implies(other) or at < number)
                for at, other in enumerate(kept)
            )
        ]

    def _ways(self, demand: LeafDemand, case: Vector) -> Iterator[list[tuple[str, Any]]]:
        if demand.clause.measures in ("service", "experience"):
            yield from self._served(demand, case)
        elif demand.clause.measures == "qualification":
            degrees = [thing for thing in sorted(demand.things) if thing.how == "plain"]
            if len(degrees) >= demand.bound.value:
                yield [self.degree(thing) for thing in degrees[: demand.bound.value]]

    # ── degrees ──────────────────────────────────────────────────────────────────────────────────────────

    def degree(self, thing: Thing) -> tuple[str, Any]:
        """The entry of a degree."""
        field = thing.other
        if field == OTHER:
            others = [f for f in self._vocabulary.ids("field") if f not in self._space.fields]
            field = others[0] if others else ""
        name = self._vocabulary.name("field", field).th if field else "สาขาอื่น"
        entry: Document = {"degree": thing.one, "field": name}
        if thing.how != "plain":
            committees = list(self._vocabulary.ids("committee"))
            entry |= {"approved": True}
            entry |= {"approved_by": committees if thing.how == "approved" else committees[:1]}
        return "education", entry

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────

    def _served(self, demand: LeafDemand, case: Vector) -> Iterator[list[tuple[str, Any]]]:
        unmet = [self._space.demands[number] for number in case.unmet]

        def awkward(thing: Thing) -> tuple[int, int, int, Thing]:
            others = sum(thing in each.things for each in unmet)
            return others, _HOW.index(thing.how), thing.sort == "position", thing

        months = demand.bound.months
        things = sorted(demand.things, key=awkward)[:MOST_THINGS]
        by_days = Fn("days_of_365") in demand.clause.counts
        for thing in things:
            yield [self._spell(thing, _start(self._side.day, months, by_days), None)]
        if not demand.held:
            eve = self._side.day - _ONE_DAY
            for thing in things:
                yield [self._spell(thing, _start(eve, months, by_days), eve)]
        half = months - months // 2
        for one in things[:3]:
            for other in things[:3]:
                if one != other:
                    later = _start(self._side.day, half, by_days)
                    earlier = _start(later - _ONE_DAY, months // 2, by_days)
                    yield [self._spell(one, later, None), self._spell(other, earlier, later - _ONE_DAY)]

    def _spell(self, thing: Thing, start: date, end: date | None) -> tuple[str, Any]:
        days: Document = {"from": start.isoformat()} | ({"to": end.isoformat()} if end else {})
        if thing.sort == "work":
            return "experience", {"work": thing.one, **days}
        post: Document = {"position": thing.one}
        if thing.sort == "level":
            post = {"type": thing.one, "level": thing.other}
        if thing.how == "acting":
            post |= {"acting": True}
        if thing.how.startswith("equivalent"):
            committees = list(self._vocabulary.ids("committee"))
            post = {
                **self._unlike(thing),
                "equivalent_to": thing.one if thing.sort == "position" else f"{thing.one}.{thing.other}",
                "equivalent_by": committees if thing.how == "equivalent" else committees[:1],
            }
        return "postings", {**post, **days}

    def _unlike(self, thing: Thing) -> Document:
        """A post that fewest clauses count, to be deemed equivalent to another."""
        counted = [d.things for d in self._space.demands if d.clause.measures == "service"]
        posts = [
            (sum(Thing("level", kind, level, "plain") in things for things in counted), kind, level)
            for kind in self._vocabulary.ids("position_type")
            for level in self._vocabulary.levels_of(kind)
            if (kind, level) != (thing.one, thing.other)
        ]
        _, kind, level = min(posts)
        return {"type": kind, "level": level}


def _whole(entries: list[tuple[str, Any]]) -> Document:
    document: Document = {"education": [], "postings": [], "experience": []}
    for key, entry in entries:
        if key in _LISTS and not isinstance(entry, list):
            document[key] = [*document[key], entry]
        elif key in _LISTS:
            document[key] = [*document[key], *entry]
        elif isinstance(entry, dict) and isinstance(document.get(key), dict):
            document[key] = {**document[key], **entry}
        else:
            document[key] = entry
    return document


def _without_needless(document: Document, sound: Callable[[Document], bool]) -> Document:
    """The same without the entries that it is sound without."""
    for key in [key for key, value in document.items() if isinstance(value, list)]:
        for entry in list(document[key]):
            less = {**document, key: [each for each in document[key] if each is not entry]}
            if sound(less):
                document = less
    for key in [key for key in document if key not in _LISTS]:
        rest = {other: value for other, value in document.items() if other != key}
        if sound(rest):
            document = rest
    return document


def _start(end: date, months: int, by_days: bool) -> date:
    """The latest first day of a spell that comes to so many months on its last day."""
    if by_days:
        return end - timedelta(days=months // 12 * 365 + months % 12 * 30)
    low, high = end - timedelta(days=months * 31 + 1), end
    while low < high:
        middle = low + timedelta(days=((high - low).days + 1) // 2)
        if completes(middle, months) <= end:
            low = middle
        else:
            high = middle - _ONE_DAY
    return low
