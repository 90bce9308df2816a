"""From an organisation's file to the organisation: every finding at once, or the typed value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lgreason.files.facts.values import NO_FACTS
from lgreason.files.form.form import Form
from lgreason.files.form.schema import Ids, offer, published
from lgreason.files.form.shape import plainly, refuse_other_kinds, shaped
from lgreason.files.organisation.checks import OrganisationFile, findings_of
from lgreason.files.organisation.organisation import (
    FACTORS,
    LEVELS,
    FiscalYear,
    Growth,
    Kind,
    Level,
    NewPosts,
    Organisation,
    Plan,
    PlannedUnit,
    PlannedYear,
    Post,
    Unit,
    Vacancy,
)
from lgreason.files.organisation.values import FORM, NAMED, OrganisationVocabulary, values_of
from lgreason.files.source.read import Path, Source, default_identity, unusable, written_path
from lgreason.rules.findings import Place

if TYPE_CHECKING:
    from lgreason.files.facts.reading import TermWords
    from lgreason.rules.declared import Declarations

__all__ = ["OrganisationVocabulary", "load_organisation", "organisation_schema"]

Declared = Callable[[], tuple["Declarations", "TermWords"]]
"""What may be known about an organisation besides, and the terms it is written in."""
Record = Mapping[str, Any]


def load_organisation(
    source: Source,
    vocabulary: OrganisationVocabulary,
    latest: date,
    declared: Declared | None = None,
    day: date | None = None,
) -> Organisation:
    """The organisation in `source`, every name resolved by `vocabulary`, every amount, score and date read.

    `latest` is the last day on which its request may have been filed. `declared` tells, for a file that states more
    than those of every organisation, what else it may state; `day` is the day asked about. Raises `Unusable` with all
    findings.
    """
    refuse_other_kinds(source, FORM)
    form, reader = FORM, None
    if declared is not None and not plainly(source, FORM):
        from lgreason.files.facts.reading import FactReader
        from lgreason.files.facts.schema import DeclaredForm

        declarations, words = declared()
        form, reader = DeclaredForm(FORM, declarations), FactReader(source, declarations, words, latest)
    sound = shaped(source, form)
    given = NO_FACTS if reader is None else reader.given(sound.data, FORM)
    own = replace(
        sound, data={key: each for key, each in sound.data.items() if key in FORM.schema["properties"]}
    )
    values = values_of(own if reader is not None else sound, source, vocabulary, latest)
    case = OrganisationFile(source, values, vocabulary)
    told = () if reader is None else reader.findings
    if findings := (*sound.faults, *values.findings, *findings_of(case), *told):
        raise unusable(findings)
    return replace(_organisation(case), given=given, day=day)


def organisation_schema(
    vocabulary: Ids | None = None, declared: Declarations | None = None
) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) for editors, its titles and descriptions in Thai and English.

    The ids of `vocabulary` are offered, and there is a place for every fact that is `declared`.
    """
    form: Form = FORM
    if declared is not None:
        from lgreason.files.facts.schema import DeclaredForm

        form = DeclaredForm(FORM, declared)
    schema = published(form)
    for name in NAMED if vocabulary else ():
        assert vocabulary is not None
        ids = vocabulary.ids(name)
        offer(schema["$defs"][name], LEVELS if name == "level" else ids)
    return schema


def _organisation(case: OrganisationFile) -> Organisation:
    """The organisation of a case without findings."""
    get = case.get
    identity = get("id") or default_identity(case.source)
    units = get("units")
    deputies = get("posts", "deputies")
    efficiency = get("scores", "efficiency")
    return Organisation(
        id=identity,
        name=get("name") or identity,
        type=get("type"),
        class_=get("class"),
        size=get("size"),
        status=get("status"),
        former_size=get("former_size"),
        filed=get("filed"),
        previous=_fiscal_year(get("fiscal", "previous")),
        requested=_fiscal_year(get("fiscal", "requested")),
        years=tuple(_planned_year(record) for record in get("fiscal", "years") or ()),
        growth=Growth(*((get("fiscal", "growth") or {}).get(key) for key in GROWING)),
        vacancies_executive=get("vacancies", "executive"),
        vacancies_operating=_vacancy(get("vacancies", "operating")),
        instruments=_known(get("instruments") or {}),
        indicators=get("scores", "indicators"),
        lpa=get("scores", "lpa"),
        efficiency=None if efficiency is None else MappingProxyType(efficiency),
        clerk=_post(case, get("posts", "clerk"), none=_is_none(case, "posts", "clerk")),
        deputies=None if deputies is None else _posts(case, deputies),
        units=None if units is None else tuple(_unit(case, unit, n) for n, unit in enumerate(units, 1)),
        plan=_plan(case, get("plan")),
        place=case.source.place(()),
        places=MappingProxyType(dict(_places(case))),
    )


def _known(entries: Record) -> Mapping[str, Any]:
    return MappingProxyType({key: value for key, value in entries.items() if value is not None})


