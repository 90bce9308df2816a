"""Slips in the shipped rules, one at a time: rules diff finds each, with a case that the evaluators know.

A bound moved by one, an any for an all, a part left out. The evaluators state the rules a second time without the
product's code; by what they say a witness comes out as it does by the rules that are not changed.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lgreason.reasoning.rulesets.difference import Affected, Difference
from lgreason.reasoning.rulesets.posts import OrganisationRules, PostDifferences
from lgreason.reasoning.rulesets.sides import Side
from lgreason.rules.knowledge import Library, folder
from tests.evaluator.evaluator import evaluate
from tests.evaluator.organisations import posts, valid

DAY = date(2026, 6, 30)
TRIED = int(os.environ.get("LGREASON_MUTANTS", "1"))
"""How many mutants of persons' rules, and of organisations', are tried; drawn by a fixed seed."""
ROOT = folder("kb")
EQUIVALENT = re.compile(r"s38\.(deputy|section)\.small$|s38\.deputy\.number$")
"""Numbers of posts that a table does not have at all, so that none may be, and one that only A-25 (one) has."""
CONTAINED = re.compile(
    r'"std\.general_admin\.early\.q1", [23],|"org\.mun\.s25\.scope\.(clerk", \d|class", 2),'
)
"""Parts that open no way of their own, or none of which need be met (`k_of(0)`): without them nothing changes."""


class Mutant(NamedTuple):
    """What stands in a file from one place to another, and what is put there instead."""

    clause: str
    file: str
    start: int
    end: int
    text: str


def mutants(part: str) -> Iterator[Mutant]:
    for path in sorted(ROOT.glob(f"{part}/**/*.lp")):
        text, file = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
        if "description" in file:
            continue
        for found in re.finditer(
            r'^says\(\s*"([^"]+)",\s*(at_least|at_most)\(\w+\((\d+)\)\)\)\.', text, re.M
        ):
            if not EQUIVALENT.search(found[1]):
                for by in (1, -1):
                    yield Mutant(found[1], file, found.start(3), found.end(3), str(int(found[3]) + by))
        for found in re.finditer(r'^part\(\s*"([^"]+)",\s*\d+, "[^"]+"\)\.\n', text, re.M):
            parts = len(re.findall(rf'^part\(\s*"{re.escape(found[1])}"', text, re.M))
            if parts > 1 and not CONTAINED.search(found[0]):
                yield Mutant(found[1], file, found.start(), found.end(), "")
        for found in re.finditer(r'^says\(\s*"([^"]+)",\s*(all|any)\)\.', text, re.M):
            if len(re.findall(rf'^part\(\s*"{re.escape(found[1])}"', text, re.M)) > 1:
                yield Mutant(
                    found[1], file, found.start(2), found.end(2), "any" if found[2] == "all" else "all"
                )


def drawn(part: str) -> list[Mutant]:
    every = list(mutants(part))
    return random.Random(17).sample(every, min(TRIED, len(every)))


@cache
def shipped() -> tuple[Side, OrganisationRules]:
    side = Side(Library().under(), DAY)
    return side, OrganisationRules.of(side)


def changed(mutant: Mutant, tmp_path: Path) -> Side:
    shutil.copytree(ROOT, tmp_path / "kb")
    path = tmp_path / "kb" / mutant.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: mutant.start] + mutant.text + text[mutant.end :], encoding="utf-8")
    return Side(Library(tmp_path / "kb").under(), DAY)


def with_ids(witness: Mapping[str, Any]) -> dict[str, Any]:
    """The witness with its fields by their ids, as the evaluator names them."""
    resolve = shipped()[0].vocabulary.resolve
    degrees = [{**each, "field": resolve("field", each["field"])} for each in witness["education"]]
    return {**witness, "education": degrees}


def confirmed(affected: Affected, verdict: object) -> bool:
    names = {True: "allowed", False: "forbidden", None: "undetermined"}
    return (names[verdict] if verdict is None or isinstance(verdict, bool) else verdict) == affected.before


@pytest.mark.parametrize("mutant", drawn("std"), ids=lambda m: f"{m.clause}-{m.text or 'without'}")
def test_a_slip_in_the_rules_on_persons_is_found(mutant: Mutant, tmp_path: Path) -> None:
    found = Difference(shipped()[0], changed(mutant, tmp_path)).positions
    shown = [(p.id, a) for p in found for a in (p.gains, p.losses) if a.witness is not None]
    assert shown, mutant
    assert all(each.gains.decided and each.losses.decided for each in found)
    for position, affected in shown:
        assert affected.witness is not None
        assert confirmed(affected, evaluate(with_ids(affected.witness), DAY)[position])


@pytest.mark.parametrize("mutant", drawn("org"), ids=lambda m: f"{m.clause}-{m.text or 'without'}")
def test_a_slip_in_the_rules_on_organisations_is_found(mutant: Mutant, tmp_path: Path) -> None:
    found = PostDifferences(shipped()[1], OrganisationRules.of(changed(mutant, tmp_path))).found
    assert all(a.decided for each in found for a in (each.gains, each.losses, *each.plans))
    shown = [(each, a) for each in found for a in (each.gains, each.losses) if a.witness is not None]
    planned = [(each, a) for each in found for a in each.plans if a.witness is not None]
    assert shown or planned, mutant
    for each, affected in shown:
        assert affected.witness is not None
        if each.post:
            assert confirmed(affected, posts(affected.witness)[each.post, each.level].verdict), each
    for each, affected in planned:
        assert affected.witness is not None
        assert confirmed(affected, valid(affected.witness, affected.witness["plan"]).verdict), each
