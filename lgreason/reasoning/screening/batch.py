"""`screen_batch`: a table of persons in, a table of answers out, nothing else; so it runs anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from lgreason.reasoning.persons.eligibility import Judges
from lgreason.reasoning.screening.calendar import DAYS_OF_MONTH, FIRST, NEVER, Flags, Ints
from lgreason.reasoning.screening.entries import Table
from lgreason.reasoning.screening.faults import sound
from lgreason.reasoning.screening.measured import LACKING, Fact
from lgreason.reasoning.screening.reaches import HOLDS
from lgreason.reasoning.screening.reasons import RowReason
from lgreason.reasoning.screening.screener import Batch, Decided, Screener
from lgreason.reasoning.screening.warned import warned
from lgreason.rules.knowledge import Library
from lgreason.rules.layer import Layer
from lgreason.rules.model import Bound

VERDICTS = ("ineligible", "undetermined", "eligible", "set_aside", "warned")
SET_ASIDE, WARNED = 3, 4
_WORD = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        ("person", pa.string()),
        ("position", _WORD),
        ("verdict", _WORD),
        ("clause", _WORD),
        ("conditions", pa.int32()),
        ("others", _WORD),
        ("required", pa.int32()),
        ("unit", _WORD),
        ("measured_years", pa.int32()),
        ("measured_months", pa.int32()),
        ("measured_days", pa.int32()),
        ("short_years", pa.int32()),
        ("short_months", pa.int32()),
        ("short_days", pa.int32()),
        ("first_day", pa.date32()),
        ("missing", _WORD),
    ]
)
"""The table of answers: a row for each person and position; without a position, one for each set aside or warned of.

`clause` decides (the nearest miss of so many `conditions`; the `others` after it); `required`, `unit`, `measured_…`
and `short_…` are its own. `first_day` is the first day of eligibility, for whoever is eligible that since when, and
null where there is none or the record does not tell. `missing` names the facts to find out, most deciding first, or
for a person set aside the codes of what is wrong, for one warned of those of what is likely a slip.
"""


@dataclass(frozen=True)
class Rules:
    """Under which rules to screen: everything that a process elsewhere needs to judge alike; can be pickled.

    `root` is a folder like `kb/` (the shipped one if none), `layer` the rules laid over it as they count on the day,
    `readings` those that differ. `positions`: all, if none are named. `latest` is the last day that is not future.
    """

    root: Path | None = None
    layer: Layer = field(default_factory=Layer)
    readings: tuple[tuple[str, str], ...] = ()
    positions: tuple[str, ...] = ()
    latest: date = date.max

    @property
    def key(self) -> str:
        """What tells these rules from all others."""
        return repr((self.root, self.layer, self.readings, self.positions, self.latest))


_kept: dict[tuple[str, date], Screener] = {}


def screener(rules: Rules, as_of: date) -> Screener:
    """Who screens under some rules; made once in a process."""
    key = (rules.key, as_of)
    if key not in _kept:
        library = Library(rules.root, layer=rules.layer)
        judges = Judges(library.under(dict(rules.readings)))
        _kept.clear()
        _kept[key] = Screener(judges, as_of, rules.latest, rules.positions)
    return _kept[key]


def screen_batch(table: Table, rules: Rules, as_of: date, with_warnings: bool = False) -> Table:
    """Every person of a table against every position: verdict, deciding clause, shortfall, first day, missing facts.

    `table` has the columns of a person's file (`id`, `education`, `postings`, `experience`; see docs/rosters.md); the
    answer has the columns of `SCHEMA`; `with_warnings` adds a row for each person in whose career something is likely
    a slip. A pure function: what it keeps in a process only makes the next call faster.
    """
    who = screener(rules, as_of)
    batch, faults = sound(who.batch(table))
    parts = [_answers(batch, position) for position in who.positions]
    parts.append(_set_aside(table, faults))
    if with_warnings:
        parts.append(_warned(batch))
    return pa.concat_tables(parts, promote_options="none")


def _answers(batch: Batch, position: str) -> Table:
    decided = batch.decided(position)
    size = len(decided.verdicts)
    words = _reason_words(decided.reasons)
    required, low, short = _amounts(batch, decided)
    first = (decided.first == NEVER) | (decided.first == FIRST)
    columns = [
        batch.table["id"].cast(pa.string()),
        _word([position], np.zeros(size, dtype=np.int64)),
        _word(VERDICTS, decided.verdicts),
        _word(words["clause"], decided.group),
        pa.array(np.array([len(r.clauses) for r in decided.reasons], dtype=np.int32)[decided.group]),
        _word(words["others"], decided.group),
        required,
        _word(words["unit"], decided.group),
        *low,
        *short,
        pa.array(np.where(first, 0, decided.first).astype(np.int32), mask=first).cast(pa.date32()),
        _word(words["missing"], decided.group),
    ]
    return pa.table(columns, schema=SCHEMA)


def _reason_words(reasons: Sequence[RowReason]) -> Mapping[str, list[str | None]]:
    found: dict[str, list[str | None]] = {"clause": [], "others": [], "unit": [], "missing": []}
    for reason in reasons:
        clauses, bound, missing = reason.clauses, reason.bound, reason.missing
        found["clause"].append(clauses[0] if clauses else None)
        found["others"].append(" ".join(clauses[1:]) or None)
        found["unit"].append(bound.unit if bound else None)
        found["missing"].append("; ".join(map(fact_words, missing)) or None)
    return found


def fact_words(fact: Fact) -> str:
    """A missing fact as a path in a person's file: `postings[2].from`, or `education` for the whole list."""
    name, number, key = fact
    return f"{name}[{number}].{key}" if number else name


