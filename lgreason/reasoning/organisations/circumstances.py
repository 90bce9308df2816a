"""Measuring an organisation: what each clause compares, for the post that is asked about; exact and three-valued."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from lgreason.files.organisation.organisation import (
    FACTORS,
    FULL_JOB_VALUE,
    Organisation,
    Outcome,
    Post,
    Unit,
    Vacancy,
)
from lgreason.reasoning.organisations.ascertained import Ascertained, limit
from lgreason.reasoning.organisations.quantities import Interval, Quantities
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn

__all__ = ["Ascertained", "Circumstances", "Subject", "limit", "where"]

PASSED: Outcome = "passed"
T = TypeVar("T")
EVERY_POST = "posts.deputies"


@dataclass(frozen=True, slots=True)
class Subject:
    """The post that is asked about: which it is, its level, its unit or the deputy who holds or would hold it.

    `office` tells whether its unit is an office (สำนัก) in the plan. `numbers` are the posts of the plan, by post
    and by (post, level); without a plan, the one post asked about.
    """

    post: str
    level: str
    unit: Unit | None = None
    deputy: Post | None = None
    office: bool | None = None
    numbers: Mapping[str, int] | None = None


class Circumstances:
    """One organisation, held up to the clauses for one post."""

    def __init__(self, organisation: Organisation, quantities: Quantities, subject: Subject) -> None:
        """Take the file, its quantities, and the post that is asked about."""
        self._organisation = organisation
        self._quantities = quantities
        self._subject = subject
        self._done: dict[str, Ascertained] = {}

    def measure(self, clause: Clause) -> Ascertained:
        """What the organisation comes to for a clause that measures something."""
        if clause.id not in self._done:
            self._done[clause.id] = self._measured(clause)
        return self._done[clause.id]

    def _measured(self, clause: Clause) -> Ascertained:
        what = clause.measures or ""
        if clause.expression is not None:
            from lgreason.reasoning.organisations.facts import found

            return found(self._quantities.kb, self._organisation, clause)
        if self._quantities.defines(what) or what in ("indicators", "lpa"):
            return self._quantity(what)
        return _MEASURES[what](self, clause)

    # ── money and scores ────────────────────────────────────────────────────────────────────────

    def _quantity(self, identity: str) -> Ascertained:
        quantity = self._quantities.quantity(identity)
        amounts = list(quantity.amounts())
        missing = [amount.id for amount in amounts if amount.value.exact is None]
        if identity in ("efficiency", "final") and self._organisation.efficiency is None:
            missing.append("efficiency")
        entries = tuple(where(a.id) for a in amounts if a.value.exact is not None)
        return Ascertained(
            quantity.unit,
            quantity.value,
            entries=entries,
            missing=tuple(map(where, missing)),
            quantity=quantity,
        )

    # ── outcomes ────────────────────────────────────────────────────────────────────────────────

    def _instrument(self, clause: Clause) -> Ascertained:
        (instrument,) = _args(clause, "instrument")
        return _outcome(self._organisation.instruments.get(instrument), f"instruments.{instrument}")

    def _analysis(self, _clause: Clause) -> Ascertained:
        path, post, unit = self._where(), self._subject.deputy, self._subject.unit
        outcome: Outcome | None
        if self._subject.post == "deputy":
            outcome = post.analysis if post else None  # what nobody stated has not failed
        else:
            outcome = unit.analysis if unit else None
        return _outcome(outcome, f"{path}.workload_analysis")

    def _names(self, _clause: Clause) -> Ascertained:
        unit = self._subject.unit
        approved = unit.names_approved if unit else None
        outcome: Outcome | None = None if approved is None else "passed" if approved else "failed"
        return _outcome(outcome, f"{self._where()}.section_names_approved")

    def _status(self, clause: Clause) -> Ascertained:
        return _named(self._organisation.status, _args(clause, "status"), "status")

    def _former_size(self, clause: Clause) -> Ascertained:
        return _named(self._organisation.former_size, _args(clause, "size"), "former_size", "former_size")

    def _class(self, clause: Clause) -> Ascertained:
        return _named(self._organisation.class_, _args(clause, "class"), "class", "class")

    def _unit_kind(self, clause: Clause) -> Ascertained:
        office = self._subject.office
        kind = None if office is None else "office" if office else "division"
        return _named(kind, _args(clause, "kind"), f"{self._where()}.kind")

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────

    def _job_value(self, clause: Clause) -> Ascertained:
        subject = self._subject
        path, key = self._where(), "job_value"
        if subject.post == "deputy":
            value = subject.deputy.job_value if subject.deputy else self._of_nobody(0)
            factors = subject.deputy.job_factors if subject.deputy else {}
        elif clause.measures == "section_job_value":
            value, key = (subject.unit.section_job_value if subject.unit else None), "section_job_value"
            factors = subject.unit.section_job_factors if subject.unit else {}
            if value is None and not factors and _says(clause, "unit_stands_for_sections"):
                value, key = (subject.unit.job_value if subject.unit else None), "job_value"
                factors = subject.unit.job_factors if subject.unit else {}
        else:
            value = subject.unit.job_value if subject.unit else None
            factors = subject.unit.job_factors if subject.unit else {}
        if value is None and factors:
            return _points(factors, f"{path}.{key}")
        return _number("points", value, f"{path}.{key}", most=FULL_JOB_VALUE)

    def _vacancy_unit(self, _clause: Clause) -> Ascertained:
        vacancy = self._subject.unit.vacancy if self._subject.unit else None
        return _share(vacancy, f"{self._where()}.vacancy")

    def _vacancy_operating(self, _clause: Clause) -> Ascertained:
        return _share(self._organisation.vacancies_operating, "vacancies.operating")

    def _vacancy_executive(self, _clause: Clause) -> Ascertained:
        return _number("posts", self._organisation.vacancies_executive, "vacancies.executive")

    def _areas(self, _clause: Clause) -> Ascertained:
        areas = self._organisation.efficiency
        return _number("areas", None if areas is None else len(areas), "scores.efficiency", most=6)

    def _filled(self, clause: Clause) -> Ascertained:
        return self._posts(clause, lambda post: post.filled)

    def _vacant(self, clause: Clause) -> Ascertained:
        return self._posts(clause, lambda post: None if post.filled is None else not post.filled)

    def _posts(self, clause: Clause, counts: Callable[[Post], bool | None]) -> Ascertained:
        """How many of today's posts that the clause names are so."""
        low = high = 0
        limited = True
        entries: list[str] = []
        missing: list[str] = []
        for what in clause.counts:
            name, level = _post(what)
            for path, post in self._today(name):
                truth = counts(post)
                if post is _UNKNOWN:
                    limited = limited and path != EVERY_POST and path != "units"
                    high += 1
                    missing.append(path)
                elif level is not None and post.level is None and truth is not False:
                    high += 1
                    missing.append(f"{path}.level")
                elif level is None or post.level == level:
                    low += truth is True
                    high += truth is not False
                    (missing if truth is None else entries).append(f"{path}.filled")
        value = Interval(Fraction(low), Fraction(high) if limited else None)
        return Ascertained("posts", value, entries=tuple(entries), missing=tuple(missing))

    def _today(self, name: str) -> Iterable[tuple[str, Post]]:
        organisation = self._organisation
        if name == "clerk":
            yield "posts.clerk", organisation.clerk or _UNKNOWN
        elif name == "deputy":
            if organisation.deputies is None:
                yield EVERY_POST, _UNKNOWN
            for post in organisation.deputies or ():
                if post.exists:
                    yield f"posts.deputies[{post.number}]", post
        elif organisation.units is None:
            yield "units", _UNKNOWN
        else:
            for unit in organisation.units:
                if unit.exists and unit.kind != _OTHER_KIND.get(name):
                    yield f"units[{unit.number}].head", unit.head or _UNKNOWN

    def _delegated(self, clause: Clause) -> Ascertained:
        deputy = self._subject.deputy
        delegated = deputy.delegated if deputy else self._of_nobody(())
        path = f"{self._where()}.delegated_units"
        if delegated is None:
            return Ascertained("units", Interval(Fraction(0), None), missing=(path,))
        (level,) = _args(clause, "unit") or (None,)
        low = high = 0
        missing: list[str] = []
        for identity in delegated:
            unit = self._organisation.unit(identity)
            if unit is None or not unit.exists:
                continue  # the order puts units under the deputy that are there
            if level is None:
                low, high = low + 1, high + 1
            elif unit.head is None or unit.head.level is None:
                high += 1
                missing.append(f"units[{unit.number}].head.level")
            elif unit.head.level == level:
                low, high = low + 1, high + 1
        return Ascertained(
            "units", Interval(Fraction(low), Fraction(high)), entries=(path,), missing=tuple(missing)
        )

    def _planned(self, clause: Clause) -> Ascertained:
        numbers = self._subject.numbers
        if numbers is None:
            numbers = {self._subject.post: 1, f"{self._subject.post}.{self._subject.level}": 1}
        names = (".".join(part for part in _post(what) if part) for what in clause.counts)
        number = sum(numbers.get(name, 0) for name in names)
        return _number("posts", number, "plan")

    # ── the post that is asked about ────────────────────────────────────────────────────────────

    def _where(self) -> str:
        """The path of the entry that describes the post asked about."""
        subject = self._subject
        if subject.post == "deputy":
            post = subject.deputy
            list_ = "plan" if post is not None and post.described else "posts"
            return EVERY_POST if post is None else f"{list_}.deputies[{post.number}]"
        return "units" if subject.unit is None else f"units[{subject.unit.number}]"

    def _of_nobody(self, known: T) -> T | None:
        """What holds of a post that is described nowhere: if the file lists deputies, it has no order or analysis."""
        return known if self._organisation.deputies else None


