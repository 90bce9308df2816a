"""What the readers of YAML, JSON and TOML share: plain values with the place where each stands."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lgreason.rules.findings import Finding, Place

Path = tuple[str | int, ...]

MOST_LEVELS = 40  # lists and mappings inside each other; what reads the data later may recurse
MOST_DIGITS = 100  # of one number; Python itself refuses to read some thousands

# What no text file means to hold; a tab and the ends of lines are fine.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


Scalar = str | int | float | bool | None


class Fractional(float):
    """A number written with a fraction or an exponent, which remembers its digits: 60.1 is no binary number."""

    digits: str

    def __new__(cls, text: str) -> Fractional:
        """Take the number as written, with or without `_` between its digits."""
        number = super().__new__(cls, text)
        number.digits = text.replace("_", "")
        return number


@dataclass(slots=True)
class Located:
    """A value and the line and column (from 1) of its key, or of itself for an item of a list.

    `value` is a scalar, or the entries of a mapping by key or of a list in order.
    """

    line: int
    column: int
    value: Scalar | dict[str, Located] | list[Located]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as read: its root (`None`: nothing in it, or not readable) and what was found wrong."""

    root: Located | None
    findings: tuple[Finding, ...] = ()


def written_path(path: Path) -> str | None:
    """`path` as its writer sees it, items counted from 1: `postings[2].from`; `None` for the document."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{excerpt(step)}" if text else excerpt(step)
    return text or None


def excerpt(value: object, most: int = 60) -> str:
    """`value` in one short line, fit for a message: long text is cut, control characters are replaced."""
    if isinstance(value, str):
        text = "".join(sign if sign.isprintable() else "\ufffd" for sign in value[: most + 1])
        return text if len(text) <= most else text[: most - 1] + "…"
    if isinstance(value, dict):
        inner = ", ".join(f"{excerpt(key, 15)}: …" for key in list(value)[:3])
        return f"{{{inner}{', …' if len(value) > 3 else ''}}}"
    if isinstance(value, list):
        inner = ", ".join("…" if isinstance(item, dict | list) else excerpt(item, 15) for item in value[:3])
        return f"[{inner}{', …' if len(value) > 3 else ''}]"
    return value.digits if isinstance(value, Fractional) else json.dumps(value, default=str)


def plain(entry: Located) -> object:
    """The value of the entry without places: scalars, dicts and lists all the way down."""
    if isinstance(entry.value, dict):
        return {key: plain(inner) for key, inner in entry.value.items()}
    if isinstance(entry.value, list):
        return [plain(inner) for inner in entry.value]
    return entry.value


def entries(entry: Located, path: Path = ()) -> Iterator[tuple[Path, Located]]:
    """The entry and every entry inside it, with its path, in the order written."""
    yield path, entry
    if isinstance(entry.value, dict):
        for key, inner in entry.value.items():
            yield from entries(inner, (*path, key))
    elif isinstance(entry.value, list):
        for index, inner in enumerate(entry.value):
            yield from entries(inner, (*path, index))


def unusable_values(root: Located, file: str) -> Iterator[Finding]:
    """Values that a format can spell and nobody can mean: control characters and endless numbers."""
    for path, entry in entries(root):
        place = Place(file, entry.line, entry.column, written_path(path))
        for text in (path[-1] if path else None, entry.value):
            if isinstance(text, str) and (match := CONTROL.search(text)):
                yield Finding("source_control_character", place, {"character": code_point(match[0])})
        if isinstance(entry.value, float) and not math.isfinite(entry.value):
            yield Finding("source_number_unusable", place, {"found": repr(entry.value)})


def code_point(sign: str) -> str:
    """The name of a character that cannot be shown: `U+0007`."""
    return f"U+{ord(sign):04X}"