def _word(words: Sequence[str | None], codes: Ints) -> object:
    """Words by number, each word once."""
    numbers: dict[str, int] = {}
    mapped = [-1 if word is None else numbers.setdefault(word, len(numbers)) for word in words]
    places = np.array(mapped, dtype=np.int32)[codes] if words else np.zeros(0, dtype=np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(places, mask=places < 0), pa.array(list(numbers), pa.string())
    )


def _amounts(batch: Batch, decided: Decided) -> tuple[object, list[object], list[object]]:
    """What the first deciding condition requires, what was measured for it, and what is short."""
    size = len(decided.verdicts)
    required = np.full(size, -1, dtype=np.int64)
    low, short = np.full(size, -1, dtype=np.int64), np.full(size, LACKING, dtype=np.int64)
    groups: dict[tuple[str, Bound], list[int]] = {}
    for number, reason in enumerate(decided.reasons):
        if reason.clauses and reason.bound is not None:
            groups.setdefault((reason.clauses[0], reason.bound), []).append(number)
    alike: Flags = np.zeros(len(decided.reasons), dtype=bool)
    for (clause, bound), numbers in groups.items():
        alike[:] = False
        alike[numbers] = True
        rows = np.nonzero(alike[decided.group])[0]
        column = batch.columns[clause]
        required[rows] = bound.value
        if column.of_time:
            low[rows] = column.low[rows]
            missed = rows[decided.verdicts[rows] != HOLDS]
            short[missed] = column.short(bound)[missed]
    return _ints(required), _duration(low), _duration(short)


def _ints(values: Ints) -> object:
    return pa.array(values.astype(np.int32), mask=values < 0)


def _duration(values: Ints) -> list[object]:
    months, days = values // DAYS_OF_MONTH, values % DAYS_OF_MONTH
    unknown = values < 0
    return [pa.array(part.astype(np.int32), mask=unknown) for part in (months // 12, months % 12, days)]


def _set_aside(table: Table, faults: Mapping[int, tuple[str, ...]]) -> Table:
    """One row for each person with faults, the codes of what is wrong as what is missing."""
    return _said_of(table, SET_ASIDE, {row: "; ".join(codes) for row, codes in faults.items()})


def _warned(batch: Batch) -> Table:
    """One row for each person with a likely slip, the entries and codes as what is missing."""
    found: dict[int, list[str]] = {}
    for row, number, code in warned(batch):
        found.setdefault(row, []).append(f"postings[{number}] {code}")
    return _said_of(batch.table, WARNED, {row: "; ".join(codes) for row, codes in found.items()})


def _said_of(table: Table, verdict: int, words: Mapping[int, str]) -> Table:
    """Rows that say something of persons, by row of the table, and not of positions."""
    rows = sorted(words)
    size = len(rows)
    filled = {
        "person": table["id"].cast(pa.string()).take(pa.array(rows, pa.int64())),
        "verdict": _word(VERDICTS, np.full(size, verdict)),
        "missing": _word([words[row] for row in rows], np.arange(size)),
    }
    columns = [filled.get(each.name, pa.nulls(size, each.type)) for each in SCHEMA]
    return pa.table(columns, schema=SCHEMA)
