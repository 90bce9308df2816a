"""Parts of a sentence that cannot be met, or that never matter, because of the part beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from lgreason.language.grammar.nodes import Span
from lgreason.language.meaning.clause import Meaning, Stated
from lgreason.language.reading.faults import Fault
from lgreason.reasoning.rulesets.bounds import Stretch, stretch
from lgreason.rules.model import GATES, MONTHS_IN, bound_of
from lgreason.rules.terms import Fn, Value


def idle_parts(meaning: Meaning, whole: Span) -> Iterator[Fault]:
    """Contradictions between parts that all must be met, and alternatives that another makes needless."""
    stated = {clause.id: clause for clause in meaning.clauses}
    for clause in meaning.clauses:
        parts = [stated[part] for part in clause.parts if part in stated]
        if clause.says == Fn("all"):
            yield from _contradictions(parts, stated, whole)
            yield from _apart(parts, stated, whole)
        if clause.says in (Fn("any"), Fn("all")):
            yield from _needless(parts, stated, clause.says.name, whole)


def _contradictions(parts: list[Stated], stated: dict[str, Stated], whole: Span) -> Iterator[Fault]:
    for none in parts:
        if none.says != Fn("none"):
            continue
        for inner in (stated[part] for part in none.parts if part in stated):
            for other in parts:
                if (
                    other.measures is not None
                    and _subject(other, stated) == _subject(inner, stated)
                    and _implies(other, inner)
                ):
                    args = {"one": _item(other), "other": _item(inner)}
                    yield Fault("rule_contradiction", inner.node.span or whole, args)


def _apart(parts: list[Stated], stated: Mapping[str, Stated], whole: Span) -> Iterator[Fault]:
    """Two bounds on one thing about a person that no value meets, as an age of at least forty and at most thirty."""
    for one, other in combinations(parts, 2):
        if one.expression is None or one.exceptions or other.exceptions:
            continue
        if _subject(one, stated) != _subject(other, stated):
            continue
        values = [_values(each) for each in (one, other)]
        if values[0] is None or values[1] is None or values[0][0] != values[1][0]:
            continue
        if values[0][1].meet(values[1][1]).empty:
            args = {"one": _item(one), "other": _item(other)}
            yield Fault("rule_contradiction", other.node.span or whole, args)


def _values(clause: Stated) -> tuple[str, Stretch] | None:
    return None if clause.says is None or clause.says.name in GATES else stretch(bound_of(clause.says))


def _needless(parts: list[Stated], stated: Mapping[str, Stated], gate: str, whole: Span) -> Iterator[Fault]:
    """Of two parts that ask for the same, the one that asks for more never matters among alternatives."""
    for number, part in enumerate(parts):
        for earlier in parts[:number]:
            if part.measures is None or _subject(part, stated) != _subject(earlier, stated):
                continue
            if part.exceptions or earlier.exceptions:
                continue
            less, more = (earlier, part) if _implies(part, earlier) else (part, earlier)
            if not _implies(more, less):
                continue
            idle, kept = (more, less) if gate == "any" else (less, more)
            args = {"idle": _item(idle), "kept": _item(kept)}
            yield Fault("rule_part_idle", idle.node.span or whole, args, severity="warning")


def _subject(clause: Stated, stated: Mapping[str, Stated]) -> object:
    """What a clause measures, equal where two measure the same of the same entries."""
    return clause.measures, frozenset(clause.counts), _without_ids(clause.expression, stated)


def _without_ids(value: Value | None, stated: Mapping[str, Stated]) -> object:
    """An expression with what the clauses that are asked of entries say in the place of their ids."""
    if isinstance(value, Fn):
        if not value.args and value.name in stated:
            return _asked(stated[value.name], stated)
        return value.name, tuple(_without_ids(each, stated) for each in value.args)
    return _asked(stated[value], stated) if isinstance(value, str) and value in stated else value


def _asked(clause: Stated, stated: Mapping[str, Stated]) -> object:
    demands = tuple(_without_ids(form, stated) for form in (clause.says, *(f for _, f in clause.exceptions)))
    parts = tuple(_without_ids(part, stated) for part in clause.parts)
    return demands, parts, _subject(clause, stated)


def _implies(one: Stated, other: Stated) -> bool:
    """Whether who meets one part surely meets the other, which measures the same."""
    if one.says == other.says:
        return True
    if one.says is None or other.says is None or {one.says.name, other.says.name} != {"at_least"}:
        return False
    more, less = _size(one.says), _size(other.says)
    return more is not None and less is not None and more >= less


def _size(bound: Fn) -> int | None:
    (amount,) = bound.args
    if isinstance(amount, Fn) and amount.args and isinstance(amount.args[0], int):
        return amount.args[0] * MONTHS_IN.get(amount.name, 1)
    return None


def _item(clause: Stated) -> str:
    return clause.id
