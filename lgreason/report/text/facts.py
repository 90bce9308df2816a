"""Declared facts in words: entries, attributes, what was required and what was found, by their declarations alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from lgreason.files.facts.values import NONE, Between, Score, Term
from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.cases.days import When
from lgreason.reasoning.cases.evidence import Entry, Missing
from lgreason.reasoning.cases.measured import FactMeasurement
from lgreason.reasoning.cases.quantity import OF_NUMBER, OF_TIME, Quantity, Range, Time, amount, compares_days
from lgreason.reasoning.cases.tree import ReasonNode
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.declared import Attribute, Declarations, path, word
from lgreason.rules.model import demand_of
from lgreason.rules.terms import Fn, Value
from lgreason.words.dates import BUDDHIST_OFFSET
from lgreason.words.vocabulary import Vocabulary

EntryWords = Callable[[Entry], str]
"""An entry of any list of a person's file in words."""
MOST_DECIMALS = 4
MOST_ENTRIES = 3
MARKS = {True: "✓", False: "✗", None: "?"}


def decimal_words(value: Fraction, wording: Wording) -> str:
    """A number in digits, with no more decimals than it has, and no more than four."""
    scaled = value * 10**MOST_DECIMALS
    if scaled.denominator != 1:
        text = f"{float(value):,.{MOST_DECIMALS}f}"
    else:
        whole, rest = divmod(abs(int(scaled)), 10**MOST_DECIMALS)
        text = f"{whole:,}.{rest:0{MOST_DECIMALS}d}".rstrip("0").rstrip(".")
        text = f"-{text}" if value < 0 else text
    return wording.digits_of(text)


