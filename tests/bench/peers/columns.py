"""Everyone against every position in numpy, written by hand: verdicts only, stretches merged, days by 365."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow.compute as pc

_POSTS = {
    "q22": (("general_admin.early.section_head",), ()),
    "m21": (("general_admin.early.division_director",), ()),
    "m22": (
        (
            *("general_admin.early.section_head", "general_admin.early.division_director"),
            *("general_admin.mid.division_director", "general_admin.mid.part_director"),
            "general_admin.high.office_director",
        ),
        (),
    ),
    "h21": (("general_admin.mid.division_director",), ()),
    "q321": ((), (("academic", "professional"),)),
    "q322": ((), (("general", "senior"),)),
    "q323": ((), (("general", "experienced"), ("general", "senior"))),
    "m23": ((), (("academic", "senior_professional"),)),
    "h22": ((), (("academic", "expert"),)),
}
_YEARS = {"q321": 4, "q322": 4, "q323": 10, "q22": 2, "m21": 2, "m22": 4, "m23": 6, "h21": 4, "h22": 8}
_LISTED = (
    *("social_science", "planning", "administration", "business_administration", "research", "statistics"),
    *("political_science", "economics", "public_administration"),
)


def _flat(table: Any, name: str) -> tuple[np.ndarray, dict[str, Any]]:
    column = table[name].combine_chunks()
    lengths = pc.list_value_length(column).fill_null(0).to_numpy(zero_copy_only=False)
    flat = column.flatten()
    fields = {field.name: part for field, part in zip(flat.type, flat.flatten(), strict=True)}
    return np.repeat(np.arange(table.num_rows), lengths), fields


def _days(part: Any, otherwise: int) -> np.ndarray:
    return part.view("int32").fill_null(otherwise).to_numpy(zero_copy_only=False).astype(np.int64)


def _served(owner: np.ndarray, start: np.ndarray, end: np.ndarray, size: int) -> np.ndarray:
    if not len(owner):
        return np.zeros(size)
    order = np.lexsort((start, owner))
    owner, start, end = owner[order], start[order], end[order]
    shift = owner * 100_000
    reached = np.maximum.accumulate(end + shift)
    before = np.append(-1, reached[:-1])
    length = np.maximum(0, reached - np.maximum(start + shift, before + 1) + 1)
    return np.bincount(owner, length, minlength=size)


def verdicts(table: Any, day: int) -> dict[str, np.ndarray]:
    """Whether each person of a table with ids for names is eligible for each position."""
    size = table.num_rows
    owner, fields = _flat(table, "postings")
    start, end = _days(fields["from"], day + 1), np.minimum(_days(fields["to"], day), day)
    held = ~fields["acting"].fill_null(False).to_numpy(zero_copy_only=False) & (start <= day)
    met: dict[str, np.ndarray] = {}
    served: dict[str, np.ndarray] = {}
    for clause, (positions, levels) in _POSTS.items():
        if positions:
            counts = pc.is_in(fields["position"], value_set=_array(positions)).to_numpy(zero_copy_only=False)
        else:
            counts = np.zeros(len(owner), dtype=bool)
            for kind, level in levels:
                alike = pc.and_(pc.equal(fields["type"], kind), pc.equal(fields["level"], level))
                counts |= alike.fill_null(False).to_numpy(zero_copy_only=False)
        rows = counts & held
        served[clause] = _served(owner[rows], start[rows], end[rows], size)
        met[clause] = served[clause] >= 365 * _YEARS[clause]
    of_work, done = _flat(table, "experience")
    known = ~done["work"].is_null().to_numpy(zero_copy_only=False)
    rows = held & ~fields["position"].is_null().to_numpy(zero_copy_only=False)
    began, ended = _days(done["from"], day + 1), np.minimum(_days(done["to"], day), day)
    known &= began <= day
    field = _served(
        np.concatenate((of_work[known], owner[rows])),
        np.concatenate((began[known], start[rows])),
        np.concatenate((ended[known], end[rows])),
        size,
    )
    holder, degrees = _flat(table, "education")
    graded = pc.is_in(degrees["degree"], value_set=_array(("bachelor", "master", "doctorate")))
    high = pc.is_in(degrees["degree"], value_set=_array(("master", "doctorate"))).to_numpy(
        zero_copy_only=False
    )
    in_field = pc.is_in(degrees["field"], value_set=_array(_LISTED)).to_numpy(zero_copy_only=False)
    educated = np.bincount(holder, graded.to_numpy(zero_copy_only=False), minlength=size) > 0
    listed = np.bincount(holder, high & in_field, minlength=size) > 0
    basic = educated & (field >= 365)
    middle = basic & (met["m21"] | met["m22"] | met["m23"] | (listed & (served["m22"] >= 365 * 3)))
    return {
        "section_head": basic & (met["q321"] | met["q322"] | met["q323"]),
        "early_director": basic & met["q22"],
        "mid_director": middle,
        "part_director": middle,
        "office_director": basic & (met["h21"] | met["h22"]),
    }


def _array(words: tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.array(words)
