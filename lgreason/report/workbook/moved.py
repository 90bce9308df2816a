"""Who of a roster gains and who loses by a change of rules, as a sheet; names and texts are written as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lgreason.report.workbook.rows import Cell

FONT = "TH Sarabun New"
WIDTHS = (10, 18, 30, 40, 18, 18, 60)


def write_moved(path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write the workbook, whole or not at all: a title, the headings, and a row for each person and position."""
    from xlsxwriter.workbook import Workbook

    partial = path.with_name(f".{path.name}.tmp")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with Workbook(str(partial), options) as book:
            sheet = book.add_worksheet()
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            text = book.add_format({"font_name": FONT, "font_size": 14, "text_wrap": True, "valign": "top"})
            head = book.add_format({"font_name": FONT, "font_size": 14, "bold": True, "bg_color": "#DDE6F3"})
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width, text)
            sheet.write_string(0, 0, title, head)
            for column, word in enumerate(headings):
                sheet.write_string(2, column, word, head)
            sheet.freeze_panes(3, 0)
            for number, row in enumerate(rows, 3):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, "" if cell is None else str(cell), text)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
