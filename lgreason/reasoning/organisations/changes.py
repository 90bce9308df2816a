"""What would make a condition on an organisation hold: the smallest change of its file, and how to apply it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import Any

from lgreason.files.organisation.organisation import FiscalYear, Organisation, Post, Unit, Vacancy
from lgreason.reasoning.cases.remedies import Sort
from lgreason.reasoning.organisations.burden import MEAN
from lgreason.reasoning.organisations.change import Applied, PostChange, to_find_out
from lgreason.reasoning.organisations.circumstances import Ascertained, Subject, limit
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import Fn

REDUCIBLE = ("upgrade_increase", "support_posts", "benefits_budgeted", "salaries_frame")
"""What of the requested year's costs can be planned lower, the easiest first."""
_SCORES = ("indicators", "lpa")


class PostChanges:
    """Finds what would make the conditions on one post hold."""

    def __init__(self, here: Establishment, subject: Subject) -> None:
        """Take the organisation held up to the tables, and the post that is asked about."""
        self._here = here
        self._organisation = here.organisation
        self._subject = subject

    def for_leaf(self, clause: Clause, bound: Bound, finding: Ascertained) -> Applied | None:
        """The change that makes a failing or unknown comparison hold; `None` if nothing can."""
        measures = clause.measures or ""
        if clause.expression is not None:
            return self._of_facts(clause, bound, finding)
        if measures == MEAN and bound.relation == "at_most":
            return self._burden(bound, finding)
        if self._here.quantities.defines(measures) or measures in _SCORES:
            return self._quantity(measures, bound, finding)
        maker = _MAKERS.get(measures)
        return None if maker is None else maker(self, clause, bound, finding)

    def _of_facts(self, clause: Clause, bound: Bound, finding: Ascertained) -> Applied | None:
        """What is not known of declared facts turns out well, or somebody brings it about."""
        from lgreason.reasoning.organisations import fact_changes
        from lgreason.reasoning.organisations.facts import FactAscertained

        kb = self._here.tables.kb
        if finding.missing and isinstance(finding, FactAscertained):
            return to_find_out(finding), lambda organisation: fact_changes.turned_out(
                kb, organisation, clause, bound, finding
            )
        brought = fact_changes.brought_about(kb, self._organisation, clause, bound)
        change, given = next(brought, (None, None))
        if change is None or given is None:
            return None
        facts = {change.about: given.facts[change.about]}
        return change, lambda organisation: replace(
            organisation, given=replace(organisation.given, facts={**organisation.given.facts, **facts})
        )

    # ── money ───────────────────────────────────────────────────────────────────────────────────

    def _burden(self, bound: Bound, finding: Ascertained) -> Applied | None:
        """The requested year's costs lowered until the mean is within the bound."""
        here = self._here.quantities
        if finding.missing:
            return self._established(finding, self._amounts_found(finding, low=True))
        previous, requested = here.quantity("burden.previous"), here.quantity("burden.requested")
        amount, budget = (term.quantity.value.low for term in requested.terms)
        room = floor((2 * bound.value - previous.value.low) * budget / 100)
        if room < 0 or room >= amount:
            return None
        change = PostChange("lower", "act", "burden.requested.amount", "baht", amount, Fraction(room))

        def apply(organisation: Organisation) -> Organisation:
            excess = int(amount) - room
            amounts = dict(organisation.requested.amounts) if organisation.requested else {}
            for key in REDUCIBLE:
                taken = min(excess, amounts.get(key, 0))
                amounts[key] = amounts.get(key, 0) - taken
                excess -= taken
            return _with_year(organisation, "requested", amounts)

        return change, apply

    def _quantity(self, measures: str, bound: Bound, finding: Ascertained) -> Applied | None:
        if bound.relation != "at_least":
            return None
        if finding.missing:
            return self._established(finding, self._amounts_found(finding, low=False))
        least = limit(bound, finding.unit)
        assert finding.value is not None
        have = finding.value.low
        match measures:
            case "investment.previous":
                return self._amount(
                    "previous.investment", "time", ceil(least * self._of("previous.budget") / 100)
                )
            case "investment.mean":
                share = 2 * least - self._here.quantities.quantity("investment.previous").value.low
                return self._amount(
                    "requested.investment", "act", ceil(share * self._of("requested.budget") / 100)
                )
            case "budget.net":
                return self._amount(
                    "previous.budget", "time", self._of("previous.budget") + ceil(least - have)
                )
            case "revenue.own":
                return self._amount("previous.revenue_own", "time", ceil(least))
        return self._scores(measures, least, have)

    def _of(self, path: str) -> int:
        amount = self._organisation.amount(path)
        assert amount is not None, path
        return amount

    def _amount(self, path: str, sort: Sort, after: int) -> Applied:
        year, _, key = path.partition(".")
        before = self._of(path)
        change = PostChange("raise", sort, path, "baht", Fraction(before), Fraction(after))

        def apply(organisation: Organisation) -> Organisation:
            found = organisation.previous if year == "previous" else organisation.requested
            return _with_year(organisation, year, {**(found.amounts if found else {}), key: after})

        return change, apply

    def _amounts_found(self, finding: Ascertained, low: bool) -> Callable[[Organisation], Organisation]:
        """The amounts that are not known turned out well: costs low and budgets high, or the other way about."""
        paths = tuple(path.removeprefix("fiscal.") for path in finding.missing)

        def apply(organisation: Organisation) -> Organisation:
            for path in paths:
                year, _, key = path.partition(".")
                if year not in ("previous", "requested"):
                    for score in self._scored(path.removeprefix("scores.")):
                        organisation = _with_score(organisation, score, Fraction(100))
                    continue
                found = organisation.previous if year == "previous" else organisation.requested
                amounts = dict(found.amounts) if found else {}
                whole = 10 ** (len(str(max(amounts.values(), default=1))) + 6)
                good = {"budget": whole if low else 1, "loans": 0, "salary_subsidies": 0}
                amounts[key] = good.get(key, 0 if low else whole)
                organisation = _with_year(organisation, year, amounts)
            return organisation

        return apply

    def _scored(self, path: str) -> tuple[str, ...]:
        """The scores that are meant where only the areas that were done are not known."""
        return tuple(f"efficiency.{area}" for area in self._area_names()) if path == "efficiency" else (path,)

    def _established(self, finding: Ascertained, apply: Callable[[Organisation], Organisation]) -> Applied:
        return to_find_out(finding), apply

    # ── scores ──────────────────────────────────────────────────────────────────────────────────

    def _scores(self, measures: str, least: Fraction, have: Fraction) -> Applied:
        change = PostChange("raise", "act", measures, "percent", have, least)

        def apply(organisation: Organisation) -> Organisation:
            for path in (*_SCORES, *(f"efficiency.{area}" for area in organisation.efficiency or ())):
                if measures in (path, "final", "workload" if path in _SCORES else "efficiency"):
                    organisation = _with_score(organisation, path, Fraction(100))
            return organisation

        return change, apply

    # ── outcomes and posts ──────────────────────────────────────────────────────────────────────

    def _passed(self, clause: Clause, _bound: Bound, finding: Ascertained) -> Applied:
        (path,) = finding.entries or finding.missing
        change = to_find_out(finding) if finding.missing else PostChange("pass", "decision", path)
        subject = self._subject

        def apply(organisation: Organisation) -> Organisation:
            if clause.measures == "instrument":
                instrument = path.partition(".")[2]
                return replace(organisation, instruments={**organisation.instruments, instrument: "passed"})
            if clause.measures == "section_names":
                return _with_unit(organisation, subject.unit, names_approved=True)
            if subject.post == "deputy":
                return _with_deputy(organisation, subject.deputy, analysis="passed")
            return _with_unit(organisation, subject.unit, analysis="passed")

        return change, apply

    def _status(self, _clause: Clause, _bound: Bound, finding: Ascertained) -> Applied:
        become = PostChange("become", "decision", "status", choices=finding.accepts)
        change = to_find_out(finding) if finding.missing else become
        return change, lambda organisation: replace(organisation, status=finding.accepts[0])

    def _job_value(self, clause: Clause, bound: Bound, finding: Ascertained) -> Applied:
        least = limit(bound, "points")
        (path, *_) = finding.entries or finding.missing
        subject, section = self._subject, path.endswith("section_job_value")
        if finding.missing:
            change = to_find_out(finding, path)
        else:
            assert finding.value is not None
            change = PostChange("raise", "decision", path, "points", finding.value.low, least)
        del clause
        value = ceil(least)

        def apply(organisation: Organisation) -> Organisation:
            if subject.post == "deputy":
                return _with_deputy(organisation, subject.deputy, job_value=value)
            if section:
                return _with_unit(organisation, subject.unit, section_job_value=value)
            return _with_unit(organisation, subject.unit, job_value=value)

        return change, apply

    def _vacancy(self, clause: Clause, bound: Bound, finding: Ascertained) -> Applied | None:
        operating = clause.measures == "vacancy.operating"
        unit = self._subject.unit
        vacancy = self._organisation.vacancies_operating if operating else unit.vacancy if unit else None
        (path,) = finding.entries or finding.missing
        if finding.missing:
            change = to_find_out(finding, path)
            good: Vacancy | None = Vacancy(0, None)
        else:
            assert vacancy is not None and vacancy.vacant is not None and vacancy.frame is not None
            most = floor(Fraction(bound.value * vacancy.frame, 100))
            change = PostChange("fill", "act", path, "posts", Fraction(vacancy.vacant), Fraction(most))
            good = Vacancy(most, vacancy.frame)

        def apply(organisation: Organisation) -> Organisation:
            if operating:
                return replace(organisation, vacancies_operating=good)
            return _with_unit(organisation, unit, vacancy=good)

        return change, apply

    def _executive(self, _clause: Clause, _bound: Bound, finding: Ascertained) -> Applied:
        (path,) = finding.entries or finding.missing
        if finding.missing:
            change = to_find_out(finding, path)
        else:
            assert finding.value is not None
            change = PostChange("fill", "act", path, "posts", finding.value.low, Fraction(0))
        return change, lambda organisation: replace(organisation, vacancies_executive=0)

    def _areas(self, _clause: Clause, bound: Bound, finding: Ascertained) -> Applied:
        about = "scores.efficiency"
        if finding.missing:
            change = to_find_out(finding, about)
        else:
            assert finding.value is not None
            change = PostChange("raise", "act", about, "areas", finding.value.low, Fraction(bound.value))

        def apply(organisation: Organisation) -> Organisation:
            done: dict[str, Fraction | None] = dict(organisation.efficiency or {})
            for name in self._area_names():
                if len(done) < bound.value:
                    done.setdefault(name, Fraction(100))
            return replace(organisation, efficiency=done)

        return change, apply

    def _area_names(self) -> tuple[str, ...]:
        return tuple(str(row[0]) for row in self._here.tables.kb.rows("area"))

    def _filled(self, clause: Clause, _bound: Bound, finding: Ascertained) -> Applied | None:
        """A post that the clause names is filled: one that is there, or else one that must first be set up."""
        if finding.missing:
            change = to_find_out(finding)
        else:
            posts = tuple(".".join(a.name for a in what.args if isinstance(a, Fn)) for what in clause.counts)
            change = PostChange("fill", "act", "posts", choices=posts)
        (what, *_) = clause.counts
        names = [argument.name for argument in what.args if isinstance(argument, Fn)]

        def apply(organisation: Organisation) -> Organisation:
            level: Any = names[1] if len(names) > 1 else "mid"
            if names[0] == "clerk":
                return replace(organisation, clerk=replace(organisation.clerk or Post(level), filled=True))
            if names[0] == "deputy":
                return _with_deputy(organisation, None, exists=True, level=level, filled=True)
            kind: Any = "office" if names[0] == "office_head" else "division"
            unit = Unit("", "", True, 0, kind, head=Post(level, True))
            return replace(organisation, units=(*(organisation.units or ()), unit))

        return change, apply

    def _delegated(self, clause: Clause, bound: Bound, finding: Ascertained) -> Applied | None:
        levels = tuple(a.name for what in clause.counts for a in what.args if isinstance(a, Fn))
        subject, organisation = self._subject, self._organisation
        fitting = [
            unit.id
            for unit in organisation.units or ()
            if unit.exists and (not levels or (unit.head is not None and unit.head.level in levels))
        ]
        (path, *_) = finding.entries or finding.missing
        if len(fitting) < bound.value:
            return self._screened(levels, bound, path, fitting)
        ids = tuple(fitting)
        change = PostChange("delegate", "act", path, "units", choices=ids, after=Fraction(bound.value))

        def apply(organisation: Organisation) -> Organisation:
            held = subject.deputy.delegated if subject.deputy and subject.deputy.delegated else ()
            return _with_deputy(organisation, subject.deputy, delegated=tuple(dict.fromkeys((*held, *ids))))

        return change, apply

    def _screened(
        self, levels: tuple[str, ...], bound: Bound, path: str, fitting: list[str]
    ) -> Applied | None:
        """Units whose heads are raised first, and that the order then holds: if some may be raised now, those."""
        here, subject = self._here, self._subject
        heads = {kind: post for post, kind in here.tables.kb.kinds.heads.items()}
        found: list[tuple[bool, str, str]] = []
        for unit in self._organisation.units or ():
            post = heads.get(unit.kind or "")
            if unit.exists and post and unit.id not in fitting and len(levels) == 1:
                raised = Subject(post, levels[0], unit=unit, office=here.is_office(post, unit))
                if any((scope, post, levels[0]) in here.tables.opens for scope in here.scopes):
                    may = here.judge(here.scopes[0], raised, False).truth is True
                    found.append((not may, f"{post}.{levels[0]}", unit.id))
        held = subject.deputy.delegated if subject.deputy and subject.deputy.delegated else ()
        found.sort(
            key=lambda each: each[2] not in held
        )  # what the order holds already need not be added to it
        now = [each for each in found if not each[0]] or found
        wanted = bound.value - len(fitting)
        named = now[0][1] if now else ""
        ids = tuple(unit for _, post, unit in now if post == named)
        if len(ids) < wanted:
            return None
        number = Fraction(wanted)
        change = PostChange("screen", "act", path, "units", None, number, ids, (("post", named),))

        def apply(organisation: Organisation) -> Organisation:
            level: Any = levels[0]
            for identity in ids[:wanted]:
                unit = organisation.unit(identity)
                if unit is not None:
                    head = replace(unit.head or Post(level), level=level)
                    organisation = _with_unit(organisation, unit, head=head)
            order = tuple(dict.fromkeys((*held, *fitting, *ids[:wanted])))
            return _with_deputy(organisation, subject.deputy, delegated=order)

        return change, apply

    def _unit_kind(self, _clause: Clause, _bound: Bound, finding: Ascertained) -> Applied:
        (path,) = finding.entries or finding.missing
        change = PostChange("set_up_as", "act", path, choices=finding.accepts)
        return change, lambda organisation: _with_unit(
            organisation, self._subject.unit, kind=finding.accepts[0]
        )


