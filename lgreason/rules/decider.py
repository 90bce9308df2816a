"""What clauses come to, drawn from the ground theory: clingo grounds it, and its conclusions are drawn here.

The theory is definite: every rule only adds conclusions (kb/theory.lp). So what follows from the truths of the leaves
is the one least model of the ground rules, which is found by counting for each rule what of its body is still open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lgreason.rules.terms import Leaf, Truth

MOST_REMEMBERED = 100_000


class Ground(NamedTuple):
    """The theory grounded over clause trees, as plain values; atoms are numbers, 0 for one that cannot be derived.

    `inputs` are for each leaf the atoms that say it is met and unmet, `outputs` for each clause those that say it
    holds and fails. A rule has a head and needs so many of its body; `watching` are the rules by the atom that stands
    in their bodies, as often as it counts there. What holds whatever the leaves say is in `always`.
    """

    leaves: list[Leaf]
    inputs: list[tuple[int, int]]
    outputs: list[tuple[str, int, int]]
    heads: list[int]
    needs: list[int]
    watching: dict[int, list[int]]
    always: list[int]


class Decider:
    """Decides every clause from the truth of each leaf."""

    def __init__(self, ground: Ground) -> None:
        """Take the ground rules."""
        self.leaves: tuple[Leaf, ...] = tuple(ground.leaves)
        self._ground = ground
        self._unknown: dict[str, Truth] = {clause: None for clause, _, _ in ground.outputs}
        self._holds = {holds: clause for clause, holds, _ in ground.outputs if holds}
        self._fails = {fails: clause for clause, _, fails in ground.outputs if fails}
        self._memory: dict[tuple[Truth, ...], dict[str, Truth]] = {}

    def decide(self, truths: Sequence[Truth]) -> Mapping[str, Truth]:
        """What every clause comes to, given the truth of each leaf in the order of `leaves`."""
        key = tuple(truths)
        found = self._memory.get(key)
        if found is None:
            if len(self._memory) > MOST_REMEMBERED:
                self._memory.clear()
            found = self._memory[key] = self._decided(key)
        return found

    def _decided(self, truths: tuple[Truth, ...]) -> dict[str, Truth]:
        _, inputs, _, heads, needs, watching, always = self._ground
        given = [
            (unmet, met)[truth]
            for truth, (met, unmet) in zip(truths, inputs, strict=True)
            if truth is not None
        ]
        derived = dict.fromkeys(always)
        derived.update(dict.fromkeys(given))
        waiting = [*derived]
        left = needs.copy()
        for atom in waiting:  # grows as conclusions are drawn
            for rule in watching.get(atom, ()):
                left[rule] -= 1
                if not left[rule]:
                    head = heads[rule]
                    if head not in derived:
                        derived[head] = None
                        waiting.append(head)
        found = self._unknown.copy()
        holds, fails = self._holds, self._fails
        for atom in waiting:
            if atom in holds:
                found[holds[atom]] = True
            elif atom in fails and found[fails[atom]] is None:
                found[fails[atom]] = False
        return found
