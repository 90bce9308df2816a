"""Whether a municipality may be of a class: S25 for สามัญ, S16-S21 and S36 for the other three."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .evaluator import Truth, all_of, any_of
from .post_conditions import Case, exists, head_of
from .post_table import MILLION
from .quantities import (
    Facts,
    amount,
    areas_done,
    at_least,
    at_most,
    efficiency_of,
    investment_of,
    mean,
    net_budget,
    opposite,
    part_of,
    score,
    vacancy_rate,
    workload_of,
)


@dataclass(frozen=True)
class Classification:
    """Whether a municipality may be of a class: the verdict, its parts, and the leaves of each.

    For the class ``ordinary`` (S25) the parts say at which level its clerk stands.
    """

    verdict: Truth
    parts: Mapping[str, Truth]
    leaves: Mapping[str, Truth]


STATUS = {
    "ordinary_high": ("org.mun.s17.ordh.status", ("town",), 80),
    "special": ("org.mun.s17.sp.status", ("town", "city"), 200),
    "special_high": ("org.mun.s17.sph.status", ("city",), 1000),
}
CLASSES = tuple(STATUS)
MARKS = {"75/75/80": (75, 75, 80), "70/75/80": (70, 75, 80), "75/80/80": (75, 80, 80)}


def classify(org: Facts, name: str, readings: Mapping[str, str]) -> Classification:
    """S25 for ``ordinary``; S16-S21 and S36 for the other three."""
    case = Case(org, readings)
    if name == "ordinary":
        within = case.burden_within
        leaves = {"org.mun.s25.le35": within, "org.mun.s25.gt35": opposite(within)}
        size = org.get("former_size")
        former = any_of(
            None if size is None else size in ("small", "medium"),
            None if org.get("class") is None else org["class"] == "ordinary",
        )
        return Classification(former, {"clerk.mid": within, "clerk.early": opposite(within)}, leaves)
    found = criteria(case, name)
    parts = {part: all_of(*leaves.values()) for part, leaves in found.items()}
    every = {clause: truth for leaves in found.values() for clause, truth in leaves.items()}
    return Classification(all_of(*parts.values()), parts, every)


def criteria(case: Case, name: str) -> dict[str, dict[str, Truth]]:
    """The basic, workload, efficiency and final criteria, each with its leaves."""
    org, areas = case.org, areas_done(case.org)
    clause, fitting, millions = STATUS[name]
    if name == "ordinary_high" and case.reads("A-12", "subdistrict"):
        fitting = ("subdistrict", *fitting)
    status = org.get("status")
    mark = MARKS[case.readings.get("A-14", "75/75/80")][CLASSES.index(name)]
    short = {"ordinary_high": "ordh", "special": "sp", "special_high": "sph"}[name]
    operating = vacancy_rate(part_of(org.get("vacancies"), "operating"))
    return {
        "basic": {
            clause: None if status is None else status in fitting,
            "org.mun.s18.budget": at_least(net_budget(org), millions * MILLION),
            "org.mun.s17.personnel": case.burden_within,
            "org.mun.s17.vac.exec": no_executive_vacancy(case),
            "org.mun.s17.vac.oper": at_most(operating, 20),
            "org.mun.s17.invest": at_least(investment_of(org)["previous"], 20),
        },
        "workload": {
            "org.mun.s19.ind": at_least(score(org, "indicators"), 60),
            "org.mun.s19.core": at_least(score(org, "lpa"), 60),
            "org.mun.s19.avg": at_least(workload_of(org), 70),
        },
        "efficiency": {
            "org.mun.s20.three": None if areas is None else len(areas) >= 3,
            "org.mun.s20.avg": at_least(efficiency_of(org), 60),
        },
        "final": {f"org.mun.s21.{short}": at_least(mean(workload_of(org), efficiency_of(org)), mark)},
    }


def no_executive_vacancy(case: Case) -> Truth:
    """S17: no vacant post of the executive line (A-30 "chiefs": of clerk, deputies and heads of units only)."""
    none_at_all = at_most(amount(case.org.get("vacancies"), "executive"), 0)
    if not case.reads("A-30", "chiefs"):
        return none_at_all
    chiefs: list[Truth] = [exists(case.clerk) is False or (case.clerk or {}).get("filled")]
    for one in [None] if case.deputies is None else case.deputies:
        chiefs.append(any_of(opposite(exists(one)), (one or {}).get("filled")))
    for unit in [None] if case.units is None else case.units.values():
        chiefs.append(any_of(opposite(exists(unit)), head_of(unit).get("filled")))
    return any_of(none_at_all, all_of(*chiefs))
