"""Pairs of small rules drawn at random, against brute force over all persons that their conditions tell apart."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from lgreason.reasoning.rulesets.difference import Difference
from lgreason.rules.findings import Unusable
from tests.reasoning.rulesets.test_pairs import HEAD, side

TRIED = int(os.environ.get("LGREASON_RANDOM_PAIRS", "2"))
"""How many pairs, drawn by a fixed seed, are tried."""
SEED = int(os.environ.get("LGREASON_RANDOM_SEED", "17"))
LETTERS = "abcdef"


class Someone(NamedTuple):
    """What the conditions ask of a person: degrees in law, years in two posts and in one kind of work, an age."""

    bachelor: bool
    master: bool
    professional: int
    senior: int
    planning: int
    age: int


EVERYBODY = [
    Someone(*row)
    for row in product((False, True), (False, True), range(4), range(4), range(3), (19, 24, 25, 34, 35, 50))
]


@dataclass(frozen=True)
class Leaf:
    """A condition: its words with the bound, and whether someone meets it."""

    kind: str
    bound: int = 0

    def said(self, _: int = 0) -> str:
        return {
            "bachelor": "hold a bachelor's degree in law",
            "master": "hold a master's degree in law",
            "professional": f"have held academic, professional for not less than {12 * self.bound} months",
            "senior": f"have held general, senior for not less than {12 * self.bound} months",
            "planning": f"have done policy and planning for not less than {12 * self.bound} months",
            "age": f"be at least {self.bound} years of age",
            "young": f"be not more than {self.bound} years of age",
        }[self.kind]

    def met(self, one: Someone) -> bool:
        if self.kind in ("bachelor", "master"):
            return bool(getattr(one, self.kind))
        if self.kind == "young":
            return one.age < self.bound
        return int(getattr(one, self.kind)) >= self.bound


@dataclass(frozen=True)
class Gate:
    """A list of conditions, and how many of them must be met."""

    kind: str
    parts: tuple[Leaf | Gate, ...]

    def said(self, depth: int = 0) -> str:
        lead = {"all": "all", "any": "any one", "none": "none", "two": "at least 2"}[self.kind]
        marks = [f"({n})" if not depth else f"({LETTERS[n - 1]})" for n in range(1, len(self.parts) + 1)]
        items = " ".join(f"{m} {p.said(depth + 1)}" for m, p in zip(marks, self.parts, strict=True))
        return f"meet {lead} of the following: {items}"

    def met(self, one: Someone) -> bool:
        times = sum(part.met(one) for part in self.parts)
        wanted: dict[str, Callable[[int], bool]] = {
            "all": lambda n: n == len(self.parts),
            "any": lambda n: n > 0,
            "none": lambda n: n == 0,
            "two": lambda n: n >= 2,
        }
        return wanted[self.kind](times)


LEAVES = [
    Leaf("bachelor"),
    Leaf("master"),
    *(Leaf(kind, n) for kind in ("professional", "senior") for n in (1, 2, 3)),
    *(Leaf("planning", n) for n in (1, 2)),
    *(Leaf("age", n) for n in (25, 35)),
    Leaf("young", 30),
]


def gate(draw: random.Random, deep: bool = True) -> Gate:
    leaves: list[Leaf | Gate] = list(draw.sample(LEAVES, draw.choice((2, 3))))
    if deep and draw.random() < 0.6:
        leaves[-1] = gate(draw, deep=False)
    kinds = ("all", "all", "any", "none", "two") if len(leaves) > 2 else ("all", "any", "none")
    return Gate(draw.choice(kinds), tuple(leaves))


def changed(draw: random.Random, of: Gate) -> Gate:
    """The same with one condition, or the gate, otherwise; or put in another order."""
    number = draw.randrange(len(of.parts))
    part = of.parts[number]
    match draw.choice(("leaf", "leaf", "gate", "order", "below")):
        case "gate":
            return replace(of, kind=draw.choice(("all", "any", "none")))
        case "order":
            return replace(of, parts=of.parts[::-1])
        case "below" if isinstance(part, Gate):
            new: Leaf | Gate = changed(draw, part)
        case _:
            new = draw.choice(LEAVES)
    return replace(of, parts=(*of.parts[:number], new, *of.parts[number + 1 :]))


def pairs(times: int) -> Iterator[tuple[Gate, Gate]]:
    draw = random.Random(SEED)
    for _ in range(times):
        one = gate(draw)
        yield one, gate(draw) if draw.random() < 0.3 else changed(draw, one)


@pytest.mark.parametrize(("one", "other"), list(pairs(TRIED)), ids=range(TRIED))
def test_who_gains_and_who_loses_is_as_brute_force_finds(one: Gate, other: Gate, tmp_path: Path) -> None:
    touched = [(one.met(person), other.met(person)) for person in EVERYBODY]
    try:
        old, new = (side(tmp_path, rule.said(), number) for number, rule in enumerate((one, other)))
    except Unusable as refused:  # a part that nobody meets is refused before anything is compared
        assert {finding.code for finding in refused.findings} == {"rule_contradiction"}
        return
    (found,) = [each for each in Difference(old, new).positions if each.id == HEAD]
    said = f"{one.said()} | {other.said()}"
    for way, affected in (((False, True), found.gains), ((True, False), found.losses)):
        assert affected.decided, said
        assert affected.proved == (way not in touched), said
        if affected.witness is not None:
            verdicts = [each.verdict(dict(affected.witness), HEAD) for each in (old, new)]
            assert verdicts == [["ineligible", "eligible"][was] for was in way], said
    assert not found.alike or all(was == now for was, now in touched), said
