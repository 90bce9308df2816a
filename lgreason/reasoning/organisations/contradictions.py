"""Outcomes of a file that contradict each other: a post's own, and that of the instrument that evaluates it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lgreason.files.organisation.organisation import Outcome
from lgreason.reasoning.organisations.establishment import Establishment


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two outcomes for what one clause asks of a post, by their paths in the file, and the reading that chooses."""

    clause: str
    path: str
    outcome: Outcome
    instrument: str
    other: Outcome
    reading: str


def contradictions(here: Establishment) -> tuple[Contradiction, ...]:
    """Every contradiction in the clauses that speak of this kind of organisation, in the order of the file."""
    return tuple(dict.fromkeys(_found(here)))


def idle_readings(here: Establishment) -> frozenset[str]:
    """The readings of which outcome counts that bear on nothing here: wherever one is asked, both are the same."""
    rows = list(here.tables.kb.rows("evaluates"))
    bearing = {
        str(reading)
        for clause, instrument, reading in rows
        if here.tables.kb.kinds.own(here.organisation.type, (str(clause),))
        and any(
            outcome != here.organisation.instruments.get(str(instrument))
            for _, outcome in _outcomes(here, str(reading))
        )
    }
    return frozenset(str(reading) for _, _, reading in rows) - bearing


def _found(here: Establishment) -> Iterator[Contradiction]:
    organisation = here.organisation
    for clause, instrument, reading in here.tables.kb.rows("evaluates"):
        stated = organisation.instruments.get(str(instrument))
        if stated is None or not here.tables.kb.kinds.own(organisation.type, (str(clause),)):
            continue
        for path, outcome in _outcomes(here, str(reading)):
            if outcome is not None and outcome != stated:
                other = f"instruments.{instrument}"
                yield Contradiction(str(clause), path, outcome, other, stated, str(reading))


def _outcomes(here: Establishment, reading: str) -> Iterator[tuple[str, Outcome | None]]:
    """The outcomes of the posts whose conditions rest on a reading."""
    clauses = here.tables.kb.clauses
    asked = {
        post
        for (scope, post, _), roots in here.tables.opens.items()
        if scope in here.scopes
        and any(reading in clauses[below].relies for root in roots for below in here.clauses_under(root))
    }
    if "deputy" in asked:
        for deputy in here.organisation.deputies or ():
            yield f"posts.deputies[{deputy.number}].workload_analysis", deputy.analysis
    if asked & here.tables.kb.kinds.in_units:
        for unit in here.organisation.units or ():
            yield f"units[{unit.number}].workload_analysis", unit.analysis
