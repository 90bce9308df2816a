"""Persons whose records cannot be used: who they are, and what is wrong; the others go on without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from lgreason.files.roster.record import FACTS
from lgreason.reasoning.screening.calendar import FOREVER, NEVER, day_number
from lgreason.reasoning.screening.screener import Batch
from lgreason.rules.findings import Finding, Unusable


def sound(batch: Batch) -> tuple[Batch, Mapping[int, tuple[str, ...]]]:
    """The batch without the persons whose records have faults, and the codes of the faults of each by row."""
    found: dict[int, dict[str, None]] = {}
    latest = min(day_number(batch.screener.latest), FOREVER)
    for entries in batch.entries:
        numbers = batch.numbers[entries.list]
        findings = [batch.screener.kinds.findings[number] for number in numbers.tolist()]
        bad_kinds = np.array([bool(each) for each in findings], dtype=bool)
        if bad_kinds.any():
            for row in np.nonzero(bad_kinds[entries.kind])[0].tolist():
                for finding in findings[entries.kind[row]]:
                    place = f"{entries.list}[{entries.number[row]}]"
                    found.setdefault(int(entries.owner[row]), {})[f"{place} {finding.code}"] = None
        dated = entries.start != NEVER
        wrong = {
            "person_ends_before_start": dated & (entries.end < entries.start),
            "person_obtained_in_future" if entries.list == "education" else "person_starts_in_future": dated
            & (entries.start > latest),
        }
        for code, rows in wrong.items():
            for row in np.nonzero(rows)[0].tolist():
                place = f"{entries.list}[{entries.number[row]}]"
                found.setdefault(int(entries.owner[row]), {})[f"{place} {code}"] = None
    for row, code in _of_facts(batch):
        found.setdefault(row, {})[code] = None
    if not found:
        return batch, {}
    kept = np.ones(batch.table.num_rows, dtype=bool)
    kept[list(found)] = False
    return batch.screener.batch(batch.table.filter(pa.array(kept))), {
        row: tuple(codes) for row, codes in found.items()
    }


def _of_facts(batch: Batch) -> Iterator[tuple[int, str]]:
    """What is wrong with the other keys of a document, each distinct one read once."""
    if FACTS not in batch.table.column_names:
        return
    codes: dict[str, tuple[str, ...]] = {}
    for row, facts in enumerate(batch.table[FACTS].to_pylist()):
        if facts is None:
            continue
        if facts not in codes:
            try:
                batch.screener.person({"id": "x", FACTS: facts})
                codes[facts] = ()
            except Unusable as unusable:
                codes[facts] = tuple(_named(finding) for finding in unusable.findings)
        for code in codes[facts]:
            yield row, code


def _named(finding: Finding) -> str:
    place = finding.place.field if finding.place else None
    return f"{place} {finding.code}" if place else f"{FACTS} {finding.code}"
