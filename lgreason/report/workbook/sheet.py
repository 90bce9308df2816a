"""One sheet of a workbook being written.

What a user wrote is written as text, whatever sign it begins with. Numbers that a spreadsheet would round, having
but fifteen digits, are written as text too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from lgreason.report.wording import Wording
from lgreason.report.workbook.rows import Cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_DIGITS = 10**15
LONGEST_TEXT = 32_767
FONT = "TH Sarabun New"
WIDEST = 60
HIGHEST = 409
"""The greatest height of a row, in points."""
LINE = 24
"""The height of a line in points: Thai puts signs above and below its letters."""
FIRST_ROW = 4
"""The first row below the headings."""


class Sheet:
    """A sheet being written: title, headings that stay in view, cells in their formats, widths as the texts need."""

    def __init__(
        self, book: Workbook, kind: str, name: str, day: date, wording: Wording, of: str = ""
    ) -> None:
        """Begin the sheet `kind` of a workbook on an organisation, as of a day; `of` which, if of several."""
        self.say = wording.say
        self.wording = wording
        self.title = _tab(self.say(f"sheet.{kind}"), of, [each.get_name() for each in book.worksheets()])
        self.sheet: Worksheet = book.add_worksheet(self.title)
        thai = "[$-D00041E]" if wording.digits == "thai" else ""
        self.formats = {
            "title": _format(book, bold=True, font_size=18),
            "note": _format(book, italic=True),
            "heading": _format(
                book, bold=True, border=1, bg_color="#DDE6F3", text_wrap=True, valign="vcenter"
            ),
            "text": _format(book, border=1, text_wrap=True, valign="top", indent=1),
            "strong": _format(book, bold=True, border=1, text_wrap=True, valign="top", indent=1),
            "number": _format(book, border=1, valign="top", num_format=f"{thai}#,##0"),
            "digits": _format(book, border=1, valign="top", align="right"),
            "sum": _format(book, bold=True, border=1, valign="top", num_format=f"{thai}#,##0"),
            "rate": _format(book, border=1, valign="top", num_format=f"{thai}0.00", bg_color="#FFF8DC"),
            "percent": _format(book, bold=True, border=1, valign="top", num_format=f"{thai}0.00"),
            "input": _format(book, border=1, valign="top", num_format=f"{thai}#,##0", bg_color="#FFF8DC"),
        }
        self.widths: dict[int, float] = {}
        self.widest = WIDEST
        """The greatest width of a column; longer texts are broken into lines."""
        self.long: dict[int, list[tuple[int, float]]] = {}
        self.sheet.set_default_row(LINE)
        self.row = FIRST_ROW
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        title = self.say("sheet.title", name=name)
        self._put(0, 0, f"{title} · {of}" if of else title, "title")
        self._put(1, 0, self.say(f"sheet.{kind}_note", day=day), "note")

    def headings(self, words: Sequence[str], frozen_columns: int = 0) -> None:
        """Write the headings; they stay in view, and are repeated on every printed page."""
        for column, word in enumerate(words):
            self.put(FIRST_ROW - 1, column, word, "heading")
        self.sheet.freeze_panes(FIRST_ROW, frozen_columns)
        self.sheet.repeat_rows(FIRST_ROW - 1)

    def add(self, cells: Sequence[Cell], number: str = "number", text: str = "text") -> int:
        """Write the next row; returns its number."""
        for column, cell in enumerate(cells):
            self.put(self.row, column, cell, number if isinstance(cell, int) else text)
        self.row += 1
        return self.row - 1

    def note(self, words: str) -> None:
        """A sentence below the rows."""
        self._put(self.row + 1, 0, words, "note")
        self.row += 1

    def wide(self) -> None:
        """Print on as many pages side by side as the columns need, large enough to read, the first column on each."""
        self.sheet.set_paper(8)  # A3
        self.sheet.fit_to_pages(0, 0)
        self.sheet.set_print_scale(60)
        self.sheet.repeat_columns(0)

    def put(self, row: int, column: int, cell: Cell, style: str) -> None:
        """Write a cell, and see that it is shown in full."""
        self.seen(row, column, self._put(row, column, cell, style))

    def seen(self, row: int, column: int, shown: str) -> None:
        """A cell has to show a text: its column is made wide enough, or if it is very long, its row high enough."""
        wide = 1.15 * _shown_width(shown) + 2
        self.widths[column] = max(self.widths.get(column, 8), min(wide, self.widest))
        if wide > self.widest:
            self.long.setdefault(row, []).append((column, wide))

    def _put(self, row: int, column: int, cell: Cell, style: str) -> str:
        """Write a cell; returns what it shows."""
        form: Format = self.formats[style]
        if cell is None:
            self.sheet.write_blank(row, column, None, form)
            return ""
        if isinstance(cell, int):
            shown = self.wording.digits_of(f"{cell:,}")
            if abs(cell) < MOST_DIGITS:
                self.sheet.write_number(row, column, cell, form)
            else:
                self.sheet.write_string(row, column, shown, self.formats["digits"])
            return shown
        if len(cell) > LONGEST_TEXT:
            cell = cell[: LONGEST_TEXT - 1] + "…"
        self.sheet.write_string(row, column, cell, form)
        return cell

    def end(self) -> None:
        """Set the widths of the columns, and the heights of rows that need several lines."""
        for column, wide in self.widths.items():
            self.sheet.set_column(column, column, wide)
        for row, texts in self.long.items():
            needed = max(ceil(wide / (0.9 * self.widths[column])) for column, wide in texts)
            self.sheet.set_row(row, min(LINE * needed, HIGHEST))


def _tab(kind: str, of: str, taken: Sequence[str]) -> str:
    """The name of a sheet: at most 31 signs, none of those that a spreadsheet forbids, and no other sheet's."""
    name = "".join(sign for sign in f"{kind} {of}".strip() if sign not in "[]:*?/\\'")[:31].strip()
    number = 2
    while name.casefold() in {each.casefold() for each in taken}:
        name = f"{name[:27]} {number}"
        number += 1
    return name


@lru_cache(maxsize=4096)
def _shown_width(shown: str) -> int:
    """How many columns a text takes."""
    from wcwidth import wcswidth

    return len(shown) if shown.isascii() else wcswidth("".join(filter(str.isprintable, shown)))


def _format(book: Workbook, **look: object) -> Format:
    return book.add_format({"font_name": FONT, "font_size": 14, **look})
