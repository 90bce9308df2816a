"""Checks of what an organisation's file means: what goes together, what is missing, what exceeds what.

Each check is a function from the case to its findings; the list at the end of the module is all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lgreason.files.form.shape import texts_at_fault
from lgreason.files.organisation.values import OrganisationVocabulary, Values
from lgreason.files.source.read import Path, Source, excerpt, written_path
from lgreason.rules.findings import Finding


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """A file being checked: its values, what of it is at fault, and the words for what is said."""

    source: Source
    values: Values
    vocabulary: OrganisationVocabulary

    def find(self, code: str, path: Path, **args: object) -> Finding:
        """A finding at the entry of that path."""
        return Finding(code, self.source.place(path), args)

    def get(self, *path: str | int) -> Any:
        """The value at a path; `None` if it is not there or at fault."""
        found: Any = self.values.data
        for step in path:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int):
                found = found[step]
            else:
                return None
        return found

    def items(self, *path: str | int) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The records of a list, with their paths."""
        for index, item in enumerate(self.get(*path) or ()):
            yield (*path, index), item

    def missing(self, *path: str | int) -> bool:
        """Whether the entry is not there, and not because it, or what it stands in, is at fault."""
        ends = range(1, len(path) + 1)
        return self.get(*path) is None and not any(path[:end] in self.values.broken for end in ends)

    def unit_of(self, reference: str) -> str | None:
        """The id of the unit that an id or a name stands for."""
        named: list[str] = []
        for _, unit in self.items("units"):
            if unit.get("id") == reference:
                return reference
            if _squeezed(unit.get("name") or "") == _squeezed(reference) and unit.get("id"):
                named.append(unit["id"])
        return named[0] if len(named) == 1 else None


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def findings_of(case: OrganisationFile) -> tuple[Finding, ...]:
    """Everything that the checks find."""
    return tuple(finding for check in CHECKS for finding in check(case))


def _texts(case: OrganisationFile) -> Iterator[Finding]:
    """No text is empty, and none holds what cannot be printed on one line."""
    yield from texts_at_fault(case.source, case.values.misshapen)


# ── what kind of organisation it is ─────────────────────────────────────────────────────────────

_ONLY_OF: Mapping[str, str] = {
    **{"class": "municipality", "status": "municipality", "former_size": "municipality"},
    "size": "sao",
}


def _type(case: OrganisationFile) -> Iterator[Finding]:
    """The type is told, and what divides another type is not."""
    if case.missing("type"):
        yield case.find("organisation_type_missing", ("type",))
    kind = case.get("type")
    for key, owner in _ONLY_OF.items():
        if kind is not None and kind != owner and not case.missing(key):
            args = {"key": key, "type": case.vocabulary.name("organisation_type", kind)}
            args["owner"] = case.vocabulary.name("organisation_type", owner)
            yield case.find("organisation_not_of_type", (key,), **args)


# ── finance ─────────────────────────────────────────────────────────────────────────────────────

_YEARS = ("previous", "requested")


def _years(case: OrganisationFile) -> Iterator[Finding]:
    """The requested fiscal year follows the previous one; one that is not told is not known."""
    previous, requested = (case.get("fiscal", which, "year") for which in _YEARS)
    if None not in (previous, requested) and requested != previous + 1:
        args = {"found": requested, "previous": previous, "expected": previous + 1}
        yield case.find("organisation_years_apart", ("fiscal", "requested", "year"), **args)


def _further_years(case: OrganisationFile) -> Iterator[Finding]:
    """Further years follow one another from the requested one; salaries are told in one way; posts have a cost."""
    last = case.get("fiscal", "requested", "year")
    for path, year in case.items("fiscal", "years"):
        found = year.get("year")
        if case.missing(*path, "year"):
            yield case.find("organisation_year_missing", path)
        elif None not in (found, last) and found != last + 1:
            args = {"found": found, "expected": last + 1}
            yield case.find("organisation_year_out_of_order", (*path, "year"), **args)
        last = found
        if year.get("budget") == 0:
            yield case.find("organisation_budget_zero", (*path, "budget"))
        if year.get("salaries_frame") is not None and year.get("salary_steps") is not None:
            yield case.find("organisation_salaries_twice", (*path, "salary_steps"))
        for at, _ in case.items(*path, "new_posts"):
            for key in ("post", "cost"):
                if case.missing(*at, key):
                    yield case.find("organisation_new_post_lacks", at, key=key)


