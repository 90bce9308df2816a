"""Registers as workbooks: a merged title, headings, days as Excel has them, and a total below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

TITLE = "ทะเบียนประวัติข้าราชการ องค์การบริหารส่วนจังหวัดตัวอย่าง"


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Write the sheets, each with a title above and a total below."""
    with xlsxwriter.Workbook(str(path)) as book:
        days = book.add_format({"num_format": "d/m/yyyy"})
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.merge_range(0, 0, 0, max(1, len(rows[0]) - 1), TITLE, bold)
            sheet.set_column(0, len(rows[0]), 22)
            for number, cells in enumerate(rows, 2):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, days)
                    elif cell is not None:
                        sheet.write(number, column, cell, bold if number == 2 else None)
            sheet.write(len(rows) + 3, 0, f"รวม {len(rows) - 1} รายการ")
