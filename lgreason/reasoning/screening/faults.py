"""Persons whose records cannot be used: who they are, and what is wrong; the others go on without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lgreason.files.roster.record import FACTS, LISTS
from lgreason.reasoning.screening.calendar import FOREVER, NEVER, day_number
from lgreason.reasoning.screening.entries import Table
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
    codes: dict[tuple[str, str], tuple[str, ...]] = {}
    for row, name, number, facts in _stated(batch.table):
        if (name, facts) not in codes:
            told = {FACTS: facts} if name == FACTS else {name: [{**_DATED[name], FACTS: facts}]}
            try:
                batch.screener.person({"id": "x", **told})
                codes[name, facts] = ()
            except Unusable as unusable:
                codes[name, facts] = tuple(_named(finding) for finding in unusable.findings)
        for code in codes[name, facts]:
            yield row, code.replace(f"{name}[1]", f"{name}[{number}]", 1)


_DATED = {"education": {}, "postings": {"from": "2017-01-01"}, "experience": {"from": "2017-01-01"}}


def _stated(table: Table) -> Iterator[tuple[int, str, int, str]]:
    """What rows state besides the lists of every person: row, list (`facts`: by itself), entry, and its JSON."""
    if FACTS in table.column_names:
        for row, facts in enumerate(table[FACTS].to_pylist()):
            if facts is not None:
                yield row, FACTS, 1, facts
    for name in LISTS:
        if name not in table.column_names or not _has_facts(table[name].type):
            continue
        column = table[name].combine_chunks()
        further = pc.struct_field(column.flatten(), FACTS)
        if further.null_count == len(further):
            continue
        before, number = -1, 0
        for row, facts in zip(pc.list_parent_indices(column).to_pylist(), further.to_pylist(), strict=True):
            before, number = row, number + 1 if row == before else 1
            if facts is not None:
                yield row, name, number, facts


def _has_facts(kind: Any) -> bool:
    listed = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    return bool(
        listed and pa.types.is_struct(kind.value_type) and kind.value_type.get_field_index(FACTS) >= 0
    )


def _named(finding: Finding) -> str:
    place = finding.place.field if finding.place else None
    return f"{place} {finding.code}" if place else f"{FACTS} {finding.code}"
