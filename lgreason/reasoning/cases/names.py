"""What the names in an expression stand for: attributes of an entry, facts of the subject, their entries, dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lgreason.files.facts.values import NONE, Between
from lgreason.reasoning.cases.days import (
    BEFORE_ALL,
    DayWindow,
    When,
    after,
    fiscal_year_of,
    plus,
    reference,
    window,
)
from lgreason.reasoning.cases.entries import Entries, Item, Subject
from lgreason.reasoning.cases.evidence import Missing
from lgreason.rules.declared import OF_ENTRIES, Attribute, Declarations, path, word
from lgreason.rules.terms import Fn, Value

ENTRIES = OF_ENTRIES | {"record"}


class MeasureError(ValueError):
    """An expression that nothing can measure."""


@dataclass(frozen=True, slots=True)
class NamedValue:
    """What a name stands for: the value, the attribute that it is of, and what to find out if it is not known."""

    value: object
    attribute: Attribute | None
    missing: Missing


class Names:
    """Looks up names for one subject on the day of one case; `missed` collects what the file does not say."""

    def __init__(self, declared: Declarations, subject: Subject, day: date) -> None:
        """Take what is declared, what the file says and the day of the case."""
        self.declared = declared
        self.entries = Entries(declared, day)
        self.day = day
        self.missed: list[Missing] = []
        self._subject = subject
        self._items: dict[str, list[Item] | None] = {}
        self._inner: dict[tuple[int, str], list[Item] | None] = {}

    def find(self, name: Value, item: Item | None, day: date) -> NamedValue:
        """What a name of an attribute or a fact stands for on a day."""
        if isinstance(name, Fn) and name.name == "previous":
            if item is None:
                raise MeasureError("previous")
            if item.before_unsure:
                of = self._attribute(item, path(name.args[0])).attribute
                return NamedValue(None, of, item.missing(self.dated(item)))
            if item.before is None:
                return NamedValue(NONE, None, item.missing(path(name.args[0])))
            return self.find(name.args[0], item.before, day)
        if isinstance(name, Fn) and name.name == "at":
            return self._named(name.args[0], name.args[1], item, day)
        steps = path(name)
        if item is not None and steps[0] in item.attributes:
            return self._attribute(item, steps)
        fact = self.declared.facts.get(steps[0])
        if fact is None:
            raise MeasureError(".".join(steps))
        if fact.shape.name == "record" and len(steps) > 1:
            items = self.items(fact.id)
            if items is None:
                return NamedValue(None, fact.attribute(steps[1:]), Missing(fact.id))
            if not items:
                return NamedValue(NONE, None, Missing(fact.id))
            return self._attribute(items[0], steps[1:])
        value = self._subject(fact.id)
        if value is None and fact.absent.name == "none":
            value = NONE
        return NamedValue(None if isinstance(value, Between) else value, fact.value, Missing(fact.id))

    @staticmethod
    def dated(item: Item) -> tuple[str, ...]:
        """The attribute by which an entry is dated."""
        return (word(item.shape.args[0]),)

    def _attribute(self, item: Item, steps: tuple[str, ...]) -> NamedValue:
        within, attribute = item.attributes, None
        for step in steps:
            attribute = within.get(step)
            if attribute is None:
                raise MeasureError(".".join(steps))
            within = attribute.inner
        return NamedValue(self.entries.value(item, steps), attribute, item.missing(steps))

    def _named(self, of: Value, name: Value, item: Item | None, day: date) -> NamedValue:
        """One of the scores, counts or yearly values of a mapping."""
        found = self.find(of, item, day)
        key = word(name)
        kind = found.attribute.type if found.attribute is not None else Fn("")
        value = kind.args[-1] if kind.name in ("scores", "years") else kind
        attribute = (
            replace(found.attribute, type=value)
            if found.attribute is not None and isinstance(value, Fn)
            else None
        )
        if isinstance(name, Fn) and name.name == "fiscal_year":
            (back,) = name.args
            assert isinstance(back, int)
            key = str(fiscal_year_of(day) - back)
        elif isinstance(name, Fn) and name.args:
            key = ".".join(path(name))
        if found.value is NONE or found.value is None:
            return NamedValue(found.value, attribute, found.missing)
        assert isinstance(found.value, Mapping)
        held: object = found.value
        for step in [key] if key in found.value else key.split("."):
            held = held.get(step) if isinstance(held, Mapping) else None
        missing = Missing(
            found.missing.list, found.missing.number, ".".join(filter(None, (found.missing.key, key)))
        )
        return NamedValue(held, attribute, missing)

    def date_of(self, name: Value, item: Item | None) -> When | None:
        """The day that a name of a date stands for; `None`: there is none."""
        if isinstance(name, Fn) and name.name == "after":
            start = self.date_of(name.args[0], item)
            length = name.args[1]
            assert isinstance(length, Fn)
            return None if start is None else When(*(after(each, length) for each in start))
        if isinstance(name, Fn) and name.name == "before":
            start = self.date_of(name.args[0], item)
            return None if start is None else When(*(plus(each, -1) for each in start))
        if isinstance(name, Fn) and name.name == "previous" and item is not None:
            if item.before_unsure:
                self.missed.append(item.missing(self.dated(item)))
                return When(BEFORE_ALL, date.max)
            return None if item.before is None else self.date_of(name.args[0], item.before)
        if isinstance(name, str):
            try:
                return When(date.fromisoformat(name), date.fromisoformat(name))
            except ValueError:
                pass
        steps = path(name)
        if item is not None and steps[0] in item.attributes:
            when = self.entries.when(item, steps)
            if when is not None and not when.known:
                self.missed.append(item.missing(steps))
            return when
        found = self.find(name, None, self.day)
        if isinstance(found.value, date):
            return When(found.value, found.value)
        if found.value is NONE:
            return None
        self.missed.append(found.missing)
        told = self._subject(steps[0]) if len(steps) == 1 else None
        return When(told.first, told.last) if isinstance(told, Between) else When(BEFORE_ALL, date.max)

    def window(self, term: Value, item: Item | None, day: date) -> DayWindow | None:
        """The days of a window on a day."""
        return window(term, day, lambda name: self.date_of(name, item))

    def _reference(self, args: Sequence[Value], item: Item | None, day: date) -> When | None:
        term = args[0] if args else Fn("day")
        return reference(term, day, lambda name: self.date_of(name, item))

    # ── entries ───────────────────────────────────────────────────────────────────────────────────────────────

    def items(self, fact: str) -> list[Item] | None:
        """The entries of a fact, of whatever day; `None`: not known."""
        if fact not in self._items:
            self._items[fact] = self.entries.of(self.declared.facts[fact], self._subject(fact))
        return self._items[fact]

    def entries_of(self, source: Value, item: Item | None) -> tuple[list[Item] | None, Missing]:
        """The entries that a source without a selection names, of whatever day."""
        steps = path(source)
        if steps == ("this",):
            if item is None:
                raise MeasureError("this")
            return [item], item.missing(())
        if item is not None and steps[0] in item.attributes:
            return self._inner_of(item, steps)
        fact = self.declared.facts.get(steps[0])
        if fact is None:
            raise MeasureError(".".join(steps))
        items = self.items(fact.id)
        if len(steps) == 1 or items is None:
            return items, Missing(fact.id)
        if not items:
            return [], Missing(fact.id)
        return self._inner_of(items[0], steps[1:])

    def _inner_of(self, item: Item, steps: tuple[str, ...]) -> tuple[list[Item] | None, Missing]:
        found = self._attribute(item, steps)
        assert found.attribute is not None
        if found.attribute.type.name not in ENTRIES:
            raise MeasureError(".".join(steps))
        key = (id(item), ".".join(steps))
        if key not in self._inner:
            self._inner[key] = self.entries.inner(item, found.attribute)
        return self._inner[key], found.missing
