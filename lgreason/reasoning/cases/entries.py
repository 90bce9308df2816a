"""The entries of a subject's facts: what each says, what its silence means, and the days that it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from lgreason.files.facts.values import NONE, UNREAD, Between, Term
from lgreason.reasoning.cases.counting import FOREVER, Span
from lgreason.reasoning.cases.days import ANY_DAY, BEFORE_ALL, When, fiscal_year, on, plus
from lgreason.reasoning.cases.evidence import Missing
from lgreason.rules.declared import NAMED, Attribute, Declarations, Fact, word
from lgreason.rules.terms import Fn

Subject = Callable[[str], object]
"""What a subject's file says of a fact by id: a value, a tuple of entries, `NONE`, or `None`: nothing."""


@dataclass(slots=True, eq=False)
class Item:
    """One entry: of the fact, or of an attribute (`within`) of another entry (`owner`).

    `number` counts from 1; an entry without `data` is a round that nobody entered. `before` is the one before it by
    date, unless it is not sure which that is; `lasts` the first and the last day of a step.
    """

    fact: Fact
    attributes: Mapping[str, Attribute]
    shape: Fn
    data: Mapping[str, object] | None
    number: int | None
    owner: Item | None = None
    within: str | None = None
    span: Span | None = None
    before: Item | None = None
    before_unsure: bool = False
    lasts: tuple[When, When] | None = None
    whens: dict[tuple[str, ...], When | None] = field(default_factory=dict, repr=False)

    @property
    def depth(self) -> int:
        """How many steps of an attribute's path lead to the entry."""
        return self.within.count(".") + 1 if self.within else 0

    @property
    def top(self) -> Item:
        """The entry of the fact itself."""
        return self if self.owner is None else self.owner.top

    def missing(self, path: tuple[str, ...]) -> Missing:
        """What to find out where the attribute at a path is not known."""
        steps = ((self.within,) if self.within else ()) + path
        span = self.span if self.data is None else None
        return Missing(self.fact.id, self.top.number, ".".join(steps), span)