class FactText:
    """Words for the facts that a knowledge base declares."""

    def __init__(self, vocabulary: Vocabulary, wording: Wording, subject: str = "person") -> None:
        """Take the terms, those of declared facts among them, the language, and of what the facts are."""
        self._subject = subject
        self._vocabulary = vocabulary.of_facts
        self._wording = wording
        self._say = wording.say

    @property
    def _declared(self) -> Declarations:
        return self._vocabulary.declarations_of(self._subject)

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def fact(self, identity: str) -> str:
        """The name of a fact."""
        found = self._declared.names.get(("fact", identity))
        return identity if found is None else found.into(self._wording.language)

    def attribute(self, fact: str, path: str) -> str:
        """The name of an attribute of the entries of a fact."""
        found = self._declared.names.get(("attribute", f"{fact}.{path}"))
        return path if found is None else found.into(self._wording.language)

    def value(self, value: object, kind: str = "") -> str:
        """A value in words."""
        if isinstance(value, Between):
            return self._say("fact.days_between", first=value.first, last=value.last)
        if isinstance(value, Term):
            if value.id is None:
                return value.text
            return self._vocabulary.name(kind, value.id).into(self._wording.language) if kind else value.id
        if isinstance(value, Score):
            percent = value.percent
            return self._say("value.null") if percent is None else self.amount(percent, "percent")
        if isinstance(value, tuple):
            return self._wording.listed(self.value(each, kind) for each in value)
        if isinstance(value, Mapping):
            return self._wording.listed(f"{key} {self.value(each)}" for key, each in value.items())
        if isinstance(value, bool):
            return self._say(f"value.{str(value).lower()}")
        if isinstance(value, Fraction):
            return decimal_words(value, self._wording)
        if isinstance(value, date):
            return self._wording.date(value, short=True)
        if value is NONE:
            return self._say("fact.none")
        return self._say("value.null") if value is None else self._wording.digits_of(str(value))

    # ── entries of a file ────────────────────────────────────────────────────────────────────────

    def entry(self, person: Person, entry: Entry) -> str:
        """An entry in words: which fact, which entry, what it says."""
        given = person.given.facts.get(entry.list)
        fact = self._declared.facts[entry.list]
        data = given if isinstance(given, Mapping) else {}
        if isinstance(given, tuple) and entry.number <= len(given):
            data = given[entry.number - 1]
        parts = [
            self._said(each, data[name])
            for name, each in fact.attributes.items()
            if data.get(name) is not None
        ]
        what = self._say("list.comma").join(parts)
        if isinstance(given, Mapping):
            return self._say("fact.record", fact=self.fact(entry.list), what=what)
        return self._say("fact.entry", fact=self.fact(entry.list), n=entry.number, what=what)

    def _said(self, attribute: Attribute, value: object) -> str:
        kind = word(attribute.type.args[0]) if attribute.type.args else ""
        if attribute.type.name == "year" and isinstance(value, int) and self._wording.language == "th":
            value += BUDDHIST_OFFSET
        named = isinstance(value, Term) or attribute.type.name == "text"
        if named:
            return self.value(value, kind)
        if isinstance(value, tuple) and not value:
            value = NONE
        if isinstance(value, tuple):
            value = tuple(
                self._say("list.comma").join(
                    self._said(attribute.inner[k], v) for k, v in each.items() if k in attribute.inner
                )
                if isinstance(each, Mapping)
                else each
                for each in value
            )
        return self._say(
            "fact.said", name=self._attribute_name(attribute), value=self._of_type(value, attribute)
        )

    def said(self, name: str, value: str) -> str:
        """An attribute by its name, with what is said of it."""
        return self._say("fact.said", name=name, value=value)

    def stated(self, person: Person) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The name of each fact that a file states by its declaration, with what it states."""
        for identity, given in person.given.facts.items():
            if identity in self._declared.facts and given is not None:
                yield self.fact(identity), self._stated(identity, given)

    def told(self, identity: str, given: object) -> str:
        """A fact with what is told of it, in one line."""
        stated = self._stated(identity, given) or (self._say("fact.none"),)
        return self._say(
            "fact.record", fact=self.fact(identity), what=self._say("list.semicolon").join(stated)
        )

    def _stated(self, identity: str, given: object) -> tuple[str, ...]:
        """What is stated of a fact, entry by entry."""
        fact = self._declared.facts[identity]
        if fact.value is None and isinstance(given, tuple):
            return tuple(self.values(identity, tuple(entry.items())) for entry in given)
        if fact.value is None and isinstance(given, Mapping):
            return (self.values(identity, tuple(given.items())),)
        return (self._of_type(given, fact.value),)

    def _of_type(self, value: object, of: Attribute | None) -> str:
        """A value with its unit."""
        unit = of.type.name if of is not None else ""
        if isinstance(value, Fraction) and unit in ("percent", "points", "hours", "baht"):
            return self.amount(value, unit)
        return self.value(value, _kind(of))

    def beside(self, person: Person, entry: Entry) -> str:
        """What an entry of a list that the program types itself says by declared attributes; empty if nothing."""
        rows = person.given.more.get(entry.list, ())
        said = rows[entry.number - 1] if entry.number <= len(rows) else {}
        return self.values(entry.list, tuple(said.items()))

    def _attribute_name(self, attribute: Attribute) -> str:
        for fact in self._declared.facts.values():
            if fact.attribute(attribute.path) is attribute:
                return self.attribute(fact.id, attribute.id)
        return attribute.id

    def values(self, fact: str, values: object) -> str:
        """What an entry says that is not yet in a file; `values` are pairs of attribute and value."""
        attributes = self._declared.facts[fact].attributes
        pairs = values if isinstance(values, tuple) else ()
        return self._say("list.comma").join(
            self._said(attributes[name], value) for name, value in pairs if name in attributes and value != ()
        )

    def outcome(self, missing: Missing, value: object) -> str:
        """What a fact that is not known may turn out to be."""
        fact = self._declared.facts[missing.list]
        if missing.key is None and fact.value is None:
            entries = value if isinstance(value, tuple) else ()
            return self._say("list.semicolon").join(self.values(fact.id, each) for each in entries)
        of = fact.value if missing.key is None else fact.attribute(tuple(missing.key.split(".")))
        if value == ():
            value = NONE
        return "" if isinstance(value, date) else self.value(value, _kind(of))

    def missing(self, fact: Missing, entry: str | None) -> str:
        """A fact that the file does not give; `entry` is the entry it would stand in, in words."""
        if fact.span is not None and fact.key is not None:
            name, (start, end) = self.attribute(fact.list, fact.key), fact.span
            return self._say("fact.missing_round", name=name, start=start, end=end, key=fact.key)
        if fact.key is None:
            return self._say("fact.missing", fact=self.fact(fact.list), key=fact.list)
        name = self.attribute(fact.list, fact.key)
        if entry is None:
            return self._say("fact.missing_in", name=name, fact=self.fact(fact.list), key=fact.key)
        return self._say("fact.missing_of", name=name, entry=entry, key=fact.key)

    # ── what was required and found ──────────────────────────────────────────────────────────────

    def comparison(self, node: ReasonNode[FactMeasurement, Duration]) -> str:
        """What was required and what was found, in one line."""
        assert node.bound is not None and node.measurement is not None
        form = demand_of(node.bound)
        of = node.measurement.value.attribute if node.measurement.value is not None else None
        found = self.found(node.measurement, form, of)
        state = {True: "met", False: "unmet", None: "open"}[node.holds]
        fact = node.measurement.value.missing.list if node.measurement.value is not None else None
        required = self.required(form, of, fact)
        line = self._say(f"fact.required_{state}", required=required, found=found)
        if node.holds is False and node.shortfall:
            line += self._say("fact.short", short=node.shortfall)
        elif node.holds is False and (short := self._short(node.measurement.found, form)) is not None:
            line += self._say("fact.short", short=short)
        return line

    def _short(self, found: Range, form: Fn) -> str | None:
        bound = form.args[0] if form.args else None
        limit = amount(bound) if isinstance(bound, Fn) else None
        if form.name != "at_least" or not isinstance(limit, Fraction) or not isinstance(found.high, Fraction):
            return None
        assert isinstance(bound, Fn)
        return self.amount(limit - found.high, bound.name) if found.high < limit else None

    def required(self, form: Fn, of: Attribute | None = None, fact: str | None = None) -> str:
        """A demand in words, of an attribute of a fact where it is of one."""
        kind = _kind(of)
        if form.name == "one_of":
            return self._wording.either(
                self.value(Term(self._vocabulary.resolve(kind, word(v)) if kind else None, word(v)), kind)
                if word(v) not in ("true", "false")
                else self._say(f"value.{word(v)}")
                for v in form.args
            )
        if form.name in ("same_as", "other_than"):
            return self._say(f"fact.{form.name}", other=self._named(form.args[0], fact))
        if form.name in ("within", "covers", "meets"):
            return self._say(f"fact.{form.name}", window=self.window(form.args[0]))
        if form.name == "counts":
            return self._say("fact.counts")
        return self._say(f"fact.{form.name}", amount=self._bound(form.args[0], kind))

    def _bound(self, bound: Value, kind: str) -> str:
        if not isinstance(bound, Fn) or not bound.args:
            return self.value(Term(word(bound), word(bound)), kind)
        if bound.name == "amount":
            return self._say("fact.calculated")
        limit = amount(bound)
        return self._say("fact.calculated") if limit is None else self.amount(limit, bound.name)

    def amount(self, value: Quantity, unit: str) -> str:
        """A number or a length of time in words."""
        if isinstance(value, Time):
            if compares_days(unit):
                return self._wording.say("unit.days", n=value.whole)
            return self._wording.duration(value.duration)
        if unit == "count" and value.denominator == 1:
            return self._wording.say("unit.count", n=int(value))
        said = unit if unit in ("percent", "points", "hours", "baht") else "number"
        return self._say(f"fact.unit_{said}", n=decimal_words(value, self._wording))

    def found(self, measured: FactMeasurement, form: Fn, of: Attribute | None) -> str:
        """What was found, in words."""
        bound = form.args[0] if form.args else None
        unit = bound.name if isinstance(bound, Fn) and bound.name in OF_TIME | OF_NUMBER else "number"
        found = measured.found
        if measured.value is not None and measured.value.value is not None:
            return self.value(measured.value.value, _kind(of))
        if measured.days is not None:
            start, end = (self._day(each) for each in measured.days)
            return self._say("fact.period", start=start, end=end)
        if found.empty:
            return self._say("fact.none")
        if found.known and found.low is not None:
            return self.amount(found.low, unit)
        if found.low is None and found.high is None:
            return self._say("value.null")
        low = self._say("value.null") if found.low is None else self.amount(found.low, unit)
        if found.high is None:
            return self._say("fact.from", low=low)
        return self._say("fact.between", low=low, high=self.amount(found.high, unit))

    def _day(self, when: When | None) -> str:
        if when is None or not when.known:
            return self._say("value.null" if when is not None else "fact.none")
        return (
            self._say("fact.onward") if when.first == date.max else self._wording.date(when.first, short=True)
        )

    def _named(self, name: Value, of: str | None = None) -> str:
        if isinstance(name, Fn) and name.name == "previous":
            return self._say("fact.previous", name=self._named(name.args[0], of))
        if isinstance(name, Fn) and name.name in ("after", "before", "at") and name.args:
            return self._named(name.args[0], of)
        steps = path(name)
        if steps[0] in self._declared.facts:
            return self.fact(steps[0])
        names = {
            self.attribute(fact.id, ".".join(steps))
            for fact in self._declared.facts.values()
            if fact.attribute(steps) is not None and of in (None, fact.id)
        }
        return min(names, default=".".join(steps))

    def window(self, term: Value) -> str:
        """A window of days in words."""
        if isinstance(term, str):
            try:
                return self._wording.date(date.fromisoformat(term))
            except ValueError:
                return self._named(term)
        assert isinstance(term, Fn)
        args: dict[str, object] = {}
        name = term.name
        if name == "last" and isinstance(term.args[0], Fn):
            limit = amount(term.args[0])
            args["amount"] = "" if limit is None else self.amount(limit, term.args[0].name)
            name = "last_eve" if len(term.args) > 1 else "last"
        elif name in ("fiscal_year", "fiscal_years", "calendar_year", "calendar_years"):
            args["n"] = term.args[0]
        elif name in ("until", "since", "between"):
            args = dict(zip(("day", "other"), (self.window(each) for each in term.args), strict=False))
        elif name not in ("day", "eve", "fiscal_start", "fiscal_end"):
            return self._named(term)
        return self._say(f"fact.window_{name}", **args)

    # ── the entries that were asked ──────────────────────────────────────────────────────────────

    def reasons(self, measured: FactMeasurement, entry_words: EntryWords, indent: int) -> Iterator[Line]:
        """What the clause of each entry came to."""
        for reason in measured.reasons():
            where = (
                self._say("fact.round", start=reason.span[0], end=reason.span[1])
                if reason.entry is None and reason.span is not None
                else ("" if reason.entry is None else entry_words(reason.entry))
            )
            mark = MARKS[reason.node.holds]
            yield Line(self._say("fact.asked", mark=mark, entry=where), indent)
            yield from self._below(reason.node, indent + 2)

    def nearest(self, measured: FactMeasurement, entry_words: EntryWords, indent: int) -> Iterator[Line]:
        """Of the entries that do not surely count, what stands in the way."""
        reasons = [reason for reason in measured.reasons() if reason.node.holds is not True]
        for reason in reasons[:MOST_ENTRIES]:
            if reason.entry is not None:
                mark = MARKS[reason.node.holds]
                entry = entry_words(reason.entry)
                yield Line(self._say("fact.asked", mark=mark, entry=entry), indent, "note")
                for node in reason.node.grounds():
                    yield Line(self._condition(node), indent + 1, "note")

    def _condition(self, node: ReasonNode[FactMeasurement, Duration]) -> str:
        gloss = node.clause.gloss.into(self._wording.language) or node.clause.id
        line = self._say("fact.condition", mark=MARKS[node.holds], text=gloss)
        if node.measurement is not None and node.bound is not None:
            line += f" ({self.comparison(node)})"
        return line

    def _below(self, node: ReasonNode[FactMeasurement, Duration], indent: int) -> Iterator[Line]:
        yield Line(self._condition(node), indent)
        for child in node.children:
            yield from self._below(child, indent + 2)


def _kind(of: Attribute | None) -> str:
    """The kind of the terms of an attribute."""
    return word(of.type.args[0]) if of is not None and of.type.args else ""
