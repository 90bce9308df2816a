"""Tables as they stand in workbooks, text files and column files: rows of cells, each with the line it stands on."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from lgreason.files.source.read import excerpt
from lgreason.rules.findings import Finding, Place, Unusable

Cell = str | int | float | bool | date | None
Row = tuple[int, list[Cell]]
"""The line, counted from 1, and the cells."""
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
COLUMNS = (".parquet", ".pq")
LINES = (".jsonl", ".ndjson")
ENDINGS = (*WORKBOOKS, *TEXTS, *COLUMNS, *LINES)
_PIECE = 1 << 20
_LOOKED_AT = 256
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class SheetRows:
    """A table of a file: its name there (none, where the file is one table), and its rows, read anew each time."""

    file: str
    name: str | None
    rows: Callable[[], Iterator[Row]]

    @property
    def title(self) -> str:
        """The sheet as it is spoken of: its file, and its name where it has one."""
        return self.file if self.name is None else f"{self.file}#{self.name}"


def kind_of(path: str) -> str:
    """The ending of a roster's file; raises `Unusable` for a file that is no roster."""
    ending = Path(path).suffix.lower()
    if ending not in ENDINGS:
        args = {"found": excerpt(ending) or excerpt(Path(path).name), "accepted": ENDINGS}
        raise Unusable((Finding("roster_ending", Place(path), args),))
    if not Path(path).is_file():
        raise Unusable((Finding("roster_not_there", Place(path)),))
    return ending


def unreadable(path: str, error: Exception) -> Unusable:
    """That a file is broken, with what the library that reads it says."""
    args = {"reason": excerpt(" ".join(str(error).split())) or type(error).__name__}
    return Unusable((Finding("roster_unreadable", Place(path), args),))


def needed(module: str) -> Any:
    """A library that rosters need; raises `Unusable` naming it where it is not installed."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        raise Unusable((Finding("roster_extra_missing", args={"library": module}),)) from None


def sheets(path: str) -> tuple[SheetRows, ...]:
    """The tables of a workbook, a text file or a flat column file; raises `Unusable` where it cannot be read."""
    ending = kind_of(path)
    if ending in WORKBOOKS:
        return _of_workbook(path)
    if ending in TEXTS:
        return (_of_text(path),)
    return (_of_columns(path),)


# ── workbooks ────────────────────────────────────────────────────────────────────────────────────


def _of_workbook(path: str) -> tuple[SheetRows, ...]:
    calamine = needed("python_calamine")
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        names = list(book.sheet_names)
    except Exception as error:  # the library raises errors of several kinds for a broken file
        raise unreadable(path, error) from None

    parsed: dict[str, Any] = {}

    def rows(name: str) -> Callable[[], Iterator[Row]]:
        def read() -> Iterator[Row]:
            try:
                if name not in parsed:
                    parsed[name] = book.get_sheet_by_name(name)
                sheet = parsed[name]
                begun = _grid(sheet, _LOOKED_AT)  # most who ask look at the first rows alone
            except Exception as error:  # a sheet may be broken in a workbook that is whole
                raise unreadable(path, error) from None
            for line, cells in enumerate(begun, 1):
                yield line, [_cell(cell) for cell in cells]
            if len(begun) == _LOOKED_AT:
                for line, cells in enumerate(_grid(sheet, None)[_LOOKED_AT:], _LOOKED_AT + 1):
                    yield line, [_cell(cell) for cell in cells]

        return read

    return tuple(SheetRows(path, name, rows(name)) for name in names)


def _grid(sheet: Any, most: int | None) -> list[list[Any]]:
    """The first rows of a sheet, or all; what is merged downwards stands in every row of it."""
    grid: list[list[Any]] = sheet.to_python(skip_empty_area=False, nrows=most)
    for (top, left), (bottom, _) in getattr(sheet, "merged_cell_ranges", None) or ():
        for line in range(top + 1, min(bottom + 1, len(grid))):
            if left < len(grid[line]) and left < len(grid[top]):
                grid[line][left] = grid[top][left]
    return grid


def _cell(value: Any) -> Cell:
    if type(value) is str:
        return value.strip() or None
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return value.strip() or None
    return value  # type: ignore[no-any-return]  # the libraries tell no types


# ── text ─────────────────────────────────────────────────────────────────────────────────────────


def encoding_of(path: str) -> str:
    """The encoding of a text file: UTF-8 if it is valid throughout, else Windows-874; `Unusable` if it is neither."""
    with Path(path).open("rb") as file:
        begun = file.read(4)
        for encoding in ("utf-16",) if begun.startswith(_MARKS) else ("utf-8-sig", "cp874"):
            file.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while piece := file.read(_PIECE):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise Unusable((Finding("roster_encoding", Place(path)),))


def _of_text(path: str) -> SheetRows:
    encoding = encoding_of(path)
    with Path(path).open(encoding=encoding, newline="") as file:
        sample = file.read(64_000)
    lines = sample.splitlines()[:30]
    delimiter = max((",", "\t", ";", "|"), key=lambda sign: sum(line.count(sign) for line in lines))

    def rows() -> Iterator[Row]:
        with Path(path).open(encoding=encoding, newline="") as file:
            reader = csv.reader((line.replace("\0", "") for line in file), delimiter=delimiter)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:  # a field beyond all measure: the row is kept, empty, and set aside
                    cells = []
                yield reader.line_num, [cell.strip() or None for cell in cells]

    return SheetRows(path, None, rows)


# ── columns ──────────────────────────────────────────────────────────────────────────────────────


def column_file(path: str) -> Any:
    """A Parquet file, open; raises `Unusable` where it is none."""
    parquet = needed("pyarrow.parquet")
    try:
        return parquet.ParquetFile(path)
    except Exception as error:  # the library raises errors of several kinds for a broken file
        raise unreadable(path, error) from None


def column_batches(path: str, size: int, columns: Sequence[str] | None = None) -> Iterator[Any]:
    """The rows of a Parquet file in batches of so many; raises `Unusable` where a part of it is broken."""
    file = column_file(path)
    try:
        yield from file.iter_batches(batch_size=size, columns=columns)
    except OSError as error:
        raise unreadable(path, error) from None


def _of_columns(path: str) -> SheetRows:
    def rows() -> Iterator[Row]:
        file = column_file(path)
        yield 1, list(file.schema_arrow.names)
        line = 1
        for batch in column_batches(path, 50_000):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                yield line, [_cell(cell) for cell in cells]

    return SheetRows(path, None, rows)


def head(sheet: SheetRows, most: int) -> list[Row]:
    """The first rows of a sheet."""
    found: list[Row] = []
    for row in sheet.rows():
        found.append(row)
        if len(found) >= most:
            break
    return found


def written(cells: Iterable[Cell]) -> list[str]:
    """Cells as texts; what is empty is an empty text."""
    return [
        "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell) for cell in cells
    ]
