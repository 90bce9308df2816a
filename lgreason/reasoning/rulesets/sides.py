"""One set of rules on one day: its knowledge base, its terms, and whoever judges by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from lgreason.files.person.person import Person, load_person
from lgreason.files.source.read import source_of
from lgreason.reasoning.cases.verdict import Verdict
from lgreason.reasoning.persons.eligibility import Judge
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Value
from lgreason.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class Side:
    """The rules of one side, on the day on which they are compared."""

    kb: KnowledgeBase
    day: date

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its terms."""
        return Vocabulary(self.kb)

    @cached_property
    def vocabulary_of_all(self) -> Vocabulary:
        """Its terms, those of organisations among them."""
        return Vocabulary(self.kb.whole)

    @cached_property
    def judge(self) -> Judge:
        """Who decides by it."""
        return Judge(self.kb, self.vocabulary)

    def person(self, document: dict[str, Any]) -> Person | None:
        """The person of a file with these entries, as this side reads it; `None` where it refuses the file."""
        content = json.dumps({"kind": "person", **document}, ensure_ascii=False).encode()
        try:
            source = source_of("witness.json", content)
            return load_person(source, self.vocabulary, self.day, lambda: self._declared)
        except Unusable:
            return None

    @cached_property
    def _declared(self) -> Any:
        declared = self.kb.declared
        return declared.declarations("person"), Vocabulary(declared)

    def verdict(self, document: dict[str, Any], position: str) -> Verdict | None:
        """What a person with these entries comes to for a position; `None` where the file cannot be read."""
        person = self.person(document)
        return None if person is None else self.judge.case(person, self.day).verdict(position)


def content(clauses: Mapping[str, Clause], identity: str, above: tuple[str, ...] = ()) -> Value:
    """What a clause comes to, whatever the ids of the clauses below it are: equal where two say the same."""
    if identity not in clauses or identity in above:
        return identity
    clause, within = clauses[identity], (*above, identity)

    def below(other: str) -> Value:
        return content(clauses, other, within)

    demands = [
        Fn("demand", (Fn(v) if v == "default" else below(v), _of(f, below))) for v, f in clause.demands()
    ]
    counts = sorted((_of(what, below, also=("within",)) for what in clause.counts), key=repr)
    measured: Value = Fn(clause.measures or "nothing")
    if clause.expression is not None:
        measured = expression(clauses, clause.expression, within)
    parts = [below(part) for part in clause.parts]
    return Fn("clause", (*demands, Fn("parts", tuple(parts)), measured, Fn("counts", tuple(counts))))


def _of(form: Fn, below: Any, also: tuple[str, ...] = ()) -> Fn:
    if form.name in ("same", *also):
        return Fn(form.name, tuple(below(a) if isinstance(a, str) else a for a in form.args))
    return form


def expression(clauses: Mapping[str, Clause], of: Fn, above: tuple[str, ...] = ()) -> Fn:
    """An expression in which the clauses that are asked of entries are replaced by what they come to."""
    args: list[Value] = []
    for number, arg in enumerate(of.args):
        if isinstance(arg, Fn) and arg.args:
            args.append(expression(clauses, arg, above))
        elif of.name == "which" and number == 1:
            args.append(content(clauses, arg.name if isinstance(arg, Fn) else str(arg), above))
        else:
            args.append(arg)
    return Fn(of.name, tuple(args))
