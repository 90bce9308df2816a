"""Sheets of very many rows: a row is written at once, as a spreadsheet keeps it, with every text as text.

The library writes cell by cell, which for tens of thousands of rows takes longer than all else; it also takes a text
such as `<r>…</r>` for markup. Formats, widths, filters, links and the file itself stay its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""Units of UTF-16: a cell holds no longer text."""
MOST_KEPT = 50_000
"""So many texts are kept as they are written, for those that come again."""
_ESCAPE_ITSELF = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

Cell = tuple[str | int, Format | None] | None
"""A text or a number with its look; `None` for a cell that is left empty."""


class RowSheet(Worksheet):  # type: ignore[misc]  # the library tells no types
    """A sheet of a workbook of constant memory that can be given rows at once, each below all before."""

    def write_cells(self, row: int, cells: Sequence[Cell]) -> None:
        """Write a row, counted from 0, its cells from the first column on; empty texts leave their cell empty."""
        self._check_dimensions(row, max(len(cells), 1) - 1)
        self._write_single_row(row)
        place = str(row + 1)
        parts = [f'<row r="{place}">']
        for column, cell in zip(self._letters(len(cells)), cells, strict=True):
            if cell is None or cell[0] == "":
                continue
            value, look = cell
            style = "" if look is None else f' s="{look._get_xf_index()}"'
            body = self._text(value) if isinstance(value, str) else f"><v>{value}</v></c>"
            parts.append(f'<c r="{column}{place}"{style}{body}')
        parts.append("</row>")
        self.fh.write("".join(parts))

    def link(self, row: int, column: int, url: Url) -> None:
        """Make a cell that is written by `write_cells` lead somewhere."""
        self.hyperlinks[row][column] = url

    def _letters(self, size: int) -> Sequence[str]:
        known: list[str] = self.__dict__.setdefault("_names_of_columns", [])
        known += [xl_col_to_name(number) for number in range(len(known), size)]
        return known[:size]

    def _text(self, text: str) -> str:
        known: dict[str, str] = self.__dict__.setdefault("_texts", {})
        found = known.get(text)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[text] = as_text(text)
        return found


def as_text(text: str) -> str:
    """What stands behind the attributes of a cell that holds a text; signs that XML cannot hold are codes."""
    if len(text) > LONGEST // 2:
        text = text.encode("utf-16-le", "replace")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    text = _ESCAPE_ITSELF.sub("_x005F_", text)
    text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text).translate(_MARKUP)
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'
