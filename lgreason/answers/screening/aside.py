"""What was set aside: the reasons in words, and the rows as they stand in the register, to correct and feed back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lgreason.files.roster.loading import Roster
from lgreason.files.roster.mapping import SheetMapping
from lgreason.files.roster.one import arguments
from lgreason.files.roster.record import Record, document
from lgreason.files.roster.sheets import LINES, column_batches, encoding_of, head, needed, written
from lgreason.files.roster.staging import Aside
from lgreason.report.text.recognised import RecognisedText
from lgreason.report.wording import Wording
from lgreason.report.workbook.screening import write_rows
from lgreason.rules.findings import Finding
from lgreason.words.recognising.outcome import Recognised

Reasons = Mapping[str, Sequence[str]]
"""For a person, the reasons in words."""
Rows = Iterator[Sequence[str]]


def reason_in_words(aside: Aside, wording: Wording, read: RecognisedText) -> str:
    """What is wrong with a row or a person; `read` words what could not be read."""
    args = dict(arguments(aside))
    if aside.code.startswith("recognised."):
        text = str(args.pop("text", ""))
        found = Recognised("", text, "impossible", why=aside.code.removeprefix("recognised."), args=args)
        why = read.why(found)
        return why if text in why else wording.say("screen.not_read", text=text, why=why)
    return wording.say(f"finding.{aside.code}", **args)


class AsideFile:
    """Writes what was set aside: sheets into a workbook, documents into a file of lines."""

    def __init__(
        self,
        roster: Roster,
        paths: Sequence[str],
        of_persons: Reasons,
        wording: Wording,
        read: RecognisedText,
    ) -> None:
        """Take the roster and its files, and the reasons for which persons are set aside after all were read."""
        self._roster = roster
        self._paths = paths
        self._wording = wording
        self._persons: dict[str, list[str]] = {
            person: list(reasons) for person, reasons in of_persons.items()
        }
        self._rows: dict[tuple[str, str | None, int], list[str]] = {}
        for aside in roster.aside:
            words = reason_in_words(aside, wording, read)
            if aside.person is not None:
                self._persons.setdefault(aside.person, [])
            if aside.line:
                self._rows.setdefault((aside.file, aside.sheet, aside.line), []).append(words)
            elif aside.person is not None:
                self._persons[aside.person].append(words)

    @property
    def count(self) -> int:
        """How many persons are set aside, and rows that name nobody."""
        return len(self._persons) + sum(1 for aside in self._roster.aside if aside.person is None)

    def write(self, stem: Path) -> list[Path]:
        """Write the files `stem`.xlsx and `stem`.jsonl, those that are needed; returns them."""
        made: list[Path] = []
        sheets = {}
        for number, mapping in enumerate(self._roster.mappings, 1):
            name = mapping.sheet.name or Path(mapping.sheet.file).stem
            name = name if name not in sheets else f"{number} {name}"
            sheets[name] = (self._headings(mapping), self._sheet_rows(mapping))
        kept = {name: (headings, rows) for name, (headings, each) in sheets.items() if (rows := list(each))}
        if kept:
            made.append(stem.with_name(f"{stem.name}.xlsx"))
            write_rows(made[-1], kept)
        lines = [json.dumps(each, ensure_ascii=False) for each in self._documents()]
        if lines:
            made.append(stem.with_name(f"{stem.name}.jsonl"))
            made[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
        return made

    def _headings(self, mapping: SheetMapping) -> list[str]:
        say = self._wording.say
        rows = [row for row in head(mapping.sheet, mapping.line) if row[0] == mapping.line]
        named = {column.number: column.heading for column in mapping.columns}
        size = max([len(rows[0][1]) if rows else 0, *(number + 1 for number in named)])
        own = [named.get(number, "") for number in range(size)]
        return [say("screen.aside_reason"), say("screen.aside_source"), *own]

    def _sheet_rows(self, mapping: SheetMapping) -> Rows:
        from lgreason.files.roster.staging import persons_of

        sheet = mapping.sheet
        told: set[str] = set()
        for line, person, cells in persons_of(mapping):
            of_row = self._rows.get((sheet.file, sheet.name, line), [])
            if not of_row and person not in self._persons:
                continue
            reasons = list(of_row)
            if person is not None and person not in told:
                told.add(person)
                reasons += self._persons.get(person, [])
            yield ["; ".join(reasons), f"{sheet.title}:{line}", *written(cells)]

    def _documents(self) -> Iterator[dict[str, Any]]:
        for path in self._paths:
            if Path(path).suffix.lower() in LINES:
                yield from self._lines(path)
        for file in self._roster.files:
            if str(file) in self._paths:
                yield from self._table(file)

    def _lines(self, path: str) -> Iterator[dict[str, Any]]:
        with Path(path).open(encoding=encoding_of(path)) as file:
            for line, text in enumerate(file, 1):
                reasons = self._rows.get((path, None, line), [])
                try:
                    data = json.loads(text) if text.strip() else None
                except ValueError:
                    data = {"text": text.strip()} if reasons else None
                person = str(data.get("id")) if isinstance(data, dict) else None
                if data is not None and (reasons or person in self._persons):
                    yield {"_aside": [*reasons, *self._persons.get(person or "", [])], **data}

    def _table(self, file: Path) -> Iterator[dict[str, Any]]:
        for record in records_of([file], list(self._persons)):
            yield {"_aside": self._persons[str(record["id"])], **document(record)}


def records_of(files: Sequence[Path], persons: Sequence[str]) -> Iterator[Record]:
    """The rows of some persons in column files."""
    if not persons:
        return
    pa, compute = needed("pyarrow"), needed("pyarrow.compute")
    wanted = pa.array(list(persons), pa.string())
    for file in files:
        for batch in column_batches(str(file), 50_000):
            table = pa.Table.from_batches([batch])
            yield from table.filter(
                compute.is_in(table["id"].cast(pa.string()), value_set=wanted)
            ).to_pylist()


def sentence(finding: Finding, wording: Wording) -> str:
    """What is wrong with a record, with the entry of it."""
    text = wording.say(f"finding.{finding.code}", **finding.args)
    place = finding.place.field if finding.place is not None else None
    return wording.say("screen.aside_entry", place=place, text=text) if place else text
