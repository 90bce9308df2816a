"""The product judges organisations as the independent evaluator does: posts, classes, burden, plans, violations."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from lgreason.reasoning.organisations.establishment import Tables
from lgreason.rules.terms import Fn
from tests import organisation_agreement
from tests.evaluator import organisations as evaluator
from tests.evaluator.post_conditions import OTHER_READINGS
from tests.evaluator.post_table import SCOPES
from tests.evaluator.random_organisations import random_costs, random_file
from tests.organisation_agreement import differences, library

FILES = 600
READINGS = [(identity, choice) for identity, choices in OTHER_READINGS.items() for choice in choices]


def file_of(seed: int, readings: Iterable[str] = ()) -> dict[str, Any]:
    """A random file, of each kind of organisation in turn.

    Where A-30 is read of the chiefs alone, one executive post is vacant: that none is would settle the question for
    the evaluator, while the product looks at the posts.
    """
    data = random_file(random.Random(seed), SCOPES[seed % len(SCOPES)])
    if "A-30" in readings:
        data["vacancies"] = {**data.get("vacancies", {}), "executive": 1}
    return data


def costs_of(seed: int, data: dict[str, Any]) -> dict[tuple[str, str], int] | None:
    """A table of costs; they are scaled by the budget of the requested year, so there is none without one."""
    if not data.get("fiscal", {}).get("requested", {}).get("budget"):
        return None
    return random_costs(random.Random(-seed), data)


@pytest.mark.parametrize("block", range(10))
def test_as_the_evaluator_does(block: int) -> None:
    for seed in range(block * FILES // 10, (block + 1) * FILES // 10):
        data = file_of(seed)
        assert not list(differences(data, costs=costs_of(seed, data))), seed


@pytest.mark.parametrize("reading", READINGS, ids="=".join)
def test_as_the_evaluator_does_under_another_reading(reading: tuple[str, str]) -> None:
    for seed in range(10_000, 10_024):
        data = file_of(seed, reading)
        assert not list(differences(data, dict([reading]), costs_of(seed, data))), seed


def test_as_the_evaluator_does_under_several_other_readings() -> None:
    rng = random.Random(4)
    for seed in range(20_000, 20_160):
        chosen = {
            identity: rng.choice(choices)
            for identity, choices in OTHER_READINGS.items()
            if rng.random() < 0.5
        }
        data = file_of(seed, chosen)
        assert not list(differences(data, chosen)), (seed, chosen)


def test_what_is_compared_is_of_every_kind() -> None:
    """Plans that may be, may not be and are undetermined, of every kind of organisation, as the evaluator has it."""
    seen: dict[tuple[Any, ...], int] = {}
    for seed in range(FILES):
        data = file_of(seed)
        key = (SCOPES[seed % len(SCOPES)], evaluator.validate(data).verdict)
        seen[key] = seen.get(key, 0) + 1
    assert {(scope, truth) for scope in SCOPES for truth in (True, False, None)} == set(seen)
    assert min(seen.values()) >= 2, seen


FAULTS = {
    "org.pao.s12.mid": ("at_least", "percent", 69),
    "org.mun.s28.1": ("at_most", "percent", 34),
    "org.mun.s15.sp.deputy.number": ("at_most", "posts", 4),
    "org.sao.s46.2": ("at_least", "million_baht", 41),
    "org.mun.s20.three": ("at_least", "areas", 4),
}


@pytest.mark.parametrize("clause", FAULTS)
def test_a_planted_fault_is_found(clause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    relation, unit, number = FAULTS[clause]
    kb = library().under()
    wrong = replace(
        kb.clauses[clause],
        says=Fn(relation, (Fn(unit, (number,)),)),
    )
    monkeypatch.setitem(kb.clauses, clause, wrong)
    faulty = Tables(kb)
    monkeypatch.setattr(organisation_agreement, "tables", lambda _readings=(): faulty)
    assert any(list(differences(file_of(seed))) for seed in range(FILES)), clause