def _budgets(case: OrganisationFile) -> Iterator[Finding]:
    """A budget is more than nothing, and no part of it more than the whole."""
    for which in _YEARS:
        path = ("fiscal", which)
        year = case.get(*path) or {}
        budget = year.get("budget")
        if budget == 0:
            yield case.find("organisation_budget_zero", (*path, "budget"))
        if not budget:
            continue
        parts = {key: year[key] for key in ("loans", "salary_subsidies") if year.get(key)}
        if (total := sum(parts.values())) > budget:
            last = (*path, list(parts)[-1])
            yield case.find("organisation_parts_over_budget", last, total=total, budget=budget)
        if (investment := year.get("investment") or 0) > budget:
            args = {"found": investment, "budget": budget}
            yield case.find("organisation_investment_over_budget", (*path, "investment"), **args)


# ── posts and units ─────────────────────────────────────────────────────────────────────────────


def _vacancies(case: OrganisationFile) -> Iterator[Finding]:
    """No more posts are vacant than there are."""
    paths: list[Path] = [("vacancies", "operating"), *((*path, "vacancy") for path, _ in case.items("units"))]
    for path in paths:
        vacancy = case.get(*path) or {}
        vacant, frame = vacancy.get("vacant"), vacancy.get("frame")
        if vacant is not None and frame is not None and vacant > frame:
            yield case.find("organisation_frame_too_small", (*path, "frame"), vacant=vacant, frame=frame)


def _units(case: OrganisationFile) -> Iterator[Finding]:
    """Every unit has an id of its own; one that is only wanted has no sections or parts today."""
    first: dict[str, Path] = {}
    for path, unit in case.items("units"):
        identity = unit.get("id")
        if case.missing(*path, "id"):
            yield case.find("organisation_unit_id_missing", path)
        elif identity in first:
            args = {"found": excerpt(identity), "first": written_path(first[identity])}
            yield case.find("organisation_unit_twice", (*path, "id"), **args)
        elif identity is not None:
            first[identity] = path
        for key in ("sections", "parts"):
            if unit.get("exists") is False and unit.get(key):
                yield case.find("organisation_unit_not_there", (*path, key), found=unit[key])


def _delegated(case: OrganisationFile) -> Iterator[Finding]:
    """What a deputy screens the work of are units of the file, each named once."""
    for at in ("posts", "plan"):
        for path, deputy in case.items(at, "deputies"):
            seen: dict[str, int] = {}
            for index, reference in enumerate(deputy.get("delegated_units") or ()):
                where = (*path, "delegated_units", index)
                yield from _reference(case, where, reference)
                unit = reference and case.unit_of(reference)
                if unit in seen:
                    args = {"found": excerpt(reference), "first": written_path((*where[:-1], seen[unit]))}
                    yield case.find("organisation_unit_twice", where, **args)
                elif unit:
                    seen[unit] = index


def _reference(case: OrganisationFile, path: Path, reference: str | None) -> Iterator[Finding]:
    """The id or name of a unit is that of one among the units."""
    if reference is None or case.unit_of(reference) or ("units",) in case.values.broken:
        return
    known = tuple(dict.fromkeys(unit["id"] for _, unit in case.items("units") if unit.get("id")))
    if not known:
        yield case.find("organisation_unit_without_units", path, found=excerpt(reference))
        return
    from difflib import get_close_matches

    near = tuple(get_close_matches(reference, known, 3)) or known[:10]
    args = {"found": excerpt(reference), "known": tuple(excerpt(identity) for identity in near)}
    yield case.find("organisation_unknown_unit", path, **args)


# ── the plan ────────────────────────────────────────────────────────────────────────────────────


def _plan(case: OrganisationFile) -> Iterator[Finding]:
    """A plan says its clerk, and of every post and unit what it is to be."""
    if case.get("plan") is None:
        return
    if case.missing("plan", "clerk"):
        yield case.find("organisation_plan_clerk_missing", ("plan", "clerk"))
    elif case.missing("plan", "clerk", "level"):
        yield case.find("organisation_plan_level_missing", ("plan", "clerk", "level"))
    for path, _ in case.items("plan", "deputies"):
        if case.missing(*path, "level"):
            yield case.find("organisation_plan_level_missing", (*path, "level"))
    first: dict[str, Path] = {}
    for path, unit in case.items("plan", "units"):
        codes = {"id": "organisation_plan_unit_missing", "kind": "organisation_plan_kind_missing"}
        for key, code in {**codes, "level": "organisation_plan_level_missing"}.items():
            if case.missing(*path, key):
                yield case.find(code, (*path, key))
        reference = unit.get("id")
        yield from _reference(case, (*path, "id"), reference)
        identity = reference and case.unit_of(reference)
        if identity in first:
            args = {"found": excerpt(reference), "first": written_path(first[identity])}
            yield case.find("organisation_unit_twice", (*path, "id"), **args)
        elif identity:
            first[identity] = path


CHECKS: tuple[Callable[[OrganisationFile], Iterator[Finding]], ...] = (
    _texts,
    _type,
    _years,
    _further_years,
    _budgets,
    _vacancies,
    _units,
    _delegated,
    _plan,
)
