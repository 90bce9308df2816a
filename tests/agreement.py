"""The product against the independent evaluator on random persons: a long run that reports every disagreement.

    python -m tests.agreement --persons 1000000 --processes 2

Progress goes to standard error, disagreements as YAML documents to standard output; the exit status is 1 if any.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from multiprocessing import Pool
from typing import Any

import yaml

from lgreason.files.person.person import Person, load_person
from lgreason.files.source.read import read_source
from lgreason.reasoning.cases.verdict import verdict_of
from lgreason.reasoning.persons.eligibility import Judgement, Judges
from lgreason.rules.knowledge import Library
from lgreason.words.vocabulary import Vocabulary
from tests.evaluator.evaluator import CLAUSES, evaluate, truth
from tests.evaluator.persons import random_person

# The other choice of every reading that the evaluator has.
OTHER_READINGS = {
    "A-01": "both",
    "A-02": "holder",
    "A-03": "present",
    "A-04": "all",
    "A-05": "title",
    "A-07": "at_least",
    "A-08": "counts",
    "A-20": "days",
    "A-20B": "eve",
    "A-20C": "joined",
    "A-33": "every_field",
    "A-34": "disciplines",
    "A-35": "official",
    "A-36": "after",
}
DAYS = (
    date(2021, 12, 31),
    date(2020, 2, 29),  # the same day does not exist in most years
    date(2024, 2, 29),
    date(2022, 2, 28),
    date(2019, 3, 1),
    date(2023, 9, 30),
    date(2016, 1, 1),  # the day after the old levels
    date(2025, 1, 30),
)
CHUNK = 500
SHARE_WITH_READINGS = 0.5
SHARE_WITH_CLAUSES = 0.5


@dataclass(frozen=True)
class Question:
    """A person to be judged by both, the day, the readings, and whether every clause is compared too."""

    person: dict[str, Any]
    as_of: date
    readings: dict[str, str]
    with_clauses: bool

    def as_yaml(self, product: Mapping[str, object], evaluator: Mapping[str, object]) -> str:
        """The disagreement as a document from which it can be looked into."""
        return yaml.safe_dump(
            {
                "as_of": self.as_of.isoformat(),
                "readings": self.readings,
                "product": dict(product),
                "evaluator": dict(evaluator),
                "person": self.person,
            },
            allow_unicode=True,
            sort_keys=False,
            explicit_start=True,
        )


def questions(seed: str, count: int) -> Iterator[Question]:
    """So many random questions; the same for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        as_of = rng.choice(DAYS) if rng.random() < 0.8 else date(2016, 1, 1) + timedelta(rng.randrange(3650))
        person = random_person(rng, as_of)
        other = rng.random() < SHARE_WITH_READINGS
        asked = rng.sample(sorted(OTHER_READINGS), rng.choice((1, 2, 3, 3))) if other else ()
        readings = {ambiguity: OTHER_READINGS[ambiguity] for ambiguity in asked}
        yield Question(person, as_of, readings, rng.random() < SHARE_WITH_CLAUSES)


class Product:
    """What the product answers, persons given as mappings and read by its own loader."""

    def __init__(self, library: Library | None = None) -> None:
        kb = (library or Library()).under()
        self.judges = Judges(kb)
        self.vocabulary = Vocabulary(kb)

    def person(self, data: Mapping[str, Any]) -> Person:
        source = read_source("-", BytesIO(json.dumps(data, ensure_ascii=False).encode()))
        return load_person(source, self.vocabulary, date.max)

    def case(self, data: Mapping[str, Any], as_of: date, readings: Mapping[str, str] = {}) -> Judgement:
        return self.judges.under(readings).case(self.person(data), as_of)

    def answers(self, question: Question) -> dict[str, object]:
        """The verdict for every position and, where asked, what every clause comes to."""
        judgement = self.case(question.person, question.as_of, question.readings)
        found: dict[str, object] = {}
        truths: dict[str, object] = {}
        for position, root in judgement.judge.kb.posts.items():
            under = judgement.truths(root)
            found[position] = verdict_of(under[root])
            truths |= {clause: under[clause] for clause in judgement.judge.clauses_under(root)}
        return found | truths if question.with_clauses else found


def evaluated(question: Question) -> dict[str, object]:
    """The same from the evaluator."""
    person, as_of, readings = question.person, question.as_of, question.readings
    found: dict[str, object] = dict(evaluate(person, as_of, readings))
    if question.with_clauses:
        found |= {clause: truth(person, clause, as_of, readings) for clause in CLAUSES}
    return found


def disagreements(product: Product, seed: str, count: int) -> Iterator[str]:
    """Every question of a seed that the two answer differently, as YAML."""
    for question in questions(seed, count):
        ours, theirs = product.answers(question), evaluated(question)
        differing = [key for key in ours | theirs if ours.get(key, "-") != theirs.get(key, "-")]
        if differing:
            yield question.as_yaml(
                {key: ours.get(key, "-") for key in differing},
                {key: theirs.get(key, "-") for key in differing},
            )


# ── the long run ──────────────────────────────────────────────────────────────────────────────────────────

_product: Product


def _prepare() -> None:
    global _product
    _product = Product()


def _chunk(work: tuple[str, int]) -> tuple[int, list[str]]:
    seed, count = work
    return count, list(disagreements(_product, seed, count))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.agreement", description="Compare on random persons."
    )
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", default="1", help="another seed gives other persons")
    asked = parser.parse_args(arguments)
    starts = range(0, asked.persons, CHUNK)
    work = [(f"{asked.seed}:{start}", min(CHUNK, asked.persons - start)) for start in starts]
    began, done, found = time.monotonic(), 0, 0
    with Pool(asked.processes, _prepare) as pool:
        for number, (count, documents) in enumerate(pool.imap_unordered(_chunk, work), 1):
            done, found = done + count, found + len(documents)
            for document in documents:
                print(document, end="", flush=True)
            if number % 20 == 0 or done == asked.persons:
                rate = done / (time.monotonic() - began)
                progress = (
                    f"{done:,} of {asked.persons:,} persons, {rate:,.0f} a second, {found} disagreements"
                )
                print(progress, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
