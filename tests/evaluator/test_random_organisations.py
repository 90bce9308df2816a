"""What holds of any organisation: gaps, order, and how near to validity the random ones come."""

from __future__ import annotations

import copy
import random
from collections import Counter
from typing import Any

import pytest

from .organisations import classify, posts, valid, validate
from .post_conditions import Case
from .post_table import POSTS, SCOPES
from .quantities import quantities
from .random_organisations import random_costs, random_file, random_organisation, with_gaps
from .samples import plan

# ---------------------------------------------------------------- random organisations


def test_random_plans_are_near_validity() -> None:
    rng = random.Random(4)
    found = Counter(validate(random_file(rng)).verdict for _ in range(1500))
    assert found[True] >= 375 and found[False] >= 375 and found[None] >= 75, found


def test_random_organisations_reach_every_verdict() -> None:
    rng = random.Random(5)
    seen: set[Any] = set()
    kinds: set[Any] = set()
    for _ in range(1500):
        org = random_file(rng)
        kinds.add((org["type"], org.get("class"), org.get("size")))
        for where, answer in posts(org).items():
            seen.add((where, answer.verdict))
        if org["type"] == "municipality":
            for name in ("ordinary_high", "special", "special_high"):
                seen.add((name, classify(org, name).verdict))
    places: tuple[Any, ...] = (
        ("clerk", "early"),
        ("clerk", "mid"),
        ("clerk", "high"),
        ("deputy", "early"),
        ("deputy", "mid"),
        ("deputy", "high"),
        ("office_head", "high"),
        ("division_head", "early"),
        ("division_head", "mid"),
        ("part_head", "mid"),
        ("section_head", "early"),
        "ordinary_high",
        "special",
        "special_high",
    )
    for place in places:
        for verdict in (True, False, None):
            assert (place, verdict) in seen, (place, verdict)
    assert len(kinds) >= len(SCOPES)


READINGS: tuple[dict[str, str], ...] = (
    {},
    {"B-04": "every"},
    {"A-32": "all", "A-19": "none_vacant"},
    {"A-25": "possible", "A-16": "two"},
)


def test_filling_a_gap_never_changes_a_definite_verdict() -> None:
    rng = random.Random(6)
    for _ in range(600):
        org = random_organisation(rng)
        sparse = with_gaps(rng, org)
        readings = rng.choice(READINGS)
        costs = random_costs(rng, org) if rng.random() < 0.5 else None
        before = valid(sparse, org["plan"], costs, readings).verdict
        if before is not None:
            assert valid(org, org["plan"], costs, readings).verdict is before
        full = posts(org, readings)
        for where, answer in posts(sparse, readings).items():
            assert answer.verdict in (None, full[where].verdict), where
        if org["type"] == "municipality":
            for name in ("ordinary_high", "special", "special_high"):
                whole = classify(org, name, readings)
                for part, truth in classify(sparse, name, readings).parts.items():
                    assert truth in (None, whole.parts[part]), part
        known = quantities(org)
        for quantity, bounds in quantities(sparse).items():
            value = known[quantity].value
            assert value is not None and bounds.low <= value, quantity
            assert bounds.high is None or value <= bounds.high, quantity


def test_the_order_of_deputies_changes_nothing() -> None:
    rng = random.Random(7)
    for _ in range(400):
        org = random_file(rng)
        first = validate(org)
        turned = copy.deepcopy(org)
        rng.shuffle(turned["plan"]["deputies"])
        rng.shuffle(turned.get("posts", {}).get("deputies", []))
        rng.shuffle(turned["plan"]["units"])
        assert validate(turned) == first


def test_binding_what_is_kept_too_allows_no_more() -> None:
    rng = random.Random(8)
    for _ in range(400):
        org = random_file(rng)
        if valid(org, org["plan"], None, {"B-04": "every"}).verdict is True:
            assert validate(org).verdict is True


def test_a_plan_of_what_is_there_needs_only_printed_levels_and_numbers() -> None:
    rng = random.Random(9)
    for _ in range(300):
        org = random_organisation(rng)
        today = plan(
            org["posts"]["clerk"]["level"],
            " ".join(one["level"] for one in org["posts"]["deputies"] if one.get("exists") is not False),
            *(
                f"{unit['id']} {unit.get('kind') or ('office' if unit['head']['level'] == 'high' else 'division')}"
                f" {unit['head']['level']} {unit['sections']} {unit['parts']}"
                for unit in org["units"]
                if unit.get("exists") is not False
            ),
        )
        found = valid(org, today)
        rows = {"org.pao.s3", "org.mun.s15", "org.sao.s38", "org.sao.s47.2"}
        assert found.verdict is not None
        assert all(any(clause.startswith(row) for row in rows) for clause in found.violations)


def test_a_cheaper_plan_is_never_worse() -> None:
    """Costs of nothing leave the burden lowest: what is allowed with costs is allowed without any."""
    rng = random.Random(10)
    free = {(name, level): 0 for name in POSTS for level in ("early", "mid", "high")}
    for _ in range(300):
        org = random_organisation(rng)
        proposed = org["plan"]
        if org.get("class") == "ordinary" and proposed["clerk"]["level"] == "early":
            continue  # S25 asks for a burden over 35 per cent
        if valid(org, proposed, random_costs(rng, org)).verdict is True:
            assert valid(org, proposed, free).verdict is True


def test_readings_are_known_by_name() -> None:
    with pytest.raises(ValueError, match="A-99"):
        Case({}, {"A-99": "other"})
