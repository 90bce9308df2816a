"""Which column of a sheet holds what: guessed from headings and contents, or read from a mapping file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

from lgreason.files.roster.sheets import Cell, Row, Sheet, head, written
from lgreason.files.source.read import excerpt, read_source
from lgreason.rules.findings import Finding, Place, Unusable

OF_PERSON = ("id", "name", "prefix", "surname")
OF_EDUCATION = ("degree", "field", "obtained", "approved")
OF_POSTING = ("position", "type", "level", "c_level", "from", "to", "status", "equivalent_to")
OF_WORK = ("work",)
OF_ASIDE = ("aside_reason", "aside_source")
IGNORED = "serial"
FIELDS = (*OF_PERSON, *OF_EDUCATION, *OF_POSTING, *OF_WORK, *OF_ASIDE, IGNORED)
DAYS = ("from", "to", "obtained")
LOOKED_AT = 60
"""So many rows are read to find the headings and to guess."""
_HEADINGS_WITHIN = 20
_NUMBERED = re.compile(r"^(.*?)[\s(]*([0-9๐-๙]{1,2})\)?$")
_NOT_A_LETTER = re.compile(r"[^0-9a-z\u0e01-\u0e4e#]+")
_NEAR = 0.82
_MOST_KEPT = 100_000

Fits = Callable[[str, Cell], bool]
"""Whether a cell can be what a field holds."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its number from 0, its heading, what it holds, and how sure that is, with samples.

    `field` is `None` for a column that is passed over. `group` tells apart the entries of a row that has several.
    """

    number: int
    heading: str
    field: str | None
    group: int = 0
    confidence: float = 0.0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetMapping:
    """The columns of a sheet, and the line of its headings."""

    sheet: Sheet
    line: int
    columns: tuple[Column, ...]

    @cached_property
    def read(self) -> tuple[tuple[int, int, str], ...]:
        """The number, group and field of every column that is read."""
        return tuple(
            (column.number, column.group, column.field)
            for column in self.columns
            if column.field and column.field not in (*OF_ASIDE, IGNORED)
        )

    @cached_property
    def fields(self) -> frozenset[str]:
        """What the sheet holds."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def replaces(self) -> bool:
        """Whether the sheet holds rows that were set aside and come back: they take the place of what they were."""
        return "aside_source" in self.fields

    @property
    def is_roster(self) -> bool:
        """Whether the sheet says anything of persons that can be told apart."""
        return bool(self.fields & {"id", "name"}) and len(self.fields - {IGNORED}) > 1


