"""The columns of a roster as a mapping file to correct and give back, with confidence and samples beside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from lgreason.files.roster.mapping import Column, SheetMapping
from lgreason.report.line import Line
from lgreason.report.wording import Wording


def mapping_lines(mappings: Sequence[SheetMapping], wording: Wording) -> Iterator[Line]:
    """A mapping file, line by line; columns that are passed over stand in remarks."""
    yield Line("# " + wording.say("screen.mapping_note"), style="note")
    yield Line("kind: roster-mapping")
    yield Line("sheets:")
    for mapping in mappings:
        yield Line(f"- file: {_quoted(Path(mapping.sheet.file).name)}", 1)
        if mapping.sheet.name is not None:
            yield Line(f"sheet: {_quoted(mapping.sheet.name)}", 2)
        yield Line(f"headings: {mapping.line}", 2)
        yield Line("columns:", 2)
        for column in mapping.columns:
            if column.heading:
                yield Line(_column(column, wording), 3)


def _column(column: Column, wording: Wording) -> str:
    samples = ", ".join(" ".join(sample.split()) for sample in column.samples)
    if column.field is None:
        unused = wording.say("screen.mapping_unused")
        return f"# {_quoted(column.heading)}: {unused} · {samples}"
    field = f"{column.field} {column.group}" if column.group else column.field
    percent = wording.say("screen.mapping_sure", n=round(100 * column.confidence))
    return f"{_quoted(column.heading)}: {field}  # {percent} · {samples}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
