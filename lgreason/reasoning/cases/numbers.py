"""Numbers, lengths of time and selections: what an expression of docs/facts.md comes to on one day, as a range."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from lgreason.files.facts.values import NONE, Score, Term
from lgreason.reasoning.cases import folds, quantity, sources
from lgreason.reasoning.cases.days import BEFORE_ALL, When, plus
from lgreason.reasoning.cases.entries import Item, Subject
from lgreason.reasoning.cases.evidence import Missing
from lgreason.reasoning.cases.kleene import all_of
from lgreason.reasoning.cases.names import MeasureError, NamedValue, Names
from lgreason.reasoning.cases.quantity import NO_TIME, NOTHING, UNKNOWN, Range, Time, just, length_of
from lgreason.reasoning.cases.sources import OPEN, Selection
from lgreason.rules.declared import Declarations, path, word
from lgreason.rules.terms import Fn, Truth, Value
from lgreason.words.plain import plain_text

Same = Callable[[object, Value, str], Truth]
"""Whether a value is the one that a clause names, of a kind of terms."""

WRAPPED = frozenset({"which", "clip", "last", "union", "without", "inside", "alike", "weighted"})
NAMES_OF_AMOUNTS = quantity.OF_TIME | quantity.OF_NUMBER


def _between(start: date, end: date) -> Time | None:
    return length_of([(start, end)]) if start <= end else NO_TIME


class Numbers(Names):
    """What expressions come to for one subject; which entries count is for those who decide of entries to say."""

    def __init__(self, declared: Declarations, subject: Subject, day: date, same: Same) -> None:
        """Take what is declared, what the file says, the day of the case, and what is the same as what."""
        super().__init__(declared, subject, day)
        self._same = same

    @abstractmethod
    def truth(self, clause: str, item: Item, day: date) -> Truth:
        """What a clause that is asked of an entry comes to on a day."""

    # ── numbers and lengths of time ──────────────────────────────────────────────────────────────

    def number(self, of: Value, item: Item | None, day: date) -> Range:
        """What an expression comes to on a day."""
        if not isinstance(of, Fn):
            raise MeasureError(word(of))
        name, args = of
        if name in NAMES_OF_AMOUNTS and (exactly := quantity.amount(of)) is not None:
            return just(exactly)
        if name == "value":
            return self._number_of(self.find(args[0], item, day))
        if name in ("age", "left"):
            return self._since(name, self.date_of(args[0], item), self._reference(args[1:], item, day))
        if name in ("add", "subtract"):
            combine = quantity.add if name == "add" else quantity.subtract
            return combine(self.number(args[0], item, day), self.number(args[1], item, day))
        if name == "scale":
            by = Fraction(int(word(args[1])), int(word(args[2])))
            return quantity.scale(self.number(args[0], item, day), by)
        if name in ("cap", "floor"):
            return quantity.limited(
                self.number(args[0], item, day), self.number(args[1], item, day), name == "cap"
            )
        if name in ("ratio", "share"):
            times = 100 if name == "share" else 1
            return quantity.ratio(self.number(args[0], item, day), self.number(args[1], item, day), times)
        if name in ("round_up", "round_down", "whole_years", "whole_months", "whole_days"):
            return quantity.applied(self.number(args[0], item, day), name)
        if name in ("mean_of", "least_of", "greatest_of"):
            return folds.of_all([self.number(each, item, day) for each in args], name.removesuffix("_of"))
        return self._fold(name, args, item, day)

    def _number_of(self, found: NamedValue) -> Range:
        value = found.value
        if isinstance(value, Score):
            value = value.percent
        if isinstance(value, Fraction) or (isinstance(value, int) and not isinstance(value, bool)):
            return just(Fraction(value))
        if value is NONE:
            return NOTHING
        self.missed.append(found.missing)
        if found.attribute is None:
            return UNKNOWN
        low, high = found.attribute.low, found.attribute.high
        if found.attribute.type.name == "score":
            low, high = Fraction(0), Fraction(100)
        return Range(low, high)

    @staticmethod
    def _since(name: str, when: When | None, at: When | None) -> Range:
        """The time from a day to the day of reference (`age`), or from that to the day before another (`left`)."""
        if when is None or at is None:
            return NOTHING
        if name == "left":
            ends = ((when.first, at.last), (when.last, at.first))
            low, high = (_between(day, plus(limit, -1)) if limit < date.max else None for limit, day in ends)
            return Range(NO_TIME if low is None else low, high)
        if when.first > at.last:  # it has not come yet
            return NOTHING
        low = _between(when.last, at.first)
        high = None if when.first == BEFORE_ALL else _between(when.first, at.last)
        return Range(NO_TIME if low is None else low, high, None if when.last > at.first else False)

    def _fold(self, name: str, args: Sequence[Value], item: Item | None, day: date) -> Range:
        if name in ("least", "greatest", "mean", "sum") and len(args) == 1:
            return self._of_scores(name, args[0], item, day)
        if name not in folds.FOLDS:
            raise MeasureError(name)
        selection = self.select(args[0], item, day)
        groups = selection.groups if selection.groups is not None else (selection,)
        found = [self._one_fold(name, args, each, item, day) for each in groups]
        if selection.groups is None:
            return found[0]
        if not found:
            found = [folds.time(name, Selection((), selection.open), day, When(day, day))]
        return quantity.extreme(found, most=True)

    def _one_fold(
        self, name: str, args: Sequence[Value], selection: Selection, item: Item | None, day: date
    ) -> Range:
        if name == "count":
            return folds.count(selection)
        if name in folds.OF_TIME:
            return folds.time(name, selection, day, self._reference(args[1:], item, day))
        steps = args[1]
        if name == "kinds":
            return folds.kinds(selection, self._distinct(steps, selection, day))
        values = [self._number_of(self.find(steps, each.item, day)) for each in selection.members]
        limit = self._limits(args[0], steps)
        if name == "latest":
            return folds.latest(self.entries, selection, values)
        return folds.numbers(name, selection, values, limit)

    def _distinct(self, name: Value, selection: Selection, day: date) -> list[object]:
        """What each entry says of an attribute, alike where it is the same; `None` where that is not known.

        A term is what it names, however it is written; a text that may be what another entry names is not known.
        """
        found = [self.find(name, member.item, day) for member in selection.members]
        values: list[object] = []
        for each in found:
            value, kind = each.value, self._kind(each)
            if isinstance(value, Term) and value.id is None:
                others = (other.value for other in found if other.value is not value)
                unsure = any(self._alike(value, o, kind) is None for o in others if isinstance(o, Term))
                value = None if unsure else plain_text(value.text)
            elif isinstance(value, Term):
                value = Term(value.id, "")
            if value is None:
                self.missed.append(each.missing)
            values.append(value)
        return values

    def _limits(self, source: Value, steps: Value) -> Range:
        """Between which limits a value of an entry that is not known lies."""
        while isinstance(source, Fn) and source.name in WRAPPED:
            source = source.args[1] if source.name in ("last", "alike") else source.args[0]
        fact = self.declared.facts.get(path(source)[0])
        attribute = fact.attribute(path(steps)) if fact is not None else None
        return UNKNOWN if attribute is None else Range(attribute.low, attribute.high)

    def _of_scores(self, name: str, of: Value, item: Item | None, day: date) -> Range:
        found = self.find(of, item, day)
        kind = found.attribute.type if found.attribute is not None else Fn("")
        of_score = kind.args[-1] == Fn("score") if kind.args else False
        limit = Range(Fraction(0), Fraction(100)) if of_score else UNKNOWN
        if found.attribute is not None and not of_score:
            limit = Range(found.attribute.low, found.attribute.high)
        if found.value is None:
            self.missed.append(found.missing)
            return replace(limit, empty=None)
        if found.value is NONE:
            return NOTHING
        assert isinstance(found.value, Mapping)
        values = [self._number_of(self._named(of, str(each), item, day)) for each in found.value]
        return folds.of_all(values, name)

    # ── sources ───────────────────────────────────────────────────────────────────────────────────────────────

    def select(self, source: Value, item: Item | None, day: date) -> Selection:
        """The entries of a source on a day."""
        name, args = source if isinstance(source, Fn) else (source, ())
        if name not in WRAPPED:
            return self._base(source, item, day)
        if name == "which":
            return self._which(self.select(args[0], item, day), word(args[1]), day)
        if name == "clip":
            limits = self.window(args[1], item, day)
            if (rounds := self._rounds(args[0], limits and limits.possibly, day)) is not None:
                return rounds
            return sources.clipped(self.entries, self.select(args[0], item, day), limits)
        if name == "last":
            number = args[0]
            assert isinstance(number, int)
            if (
                rounds := self._rounds(args[1], (date(max(2, day.year - number - 1), 10, 1), day), day)
            ) is not None:
                return rounds.of(rounds.members[-number:])
            return sources.latest(self.entries, self.select(args[1], item, day), number)
        if name in ("without", "inside", "union"):
            one, other = self.select(args[0], item, day), self.select(args[1], item, day)
            return (
                sources.union(one, other)
                if name == "union"
                else sources.without(one, other, name == "inside")
            )
        if name == "alike":
            return self._grouped(args[0], self.select(args[1], item, day), day)
        return self._weighted(self.select(args[0], item, day), args[1], day)

    def _base(self, source: Value, item: Item | None, day: date) -> Selection:
        items, missing = self.entries_of(source, item)
        if items is None:
            self.missed.append(missing)
            return OPEN
        rounds = bool(items) and items[0].shape.name == "rounds"
        members = tuple(sources.begun(self.entries, items, day))
        for member in members:
            if member.truth is None or member.sure != member.possible:
                start, end = self.entries.period(member.item) or (None, None)
                if start is not None and end is not None:
                    self._miss_of(start, end, member.item)
        return Selection(members, open=rounds)

    def _rounds(self, source: Value, span: tuple[date, date] | None, day: date) -> Selection | None:
        """Every round in a span that is complete by the day, where the source is of rounds."""
        steps = path(source) if not (isinstance(source, Fn) and source.name in WRAPPED) else ("",)
        fact = self.declared.facts.get(steps[0])
        if fact is None or fact.shape.name != "rounds" or len(steps) > 1:
            return None
        items = self.items(fact.id)
        if items is None or span is None:
            self.missed.append(Missing(fact.id))
            return OPEN
        slots = self.entries.slots(fact, items, (max(span[0], date(2, 1, 1)), min(span[1], day)))
        return Selection(tuple(sources.begun(self.entries, slots, day)))

    def _which(self, selection: Selection, clause: str, day: date) -> Selection:
        kept = []
        for member in selection.members:
            truth = all_of((member.truth, self.truth(clause, member.item, day)))
            if truth is not False:
                kept.append(replace(member, truth=truth))
        return selection.of(kept)

    def _grouped(self, by: Value, selection: Selection, day: date) -> Selection:
        values = self._distinct(by, selection, day)
        distinct = list(dict.fromkeys(v for v in values if v is not None and v is not NONE))
        groups = []
        for value in distinct:
            pairs = zip(values, selection.members, strict=True)
            groups.append(
                selection.of(
                    member if held == value else replace(member, truth=None)
                    for held, member in pairs
                    if held == value or held is None
                )
            )
        groups += [
            selection.of(
                other if other is member else replace(other, truth=None)
                for held_, other in zip(values, selection.members, strict=True)
                if held_ is None
            )
            for held, member in zip(values, selection.members, strict=True)
            if held is None
        ]
        return replace(selection, groups=tuple(groups))

    def _weighted(self, selection: Selection, by: Value, day: date) -> Selection:
        kept = []
        for member in selection.members:
            weight = self.number(by, member.item, day)
            low = weight.low if isinstance(weight.low, Fraction) else Fraction(0)
            high = weight.high if isinstance(weight.high, Fraction) else None
            kept.append(replace(member, weight=(Fraction(0) if weight.empty else low, high)))
        return selection.of(kept)

    # ── what is alike, and what is missing ───────────────────────────────────────────────────────

    def _alike(self, one: object, other: object, kind: str) -> Truth:
        if isinstance(one, Term) and isinstance(other, Term):
            if one.id is not None and other.id is not None:
                return one.id == other.id
            return self._same(one, other.id or other.text, kind)
        return one == other if type(one) is type(other) else self._same(one, str(other), kind)

    @staticmethod
    def _kind(found: NamedValue) -> str:
        args = found.attribute.type.args if found.attribute is not None else ()
        return word(args[0]) if args else ""

    def _miss_of(self, start: When, end: When, item: Item | None) -> Truth:
        if item is not None:
            steps = [arg for arg in item.shape.args if not isinstance(arg, int)]
            for when, step in zip((start, end), steps, strict=False):
                if not when.known:
                    self.missed.append(
                        item.missing((word(step.args[0] if isinstance(step, Fn) and step.args else step),))
                    )
        return None