_MAKERS: Mapping[str, Callable[[PostChanges, Clause, Bound, Ascertained], Applied | None]] = {
    **dict.fromkeys(("instrument", "workload_analysis", "section_names"), PostChanges._passed),
    "status": PostChanges._status,
    "job_value": PostChanges._job_value,
    "section_job_value": PostChanges._job_value,
    "vacancy.unit": PostChanges._vacancy,
    "vacancy.operating": PostChanges._vacancy,
    "vacancy.executive": PostChanges._executive,
    "areas": PostChanges._areas,
    "filled": PostChanges._filled,
    "delegated": PostChanges._delegated,
    "unit_kind": PostChanges._unit_kind,
}


def _with_year(organisation: Organisation, year: str, amounts: Mapping[str, int]) -> Organisation:
    found = organisation.previous if year == "previous" else organisation.requested
    changed = FiscalYear(found.year if found else None, MappingProxyType(dict(amounts)))
    if year == "previous":
        return replace(organisation, previous=changed)
    return replace(organisation, requested=changed)


def _with_score(organisation: Organisation, path: str, score: Fraction) -> Organisation:
    if path == "indicators":
        return replace(organisation, indicators=score)
    if path == "lpa":
        return replace(organisation, lpa=score)
    done = dict(organisation.efficiency or {})
    return replace(organisation, efficiency={**done, path.partition(".")[2]: score})


def _with_unit(organisation: Organisation, unit: Unit | None, **changes: Any) -> Organisation:
    if unit is None:
        return organisation
    units = tuple(replace(u, **changes) if u.id == unit.id else u for u in organisation.units or ())
    return replace(organisation, units=units)


def _with_deputy(organisation: Organisation, deputy: Post | None, **changes: Any) -> Organisation:
    if deputy is None:  # described nowhere: it is described now, once
        described = next((d for d in organisation.deputies or () if not d.exists), None)
        if described is not None and not changes.get("exists"):
            return _with_deputy(organisation, described, **changes)
        number = len(organisation.deputies or ()) + 1
        wanted = replace(Post(exists=False, number=number), **changes)
        return replace(organisation, deputies=(*(organisation.deputies or ()), wanted))
    deputies = tuple(
        replace(d, **changes) if d.number == deputy.number else d for d in organisation.deputies or ()
    )
    return replace(organisation, deputies=deputies)
