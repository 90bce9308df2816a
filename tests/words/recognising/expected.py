"""Tables of texts as people write them, each with what it must be read as; and how a reading is held against them.

Columns: kind, text, context (`key=value; …`), expected: alternatives parted by ` | `, each equally good. An id is the
outcome `this`; `outside: …` and `unlisted` are `another`; `ask: …` is `several` or `unrecognised`; `invalid: …` is
`impossible`; `degree; ask: …` leaves the field to be asked.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from lgreason.words.recognising.recogniser import Recognised


class Row(NamedTuple):
    """A text with what stands beside it and what it must be read as."""

    kind: str
    text: str
    context: dict[str, str]
    expected: str


def rows(name: str) -> list[Row]:
    """The rows of a table beside this module."""
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").split("\n")[1:]
    found = []
    for line in filter(None, lines):
        kind, text, context, expected, *_ = line.split("\t")
        pairs = dict(pair.split("=", 1) for pair in context.split("; ") if "=" in pair)
        found.append(Row(kind, text, pairs, expected))
    return found


def said(found: Recognised) -> str:
    """A reading in the words of the tables."""
    reading = found.reading
    if found.outcome in ("several", "unrecognised"):
        return f"{reading['degree']}; ask" if found.kind == "degree" and "degree" in reading else "ask"
    if found.outcome == "impossible":
        return "invalid"
    if found.outcome == "another":
        return "unlisted" if found.kind in ("field", "work") else "outside"
    c_level = f"c{reading['c_level']}" if "c_level" in reading else ""
    if found.kind == "post":
        acting = " +acting" if reading.get("acting") else ""
        return f"{reading['position']}{c_level and f' [{c_level}]'}{acting}"
    if found.kind == "degree":
        return "; ".join(str(reading[key]) for key in ("degree", "field") if key in reading)
    if found.kind == "level":
        return f"{c_level} {reading['type']}.{reading['level']}".strip()
    if found.kind in ("field", "work", "date"):
        return str(reading[found.kind])
    return "; ".join(f"{key}={value}" for key, value in reading.items())


def is_right(found: Recognised, expected: str) -> bool:
    """Whether a recognition is one of the alternatives expected."""
    return any(_is(found, alternative.strip()) for alternative in expected.split(" | "))


def _is(found: Recognised, alternative: str) -> bool:
    got = said(found)
    if alternative.startswith("ask"):
        return got.endswith("ask")
    if alternative.startswith("invalid"):
        return got == "invalid"
    if "; ask" in alternative:
        return got == alternative.partition("; ask")[0] + "; ask"
    if alternative.startswith("outside"):
        placed = re.search(r"\[(\w+)(?:\.(\w+))?(?: c(\d+))?\]", alternative)
        told = tuple(str(found.reading.get(key)) for key in ("type", "level", "c_level"))
        wanted = placed.groups() if placed and found.kind == "post" else (None, None, None)
        return got == "outside" and all(w in (None, t) for w, t in zip(wanted, told, strict=True))
    return got == alternative
