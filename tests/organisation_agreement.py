"""The product beside the independent evaluator of organisations: what each says of one file, in the same words.

Violations are compared as sets of clauses of the register (a finer clause of the product counts as the one that it
belongs to). Habits of naming are levelled: the evaluator names the row of the table over what a clerk, a unit's
setting up and the number of sections demand, and the consequence of vacancies (S13), where the product names the
condition alone; the product names every condition that fails, where the evaluator stops at the number of sections,
and names S35 beside the same instruments of S29, and the special type where its part in an office is what the row of
the special type, high level, refers to. Where two deputies or more can be matched in equally good ways, the
conditions on deputies may be those of either. Files whose class or size is not known are judged under every kind by
the evaluator and shown under one by the product: of those only the verdicts are compared.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from lgreason.files.organisation.organisation import Organisation
from lgreason.files.organisation.reading import load_organisation
from lgreason.files.source.read import read_source
from lgreason.reasoning.organisations.burden import burden
from lgreason.reasoning.organisations.establishment import Establishment, Tables
from lgreason.reasoning.organisations.plans import PlanJudgement
from lgreason.reasoning.organisations.retyping import classify
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.report.documents.organisations import OrganisationDocuments
from lgreason.rules.knowledge import Library
from lgreason.words.vocabulary import Vocabulary
from tests.evaluator import organisations as evaluator
from tests.evaluator.random_organisations import random_costs, random_file

CLASSES = ("ordinary", "ordinary_high", "special", "special_high")
NAMED_HERE = {("A-14", "70/75/80"): "m70_75_80", ("A-14", "75/80/80"): "m75_80_80"}
NAMED_HERE |= {("A-15", "ratio_of_sums"): "sums", ("A-32", "all"): "every"}
"""Readings that the evaluator calls otherwise than the knowledge base."""
REGISTER = frozenset(
    line.split("\t")[0]
    for line in (Path(__file__).parent / "kb" / "register_org.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


@cache
def library() -> Library:
    return Library(branch="organisations")


@cache
def tables(readings: tuple[tuple[str, str], ...] = ()) -> Tables:
    return Tables(library().under(dict(readings)))


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(library().under())


def loaded(data: Mapping[str, Any]) -> Organisation:
    source = read_source("-", BytesIO(json.dumps(data).encode()))
    return load_organisation(source, vocabulary(), date.max)


SAME = {"org.pao.s13.vacancy": "org.pao.s13.fill_first", "org.sao.s45.scope": "org.sao.s38.deputy"}
OF_DEPUTIES = ("org.pao.s3.deputy", "org.pao.s12", "org.mun.s28", "org.mun.s34", "org.sao.s44", "org.sao.s45")
OF_SECTIONS = {"org.sao.s41.1", "org.sao.s41.2", "org.sao.s47.1", "org.sao.s47.3"}


def tables_under(readings: Mapping[str, str]) -> Tables:
    """The product's tables under readings as the evaluator names them."""
    named = {identity: NAMED_HERE.get((identity, choice), choice) for identity, choice in readings.items()}
    return tables(tuple(sorted(named.items())))


def registered(clause: str) -> str:
    """The clause of the register to which a clause belongs."""
    while clause not in REGISTER:
        clause = clause.rpartition(".")[0]
        assert clause
    return SAME.get(clause, clause)


def violated(here: Establishment, judgement: PlanJudgement) -> set[str]:
    """What the product names as violated, in clauses of the register."""
    documents = OrganisationDocuments(here.tables.kb, here.organisation, date.max)
    found = {registered(each["clause"]) for each in documents.violations(judgement)}
    for post in judgement.posts:
        if post.truth is False and post.post == "clerk":
            found.add(registered(here.tables.rows[judgement.scope, "clerk"]))
        if post.truth is False and post.post in here.tables.kb.kinds.heads:
            opens = here.tables.opens.get((judgement.scope, post.post, post.level), ())
            found |= set(map(registered, opens))
    if "org.sao.s47.2" in found:
        found.add("org.sao.s38.section")
    return found


def named_differently(here: set[str], there: set[str], in_several_ways: bool) -> str:
    """How two sets of violated clauses differ beyond habits of naming; empty if they do not."""
    only_here, only_there = here - there, there - here
    if "org.sao.s47.2" in here:
        only_here -= OF_SECTIONS
    if "org.mun.s15.sph.section" in here:
        only_here -= {"org.mun.s15.sp.section"}
    if here & {"org.mun.s29.2.2", "org.mun.s29.2.3"}:
        only_here -= {"org.mun.s35.units"}
    if in_several_ways:
        only_here, only_there = (
            {clause for clause in only if not clause.startswith(OF_DEPUTIES)}
            for only in (only_here, only_there)
        )
    return f"violations: {sorted(only_there)} only there, {sorted(only_here)} only here" * bool(
        only_here | only_there
    )


def differences(
    data: Mapping[str, Any],
    readings: Mapping[str, str] | None = None,
    costs: Mapping[tuple[str, str], int] | None = None,
) -> Iterator[str]:
    """What product and evaluator say differently of one file, a line each; `costs` bear on its plan."""
    chosen = dict(readings or {})
    organisation = loaded(data)
    here = Establishment(tables_under(chosen), organisation)
    for (post, level), expected in evaluator.posts(data, chosen).items():
        found = here.post(post, level)
        # Of a post that the table does not have at all, it is not asked how many there may be.
        most = expected.maximum if found.truth is not False else found.most
        if (found.truth, found.most) != (expected.verdict, most):
            yield f"{post} {level}: {(expected.verdict, expected.maximum)} and {(found.truth, found.most)}"
    if data["type"] == "municipality":
        for class_ in CLASSES:
            wanted, got = (
                evaluator.classify(data, class_, chosen).verdict,
                classify(here, class_).reason.holds,
            )
            if wanted is not got:
                yield f"class {class_}: {wanted} and {got}"
    expected_burden, found_burden = evaluator.burden(data, chosen), burden(here)
    if expected_burden["within"] is not found_burden.reason.holds:
        yield f"burden within: {expected_burden['within']} and {found_burden.reason.holds}"
    if organisation.plan is not None:
        plan, judge = organisation.plan, PlanJudge(here)
        truth, judged = judge.truth(plan), evaluator.validate(data, chosen)
        if truth is not judged.verdict:
            yield f"plan: {judged.verdict} and {truth} ({sorted(judged.violations)})"
        elif truth is False and len(here.scopes) == 1:
            named, wanted_of = violated(here, judge.judge(plan)), set(map(registered, judged.violations))
            if words := named_differently(named, wanted_of, len(plan.deputies) > 1):
                yield words
        if costs is not None:
            found_with = PlanJudge(Establishment(here.tables, organisation), costs).truth(plan)
            expected_with = evaluator.valid(data, data["plan"], costs, chosen).verdict
            if found_with is not expected_with:
                yield f"plan with costs: {expected_with} and {found_with}"


def main(start: int, number: int) -> int:
    """Compare so many random files, their plans also with costs; for a long run by hand."""
    wrong = 0
    for seed in range(start, start + number):
        data = random_file(random.Random(seed))
        # Costs are scaled by the budget of the requested year: without one there are none.
        priced = data.get("fiscal", {}).get("requested", {}).get("budget")
        costs = random_costs(random.Random(-seed), data) if priced else None
        for difference in differences(data, costs=costs):
            wrong += 1
            print(seed, data["type"], data.get("class", data.get("size")), difference)
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])) > 0)
