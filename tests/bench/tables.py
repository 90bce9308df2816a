"""Random persons of the independent evaluator as the table of persons that is screened."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa

from tests.evaluator.persons import random_person

LISTS = ("education", "postings", "experience")
_TEXT, _DAY, _FLAG = pa.string(), pa.date32(), pa.bool_()
SCHEMA = pa.schema(
    [
        ("id", _TEXT),
        (
            "education",
            pa.list_(
                pa.struct([("degree", _TEXT), ("field", _TEXT), ("approved", _FLAG), ("obtained", _DAY)])
            ),
        ),
        (
            "postings",
            pa.list_(
                pa.struct(
                    [
                        *((key, _TEXT) for key in ("position", "type", "level", "equivalent_to")),
                        ("c_level", pa.int8()),
                        *(("from", _DAY), ("to", _DAY)),
                        *(("acting", _FLAG), ("concurrent", _FLAG)),
                    ]
                )
            ),
        ),
        ("experience", pa.list_(pa.struct([("work", _TEXT), ("from", _DAY), ("to", _DAY)]))),
    ]
)


def random_persons(size: int, as_of: date, first: int = 0) -> list[dict[str, Any]]:
    """Persons of the independent evaluator, each with an id of its own."""
    found = (random_person(random.Random(seed), as_of) for seed in range(first, first + size))
    return [{**person, "id": f"p{first + number}"} for number, person in enumerate(found)]


def table_of(persons: Iterable[dict[str, Any]]) -> pa.Table:
    """The table of persons given as documents."""
    rows = [dict.fromkeys(SCHEMA.names) | {key: _days(value) for key, value in p.items()} for p in persons]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _days(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {k: date.fromisoformat(v) if k in ("from", "to", "obtained") else v for k, v in entry.items()}
        for entry in value
    ]
