"""The conformance cases: what each clause comes to for persons worked out by hand, as data beside this file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from lgreason.files.person.person import Person, load_person
from lgreason.files.source.read import read_source
from lgreason.reasoning.persons.eligibility import Judge, Judges
from lgreason.rules.knowledge import Library
from lgreason.words.vocabulary import Vocabulary

FILES = tuple(Path(__file__).parent / "general_admin" / f"{level}.yaml" for level in ("early", "mid", "high"))
REQUIRED = {"clause", "why", "as_of", "person", "holds"}
OPTIONAL = {"verdicts", "earliest", "readings"}
FIRST_BUDDHIST_YEAR = 2400


@dataclass(frozen=True)
class ConformanceCase:
    """One case: of this person, on this day, under these readings, the clause holds, fails, or is not known."""

    name: str
    clause: str
    why: str
    as_of: date
    data: Any
    person: Person
    holds: bool | None
    verdicts: Mapping[str, str]
    earliest: Mapping[str, date | None]
    readings: Mapping[str, str]


def day(text: str) -> date:
    """A day as the cases write it, its year B.E. from 2400 on."""
    year, month, number = map(int, text.split("-"))
    return date(year - 543 if year >= FIRST_BUDDHIST_YEAR else year, month, number)


def entries(path: Path) -> list[dict[str, Any]]:
    """The cases of a file as they are written; dates are text."""
    data = read_source(str(path)).data
    assert isinstance(data, list), path
    return data


@cache
def cases() -> tuple[ConformanceCase, ...]:
    """Every case of every file, its person read by the product."""
    return tuple(_cases(Vocabulary(Library().under())))


def _cases(vocabulary: Vocabulary) -> Iterator[ConformanceCase]:
    for path in FILES:
        for number, entry in enumerate(entries(path), 1):
            name = f"{path.stem}.yaml[{number}] {entry.get('clause')}"
            unexpected = (REQUIRED - set(entry)) | (set(entry) - REQUIRED - OPTIONAL)
            assert not unexpected, f"{name}: keys missing or not known: {unexpected}"
            source = read_source("-", BytesIO(json.dumps(entry["person"]).encode()))
            yield ConformanceCase(
                name=name,
                clause=entry["clause"],
                why=entry["why"],
                as_of=day(entry["as_of"]),
                data=entry["person"],
                person=load_person(source, vocabulary, date.max),
                holds=entry["holds"],
                verdicts=entry.get("verdicts", {}),
                earliest={p: text and day(text) for p, text in entry.get("earliest", {}).items()},
                readings=entry.get("readings", {}),
            )


class NotDecidedError(LookupError):
    """The clause is no part of what decides under these readings."""


class Court:
    """Tries cases against one knowledge base, with one judge for each choice of readings."""

    def __init__(self, library: Library) -> None:
        self.judges = Judges(library.under())

    def judge(self, readings: Mapping[str, str]) -> Judge:
        return self.judges.under(readings)

    def differences(self, case: ConformanceCase) -> Iterator[str]:
        """What comes out otherwise than the case expects, one line each."""
        judge = self.judge(case.readings)
        judgement = judge.case(case.person, case.as_of)
        truths = judgement.truths(case.clause)
        if case.clause not in truths:
            raise NotDecidedError(case.clause)
        if (holds := truths[case.clause]) is not case.holds:
            yield f"holds: {case.holds} expected, {holds} found"
        for position, expected in case.verdicts.items():
            if (verdict := judgement.verdict(position)) != expected:
                yield f"{position}: {expected} expected, {verdict} found"
        for position, first in case.earliest.items():
            if (found := judgement.earliest(judge.kb.posts[position])) != first:
                yield f"{position}: earliest {first} expected, {found} found"
