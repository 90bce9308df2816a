"""The conformance cases of organisations: what clauses, posts, classes and plans come to, as data beside it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from lgreason.files.organisation.organisation import Organisation
from lgreason.files.organisation.reading import load_organisation
from lgreason.files.source.read import read_source
from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.circumstances import Subject
from lgreason.reasoning.organisations.establishment import Establishment, Tables
from lgreason.reasoning.organisations.retyping import NOBODY, classify
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.report.documents.organisations import OrganisationDocuments
from lgreason.rules.knowledge import Library
from lgreason.words.vocabulary import Vocabulary

FILES = tuple(
    Path(__file__).parent / f"{name}.yaml"
    for name in ("pao", "municipality_structure", "municipality_conditions", "municipality_retyping", "sao")
)
FORMS = {
    "clause": {"clause", "holds", "of"},
    "post": {"post", "verdict", "most", "unit", "by"},
    "class": {"class", "verdict"},
    "plan": {"plan", "verdict", "violates"},
}
EVERY = {"why", "with", "readings"}
ABSENT = "absent"


@dataclass(frozen=True)
class OrganisationCase:
    """One case: of this organisation, under these readings, something comes to what is expected."""

    name: str
    form: str
    entry: Mapping[str, Any]
    organisation: Organisation

    @property
    def asked(self) -> str:
        """What is asked about: a clause, `post.level`, a class, or `plan`."""
        return "plan" if self.form == "plan" else str(self.entry[self.form])

    @property
    def readings(self) -> dict[str, str]:
        """The readings taken in stead of the usual ones."""
        return dict(self.entry.get("readings", {}))

    @property
    def expected(self) -> Any:
        """What it comes to."""
        return self.entry["holds" if self.form == "clause" else "verdict"]


@cache
def written() -> tuple[tuple[Path, int, dict[str, Any], dict[str, Any]], ...]:
    """Every case as it is written, with its file, its number and the base organisation."""
    found = []
    for path in FILES:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, entry in enumerate(document["cases"], 1):
            found.append((path, number, entry, document["base"]))
    return tuple(found)


@cache
def cases() -> tuple[OrganisationCase, ...]:
    """Every case of every file, its organisation read by the product."""
    return tuple(_cases(Vocabulary(Library(branch="organisations").under())))


def _cases(vocabulary: Vocabulary) -> Iterator[OrganisationCase]:
    for path, number, entry, base in written():
        (form,) = set(FORMS) & set(entry)
        name = f"{path.stem}.yaml[{number}] {entry[form] if form != 'plan' else 'plan'}"
        assert set(entry) <= FORMS[form] | EVERY and "why" in entry, name
        data = changed(base, entry.get("with", {}))
        if form == "plan":
            data["plan"] = data["plan"] | entry["plan"]
        source = read_source("-", BytesIO(json.dumps(data).encode()))
        yield OrganisationCase(name, form, entry, load_organisation(source, vocabulary, date.max))


def changed(base: Mapping[str, Any], differences: Mapping[str, Any]) -> dict[str, Any]:
    """The base organisation with some entries otherwise: `units.works.job_value`, `posts.deputies.1`, or absent."""
    data = copy.deepcopy(dict(base))
    for path, value in differences.items():
        *steps, last = path.split(".")
        inside: Any = data
        for step in steps:
            inside = _entry(inside, step)
        if isinstance(inside, list):
            inside[int(last) - 1] = value
        elif value == ABSENT:
            del inside[last]
        else:
            inside[last] = value
    return data


def _entry(inside: Any, step: str) -> Any:
    if not isinstance(inside, list):
        return inside[step]
    return inside[int(step) - 1] if step.isdecimal() else next(one for one in inside if one["id"] == step)


class NotDecidedError(LookupError):
    """The clause is no part of what decides under these readings."""


class OrganisationCourt:
    """Tries cases against one knowledge base, with tables for each choice of readings."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._tables: dict[tuple[tuple[str, str], ...], Tables] = {}

    def tables(self, readings: Mapping[str, str]) -> Tables:
        key = tuple(sorted(readings.items()))
        if key not in self._tables:
            self._tables[key] = Tables(self._library.under(dict(readings)))
        return self._tables[key]

    def differences(self, case: OrganisationCase) -> Iterator[str]:
        """What comes out otherwise than the case expects, one line each."""
        here = Establishment(self.tables(case.readings), case.organisation)
        entry = case.entry
        if case.form == "clause":
            yield from self._clause(here, case)
        elif case.form == "post":
            post, level = case.asked.split(".")
            found = here.post(post, level)
            verdict = found.verdict
            if "unit" in entry:
                (verdict,) = (
                    permission_of(judged.truth)
                    for judged in found.candidates
                    if judged.subject.unit and judged.subject.unit.id == entry["unit"]
                )
            yield from _unequal("verdict", entry["verdict"], verdict)
            if "by" in entry:
                yield from _unequal("by", entry["by"], found.best.reason.clause.id)
            if "most" in entry:
                yield from _unequal("most", entry["most"], found.most)
        elif case.form == "class":
            yield from _unequal("verdict", entry["verdict"], classify(here, case.asked).verdict)
        else:
            yield from self._plan(here, case)

    @staticmethod
    def _clause(here: Establishment, case: OrganisationCase) -> Iterator[str]:
        if not any(clause.id == case.asked for clause in here.tables.clauses):
            raise NotDecidedError(case.asked)
        yield from _unequal("holds", case.expected, here.decide(case.asked, subject(case, here)).holds)

    @staticmethod
    def _plan(here: Establishment, case: OrganisationCase) -> Iterator[str]:
        plan = case.organisation.plan
        assert plan is not None
        judge = PlanJudge(here)
        yield from _unequal("verdict", case.expected, permission_of(judge.truth(plan)))
        documents = OrganisationDocuments(here.tables.kb, case.organisation, date.max)
        violated = {each["clause"] for each in documents.violations(judge.judge(plan))}
        for clause in case.entry.get("violates", ()):
            if clause not in violated:
                yield f"violates: {clause} expected, {sorted(violated)} found"


def subject(case: OrganisationCase, here: Establishment) -> Subject:
    """The post that a clause is asked of."""
    of = case.entry.get("of")
    if of is None:
        return NOBODY
    if "numbers" in of:
        return Subject("", "", numbers=of["numbers"])
    organisation = case.organisation
    unit = organisation.unit(of["unit"]) if "unit" in of else None
    deputy = (organisation.deputies or ())[of["deputy"] - 1] if "deputy" in of else None
    office = of["kind"] == "office" if "kind" in of else here.is_office(of["post"], unit)
    return Subject(of["post"], of["level"], unit=unit, deputy=deputy, office=office)


def _unequal(what: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"{what}: {expected} expected, {found} found"