class Entries:
    """Reads entries by their declarations, as on the day of a case."""

    def __init__(self, declared: Declarations, day: date) -> None:
        """Take the declarations and the day of the case: what is dated later is left out."""
        self.declared = declared
        self.day = day

    # ── what an entry says ───────────────────────────────────────────────────────────────────────

    def value(self, item: Item, path: tuple[str, ...]) -> object:
        """What an entry says of an attribute: a value, `NONE`, or `None` if that is not known."""
        found = self._told(item, path)
        return None if found is UNREAD or isinstance(found, Between) else found

    def _told(self, item: Item, path: tuple[str, ...]) -> object:
        """The same, with what was not understood, and with the bounds of days."""
        found: object = item.data
        if item.data is None:
            return None
        within = item.attributes
        attribute: Attribute | None = None
        for step in path:
            attribute = within.get(step)
            if attribute is None:
                return None
            if found is NONE or found is UNREAD:
                return found
            found = found.get(step) if isinstance(found, Mapping) else None
            if found is None:
                break
            within = attribute.inner
        if found is None and attribute is not None:
            return self._unsaid(item, attribute)
        return found

    def _unsaid(self, item: Item, attribute: Attribute) -> object:
        absent = attribute.absent
        if absent.name == "none":
            return NONE
        if absent.name == "is":
            return _typed(word(absent.args[0]), attribute.type)
        if absent.name == "by":
            beside = attribute.path[item.depth : -1]
            other = self.value(item, (*beside, word(absent.args[0])))
            if isinstance(other, Term) and other.id is not None:
                key = (item.fact.id, attribute.id, other.id)
                if (then := self.declared.implied.get(key)) is not None:
                    return _typed(then, attribute.type)
        return None

    def when(self, item: Item, path: tuple[str, ...]) -> When | None:
        """The day that an attribute names, or those between which it lies; `None`: there is no such day."""
        if path not in item.whens:
            item.whens[path] = self._when(item, path)
        return item.whens[path]

    def _when(self, item: Item, path: tuple[str, ...]) -> When | None:
        found = self._told(item, path)
        if isinstance(found, date):
            return on(found)
        if isinstance(found, Between):
            return When(found.first, found.last)
        if found is UNREAD:
            return ANY_DAY
        if isinstance(found, int) and not isinstance(found, bool):
            return When(date(found, 1, 1), date(found, 12, 31))
        if found is NONE:
            return None
        attribute = _attribute(item.attributes, path)
        absent = attribute.absent if attribute is not None and item.data is not None else Fn("not_known")
        if absent.name == "still":
            return on(FOREVER)
        if absent.name == "already":
            return When(BEFORE_ALL, self.day)
        if absent.name == "not_before":
            earliest = self.when(item, (*path[:-1], word(absent.args[0])))
            return ANY_DAY if earliest is None else When(earliest.first, FOREVER)
        if absent.name == "still_if":
            other, wanted = (word(each) for each in absent.args)
            told = self.value(item, (*path[:-1], other))
            if isinstance(told, Term) and told.id == wanted:
                return on(FOREVER)
        return ANY_DAY

    # ── the days that it is of ───────────────────────────────────────────────────────────────────

    def period(self, item: Item) -> tuple[When | None, When | None] | None:
        """The first and the last day of an entry; the same for one that is dated; `None` for one without dates."""
        if item.span is not None:
            return on(item.span[0]), on(item.span[1])
        if item.lasts is not None:
            return item.lasts
        name, args = item.shape
        if name == "events":
            when = self.when(item, (word(args[0]),))
            return when, when
        if name == "periods":
            return self.between(item, args[0], args[1])
        return None

    def between(self, item: Item, start: object, end: object) -> tuple[When | None, When | None]:
        """The period from one attribute to another, of which `before(B)` no longer counts."""
        assert isinstance(start, Fn | str) and isinstance(end, Fn | str)
        first = self.when(item, (word(start),))
        if isinstance(end, Fn) and end.name == "before":
            last = self.when(item, (word(end.args[0]),))
            last = None if last is None else When(*(d if d == FOREVER else plus(d, -1) for d in last))
        else:
            last = self.when(item, (word(end),))
        return first, on(FOREVER) if last is None else last

    # ── the entries of a fact ────────────────────────────────────────────────────────────────────

    def of(self, fact: Fact, given: object) -> list[Item] | None:
        """The entries of a fact, those that begin after the day of the case left out; `None`: not known."""
        if given is None:
            return [] if fact.absent.name == "none" else None
        return self._items(fact, fact.attributes, fact.shape, given, None, None)

    def inner(self, item: Item, attribute: Attribute) -> list[Item] | None:
        """The entries of an attribute of an entry; `None` if they are not known."""
        given = self.value(item, attribute.path[item.depth :])
        if given is None:
            return None
        return self._items(item.fact, attribute.inner, attribute.type, given, item, attribute.id)

    def _items(
        self,
        fact: Fact,
        attributes: Mapping[str, Attribute],
        shape: Fn,
        given: object,
        owner: Item | None,
        within: str | None,
    ) -> list[Item]:
        if given is NONE:
            return []
        entries = [given] if isinstance(given, Mapping) else list(given) if isinstance(given, tuple) else []
        items = [
            Item(fact, attributes, shape, entry if isinstance(entry, Mapping) else {}, number, owner, within)
            for number, entry in enumerate(entries, 1)
        ]
        if shape.name == "rounds":
            items = list(self._rounds(items))
        elif shape.name == "steps":
            items = list(self._steps(items))
        kept = [item for item in items if not self._later(item)]
        return list(_in_order(kept, self)) if shape.name in ("periods", "events") else kept

    def _later(self, item: Item) -> bool:
        period = self.period(item)
        return period is not None and period[0] is not None and period[0].first > self.day

    def _steps(self, items: list[Item]) -> Iterator[Item]:
        """Each holds until the next begins, wherever within its bounds that is."""
        starts = [(item, self.when(item, (word(item.shape.args[0]),))) for item in items]
        begun = [(item, when) for item, when in starts if when is not None]
        for item, start in begun:
            others = [when for other, when in begun if other is not item]
            may = [max(each.first, plus(start.first, 1)) for each in others if each.last > start.first]
            must = [each.last for each in others if each.first > start.last]
            earliest, latest = min(may, default=FOREVER), min(must, default=FOREVER)
            item.lasts = start, When(*(d if d == FOREVER else plus(d, -1) for d in (earliest, latest)))
            yield item

    def _rounds(self, items: list[Item]) -> Iterator[Item]:
        for item in items:
            year, number, of = (*item.shape.args[:2], item.shape.args[2])
            of_year, round_ = self.value(item, (word(year),)), self.value(item, (word(number),))
            if isinstance(of_year, int) and isinstance(of, int):
                yield _spanned(item, round_span(of_year, None if round_ is None else int(str(round_)), of))

    def slots(self, fact: Fact, items: list[Item], span: Span) -> list[Item]:
        """Every round that lies in a span, entered or not, in order; a year entered whole is one."""
        of = fact.shape.args[2]
        assert isinstance(of, int)
        found: list[Item] = []
        years = range(max(2, span[0].year), min(9998, span[1].year) + 2)
        by_span = {item.span: item for item in items}
        for year in years:
            whole = by_span.get(fiscal_year(year))
            spans = [fiscal_year(year)] if whole else [round_span(year, n, of) for n in range(1, of + 1)]
            for each in spans:
                if span[0] <= each[0] and each[1] <= span[1]:
                    empty = Item(fact, fact.attributes, fact.shape, None, None, span=each)
                    found.append(by_span.get(each) or empty)
        return found


def _in_order(items: list[Item], entries: Entries) -> Iterator[Item]:
    """The same, each knowing the one before it by date, or that it is not sure which that is."""
    begins: dict[int, When] = {}
    for item in items:
        period = entries.period(item)
        begins[id(item)] = on(FOREVER) if period is None or period[0] is None else period[0]
    ordered = sorted(items, key=lambda item: begins[id(item)].first)
    for number, item in enumerate(ordered):
        start = begins[id(item)]
        earlier = ordered[:number]
        item.before = earlier[-1] if earlier else None
        later = ordered[number + 1 :]
        unsure = any(begins[id(other)].first < start.last for other in later)
        unsure = unsure or any(begins[id(other)].last > start.first for other in earlier)
        last = begins[id(item.before)].first if item.before is not None else start.first
        item.before_unsure = unsure or any(begins[id(other)].last > last for other in earlier[:-1])
    yield from items


def _spanned(item: Item, span: Span) -> Item:
    item.span = span
    return item


def round_span(year: int, number: int | None, of: int) -> Span:
    """The days of a round of a fiscal year (C.E.); without a number, of the whole year."""
    first, last = fiscal_year(year)
    if number is None:
        return first, last
    months = 12 // of
    begin = first.year * 12 + 9 + months * (number - 1)
    end = begin + months
    return (
        date(begin // 12, begin % 12 + 1, 1),
        plus(date(end // 12, end % 12 + 1, 1), -1),
    )


def _attribute(within: Mapping[str, Attribute], path: tuple[str, ...]) -> Attribute | None:
    found = None
    for step in path:
        found = within.get(step)
        if found is None:
            return None
        within = found.inner
    return found


def _typed(value: str, kind: Fn) -> object:
    if kind.name == "yes_no":
        return value == "true"
    return Term(value, value) if kind.name in NAMED else value
