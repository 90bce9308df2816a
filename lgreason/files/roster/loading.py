"""From the files of a roster to the table of persons, as column files in a folder of work; read once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lgreason.files.roster.decisions import DecisionFile
from lgreason.files.roster.headings import FIELDS, IGNORED, OF_ASIDE, OF_PERSON, Headings
from lgreason.files.roster.mapping import SheetMapping, guess
from lgreason.files.roster.mapping_file import read_mapping
from lgreason.files.roster.recognised import Texts
from lgreason.files.roster.schema import LISTS
from lgreason.files.roster.sheets import COLUMNS, LINES, Cell, SheetRows, column_file, kind_of, needed, sheets
from lgreason.files.roster.staging import MOST_MEMORY, Aside, Staging, about
from lgreason.files.roster.stated import OWN_COLUMNS
from lgreason.files.roster.statements import Statements
from lgreason.files.source.read import excerpt
from lgreason.rules.findings import Finding, Place, Unusable
from lgreason.words.recognising.recogniser import Recogniser
from lgreason.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class Roster:
    """A roster as read: the column files with its persons, how many, and what was not used.

    `unrecognised` counts each distinct text, by kind; `notes` are rows that are no records: totals, remarks.
    """

    files: tuple[Path, ...]
    persons: int
    rows: int
    notes: int
    aside: tuple[Aside, ...]
    unrecognised: dict[tuple[str, str], int]
    mappings: tuple[SheetMapping, ...] = ()


def is_table_of_persons(path: str) -> bool:
    """Whether a column file has the nested table of persons, and so need not be read row by row."""
    if kind_of(path) not in COLUMNS:
        return False
    pa = needed("pyarrow")
    schema = column_file(path).schema_arrow
    of_lists = [schema.field(name).type for name in LISTS if name in schema.names]
    return bool(of_lists) and all(pa.types.is_list(kind) or pa.types.is_large_list(kind) for kind in of_lists)


def mappings_of(
    paths: Sequence[str], headings: Headings, statements: Statements, mapping: str | None
) -> tuple[SheetMapping, ...]:
    """Which column holds what, for every sheet that needs to be told; raises `Unusable` where none can."""
    every: list[SheetRows] = []
    for path in paths:
        if kind_of(path) not in LINES and not is_table_of_persons(path):
            every += sheets(path)
    if mapping is not None:
        return tuple(read_mapping(mapping, every, headings))

    def fits(field: str, cell: Cell) -> bool:
        return (statements.texts if field in FIELDS else statements).fits(field, cell)

    guessed = [(sheet, guess(sheet, headings, fits)) for sheet in every]
    found = tuple(each for _, each in guessed if each is not None and each.is_roster)
    useless = {sheet.file for sheet in every} - {each.sheet.file for each in found}
    if useless:
        raise Unusable(tuple(Finding("roster_no_headings", Place(file)) for file in sorted(useless)))
    return found


def fingerprint(paths: Sequence[str], *more: str) -> str:
    """What tells the contents of files, and whatever else is given, from all others."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(Path(path).name.encode())
        with Path(path).open("rb") as file:
            while piece := file.read(1 << 22):
                digest.update(piece)
    for text in more:
        digest.update(b"\0" + text.encode())
    return digest.hexdigest()


def load(
    paths: Sequence[str],
    work: Path,
    vocabulary: Vocabulary,
    recogniser: Recogniser,
    headings: Headings,
    decisions: DecisionFile,
    latest: date,
    mapping: str | None = None,
) -> Roster:
    """Read a roster; what is written to the folder `work` is used again by the next call for the same roster."""
    statements = Statements(headings.stated, Texts(vocabulary, recogniser, decisions), latest)
    nested = [path for path in paths if is_table_of_persons(path)]
    others = [path for path in paths if path not in nested]
    mappings = mappings_of(others, headings, statements, mapping)
    staged, told = work / "persons.parquet", work / "roster.json"
    if others and not told.exists():
        _stage(others, mappings, work, statements, headings, latest)
    counts: dict[str, Any] = {"persons": 0, "rows": 0, "notes": 0, "aside": [], "unrecognised": []}
    files = [Path(path) for path in nested]
    if others:
        counts = json.loads(told.read_text(encoding="utf-8"))
        files = [staged, *files]
    in_nested = sum(column_file(path).metadata.num_rows for path in nested)
    return Roster(
        files=tuple(files),
        persons=counts["persons"] + in_nested,
        rows=counts["rows"] + in_nested,
        notes=counts["notes"],
        aside=tuple(Aside(*row) for row in counts["aside"]),
        unrecognised={(kind, text): count for kind, text, count in counts["unrecognised"]},
        mappings=mappings,
    )


def _stage(
    paths: Sequence[str],
    mappings: Sequence[SheetMapping],
    work: Path,
    statements: Statements,
    headings: Headings,
    latest: date,
) -> None:
    database = work / "staging.duckdb"
    database.unlink(missing_ok=True)
    staging = Staging(database, statements, headings, latest)
    try:
        for path in paths:
            if kind_of(path) in LINES:
                staging.read_lines(path)
            for mapping in mappings:
                if mapping.sheet.file == path:
                    staging.read(mapping)
        persons = staging.finish(work / "persons.parquet", _none_otherwise(mappings))
        aside = staging.aside()
    except needed("duckdb").OutOfMemoryException:
        raise Unusable((Finding("roster_memory", Place(paths[0]), {"limit": MOST_MEMORY}),)) from None
    except needed("duckdb").IOException as error:
        args = {"folder": str(work), "reason": excerpt(" ".join(str(error).split()))}
        raise Unusable((Finding("roster_work_folder", Place(paths[0]), args),)) from None
    finally:
        staging.close()
    told = {
        "persons": persons,
        "rows": staging.rows,
        "notes": staging.notes,
        "aside": [[a.person, a.file, a.sheet, a.line, a.code, dict(a.args)] for a in aside],
        "unrecognised": [[*key, count] for key, count in Counter(statements.unrecognised).items()],
    }
    partial = work / "roster.json.tmp"
    partial.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    partial.replace(work / "roster.json")
    database.unlink(missing_ok=True)


def _none_otherwise(mappings: Sequence[SheetMapping]) -> tuple[str, ...]:
    """The lists and facts of which nobody has any of whom a sheet that is complete says nothing."""
    found: dict[str, None] = {}
    for mapping in mappings:
        if mapping.others_none:
            for column in mapping.fields - {*OF_PERSON, *OF_ASIDE, IGNORED}:
                own = [name for name, columns in OWN_COLUMNS.items() if column in columns.values()]
                found |= dict.fromkeys(
                    [about(mapping)] if len(own) > 1 else own or [column.partition(".")[0]]
                )
    return tuple(found)