_UNKNOWN = Post()
_OTHER_KIND = {"division_head": "office", "office_head": "division"}
"""A unit of the other kind is surely not meant; one whose kind is not known may be."""


def where(amount: str) -> str:
    """The path in the file of an amount or a score."""
    if amount.startswith(("previous.", "requested.")):
        return f"fiscal.{amount}"
    return f"scores.{amount}"


def _args(clause: Clause, name: str) -> tuple[str, ...]:
    return tuple(
        argument.name if isinstance(argument, Fn) else str(argument)
        for what in clause.counts
        if what.name == name
        for argument in what.args
    )


def _says(clause: Clause, name: str) -> bool:
    return any(what.name == name for what in clause.counts)


def _post(what: Fn) -> tuple[str, str | None]:
    """The post, and the level if one is named, of `post(deputy)` or `post(deputy, high)`."""
    names = [argument.name for argument in what.args if isinstance(argument, Fn)]
    return names[0], names[1] if len(names) > 1 else None


def _outcome(outcome: Outcome | None, path: str) -> Ascertained:
    return _named(outcome, (PASSED,), path, "outcome")


def _named(said: str | None, accepts: tuple[str, ...], path: str, unit: str = "value") -> Ascertained:
    if said is None:
        return Ascertained(unit, accepts=accepts, missing=(path,))
    return Ascertained(unit, said=said, accepts=accepts, entries=(path,))


