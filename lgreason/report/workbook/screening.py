"""A screening as a workbook for people: a sheet of sums, a sheet a position, and the clauses they point to.

Names and texts of a register are written as text, whatever sign they begin with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lgreason.files.roster.results import Results
from lgreason.files.roster.tally import Tally
from lgreason.report.text.screening import AnswerWords, number_of
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.url import Url
    from xlsxwriter.workbook import Workbook

    from lgreason.report.workbook.whole_rows import RowSheet

MOST_ROWS = 1_000_000
"""A sheet holds some more rows than these, and no more."""
MOST_LINKS = 60_000
FONT = "TH Sarabun New"
HEAD = 3
"""The row of the headings, from 0."""
_COLOURS = {"eligible": "#DDF3DD", "ineligible": "#FBE3E1", "undetermined": "#FFF2CC"}
_ANSWER_COLUMNS = (
    *(("number", 7), ("person", 16), ("name", 28), ("verdict", 16), ("reason", 70)),
    *(("short", 18), ("first_day", 16), ("clause", 24), ("conditions", 12)),
)
_NAMES = str.maketrans("[]:*?/\\", "()-- --")


class ScreeningWorkbook:
    """Writes the workbook of a screening."""

    def __init__(
        self, results: Results, tally: Tally, words: AnswerWords, kb: KnowledgeBase, wording: Wording
    ) -> None:
        """Take the answers, their sums, and the words to write them in."""
        self._results = results
        self._tally = tally
        self._words = words
        self._kb = kb
        self._wording = wording
        self._say = wording.say
        self._rows_of_clauses: dict[str, int] = {}
        self._places: dict[str, str] = {}
        self._links: dict[str, Url] = {}

    def write(self, path: Path) -> None:
        """Write the workbook, whole or not at all."""
        from xlsxwriter.workbook import Workbook

        partial = path.with_name(f".{path.name}.tmp")
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        try:
            with Workbook(str(partial), options) as book:
                made = datetime.combine(self._tally.as_of, datetime.min.time())
                book.set_properties({"title": self._title(), "created": made})
                self._formats = _formats(book)
                self._sums(book)
                for number, position in enumerate(self._tally.positions, 1):
                    self._position(book, number, position.id)
                if self._tally.warned:
                    self._warned(book)
                self._clauses(book)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def _title(self) -> str:
        return self._say("screen.title", n=self._tally.persons, day=self._tally.as_of)

    def _sheet(self, book: Workbook, name: str, title: str, columns: Sequence[tuple[str, int]]) -> RowSheet:
        from lgreason.report.workbook.whole_rows import RowSheet

        sheet: RowSheet = book.add_worksheet(name.translate(_NAMES)[:31], RowSheet)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.repeat_rows(HEAD)
        for number, (_, width) in enumerate(columns):
            sheet.set_column(number, number, width, self._formats["text"])
        sheet.write_string(0, 0, title, self._formats["title"])
        sheet.write_string(1, 0, self._title(), self._formats["note"])
        for number, (key, _) in enumerate(columns):
            sheet.write_string(HEAD, number, self._say(f"screen.column_{key}"), self._formats["heading"])
        return sheet

    def _sums(self, book: Workbook) -> None:
        columns = [
            ("position", 44),
            ("eligible", 14),
            ("ineligible", 14),
            ("undetermined", 16),
            ("one_short", 18),
        ]
        if self._tally.by is not None:
            columns.append(("becoming", 22))
        sheet = self._sheet(book, self._say("screen.sheet_sums"), self._say("screen.sheet_sums"), columns)
        text, number = self._formats["text"], self._formats["number"]
        for row, position in enumerate(self._tally.positions, HEAD + 1):
            sheet.write_string(row, 0, self._words.position(position.id), text)
            values = (position.eligible, position.ineligible, position.undetermined, position.one_short)
            for column, value in enumerate((*values, position.becoming), 1):
                if value is not None:
                    sheet.write_number(row, column, value, number)

    def _position(self, book: Workbook, number: int, position: str) -> None:
        name = self._words.position(position)
        sheet = self._sheet(book, f"{number} {name}", name, _ANSWER_COLUMNS)
        linked = self._tally.persons <= MOST_LINKS
        row = HEAD
        say = {verdict: self._say(f"verdict.{verdict}") for verdict in _COLOURS}
        for row, answer in enumerate(self._results.rows(position), HEAD + 1):
            if row > MOST_ROWS:
                break
            self._answer(sheet, row, answer, say[answer["verdict"]], linked)
        sheet.autofilter(HEAD, 0, max(row, HEAD + 1), len(_ANSWER_COLUMNS) - 1)

    def _answer(
        self, sheet: RowSheet, row: int, answer: Mapping[str, Any], verdict: str, linked: bool
    ) -> None:
        form, words = self._formats, self._words
        text = form["text"]
        clause = answer["clause"]
        of_clause: tuple[str, Format] | None = None
        if clause is not None:
            place = self._places.get(clause) or self._places.setdefault(clause, words.place(clause))
            of_clause = (place, form["link"] if linked else text)
            at = self._rows_of_clauses.setdefault(clause, len(self._rows_of_clauses) + HEAD + 2)
            if linked:
                sheet.link(row, 7, self._link(clause, place, at))
        cells = (
            (row - HEAD, text),
            (answer["person"], text),
            (answer["name"] or "", text),
            (verdict, form[answer["verdict"]]),
            (words.reason(answer), text),
            (words.short(answer), text),
            (words.day(answer["first_day"]), text),
            of_clause,
            (answer["conditions"] or 0, text),
        )
        sheet.write_cells(row, cells)

    def _link(self, clause: str, place: str, at: int) -> Url:
        """A link to the row of a clause; each is made once."""
        from xlsxwriter.url import Url

        if clause not in self._links:
            url = Url(f"internal:'{self._say('screen.sheet_clauses')}'!A{at}")
            url.text = place
            self._links[clause] = url
        return self._links[clause]

    def _warned(self, book: Workbook) -> None:
        name = self._say("screen.sheet_warned")
        columns = (("person", 16), ("name", 28), ("entry", 10), ("warning", 90))
        sheet, text = self._sheet(book, name, name, columns), self._formats["text"]
        for row, (person, called, entry, code) in enumerate(self._results.warnings(), HEAD + 1):
            if row > MOST_ROWS:
                break
            sheet.write_string(row, 0, person, text)
            sheet.write_string(row, 1, called or "", text)
            sheet.write_number(row, 2, number_of(entry), self._formats["number"])
            sheet.write_string(row, 3, self._say(f"screen.short_{code}"), text)

    def _clauses(self, book: Workbook) -> None:
        name = self._say("screen.sheet_clauses")
        sheet = self._sheet(book, name, name, (("clause", 30), ("meaning", 70), ("quote", 90)))
        wrapped = self._formats["wrapped"]
        language = self._wording.language
        for row, identity in enumerate(self._rows_of_clauses, HEAD + 1):
            clause = self._kb.clauses[identity]
            sheet.write_string(row, 0, clause.place.into(language), wrapped)
            sheet.write_string(row, 1, clause.gloss.into(language), wrapped)
            sheet.write_string(row, 2, clause.quote or "", wrapped)


def write_rows(path: Path, sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[str]]]]) -> None:
    """Write a plain workbook: for each sheet its headings and its rows, every cell as text; whole or not at all."""
    from xlsxwriter.workbook import Workbook

    from lgreason.report.workbook.whole_rows import RowSheet

    partial = path.with_name(f".{path.name}.tmp")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with Workbook(str(partial), options) as book:
            formats = _formats(book)
            for name, (headings, rows) in sheets.items():
                sheet = book.add_worksheet(name.translate(_NAMES)[:31], RowSheet)
                sheet.set_column(0, 0, 60)
                sheet.set_column(1, len(headings), 22)
                for column, heading in enumerate(headings):
                    sheet.write_string(0, column, heading, formats["heading"])
                for row, cells in enumerate(rows, 1):
                    sheet.write_cells(row, [(cell, None) for cell in cells])
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _formats(book: Workbook) -> dict[str, Format]:
    plain = {"font_name": FONT, "font_size": 14}
    cell = {**plain, "border": 1, "border_color": "#BFBFBF", "valign": "top"}
    return {
        "title": book.add_format({**plain, "bold": True, "font_size": 18}),
        "note": book.add_format({**plain, "italic": True}),
        "heading": book.add_format({**cell, "bold": True, "bg_color": "#DDE6F3", "text_wrap": True}),
        "text": book.add_format(cell),
        "wrapped": book.add_format({**cell, "text_wrap": True}),
        "number": book.add_format({**cell, "num_format": "#,##0"}),
        "link": book.add_format({**cell, "font_color": "#1F4E9E", "underline": 1}),
        **{verdict: book.add_format({**cell, "bg_color": colour}) for verdict, colour in _COLOURS.items()},
    }
