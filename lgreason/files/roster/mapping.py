"""Which column of a sheet holds what: guessed from headings and contents, or read from a mapping file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lgreason.files.roster.headings import (
    IGNORED,
    OF_ASIDE,
    OF_EDUCATION,
    OF_PERSON,
    OF_POSTING,
    OF_WORK,
    Headings,
)
from lgreason.files.roster.sheets import Cell, Row, SheetRows, head, written
from lgreason.files.roster.stated import OWN_COLUMNS
from lgreason.files.source.read import excerpt

DAYS = ("from", "to", "obtained")
LOOKED_AT = 60
"""So many rows are read to find the headings and to guess."""
_HEADINGS_WITHIN = 20
_TELLING = {"education": "degree", "postings": "position", "experience": "work"}
"""The column that tells which list of every person the rows of a sheet are entries of."""

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
    """The columns of a sheet, and the line of its headings.

    `others_none`: of whom the sheet says nothing is known to have none of what it lists.
    """

    sheet: SheetRows
    line: int
    columns: tuple[Column, ...]
    others_none: bool = False

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


def guess(sheet: SheetRows, headings: Headings, fits: Fits) -> SheetMapping | None:
    """The mapping that the headings and the first rows of a sheet suggest; `None` for a sheet without headings."""
    rows = head(sheet, LOOKED_AT)
    named = headings.stated.about([Path(sheet.file).stem if sheet.name is None else sheet.name])
    best: tuple[float, int, str | None] | None = None
    for index in range(min(len(rows), _HEADINGS_WITHIN)):
        texts = [text for text in headings_at(rows, index) if text]
        about = _about(headings, texts, named)
        found = [headings.field(text, about) for text in texts]
        score = sum(sure for field, _, sure in found if field) / (1 + 0.02 * index)
        if len([field for field, _, _ in found if field]) >= 2 and (best is None or score > best[0] + 0.01):
            best = (score, index, about)
    if best is None:
        return None
    _, index, about = best
    below = [cells for _, cells in rows[index + 1 :] if not headings.is_note(cells)]
    columns = [
        _column(
            number, text, headings.field(text, about) if text else (None, 0, 0.0), _at(below, number), fits
        )
        for number, text in enumerate(headings_at(rows, index))
    ]
    return SheetMapping(sheet, rows[index][0], _each_once(columns))


def _at(rows: Sequence[Sequence[Cell]], number: int) -> list[Cell]:
    return [row[number] if number < len(row) else None for row in rows]


def _about(headings: Headings, texts: Sequence[str], named: str | None) -> str | None:
    """The fact whose entries the rows below some headings are: the one that is named, or that the headings tell."""
    if named is not None:
        own = [headings.field(text, named)[0] or "" for text in texts]
        if named in OWN_COLUMNS or any(field.partition(".")[0] == named for field in own):
            return named
    fields = {headings.field(text)[0] for text in texts}
    for name, telling in _TELLING.items():
        if telling in fields or (name == "postings" and "type" in fields):
            return name
    if fields.isdisjoint({*OF_POSTING, *OF_EDUCATION, *OF_WORK} - {*DAYS, "status", "level"}):
        return headings.stated.told_by(texts)
    return None


def headings_at(rows: Sequence[Row], index: int) -> list[str]:
    """The headings of a row; below a merged heading its own stands, beside it the one above."""
    own = written(rows[index][1])
    above = written(rows[index - 1][1]) if index else []
    if len([text for text in above if text]) < 3:  # a title, not headings
        return own
    return [text or (above[number] if number < len(above) else "") for number, text in enumerate(own)]


def _column(
    number: int, heading: str, meant: tuple[str | None, int, float], cells: Sequence[Cell], fits: Fits
) -> Column:
    samples = tuple(dict.fromkeys(excerpt(text, 30) for text in written(cells) if text))[:3]
    field, group, sure = meant
    filled = [cell for cell in cells if cell is not None]
    if field is None and heading and filled:
        for likely in ("degree", "position", "obtained", "work", "level"):
            share = sum(fits(likely, cell) for cell in filled) / len(filled)
            if len(filled) >= 3 and share >= 0.7:
                return Column(number, heading, likely, 0, round(0.6 * share, 2), samples)
    elif field is not None and filled and (field in (*DAYS, "degree", "level", "type") or _is_stated(field)):
        share = sum(fits(field, cell) for cell in filled) / len(filled)
        sure = round(sure * (0.5 + 0.5 * share), 2)
        if _is_stated(field) and share == 0 and len(filled) >= 3:  # its name alone is not enough
            field = None
    return Column(number, heading, field if sure >= 0.4 else None, group, sure, samples)


def _is_stated(field: str) -> bool:
    return field not in (*OF_PERSON, *OF_EDUCATION, *OF_POSTING, *OF_WORK, *OF_ASIDE, IGNORED)


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
