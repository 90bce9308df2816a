"""Changes of declared facts: a further entry that could be had, and a fact that is not known turning out well."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeGuard

from lgreason.files.facts.values import NONE, Given, Term
from lgreason.reasoning.cases.evidence import Missing
from lgreason.reasoning.cases.witness import Witness, asking
from lgreason.rules.declared import Declarations, Fact
from lgreason.rules.model import Clause

LONG_AGO = timedelta(days=365 * 40)
Values = tuple[tuple[str, object], ...]


def gains(
    declared: Declarations, clauses: Mapping[str, Clause], clause: Clause, start: date, typed: Collection[str]
) -> Iterator[tuple[Fact, Values]]:
    """The entries that would count towards a clause, and that someone can bring about; none of the lists `typed`."""
    raised = [form for _, form in clause.demands() if form.name in ("at_least", "more_than")]
    if clause.expression is None or not raised:
        return
    for identity, asked in asking(clause.expression):
        fact = declared.facts.get(identity)
        if fact is None or fact.id in typed or fact.changes in ("time", "nobody"):
            continue
        witness = Witness(declared, clauses, fact, start)
        entry = witness.entry(asked, start, witness.folded(raised[0], clause.expression))
        if entry is not None:
            yield fact, frozen(entry)


def outcomes(
    declared: Declarations, clauses: Mapping[str, Clause], clause: Clause, missing: Missing, start: date
) -> Iterator[object]:
    """What a fact that is not known may turn out to be, the likeliest to serve the clause first."""
    fact = declared.facts.get(missing.list)
    if fact is None or clause.expression is None:
        return
    long_ago, demands = start - LONG_AGO, [form for _, form in clause.demands()]
    asked = next((each for identity, each in asking(clause.expression) if identity == fact.id), None)
    witness = Witness(declared, clauses, fact, start)
    if missing.key is None:
        if fact.value is not None:
            wanted_values = map(witness.value, demands)
            yield from (value for value in wanted_values if value is not None)
            kind = fact.value.type.name
            years = [
                start - timedelta(days=round(365.25 * n)) for n in (18, 20, 25, 30, 35, 40, 45, 50, 55, 57)
            ]
            yield from years if kind == "date" else (False, True) if kind == "yes_no" else ()
        else:
            more = {} if not demands else witness.folded(demands[0], clause.expression)
            for since in (long_ago, start - timedelta(days=180)):
                if (entry := witness.entry(asked, since, more)) is not None:
                    yield (frozen(entry),)
        yield NONE
        return
    steps = tuple(missing.key.split("."))
    wanted = witness.wanted(asked) if asked is not None else {}
    if steps in wanted:
        yield wanted[steps]
    attribute = fact.attribute(steps)
    kind = attribute.type.name if attribute is not None else ""
    if kind == "date":
        yield from (long_ago, start - timedelta(days=400), start - timedelta(days=1), NONE, start + LONG_AGO)
    elif kind == "yes_no":
        yield from (False, True)
    elif kind in ("one_of", "scale") and attribute is not None:
        yield from (
            Term(v, v) for v in declared.values.get(str(getattr(attribute.type.args[0], "name", "")), ())
        )
    elif kind in ("list", "periods", "events"):
        yield ()
    elif attribute is not None and attribute.high is not None:
        yield attribute.high


def frozen(entry: Mapping[str, object]) -> Values:
    """An entry as a value that can be told apart and kept."""
    return tuple(
        (name, frozen(value) if isinstance(value, Mapping) else value)
        for name, value in sorted(entry.items())
    )


def thawed(values: Values) -> dict[str, object]:
    """The entry again."""
    return {name: thawed(value) if _is_entry(value) else value for name, value in values}


def _is_entry(value: object) -> TypeGuard[Values]:
    if not isinstance(value, tuple) or isinstance(value, Term) or not value:
        return False
    return all(isinstance(each, tuple) and not isinstance(each, Term) and len(each) == 2 for each in value)


def with_entry(given: Given, fact: str, values: Values) -> Given:
    """What a file states, with one more entry of a fact."""
    before = given.facts.get(fact)
    entries = before if isinstance(before, tuple) else ()
    return replace(given, facts={**given.facts, fact: (*entries, thawed(values))})


def with_outcome(given: Given, declared: Declarations, missing: Missing, value: object) -> Given:
    """What a file states, if a fact that is not known turns out so."""
    fact = declared.facts[missing.list]
    facts = dict(given.facts)
    if missing.key is None:
        if isinstance(value, tuple) and fact.value is None:
            entries = tuple(each if isinstance(each, Mapping) else thawed(each) for each in value)
            facts[fact.id] = entries[0] if fact.shape.name == "record" and entries else entries
        else:
            facts[fact.id] = () if value is NONE and fact.value is None else value
        return replace(given, facts=facts)
    steps = tuple(missing.key.split("."))
    held = facts.get(fact.id)
    if missing.span is not None:
        entries = held if isinstance(held, tuple) else ()
        year, number = (str(getattr(arg, "name", arg)) for arg in fact.shape.args[:2])
        first, last = missing.span
        of = fact.shape.args[2]
        assert isinstance(of, int)
        entry: dict[str, object] = {year: last.year + (last.month >= 10), steps[0]: value}
        if (last - first).days < 360:
            entry[number] = ((first.month - 10) % 12) // (12 // of) + 1
        facts[fact.id] = (*entries, entry)
    elif isinstance(held, Mapping):
        facts[fact.id] = with_value(held, steps, value)
    elif isinstance(held, tuple) and missing.number is not None:
        rows = list(held)
        rows[missing.number - 1] = with_value(rows[missing.number - 1], steps, value)
        facts[fact.id] = tuple(rows)
    return replace(given, facts=facts)


def with_value(entry: object, steps: tuple[str, ...], value: object) -> dict[str, object]:
    """An entry in which an attribute has a value."""
    found = dict(entry) if isinstance(entry, Mapping) else {}
    found[steps[0]] = value if len(steps) == 1 else with_value(found.get(steps[0]), steps[1:], value)
    return found