def _fiscal_year(record: Record | None) -> FiscalYear | None:
    if record is None:
        return None
    amounts: dict[str, int] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            amounts |= {f"{key}.{item}": amount for item, amount in _known(value).items()}
            if None not in value.values():
                amounts[key] = sum(value.values())
        elif value is not None and key != "year":
            amounts[key] = value
    return FiscalYear(record.get("year"), MappingProxyType(amounts))


GROWING = ("budget", "salaries", "benefits")


def _planned_year(record: Record) -> PlannedYear:
    amounts = {key: record[key] for key in YEARLY if record.get(key) is not None}
    posts = (
        NewPosts(each["post"], 1 if each.get("number") is None else each["number"], each["cost"])
        for each in record.get("new_posts") or ()
    )
    return PlannedYear(record["year"], MappingProxyType(amounts), tuple(posts))


YEARLY = ("budget", "salaries_frame", "salary_steps", "benefits_budgeted")


def _vacancy(record: Record | None) -> Vacancy | None:
    return None if record is None else Vacancy(record.get("vacant"), record.get("frame"))


def _job_value(value: int | dict[str, int | None] | None) -> tuple[int | None, Mapping[str, int]]:
    """The points, known if told or if all six factors are, and the factors that are."""
    if not isinstance(value, dict):
        return value, MappingProxyType({})
    factors = _known(value)
    return sum(factors.values()) if factors.keys() == FACTORS.keys() else None, factors


def _posts(case: OrganisationFile, records: list[Record]) -> tuple[Post, ...]:
    found = (_post(case, record, number) for number, record in enumerate(records, 1))
    return tuple(post for post in found if post)


def _is_none(case: OrganisationFile, *path: str | int) -> bool:
    """Whether the file says in a word that there is no such post."""
    found: Any = case.source.data
    for step in path:
        if isinstance(found, list) and isinstance(step, int):
            found = found[step]
        else:
            found = found.get(step) if isinstance(found, dict) else None
    return isinstance(found, str)


_DESCRIPTION = ("delegated_units", "workload_analysis", "job_value")


def _post(
    case: OrganisationFile, record: Record | None, number: int = 1, planned: bool = False, none: bool = False
) -> Post | None:
    if record is None:
        return None
    delegated = record.get("delegated_units")
    job_value, factors = _job_value(record.get("job_value"))
    return Post(
        level=record.get("level"),
        filled=record.get("filled"),
        exists=record.get("exists") is not False and not none,
        delegated=None if delegated is None else tuple(case.unit_of(unit) or unit for unit in delegated),
        analysis=record.get("workload_analysis"),
        job_value=job_value,
        number=number,
        described=planned and any(record.get(key) is not None for key in _DESCRIPTION),
        job_factors=factors,
    )


_KIND_OF_LEVEL: Mapping[Level | None, Kind] = {"early": "division", "mid": "division", "high": "office"}


def _unit(case: OrganisationFile, record: Record, number: int) -> Unit:
    exists = record.get("exists") is not False
    head = _post(case, record.get("head"), none=_is_none(case, "units", number - 1, "head"))
    job_value, factors = _job_value(record.get("job_value"))
    section_job_value, section_factors = _job_value(record.get("section_job_value"))
    none_yet = None if exists else 0
    sections, parts = (none_yet if record.get(key) is None else record[key] for key in ("sections", "parts"))
    return Unit(
        id=record["id"],
        name=record.get("name") or record["id"],
        exists=exists,
        number=number,
        kind=record.get("kind") or (_KIND_OF_LEVEL.get(head.level) if head and exists else None),
        headless=exists and head is not None and not head.exists,
        job_value=job_value,
        section_job_value=section_job_value,
        vacancy=_vacancy(record.get("vacancy")),
        head=head,
        analysis=record.get("workload_analysis"),
        names_approved=record.get("section_names_approved"),
        sections=sections,
        parts=parts,
        job_factors=factors,
        section_job_factors=section_factors,
    )


def _plan(case: OrganisationFile, record: Record | None) -> Plan | None:
    if record is None:
        return None
    deputies = (
        _post(case, deputy, n, planned=True) for n, deputy in enumerate(record.get("deputies") or (), 1)
    )
    units = (
        PlannedUnit(
            id=case.unit_of(unit["id"]) or unit["id"],
            kind=unit["kind"],
            level=unit["level"],
            sections=unit.get("sections") or 0,
            parts=unit.get("parts") or 0,
        )
        for unit in record.get("units") or ()
    )
    return Plan(record["clerk"]["level"], tuple(post for post in deputies if post), tuple(units))


def _places(case: OrganisationFile) -> Iterator[tuple[str, Place]]:
    """Every entry of the file by its path; where a step is a name, by its id too."""

    def under(value: object, path: Path) -> Iterator[tuple[str, Place]]:
        if path:
            place = case.source.place(path)
            yield written_path(path) or "", place
            if path in case.values.named:
                yield written_path((*path[:-1], case.values.named[path])) or "", place
        inner = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for step, entry in inner:
            yield from under(entry, (*path, step))

    yield from under(case.source.data, ())
