"""Mapping files: which column of each sheet holds what, to be corrected by the user and given back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lgreason.files.roster.headings import FIELDS, Headings
from lgreason.files.roster.mapping import Column, SheetMapping, headings_at
from lgreason.files.roster.sheets import SheetRows, head
from lgreason.files.roster.stated import plain_heading
from lgreason.files.source.read import excerpt, read_source
from lgreason.rules.findings import Finding, Place, Unusable

_FIELD = re.compile(r"(?P<field>.+?)(?: (?P<group>[0-9]{1,2}))?")
NONE_WORDS = ("none", "ไม่มี")


def mapping_document(mappings: Sequence[SheetMapping]) -> dict[str, Any]:
    """What a mapping file holds: for each sheet the line of its headings, and the field of each heading."""
    return {
        "kind": "roster-mapping",
        "sheets": [
            {
                "file": Path(mapping.sheet.file).name,
                **({} if mapping.sheet.name is None else {"sheet": mapping.sheet.name}),
                "headings": mapping.line,
                **({"others": "none"} if mapping.others_none else {}),
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


def read_mapping(path: str, every: Sequence[SheetRows], headings: Headings) -> list[SheetMapping]:
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
        others = entry.get("others") if isinstance(entry, dict) else None
        if (
            not isinstance(columns, dict)
            or not isinstance(entry.get("headings", 1), int)
            or others not in (None, *NONE_WORDS)
        ):
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
            found_columns, wrong = _told(sheet, entry.get("headings", 1), columns, place, headings)
            mappings.append(SheetMapping(sheet, entry.get("headings", 1), found_columns, others is not None))
            found += wrong
    if found:
        raise Unusable(tuple(found))
    return mappings


def _titles(every: Sequence[SheetRows]) -> tuple[str, ...]:
    return tuple(sheet.name or Path(sheet.file).name for sheet in every)


def _told(
    sheet: SheetRows, line: int, told: Mapping[str, Any], place: Place, headings: Headings
) -> tuple[tuple[Column, ...], list[Finding]]:
    rows = [row for row in head(sheet, line) if row[0] <= line]
    texts = headings_at(rows, len(rows) - 1) if rows else []
    keys = {plain_heading(text): number for number, text in enumerate(texts) if text}
    columns: list[Column] = []
    wrong: list[Finding] = []
    for heading, value in told.items():
        match = _FIELD.fullmatch(str(value).strip())
        name = match["field"] if match else str(value)
        field = headings.stated.own(name) or name
        if not headings.is_field(field):
            known = (*FIELDS, *headings.stated.ids)
            wrong.append(Finding("roster_mapping_field", place, {"found": excerpt(name), "known": known}))
        elif plain_heading(heading) not in keys:
            args = {"found": excerpt(heading), "line": line, "known": tuple(t for t in texts if t)}
            wrong.append(Finding("roster_mapping_heading", place, args))
        else:
            group = int(match["group"]) if match and match["group"] else 0
            columns.append(Column(keys[plain_heading(heading)], heading, field, group, 1.0))
    return tuple(columns), wrong
