"""The product beside the independent evaluator of organisations: what each says of one file, in the same words."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from lgreason.files.organisation import Organisation
from lgreason.files.organisation_file import load_organisation
from lgreason.files.source import read_source
from lgreason.reasoning.burden import burden
from lgreason.reasoning.establishment import Establishment, Tables
from lgreason.reasoning.plans import PlanJudge
from lgreason.reasoning.retyping import classify
from lgreason.rules.knowledge import Library
from lgreason.rules.vocabulary import Vocabulary
from tests.evaluator import organisations as evaluator
from tests.evaluator.random_organisations import random_file

CLASSES = ("ordinary", "ordinary_high", "special", "special_high")


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


def differences(data: Mapping[str, Any], readings: Mapping[str, str] | None = None) -> Iterator[str]:
    """What product and evaluator say differently of one file, a line each."""
    chosen = dict(readings or {})
    organisation = loaded(data)
    here = Establishment(tables(tuple(sorted(chosen.items()))), organisation)
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
        judge = PlanJudge(here)
        truth, judged = judge.truth(organisation.plan), evaluator.validate(data, chosen)
        if truth is not judged.verdict:
            yield f"plan: {judged.verdict} and {truth} ({sorted(judged.violations)})"


def main(start: int, number: int) -> int:
    """Compare so many random files; for a long run by hand."""
    wrong = 0
    for seed in range(start, start + number):
        data = random_file(random.Random(seed))
        for difference in differences(data):
            wrong += 1
            print(seed, data["type"], data.get("class", data.get("size")), difference)
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])) > 0)
