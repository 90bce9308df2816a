"""Workbooks on the structures of an organisation, for an official to send on: all of them, or some side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from lgreason.report.wording import Wording
from lgreason.report.workbook.burden import write_burden
from lgreason.report.workbook.rows import ComparisonRows, Contents, FacetRow, Options, ReasonRow
from lgreason.report.workbook.sheet import FIRST_ROW, Sheet
from lgreason.report.workbook.years import CostsSheet, YearsSheet, write_table

MOST_OPTIONS = 10_000
SUMMARY = 44
"""The widest column of the sheet for a committee, which is one page across."""


def write(contents: Contents, target: BinaryIO, wording: Wording) -> None:
    """Write the workbook to a binary stream, with headings in the language and digits asked for."""
    from xlsxwriter.workbook import Workbook

    with Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        made = datetime.combine(contents.day, datetime.min.time())
        book.set_properties(
            {"title": wording.say("sheet.title", name=contents.organisation), "created": made}
        )

        def sheet(kind: str) -> Sheet:
            return Sheet(book, kind, contents.organisation, contents.day, wording)

        if contents.summary is not None:
            summary = sheet("summary")
            summary.widest = SUMMARY
            _options(summary, contents.summary)
        _options(sheet("options"), contents.options, wide=contents.summary is not None)
        _facets(sheet("facets"), contents.facets)
        if contents.burden is not None:
            write_burden(sheet("burden"), contents.burden)
        _reasons(sheet("reasons"), contents.reasons)


def write_comparison(contents: ComparisonRows, target: BinaryIO, wording: Wording) -> None:
    """Write the workbook of structures side by side: the table, what posts cost, and the years of each."""
    from xlsxwriter.workbook import Workbook

    with Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        made = datetime.combine(contents.day, datetime.min.time())
        title = wording.say("sheet.title", name=contents.organisation)
        book.set_properties({"title": title, "created": made})

        def sheet(kind: str, of: str = "") -> Sheet:
            return Sheet(book, kind, contents.organisation, contents.day, wording, of)

        write_table(sheet("comparison"), contents)
        costs = CostsSheet(sheet("costs"), contents)
        for place, years in enumerate(contents.years):
            YearsSheet(sheet("years", years.of), years, costs, place).write()


def _options(sheet: Sheet, options: Options, wide: bool = False) -> None:
    if wide:
        sheet.wide()
    sheet.headings((sheet.say("sheet.number"), *options.headings), frozen_columns=1)
    rows = iter(options.rows)
    for number, row in enumerate(islice(rows, MOST_OPTIONS), 1):
        sheet.add((number, *row))
    if next(rows, None) is not None:
        if options.count is None:
            sheet.note(sheet.say("sheet.incomplete", n=MOST_OPTIONS))
        else:
            sheet.note(sheet.say("sheet.incomplete_of", n=MOST_OPTIONS, count=options.count))
    else:
        sheet.sheet.autofilter(FIRST_ROW - 1, 0, max(sheet.row - 1, FIRST_ROW), len(options.headings))
    sheet.end()


def _facets(sheet: Sheet, facets: Sequence[FacetRow]) -> None:
    columns = ("choice", "value", "status", "remaining", "conditional", "reason")
    sheet.headings([sheet.say(f"sheet.{column}") for column in columns])
    for facet in facets:
        status = sheet.say(f"sheet.status_{facet.status}")
        sheet.add((facet.choice, facet.value, status, facet.remaining, facet.conditional, facet.reason))
    sheet.end()


def _reasons(sheet: Sheet, reasons: Sequence[ReasonRow]) -> None:
    columns = ("subject", "clause", "place", "quote", "meaning", "verdict")
    sheet.headings([sheet.say(f"sheet.{column}") for column in columns])
    for reason in reasons:
        held = "choice" if reason.on_choice else str(reason.holds).lower()
        verdict = sheet.say(f"sheet.holds_{held}")
        sheet.add((reason.subject, reason.clause, reason.place, reason.quote, reason.meaning, verdict))
    sheet.end()
