"""What a screening comes to in all: the sums that summaries, documents and pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lgreason.files.roster.loading import Roster
from lgreason.files.roster.results import Results

Counted = Sequence[tuple[str, int]]
Warned = tuple[str, int, Sequence[tuple[str, str]]]
"""A likely slip by code: of how many persons, and some of them, each with the entry."""


@dataclass(frozen=True)
class PositionTally:
    """One position: how many have each verdict, are one condition short, and become eligible by the day asked.

    `waiting` counts by month who becomes eligible if only time passes; `conditions` by clause who is kept from it;
    `missing` by kind of fact for whom it is not known.
    """

    id: str
    eligible: int
    ineligible: int
    undetermined: int
    one_short: int
    becoming: int | None
    waiting: Counted
    conditions: Counted
    missing: Counted


@dataclass(frozen=True)
class Tally:
    """All sums of a screening; `set_aside` persons and rows, `unrecognised` texts by kind, most frequent first.

    `warned`: what is likely a slip.
    """

    as_of: date
    by: date | None
    persons: int
    rows: int
    notes: int
    set_aside: int
    unrecognised: Sequence[tuple[str, str, int]]
    warned: Sequence[Warned]
    positions: Sequence[PositionTally]


def tally(results: Results, roster: Roster, positions: Sequence[str], set_aside: int) -> Tally:
    """The sums of some results."""
    counts, waiting, conditions = results.counts(), results.waiting(), results.conditions()
    missing, short, becoming = results.missing(), results.one_short(), results.becoming()

    def of(position: str) -> PositionTally:
        verdicts: Mapping[str, int] = counts.get(position, {})
        return PositionTally(
            id=position,
            eligible=verdicts.get("eligible", 0),
            ineligible=verdicts.get("ineligible", 0),
            undetermined=verdicts.get("undetermined", 0),
            one_short=short.get(position, 0),
            becoming=None if results.by is None else becoming.get(position, 0),
            waiting=waiting.get(position, []),
            conditions=conditions.get(position, []),
            missing=missing.get(position, []),
        )

    texts = [(kind, text, count) for (kind, text), count in roster.unrecognised.items()]
    return Tally(
        as_of=results.as_of,
        by=results.by,
        persons=sum(counts[positions[0]].values()) if positions and positions[0] in counts else 0,
        rows=roster.rows,
        notes=roster.notes,
        set_aside=set_aside,
        warned=results.warned(),
        unrecognised=sorted(texts, key=lambda row: (-row[2], row[0], row[1])),
        positions=[of(position) for position in positions],
    )
