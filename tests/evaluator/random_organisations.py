"""Random organisations with a plan, close to every bound of the slides, and the gaps that a file may have."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping
from typing import Any

from .post_conditions import Case
from .post_table import HEAD_OF, LEVELS, PAO, POSTS, SCOPES, Scope, section_limit
from .quantities import AREAS, FACTORS

Facts = dict[str, Any]

INSTRUMENTS = (
    "kt_no3_2553",
    "w74_2552",
    "w141_2550",
    "w142_2550",
    "sao_2550",
    "sao_special_2555",
    "w151_2555",
)
POINTS = (359, 360, 419, 420, 479, 480)
# Budgets are whole hundreds, so that a whole percentage of them is a whole number of baht.
BUDGETS = (40_000_000, 80_000_100, 200_000_000, 300_000_100, 1_000_000_000, 2_147_483_700, 9_000_000_000)
OWN_REVENUES = (39_999_999, 40_000_000, 40_000_001, 12_000_000, 3_000_000_000)
SCORES = (59.9, 60, 65, 69.9, 70, 75, 79.9, 80, 80.1, 100)


def split(rng: random.Random, amount: int) -> tuple[int, int]:
    """Two amounts that make up this one."""
    first = rng.randint(0, amount)
    return first, amount - first


def random_year(rng: random.Random, budget: int, cost: int, invested: int, name: str) -> Facts:
    """The figures of a year whose burden costs so much."""
    salaries, benefits = split(rng, cost)
    if name == "previous":
        made = {
            "salaries_frame": salaries,
            "salaries_paid": rng.randint(0, salaries),
            "benefits_paid": benefits,
            "benefits_budgeted": benefits + rng.randint(0, 1_000_000),
        }
    else:
        increase, support = split(rng, salaries // 10)
        made = {
            "salaries_frame": salaries - increase - support,
            "upgrade_increase": increase,
            "support_posts": support,
            "benefits_budgeted": benefits,
        }
    key = "benefits_paid" if name == "previous" else "benefits_budgeted"
    if rng.random() < 0.2:
        one, other = split(rng, made[key])
        return {"budget": budget, "investment": invested, **made, key: {"b01": one, "b15": other}}
    return {"budget": budget, "investment": invested, **made}


def random_fiscal(rng: random.Random) -> Facts:
    """Both years: the mean burden at 35 % or a baht beside it or well away, investment about 20 %."""
    budgets = rng.choice(BUDGETS), rng.choice(BUDGETS)
    first = rng.randint(10, 60)
    together = rng.choice((70, 70, 62, 50, 90))
    costs = [budgets[0] * first // 100, budgets[1] * (together - min(first, together)) // 100]
    side = rng.randrange(2)
    costs[side] = max(0, costs[side] + rng.choice((-1, 0, 0, 0, 1) if together == 70 else (0,)))
    share = rng.choice((20, 20, 20, 25, 30, 12))
    invested = [budgets[0] * share // 100, budgets[1] * rng.choice((40 - share, 20, 25)) // 100]
    side = rng.randrange(2)
    invested[side] = max(0, invested[side] + rng.choice((0, 0, 0, 0, -1)))
    previous = random_year(rng, budgets[0], costs[0], invested[0], "previous")
    out = rng.choice((0, 0, *(max(0, budgets[0] - net) for net in nets(budgets[0]))))
    previous["loans"], previous["salary_subsidies"] = split(rng, out)
    previous["revenue_own"] = rng.choice(OWN_REVENUES)
    previous["revenue_all"] = previous["revenue_own"] + rng.randint(0, 30_000_000)
    requested = random_year(rng, budgets[1], costs[1], invested[1], "requested")
    return {"previous": {"year": 2558, **previous}, "requested": {"year": 2559, **requested}}


def nets(budget: int) -> Iterator[int]:
    """Net budgets at a bound of S15 and S17, and a baht below, that this budget can have."""
    for million in (80, 200, 300, 1000):
        for less in (0, 1):
            if million * 1_000_000 - less <= budget:
                yield million * 1_000_000 - less


def random_value(rng: random.Random) -> int | Facts:
    """A job value at a bound, in points or by its factors."""
    points = rng.choice((*POINTS, 480, 520))
    if rng.random() < 0.7:
        return points
    made: Facts = {}
    for name, most in FACTORS.items():
        rest = sum(FACTORS[other] for other in FACTORS if other not in made and other != name)
        made[name] = min(most, max(0, points - sum(made.values()) - rest))
    return made


def outcome(rng: random.Random, chance: float = 0.85) -> str:
    return "passed" if rng.random() < chance else "failed"


def level_for(rng: random.Random, printed: tuple[str, ...], stray: float) -> str:
    """A printed level mostly, seldom any."""
    return rng.choice(printed if printed and rng.random() > stray else LEVELS)


def random_deputy(rng: random.Random, scope: Scope, printed: tuple[str, ...], units: list[str]) -> Facts:
    made: Facts = {
        "level": level_for(rng, printed, 0.02),
        "filled": rng.random() < 0.7,
        "delegated_units": rng.sample(units, rng.randint(0 if rng.random() < 0.3 else 1, len(units)))
        if units
        else [],
        "workload_analysis": outcome(rng),
    }
    if scope == PAO:
        made["job_value"] = random_value(rng)
    if rng.random() < 0.2:
        made["exists"] = False
    return made


def random_unit(rng: random.Random, case: Case, scope: Scope, name: str) -> Facts:
    """A unit of today with sections and parts, or one that is wanted."""
    made: Facts = {
        "id": name,
        "job_value": random_value(rng),
        "vacancy": rng.choice(
            (
                {"vacant": 2, "frame": 10},
                {"vacant": 0, "frame": 0},
                {"vacant": 3, "frame": 14},
                {"vacant": 1, "frame": 8},
                {"vacant": 20, "frame": 100},
            )
        ),
        "workload_analysis": outcome(rng),
        "section_names_approved": rng.random() < 0.85,
    }
    if rng.random() < 0.2:
        made["section_job_value"] = rng.choice(POINTS)
    if rng.random() < 0.25:
        return {**made, "exists": False}
    kind = rng.choice([kind for kind, post in HEAD_OF.items() if case.printed(scope, post)])
    level = level_for(rng, case.printed(scope, HEAD_OF[kind]), 0.1)
    if rng.random() < 0.5 or kind != ("office" if level == "high" else "division"):
        made["kind"] = kind
    limit = section_limit(scope)
    most = (3 if limit is None else limit) if case.printed(scope, "section_head") else 0
    inside = kind == "office" and bool(case.printed(scope, "part_head"))
    return {
        **made,
        "head": {"level": level, "filled": rng.random() < 0.8},
        "sections": rng.randint(0, most),
        "parts": rng.randint(0, 2) if inside else 0,
    }


def random_plan(rng: random.Random, case: Case, scope: Scope, org: Facts) -> Facts:
    """A plan near what is there today: each part of it kept, or changed with some chance."""
    daring = rng.choice((0.1, 0.3, 0.6))

    def changes() -> bool:
        return rng.random() < daring

    clerk = org["posts"]["clerk"]
    level = level_for(rng, case.printed(scope, "clerk"), 0.03) if changes() else clerk["level"]
    deputies = [
        {"level": level_for(rng, case.printed(scope, "deputy"), 0.03) if changes() else one["level"]}
        for one in org["posts"]["deputies"]
        if one.get("exists") is not False or changes()
    ]
    if changes() and case.printed(scope, "deputy"):
        new: Facts = {"level": level_for(rng, case.printed(scope, "deputy"), 0.03)}
        if rng.random() < 0.6:
            new |= {
                key: value
                for key, value in random_deputy(rng, scope, (), [unit["id"] for unit in org["units"]]).items()
                if key in ("delegated_units", "workload_analysis", "job_value")
            }
        deputies.append(new)
    for extra in range(max(0, len(deputies) - 3)):
        deputies.pop(extra)
    rng.shuffle(deputies)
    units = [
        random_planned_unit(rng, case, scope, unit, daring)
        for unit in org["units"]
        if (rng.random() < 0.3 if unit.get("exists") is False else rng.random() < 0.97)
    ]
    return {"clerk": {"level": level}, "deputies": deputies, "units": units}


def random_planned_unit(rng: random.Random, case: Case, scope: Scope, unit: Facts, daring: float) -> Facts:
    head = unit.get("head", {}).get("level")
    kind = unit.get("kind") or ("office" if head == "high" else "division")
    sections, parts = unit.get("sections", 0), unit.get("parts", 0)
    if rng.random() < daring * 0.5 or head is None:
        kind = rng.choice([kind for kind, post in HEAD_OF.items() if case.printed(scope, post)])
        head = None
    if head is None or rng.random() < daring:
        head = level_for(rng, case.printed(scope, HEAD_OF[kind]), 0.03)
    if rng.random() < daring and case.printed(scope, "section_head"):
        sections = max(0, sections + rng.choice((-1, 1, 1)))
    if kind == "office" and rng.random() < daring and case.printed(scope, "part_head"):
        parts = max(0, parts + rng.choice((-1, 1, 1)))
    elif kind == "division" and rng.random() < 0.97:
        parts = 0
    return {"id": unit["id"], "kind": kind, "level": head, "sections": sections, "parts": parts}


def random_organisation(
    rng: random.Random, scope: Scope | None = None, units: int | None = None
) -> dict[str, Any]:
    """An organisation of which everything is known, with a plan: any type, class and size, or the one named."""
    scope = scope or rng.choice(SCOPES)
    org: Facts = {"kind": "organisation", "id": f"o{rng.randrange(10**9):09d}", "type": scope[0]}
    if scope[0] == "municipality":
        org |= {"class": scope[1], "status": rng.choice(("subdistrict", "town", "town", "city"))}
    elif scope[0] == "sao":
        org["size"] = scope[1]
    org["fiscal"] = random_fiscal(rng)
    vacant = rng.choice(((10, 50), (11, 50), (0, 0), (1, 5), (200, 999)))
    org["vacancies"] = {
        "executive": rng.choice((0, 0, 0, 1)),
        "operating": {"vacant": vacant[0], "frame": vacant[1]},
    }
    org["instruments"] = {name: outcome(rng, 0.88) for name in INSTRUMENTS}
    areas = rng.sample(AREAS, rng.choice((2, 3, 3, 4, 6)))
    org["scores"] = {
        "indicators": rng.choice(SCORES),
        "lpa": rng.choice(SCORES),
        "efficiency": {area: rng.choice(SCORES) for area in areas},
    }
    case = Case(org, {})
    org["units"] = [
        random_unit(rng, case, scope, f"u{place}")
        for place in range(rng.randint(1, 3) if units is None else units)
    ]
    there = [unit["id"] for unit in org["units"] if unit.get("exists") is not False]
    printed = case.printed(scope, "deputy")
    number = rng.choice((0, 1, 1, 2)) if printed else 0
    org["posts"] = {
        "clerk": {
            "level": level_for(rng, case.printed(scope, "clerk"), 0.05),
            "filled": rng.random() < 0.7,
        },
        "deputies": [random_deputy(rng, scope, printed, there) for _ in range(number)],
    }
    if scope[0] == "municipality" and rng.random() < 0.5:
        make_promising(rng, org)
    org["plan"] = random_plan(rng, case, scope, org)
    return org


def make_promising(rng: random.Random, org: Facts) -> None:
    """Bring a municipality near a class (S16-S21): most of what the class asks for, one thing often just missed."""
    status, million = rng.choice((("town", 80), ("town", 200), ("city", 200), ("city", 1000), ("city", 1000)))
    budget = rng.choice([one for one in BUDGETS if one >= million * 1_000_000])
    previous = random_year(rng, budget, budget * 35 // 100, budget // 5, "previous")
    requested = random_year(rng, budget, budget * 35 // 100, budget // 5, "requested")
    net = million * 1_000_000 - rng.choice((0, 0, 0, 0, 1))
    previous["loans"], previous["salary_subsidies"] = split(rng, budget - net if rng.random() < 0.5 else 0)
    previous |= {"year": 2558, "revenue_own": rng.choice(OWN_REVENUES), "revenue_all": 3_100_000_000}
    rng.choice((previous, requested))["salaries_frame"] += rng.choice((0, 0, 0, 0, 1))
    previous["investment"] -= rng.choice((0, 0, 0, 0, 1))
    org["status"] = status
    org["fiscal"] = {"previous": previous, "requested": {"year": 2559, **requested}}
    org["vacancies"]["executive"] = rng.choice((0, 0, 0, 0, 1))
    org["vacancies"]["operating"] = rng.choice(({"vacant": 10, "frame": 50}, {"vacant": 0, "frame": 0}))
    indicators, lpa = rng.choice(((60, 80), (70, 80), (80, 80), (80, 60), (75, 100), (59.9, 90), (60, 79.9)))
    scores = rng.choice(((80, 80, 80), (70, 80, 90), (60, 60, 60), (75, 80, 84.9), (85, 90, 95)))
    areas = dict(zip(rng.sample(AREAS, 3), scores, strict=True))
    org["scores"] = {"indicators": indicators, "lpa": lpa, "efficiency": areas}


def random_costs(rng: random.Random, org: Facts) -> dict[tuple[str, str], int]:
    """Baht a year for every post and level, dearer with the level, some so dear that they move the burden."""
    scale = rng.choice((1, 1, org["fiscal"]["requested"]["budget"] // 20_000_000))
    return {
        (post, level): scale * (place * 200_000 + rng.randint(1, 199_999))
        for post in POSTS
        for place, level in enumerate(LEVELS, start=1)
    }


# ---------------------------------------------------------------- gaps


def gaps(org: Mapping[str, Any]) -> list[tuple[str | int, ...]]:
    """The places of a file that may be absent, where absent means not known and nothing else.

    Not among them: what stands for something when it is absent (``exists``, ``section_job_value``, an area of
    efficiency, an item of benefits), the years, the units that a plan or an order names, and the plan itself.
    """
    found: list[tuple[str | int, ...]] = [
        (key,)
        for key in ("class", "size", "status", "fiscal", "vacancies", "instruments", "scores", "posts")
        if key in org
    ]
    for which in ("previous", "requested"):
        found += [("fiscal", which, key) for key in org["fiscal"][which] if key != "year"]
    found += [("vacancies", "executive"), ("vacancies", "operating")]
    found += [("vacancies", "operating", key) for key in ("vacant", "frame")]
    found += [("instruments", name) for name in org["instruments"]]
    found += [("scores", name) for name in org["scores"]]
    found += [("posts", "clerk"), ("posts", "clerk", "level"), ("posts", "clerk", "filled")]
    found.append(("posts", "deputies"))
    for place, deputy in enumerate(org["posts"]["deputies"]):
        found += [("posts", "deputies", place, key) for key in deputy if key != "exists"]
    for place, unit in enumerate(org["units"]):
        level = unit.get("head", {}).get("level")
        for key, value in unit.items():
            if key == "kind" and value != ("office" if level == "high" else "division"):
                continue  # without it, the level of the head would say otherwise
            if key not in ("id", "exists", "section_job_value"):
                found.append(("units", place, key))
            if key in ("head", "vacancy") or (key == "job_value" and isinstance(value, Mapping)):
                found += [("units", place, key, inner) for inner in value]
    return found


def without(org: Mapping[str, Any], *places: tuple[str | int, ...]) -> dict[str, Any]:
    """A copy of the file with these places left out; one inside another that is gone is gone already."""
    made = copy.deepcopy(dict(org))
    for place in places:
        inside: Any = made
        for step in place[:-1]:
            inside = inside.get(step) if isinstance(inside, dict) else inside[step]
            if inside is None:
                break
        if isinstance(inside, dict):
            inside.pop(place[-1], None)
    return made


def with_gaps(rng: random.Random, org: Mapping[str, Any]) -> dict[str, Any]:
    """The file with a few of its places left out, seldom with many."""
    places = gaps(org)
    return without(org, *rng.sample(places, min(len(places), rng.choice((1, 2, 3, 5, 12)))))


def random_file(rng: random.Random, scope: Scope | None = None) -> dict[str, Any]:
    """What a user may hand in: complete in half of the cases, with gaps in the others."""
    org = random_organisation(rng, scope)
    return org if rng.random() < 0.5 else with_gaps(rng, org)
