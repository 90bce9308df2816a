"""A large space of structures for measuring, and the same as a ground program of clingo."""

from __future__ import annotations

from itertools import combinations_with_replacement

import clingo

from lgreason.reasoning.structures.space import Factor, Option, Space
from tests.reasoning.structures.spaces import is_bound, is_sure, limit_of, option, space

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
    return space(factors, sum(max(each.price.least for each in factor.options) for factor in factors) // 2)


def _post(name: str, level: str) -> Option:
    cost = PRICES[level]
    measures = {"posts": 1, "levels": LEVELS.index(level), "cost": cost}
    return option(level, ((f"{name}.level", level),), bound=level == "high", cost=cost, measures=measures)


def _deputies(levels: tuple[str, ...]) -> Option:
    cost = sum(map(PRICES.__getitem__, levels))
    return option(
        levels,
        tuple((f"deputies.{level}", levels.count(level)) for level in LEVELS),
        bound="high" in levels,
        cost=cost,
        measures={"posts": len(levels), "levels": sum(map(LEVELS.index, levels)), "cost": cost},
    )


def _unit(name: str, number: int) -> Factor:
    options = [option(None, ((name, "none"),), measures={"changes": 1})]
    for level, price in PRICES.items():
        for sections in (1, 2):
            cost = price + sections * SECTION
            options.append(
                option(
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


ENCODING = """
1 { choose(F,I) : option(F,I) } 1 :- factor(F).
beyond :- over(N), N <= #sum { M,F : choose(F,I), cost(F,I,M) }.
:- beyond, choose(F,I), bound(F,I).
conditional :- choose(F,I), unsure(F,I).
chosen(C,V) :- choose(F,I), settles(F,I,C,V).
#defined unsure/2.
#show chosen/2.
#show conditional/0.
"""
"""What a user would write for clingo, with costs in tens of baht."""


def ground(of: Space, models: int) -> clingo.Control:
    """A space as a program of clingo, ground, for so many models."""
    lines = [ENCODING, f"over({limit_of(of) // 10 + 1})."]
    for factor in of.factors:
        name = clingo.String(factor.name)
        lines.append(f"factor({name}).")
        for number, each in enumerate(factor.options, 1):
            slot = f"{name},{number}"
            lines += [f"option({slot}).", f"cost({slot},{each.price.least // 10})."]
            lines += [f"bound({slot})."] * is_bound(each) + [f"unsure({slot})."] * (not is_sure(each))
            for choice, value in each.features:
                of_value = value if isinstance(value, int) else clingo.String(value)
                lines.append(f"settles({slot},{clingo.String(choice)},{of_value}).")
    control = clingo.Control([str(models), "--warn=none"])
    control.add("base", [], "\n".join(lines))
    control.ground([("base", [])])
    return control