class Headings:
    """The headings that are known."""

    def __init__(self, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Take the facts `heading` and `note_begins` of the knowledge base."""
        self._fields: dict[str, str] = {}
        for field, text in rows.get("heading", ()):
            self._fields[plain_heading(str(text))] = field if isinstance(field, str) else field.name
        for field in FIELDS:
            self._fields.setdefault(plain_heading(field), field)
        self._notes = tuple(plain_heading(str(text)) for (text,) in rows.get("note_begins", ()))
        self._asked: dict[str, tuple[str | None, int, float]] = {}
        self._begins: dict[str, bool] = {}

    def field(self, heading: str) -> tuple[str | None, int, float]:
        """What a heading says a column holds, the number of its group, and how sure that is."""
        if heading not in self._asked:
            self._asked[heading] = self._field(heading)
        return self._asked[heading]

    def _field(self, heading: str) -> tuple[str | None, int, float]:
        found = self._fields.get(plain_heading(heading))
        if found is not None:
            return found, 0, 1.0
        if match := _NUMBERED.match(heading.strip()):
            inner = self._fields.get(plain_heading(match[1]))
            if inner is not None:
                return inner, int(match[2]), 0.95
        key = plain_heading(heading)
        if not 3 <= len(key) <= 60:
            return None, 0, 0.0
        best, score = None, 0.0
        matcher = SequenceMatcher(None, "", key)
        for known, field in self._fields.items():
            matcher.set_seq1(known)
            ratio = matcher.ratio() if matcher.real_quick_ratio() >= _NEAR <= matcher.quick_ratio() else 0.0
            if len(known) >= 5 and key.startswith(known):
                ratio = max(ratio, 0.85)
            if ratio > score:
                best, score = field, ratio
        return (best, 0, round(score * 0.9, 2)) if score >= _NEAR else (None, 0, 0.0)

    def is_note(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is no record: a total, a remark, a signature, or a single text."""
        first = next((cell for cell in cells if cell is not None), None)
        if first is None or not isinstance(first, str):
            return first is None
        if first not in self._begins:
            if len(self._begins) > _MOST_KEPT:
                self._begins.clear()
            self._begins[first] = plain_heading(first).startswith(self._notes)
        return self._begins[first]


def plain_heading(text: str) -> str:
    """A heading as it is compared."""
    text = unicodedata.normalize("NFC", text).casefold().replace("ํา", "ำ")
    text = text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    return _NOT_A_LETTER.sub("", text) or ("#" if text.strip() == "#" else "")


def guess(sheet: Sheet, headings: Headings, fits: Fits) -> SheetMapping | None:
    """The mapping that the headings and the first rows of a sheet suggest; `None` for a sheet without headings."""
    rows = head(sheet, LOOKED_AT)
    best: tuple[float, int] | None = None
    for index, (_, cells) in enumerate(rows[:_HEADINGS_WITHIN]):
        found = [headings.field(text) for text in _headings(rows, index) if text]
        score = sum(sure for field, _, sure in found if field) / (1 + 0.02 * index)
        if len([field for field, _, _ in found if field]) >= 2 and (best is None or score > best[0] + 0.01):
            best = (score, index)
        del cells
    if best is None:
        return None
    line, index = rows[best[1]][0], best[1]
    below = [cells for _, cells in rows[index + 1 :] if not headings.is_note(cells)]
    columns = [
        _column(number, text, headings, [row[number] if number < len(row) else None for row in below], fits)
        for number, text in enumerate(_headings(rows, index))
    ]
    return SheetMapping(sheet, line, _each_once(columns))


def _headings(rows: Sequence[Row], index: int) -> list[str]:
    """The headings of a row; below a merged heading its own stands, beside it the one above."""
    own = written(rows[index][1])
    above = written(rows[index - 1][1]) if index else []
    if len([text for text in above if text]) < 3:  # a title, not headings
        return own
    return [text or (above[number] if number < len(above) else "") for number, text in enumerate(own)]


def _column(number: int, heading: str, headings: Headings, cells: Sequence[Cell], fits: Fits) -> Column:
    samples = tuple(dict.fromkeys(excerpt(text, 30) for text in written(cells) if text))[:3]
    field, group, sure = headings.field(heading) if heading else (None, 0, 0.0)
    filled = [cell for cell in cells if cell is not None]
    if field is None and heading and filled:
        for likely in ("degree", "position", "obtained", "work", "level"):
            share = sum(fits(likely, cell) for cell in filled) / len(filled)
            if len(filled) >= 3 and share >= 0.7:
                return Column(number, heading, likely, 0, round(0.6 * share, 2), samples)
    elif field is not None and filled and field in (*DAYS, "degree", "level", "type"):
        share = sum(fits(field, cell) for cell in filled) / len(filled)
        sure = round(sure * (0.5 + 0.5 * share), 2)
    return Column(number, heading, field if sure >= 0.4 else None, group, sure, samples)


def _each_once(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, each field held by the surest column of a group; days beside a degree alone are its own."""
    best: dict[tuple[str, int], Column] = {}
    for column in columns:
        if column.field and column.field != IGNORED:
            key = (column.field, column.group)
            if key not in best or column.confidence > best[key].confidence:
                best[key] = column
    for (field, group), column in list(best.items()):
        if field == "surname" and ("name", group) not in best:  # a heading such as ชื่อสกุล alone
            del best[field, group]
            best["name", group] = Column(
                column.number, column.heading, "name", group, column.confidence, column.samples
            )
    chosen = {column.number: column for column in best.values()}
    return tuple(
        chosen.get(column.number) or (column if column.field in (None, IGNORED) else _without(column))
        for column in columns
    )


def _without(column: Column) -> Column:
    return Column(column.number, column.heading, None, 0, column.confidence, column.samples)


# ── mapping files ────────────────────────────────────────────────────────────────────────────────


def mapping_document(mappings: Sequence[SheetMapping]) -> dict[str, Any]:
    """What a mapping file holds: for each sheet the line of its headings, and the field of each heading."""
    return {
        "kind": "roster-mapping",
        "sheets": [
            {
                "file": Path(mapping.sheet.file).name,
                **({} if mapping.sheet.name is None else {"sheet": mapping.sheet.name}),
                "headings": mapping.line,
                "columns": {
                    column.heading: f"{column.field} {column.group}" if column.group else column.field
                    for column in mapping.columns
                    if column.heading and column.field
                },
            }
            for mapping in mappings
        ],
    }


def mapping_beside(roster: str) -> str | None:
    """The mapping file that goes with a roster unless another is named, where there is one: ROSTER.mapping.yaml."""
    path = Path(roster)
    found = path.with_name(f"{path.stem}.mapping.yaml")
    return str(found) if found.is_file() else None


def read_mapping(path: str, every: Sequence[Sheet]) -> list[SheetMapping]:
    """The mappings that a file gives, sheet by sheet; raises `Unusable` with all that is wrong with it."""
    source = read_source(path)
    data = source.data
    found: list[Finding] = []
    mappings: list[SheetMapping] = []
    told = data.get("sheets") if isinstance(data, dict) else None
    if not isinstance(told, list):
        raise Unusable((Finding("roster_mapping_shape", Place(path)),))
    for index, entry in enumerate(told):
        place = source.place(("sheets", index))
        columns = entry.get("columns") if isinstance(entry, dict) else None
        if not isinstance(columns, dict) or not isinstance(entry.get("headings", 1), int):
            found.append(Finding("roster_mapping_shape", place))
            continue
        alike = [
            sheet
            for sheet in every
            if entry.get("file") in (None, Path(sheet.file).name) and entry.get("sheet") in (None, sheet.name)
        ]
        if not alike:
            args = {"found": excerpt(entry.get("sheet") or entry.get("file")), "known": _titles(every)}
            found.append(Finding("roster_mapping_sheet", place, args))
        for sheet in alike:
            mapping, wrong = _told(sheet, entry.get("headings", 1), columns, place)
            mappings.append(mapping)
            found += wrong
    if found:
        raise Unusable(tuple(found))
    return mappings


def _titles(every: Sequence[Sheet]) -> tuple[str, ...]:
    return tuple(sheet.name or Path(sheet.file).name for sheet in every)


def _told(
    sheet: Sheet, line: int, told: Mapping[str, Any], place: Place
) -> tuple[SheetMapping, list[Finding]]:
    rows = [row for row in head(sheet, line) if row[0] <= line]
    texts = written(rows[-1][1]) if rows else []
    texts = _headings(rows, len(rows) - 1) if rows else texts
    keys = {plain_heading(text): number for number, text in enumerate(texts) if text}
    columns: list[Column] = []
    wrong: list[Finding] = []
    for heading, value in told.items():
        field, _, group = str(value).partition(" ")
        if field not in FIELDS:
            wrong.append(Finding("roster_mapping_field", place, {"found": excerpt(field), "known": FIELDS}))
        elif plain_heading(heading) not in keys:
            args = {"found": excerpt(heading), "line": line, "known": tuple(t for t in texts if t)}
            wrong.append(Finding("roster_mapping_heading", place, args))
        else:
            number = keys[plain_heading(heading)]
            columns.append(Column(number, heading, field, int(group) if group.isdecimal() else 0, 1.0))
    return SheetMapping(sheet, line, tuple(columns)), wrong
