"""A large space of structures for measuring, and the same as a ground program of clingo."""

from __future__ import annotations

from itertools import combinations_with_replacement
from pathlib import Path

import clingo

from lgreason.reasoning.structures.program import program
from lgreason.reasoning.structures.space import Factor, Option, Space

PRICES = {"early": 420_000, "mid": 560_000, "high": 810_000}
SECTION = 355_320
LEVELS = tuple(PRICES)


def large(units: int) -> Space:
    """A clerk, up to three deputies, and units of seven options each, some of them bound and some not sure.

    Twelve units have more than 10^10 valid structures; half of the dearest structure's cost is the limit.
    """
    clerk = Factor("clerk", tuple(_post("clerk", level) for level in ("mid", "high")))
    chosen = (d for n in range(4) for d in combinations_with_replacement(LEVELS, n))
    deputies = Factor("deputies", tuple(map(_deputies, chosen)))
    factors = (clerk, deputies, *(_unit(f"unit{number}", number) for number in range(units)))
    return Space(factors, sum(max(option.cost for option in factor.options) for factor in factors) // 2)


def _post(name: str, level: str) -> Option:
    cost = PRICES[level]
    measures = {"posts": 1, "levels": LEVELS.index(level), "cost": cost}
    return Option(level, ((f"{name}.level", level),), bound=level == "high", cost=cost, measures=measures)


def _deputies(levels: tuple[str, ...]) -> Option:
    cost = sum(map(PRICES.__getitem__, levels))
    return Option(
        levels,
        tuple((f"deputies.{level}", levels.count(level)) for level in LEVELS),
        bound="high" in levels,
        cost=cost,
        measures={"posts": len(levels), "levels": sum(map(LEVELS.index, levels)), "cost": cost},
    )


def _unit(name: str, number: int) -> Factor:
    options = [Option(None, ((name, "none"),), measures={"changes": 1})]
    for level, price in PRICES.items():
        for sections in (1, 2):
            cost = price + sections * SECTION
            options.append(
                Option(
                    (level, sections),
                    ((name, "division"), (f"{name}.level", level), (f"{name}.sections", sections)),
                    sure=level != "high" or number % 3 > 0,
                    bound=level != "early",
                    cost=cost,
                    measures={
                        "posts": 1 + sections,
                        "levels": LEVELS.index(level),
                        "changes": (number + sections) % 2,
                        "cost": cost,
                    },
                )
            )
    return Factor(name, tuple(options))


def ground(space: Space, kb: Path, models: int) -> clingo.Control:
    """The program of a space, ground, for so many models."""
    control = clingo.Control([str(models), "--warn=none"])
    control.add("base", [], program(space, kb))
    control.ground([("base", [])])
    return control
