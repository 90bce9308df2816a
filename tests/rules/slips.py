"""Slips of the pen in the knowledge base, one at a time, and whether `kb/sound.lp` notices.

The facts are grounded once, those switchable that slips are tried on: a slip is one fact switched off and another
switched on.
Run as a program it tries all slips and prints the count by predicate.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import clingo

from lgreason.rules.knowledge import SOUND, fact_files, folder
from lgreason.rules.soundness import reified
from lgreason.rules.statements import Statement, statements
from lgreason.rules.terms import Fn, Value


@dataclass(frozen=True)
class Slip:
    """What is done to the fact of a number: `dropped`, or `changed` in its argument to another fact."""

    number: int
    kind: str
    predicate: str
    argument: int = 0
    becomes: Fn | None = None


def misspelt(word: str) -> str:
    """The word with a letter missing in the middle; with one more if it is short."""
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :] if len(word) > 3 else word + "x"


def slipped(value: Value) -> Value:
    """A value with a slip in it: another number, a word misspelt, the same within a term."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return misspelt(value)
    if value.args:
        return Fn(value.name, (*value.args[:-1], slipped(value.args[-1])))
    return Fn(misspelt(value.name))


def slips(stated: Sequence[Statement]) -> Iterator[Slip]:
    for number, statement in enumerate(stated):
        fact = statement.fact
        if fact.name in ("reading", "switched"):
            continue  # the rules of the readings themselves
        yield Slip(number, "dropped", fact.name)
        yield Slip(number, "misspelt", fact.name, 0, Fn(misspelt(fact.name), fact.args))
        if len(fact.args) > 1:
            yield Slip(number, "shorter", fact.name, 0, Fn(fact.name, fact.args[:-1]))
        for at, value in enumerate(fact.args, 1):
            args = (*fact.args[: at - 1], slipped(value), *fact.args[at:])
            yield Slip(number, "changed", fact.name, at, Fn(fact.name, args))


class Trial:
    """The facts and some slips, grounded once."""

    def __init__(self, stated: Sequence[Statement], tried: Sequence[Slip]) -> None:
        self.stated = stated
        self.extra: dict[Slip, int] = {}
        together = list(stated)
        for slip in tried:
            if slip.becomes is not None:
                self.extra[slip] = len(together)
                together.append(replace(stated[slip.number], fact=slip.becomes))
        switched = sorted({*(slip.number for slip in tried), *range(len(stated), len(together))})
        self.control = clingo.Control(["--warn=none"])
        with self.control.backend() as backend:
            for fact in reified(together):
                backend.add_rule([backend.add_atom(_symbol(fact))])
            for number in switched:  # all else is certain, and grounded away
                atom = backend.add_atom(clingo.Function("off", [clingo.Number(number)]))
                left_out = number >= len(stated)
                backend.add_external(atom, clingo.TruthValue.True_ if left_out else clingo.TruthValue.False_)
        self.control.load(str(folder("kb") / SOUND))
        self.control.ground([("base", [])])
        self.off = {
            number: self.control.symbolic_atoms[clingo.Function("off", [clingo.Number(number)])].literal
            for number in switched
        }
        faults = [
            atom.literal
            for name, arity in (("wrong", 3), ("lacks", 3), ("clash", 2), ("fault", 2))
            for atom in self.control.symbolic_atoms.by_signature(name, arity)
            if not atom.is_fact
        ]
        standing = self._true(faults)
        with self.control.backend() as backend:
            self.unsound = backend.add_atom()
            for fault in faults:
                if fault not in standing:
                    backend.add_rule([self.unsound], [fault])

    def notices(self, slip: Slip) -> bool:
        """Whether anything is found wrong with the slip made that is not wrong without it."""
        self._switch(slip, made=True)
        found = self._true([self.unsound])
        self._switch(slip, made=False)
        return bool(found)

    def _true(self, literals: Sequence[int]) -> frozenset[int]:
        """Those of some atoms that are true as the facts are switched now."""
        found: list[frozenset[int]] = []

        def collect(model: clingo.Model) -> None:
            found.append(frozenset(literal for literal in literals if model.is_true(literal)))

        self.control.solve(on_model=collect)
        return found[0]

    def _switch(self, slip: Slip, made: bool) -> None:
        self.control.assign_external(self.off[slip.number], made)
        if slip in self.extra:
            self.control.assign_external(self.off[self.extra[slip]], not made)


def _symbol(value: Value) -> clingo.Symbol:
    if isinstance(value, Fn):
        return clingo.Function(value.name, [_symbol(argument) for argument in value.args])
    return clingo.String(value) if isinstance(value, str) else clingo.Number(value)


def shipped() -> list[Statement]:
    stated, findings = statements(fact_files(folder("kb")))
    assert findings == []
    return stated


def unnoticed(tried: Iterable[Slip], stated: Sequence[Statement], chunk: int = 400) -> list[Slip]:
    """The slips that nothing notices."""
    waiting, found = list(tried), []
    for start in range(0, len(waiting), chunk):
        part = waiting[start : start + chunk]
        trial = Trial(stated, part)
        found += [slip for slip in part if not trial.notices(slip)]
    return found


def main() -> None:
    stated = shipped()
    every = list(slips(stated))
    if len(sys.argv) > 1:
        every = random.Random(1).sample(every, int(sys.argv[1]))
    missed = unnoticed(every, stated, 2_000)
    tried = Counter((slip.kind, slip.predicate, slip.argument) for slip in every)
    print(f"{len(every)} slips, {len(missed)} not noticed")
    for (kind, predicate, argument), count in sorted(
        Counter((s.kind, s.predicate, s.argument) for s in missed).items()
    ):
        print(f"{kind:9} {predicate:16} {argument}  {count:5} of {tried[kind, predicate, argument]}")


if __name__ == "__main__":
    main()
