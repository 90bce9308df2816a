"""The entries of a table of persons in columns: whose each is, its days, and its kind.

Entries that differ in nothing but their days are of one kind; what a kind counts for is asked of the scalar measure
once (`kinds`), however many entries are of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lgreason.files.roster.record import FACTS
from lgreason.reasoning.screening.calendar import FIRST, FOREVER, NEVER, Flags, Ints
from lgreason.reasoning.screening.spans import APART

Table: TypeAlias = Any
"""An Arrow table; the library gives no types."""
DAYS = ("from", "to", "obtained")
_MOST_KEYS = 1 << 40


@dataclass(frozen=True)
class EntriesOfMany:
    """The entries of one list of many persons, in the order of persons and, for each, of the list.

    `start` is the first day (of a qualification: the day it was obtained), `NEVER` where it is not known; `end` is
    `FOREVER` where the entry gives none; `until` is the last day surely in the post, before `end` where another began
    while it had no last day (as `careers.with_ends` says of a file). `kind` points into `kinds`. `absent`: whose list
    is not known.
    """

    list: str
    owner: Ints
    number: Ints
    start: Ints
    end: Ints
    until: Ints
    kind: Ints
    kinds: tuple[Mapping[str, Any], ...]
    absent: Flags


def entries(table: Table, name: str) -> EntriesOfMany:
    """The entries of a list of the table; a list without a column is not known of anybody."""
    persons = table.num_rows
    if name not in table.column_names:
        return _nothing(name, persons)
    column = table[name].combine_chunks() if table[name].num_chunks != 1 else table[name].chunk(0)
    if pa.types.is_null(column.type):
        return _nothing(name, persons)
    lengths = pc.list_value_length(column).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    flat = column.flatten()
    fields = {field.name: part for field, part in zip(flat.type, flat.flatten(), strict=True)}
    owner = np.repeat(np.arange(persons, dtype=np.int64), lengths)
    number = np.arange(len(owner), dtype=np.int64) - np.repeat(np.cumsum(lengths) - lengths, lengths) + 1
    first = fields.get("obtained", fields.get("from"))
    start, end = _days(first, len(owner), NEVER), _days(fields.get("to"), len(owner), FOREVER)
    passed = (
        *DAYS,
        FACTS,
    )  # what an entry states besides is for clauses on declared facts, read by the scalar
    kind, samples = _kinds({key: part for key, part in fields.items() if key not in passed}, len(owner))
    kinds = tuple(
        {key: value for key, value in entry.items() if key not in passed and value is not None}
        for entry in flat.take(pa.array(samples)).to_pylist()
    )
    absent = column.is_null().to_numpy(zero_copy_only=False)
    until = _until(owner, start, end, substantive(kind, kinds)) if name == "postings" else end
    return EntriesOfMany(name, owner, number, start, end, until, kind, kinds, absent)


def substantive(kind: Ints, kinds: Sequence[Mapping[str, Any]]) -> Flags:
    """Which postings are of posts that a person holds alone, not stood in for and not beside another."""
    alone = np.array([not (each.get("acting") or each.get("concurrent")) for each in kinds], dtype=bool)
    found: Flags = alone[kind] if len(kinds) else np.zeros(len(kind), dtype=bool)
    return found


def _until(owner: Ints, start: Ints, end: Ints, alone: Flags) -> Ints:
    """The last day surely in each post: the day before the next that began while it had no last day."""
    dated = alone & (start != NEVER)
    begun = np.unique(owner[dated] * APART + start[dated] - FIRST)
    open_ = np.nonzero(dated & (end == FOREVER))[0]
    at = np.searchsorted(begun, owner[open_] * APART + start[open_] - FIRST, side="right")
    after = np.append(begun, -1)[at]
    followed = after // APART == owner[open_]
    until = end.copy()
    until[open_[followed]] = after[followed] % APART + FIRST - 1
    return until


def _nothing(name: str, persons: int) -> EntriesOfMany:
    none = np.zeros(0, dtype=np.int64)
    return EntriesOfMany(name, none, none, none, none, none, none, (), np.ones(persons, dtype=bool))


def _days(part: Any, size: int, unknown: int) -> Ints:
    if part is None or pa.types.is_null(part.type):
        return np.full(size, unknown, dtype=np.int64)
    numbers = part.cast(pa.date32()).view(pa.int32())
    result: Ints = numbers.fill_null(unknown).to_numpy(zero_copy_only=False).astype(np.int64)
    return result


def _kinds(parts: Mapping[str, Any], size: int) -> tuple[Ints, Ints]:
    """The kind of every entry, and one entry of each kind."""
    key = np.zeros(size, dtype=np.int64)
    most = 1
    for part in parts.values():
        codes, count = _codes(part)
        if most * (count + 1) > _MOST_KEYS:
            key, most = factorised(key)
        key, most = key * (count + 1) + codes + 1, most * (count + 1)
    kind, count = factorised(key)
    samples = np.zeros(count, dtype=np.int64)
    samples[kind[::-1]] = np.arange(size - 1, -1, -1)
    return kind, samples


def _codes(part: Any) -> tuple[Ints, int]:
    """A number for every value, -1 for null."""
    if pa.types.is_null(part.type):
        return np.full(len(part), -1, dtype=np.int64), 0
    if pa.types.is_list(part.type):
        part = pc.binary_join(part.cast(pa.list_(pa.string())), "\x1f")
    encoded = part if pa.types.is_dictionary(part.type) else part.dictionary_encode()
    codes: Ints = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, len(encoded.dictionary)


def factorised(keys: Ints) -> tuple[Ints, int]:
    """Keys as small numbers, equal where the keys are, and how many there are."""
    encoded = pa.array(keys).dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), len(encoded.dictionary)