def _number(unit: str, value: int | None, path: str, most: int | None = None) -> Ascertained:
    if value is None:
        high = None if most is None else Fraction(most)
        return Ascertained(unit, Interval(Fraction(0), high), missing=(path,))
    return Ascertained(unit, Interval(Fraction(value), Fraction(value)), entries=(path,))


def _points(factors: Mapping[str, int], path: str) -> Ascertained:
    """A job value of which only some factors are known."""
    known = sum(factors.values())
    missing = [factor for factor in FACTORS if factor not in factors]
    most = known + sum(FACTORS[factor] for factor in missing)
    value = Interval(Fraction(known), Fraction(most))
    return Ascertained("points", value, missing=tuple(f"{path}.{factor}" for factor in missing))


def _share(vacancy: Vacancy | None, path: str) -> Ascertained:
    """Vacancies in per cent of a frame; a frame of nobody has none."""
    if vacancy is not None and 0 in (vacancy.vacant, vacancy.frame):
        return Ascertained("percent", Interval(Fraction(0), Fraction(0)), entries=(path,))
    if vacancy is None or vacancy.vacant is None or vacancy.frame is None:
        return Ascertained("percent", Interval(Fraction(0), Fraction(100)), missing=(path,))
    share = Fraction(vacancy.vacant * 100, vacancy.frame)
    return Ascertained("percent", Interval(share, share), entries=(path,))


_MEASURES: Mapping[str, Callable[[Circumstances, Clause], Ascertained]] = {
    "instrument": Circumstances._instrument,
    "workload_analysis": Circumstances._analysis,
    "section_names": Circumstances._names,
    "status": Circumstances._status,
    "former_size": Circumstances._former_size,
    "class": Circumstances._class,
    "unit_kind": Circumstances._unit_kind,
    "job_value": Circumstances._job_value,
    "section_job_value": Circumstances._job_value,
    "vacancy.unit": Circumstances._vacancy_unit,
    "vacancy.operating": Circumstances._vacancy_operating,
    "vacancy.executive": Circumstances._vacancy_executive,
    "areas": Circumstances._areas,
    "filled": Circumstances._filled,
    "vacant": Circumstances._vacant,
    "delegated": Circumstances._delegated,
    "planned": Circumstances._planned,
    "planned_in_unit": Circumstances._planned,
}
MEASURED = frozenset(_MEASURES)
"""What a clause on an organisation may measure besides a quantity."""
