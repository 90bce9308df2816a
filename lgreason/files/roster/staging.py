"""From the sheets of registers to the table of persons: rows read, joined by person, and written as column files.

Rows are held in a database on disk while they are read, so that a register may be larger than memory. A row that
cannot be used sets its person aside with all rows; nothing is dropped, and nothing stops the run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lgreason.files.roster.headings import IGNORED, OF_EDUCATION, OF_POSTING, Headings
from lgreason.files.roster.joining import TABLES, joined
from lgreason.files.roster.mapping import SheetMapping
from lgreason.files.roster.recognised import OF_NO_ACCOUNT, Wrong
from lgreason.files.roster.record import FACTS
from lgreason.files.roster.schema import LISTS, arrow_types, columns_of
from lgreason.files.roster.sheets import Cell, encoding_of, head, needed, written
from lgreason.files.roster.statements import Statements
from lgreason.files.source.read import excerpt

MOST_MEMORY = "1GB"
_ROWS = 20_000
_LOOKED_AT, _MOST_UNNAMED = 200, 0.2
_KEYS = {name: tuple(key for key, _ in columns_of(name)) for name in LISTS}
_OWN = frozenset({"kind", "id", "name", "_aside", *LISTS})
_NAMES_A_POST = frozenset({"position", "type", "level", "c_level"})
_SAID_OF_POSTING = frozenset({"position", "type", "level", "c_level", "from", "to"})


@dataclass(frozen=True, slots=True)
class Aside:
    """A row set aside, or a person: whose (if told), where it stands, and what is wrong."""

    person: str | None
    file: str
    sheet: str | None
    line: int
    code: str
    args: Mapping[str, object]


@dataclass
class _Waiting:
    """Rows that wait to be written to the database."""

    people: list[tuple[int, str, str | None, str | None]] = field(default_factory=list)
    lists: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in LISTS})
    known: list[tuple[str, str, bool]] = field(default_factory=list)
    stated: list[tuple[int, str, str, str, str]] = field(default_factory=list)
    aside: list[tuple[str | None, str, str | None, int, str, str]] = field(default_factory=list)


class Staging:
    """The rows of registers in a database on disk."""

    def __init__(self, path: Path, statements: Statements, headings: Headings, latest: date) -> None:
        """Open the database at `path`, which must not be there yet; `latest` is the last day that is not future."""
        duckdb = needed("duckdb")
        self._pa = needed("pyarrow")
        self._texts = statements.texts
        self._statements = statements
        self._headings = headings
        self._latest = latest
        self._con = duckdb.connect(str(path))
        self._con.execute(f"SET memory_limit='{MOST_MEMORY}'")
        self._con.execute("SET threads=2")
        for table in TABLES:
            self._con.execute(table)
        self._order = 0
        self._waiting = _Waiting()
        self._replaced: set[str] = set()
        self.notes = 0
        self.rows = 0

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def read(self, mapping: SheetMapping) -> None:
        """Read a sheet; one that holds rows set aside before takes the place of what its persons had."""
        if mapping.replaces:
            self._replace(mapping)
        before: tuple[str | None, str | None] = (None, None)
        entries_of, numbered = about(mapping), _numbers_persons(mapping)
        for line, cells in mapping.sheet.rows():
            if line <= mapping.line:
                continue
            if not any(cell is not None for cell in cells):
                continue
            told = _told(mapping, cells)
            if self._headings.is_note(cells) or not any(told[0].values()):
                self.notes += 1
                continue
            self.rows += 1
            if numbered is not None and _at(cells, numbered) is not None:
                before = (None, None)  # a number of its own: whoever it is, it is not the person above
            before = self._row(mapping, line, told, before, entries_of)
            if len(self._waiting.people) >= _ROWS:
                self._write()
        self._write()

    def _replace(self, mapping: SheetMapping) -> None:
        persons = {
            person for line, cells in mapping.sheet.rows() if (person := _identity(_told(mapping, cells)[0]))
        }
        self._forget(sorted(persons))

    def _forget(self, persons: Sequence[str]) -> None:
        """Take out what was read of persons before; of each once: what replaces it may stand in several sheets."""
        again = [person for person in persons if person not in self._replaced]
        if not again:
            return
        self._replaced.update(again)
        self._write()
        self._con.register("again", self._pa.table({"person": again}))
        for table in ("people", *LISTS, "known", "stated", "aside"):
            self._con.execute(f"DELETE FROM {table} WHERE person IN (SELECT person FROM again)")
        self._con.unregister("again")

    def _row(
        self,
        mapping: SheetMapping,
        line: int,
        told: Mapping[int, dict[str, Cell]],
        before: tuple[str | None, str | None],
        about: str,
    ) -> tuple[str | None, str | None]:
        """Read a row; a row that names nobody is of the person of the row before, as where cells are merged."""
        of_person = told[0]
        person, name = _identity(of_person), _name(of_person)
        if person is None and name is None:
            person, name = before
        self._order += 1
        if person is None:
            self._aside(None, mapping, line, Wrong("roster_nobody"))
            return before
        self._waiting.people.append((self._order, person, name, None))
        for group in sorted(told):
            try:
                of_group = told[group]
                self._entries(person, {**of_person, **of_group} if group else of_person, about)
                for fact, state, entry in self._statements.of_row(of_group):
                    self._waiting.stated.append((self._order, person, fact, state, entry))
            except Wrong as wrong:
                self._aside(person, mapping, line, wrong)
        return person, name

    def _entries(self, person: str, told: Mapping[str, Cell], about: str) -> None:
        texts, waiting = self._texts, self._waiting
        begun = texts.day("from", told.get("from"))
        ended = texts.day("to", told.get("to"))
        obtained = texts.day("obtained", told.get("obtained"))
        if begun and ended and ended < begun:
            raise Wrong("person_ends_before_start", start=begun, end=ended)
        if begun and begun > self._latest:
            raise Wrong("person_starts_in_future", found=begun, latest=self._latest)
        if obtained and obtained > self._latest:
            raise Wrong("person_obtained_in_future", found=obtained, latest=self._latest)
        if not told.keys().isdisjoint(OF_EDUCATION):
            if texts.is_none(told.get("degree")):
                waiting.known.append((person, "education", True))
            else:
                of = {key: told.get(key) for key in ("degree", "field", "approved")}
                entry = texts.qualification(of)
                if (
                    entry is not None and "degree" not in entry
                ):  # it may be any degree: what is held is not known
                    waiting.known.append((person, "education", False))
                else:
                    self._entry(person, "education", entry, told, {"obtained": obtained})
        if texts.is_none(told.get("work")):
            waiting.known.append((person, "experience", True))
        elif told.get("work") is not None:
            entry = texts.work({"work": told["work"]})
            self._entry(person, "experience", entry, told, {"from": begun, "to": ended})
        if told.get("work") is not None and told.keys().isdisjoint(_NAMES_A_POST):
            return  # its days are those of the work; beside a post they are those of both
        if texts.is_none(told.get("position")):
            waiting.known.append((person, "postings", True))
        elif not told.keys().isdisjoint(_SAID_OF_POSTING):
            if about == "experience":
                self._entry(person, "experience", {}, told, {"from": begun, "to": ended})
                return
            of = {key: told.get(key) for key in OF_POSTING if key not in ("from", "to")}
            entry = texts.posting(of, begun, ended)
            self._entry(person, "postings", entry, told, {"from": begun, "to": ended})

    def _entry(
        self,
        person: str,
        name: str,
        entry: Mapping[str, Any] | None,
        told: Mapping[str, Cell],
        days: Mapping[str, date | None],
    ) -> None:
        """Keep an entry; what the row states besides of it (`name.…`) goes with it.

        `None` is one left out; one of no account adds nothing to its list, which is known.
        """
        if entry is None or entry is OF_NO_ACCOUNT:
            self._waiting.known += [(person, name, True)] if entry is OF_NO_ACCOUNT else []
            return
        entry = {**entry, **days}
        if FACTS in told:
            entry = {**entry, FACTS: told[FACTS]}
        elif any(column.startswith(f"{name}.") for column in told):
            entry = {**entry, FACTS: self._statements.further(name, told)}
        values = tuple(map(entry.get, _KEYS[name]))
        self._waiting.lists[name].append((self._order, person, *values))

    def _aside(self, person: str | None, mapping: SheetMapping, line: int, wrong: Wrong) -> None:
        self._set_aside(person, mapping.sheet.file, mapping.sheet.name, line, wrong)

    def _set_aside(self, person: str | None, file: str, sheet: str | None, line: int, wrong: Wrong) -> None:
        args = json.dumps(wrong.args_of, ensure_ascii=False, default=_jsonable)
        self._waiting.aside.append((person, file, sheet, line, wrong.code, args))

    # ── the database ─────────────────────────────────────────────────────────────────────────────

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, _Waiting()
        self._insert("people", ("int", "text", "text", "text"), waiting.people)
        for name in LISTS:
            kinds = ("int", "text", *(kind for _, kind in columns_of(name)))
            self._insert(name, kinds, waiting.lists[name])
        self._insert("known", ("text", "text", "flag"), waiting.known)
        self._insert("stated", ("int", "text", "text", "text", "text"), waiting.stated)
        self._insert("aside", ("text", "text", "text", "int", "text", "text"), waiting.aside)

    def _insert(self, table: str, kinds: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        types = {**arrow_types(), "int": self._pa.int64()}
        columns = [
            self._pa.array(column, types[kind])
            for kind, column in zip(kinds, zip(*rows, strict=True), strict=True)
        ]
        batch = self._pa.table(columns, names=[f"c{number}" for number in range(len(columns))])
        self._con.register("batch", batch)
        self._con.execute(f"INSERT INTO {table} SELECT * FROM batch")
        self._con.unregister("batch")

    def read_lines(self, path: str) -> None:
        """Read a file with the document of a person on each line."""
        with Path(path).open(encoding=encoding_of(path)) as file:
            for line, text in enumerate(file, 1):
                if not text.strip():
                    continue
                self.rows += 1
                self._order += 1
                try:
                    self._document(json.loads(text))
                except (ValueError, RecursionError):
                    self._set_aside(None, path, None, line, Wrong("roster_line_unreadable"))
                except Wrong as wrong:
                    person = wrong.args_of.get("person")
                    self._set_aside(None if person is None else str(person), path, None, line, wrong)
                if len(self._waiting.people) >= _ROWS:
                    self._write()
        self._write()

    def _document(self, document: Any) -> None:
        if not isinstance(document, dict) or document.get("id") in (None, ""):
            raise Wrong("roster_nobody")
        person = str(document["id"])
        name = document.get("name")
        if "_aside" in document:
            self._forget([person])
        others = {key: value for key, value in document.items() if key not in _OWN}
        facts = json.dumps(others, ensure_ascii=False) if others else None
        self._waiting.people.append((self._order, person, None if name is None else str(name), facts))
        try:
            for key in LISTS:
                self._list(person, key, document.get(key))
        except Wrong as wrong:
            raise Wrong(wrong.code, **{**wrong.args_of, "person": person}) from None

    def _list(self, person: str, name: str, entries: Any) -> None:
        if entries is None:
            return
        if entries == [] or (isinstance(entries, str) and self._texts.is_none(entries)):
            self._waiting.known.append((person, name, True))
            return
        own = {key for key, _ in columns_of(name)} - {FACTS}
        known = own | set(self._statements.columns.declarations.facts[name].attributes)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise Wrong("roster_list_shape", field=name)
        for entry in entries:
            if unknown := sorted(set(entry) - known):
                raise Wrong("roster_key_unknown", found=excerpt(unknown[0]), known=tuple(sorted(known)))
            told = {
                key: value
                for key, value in entry.items()
                if key in own and value is not None and not isinstance(value, dict | list)
            }
            if more := {key: value for key, value in entry.items() if key not in own and value is not None}:
                told[FACTS] = json.dumps(more, ensure_ascii=False)
            if told.pop("acting", None) is True:
                told["status"] = "acting"
            elif told.pop("concurrent", None) is True:
                told["status"] = "concurrent"
            self._entries(person, told, name)
            self._order += 1

    def finish(self, out: Path, none_otherwise: Sequence[str]) -> int:
        """Write the table of persons to a column file, without the persons set aside; returns how many there are.

        Of the facts in `none_otherwise` nobody has any of whom nothing is said.
        """
        self._write()
        return joined(self._con, self._statements.columns.declarations.facts, none_otherwise, out)

    def aside(self) -> list[Aside]:
        """Everything set aside, in the order of the files."""
        rows = self._con.execute("SELECT * FROM aside ORDER BY file NULLS LAST, sheet, line").fetchall()
        return [Aside(row[0], row[1], row[2], row[3], row[4], json.loads(row[5])) for row in rows]

    def close(self) -> None:
        """Close the database."""
        self._con.close()


def _jsonable(value: object) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return list(value) if isinstance(value, tuple) else str(value)


def _told(mapping: SheetMapping, cells: Sequence[Cell]) -> dict[int, dict[str, Cell]]:
    """What a row tells, by group of columns and field; what has no number stands in group 0."""
    found: dict[int, dict[str, Cell]] = {0: {}}
    size = len(cells)
    for number, group, name in mapping.read:
        if number < size and (cell := cells[number]) is not None:
            if group not in found:
                found[group] = {}
            found[group][name] = cell
    return found


def _at(cells: Sequence[Cell], number: int) -> Cell:
    return cells[number] if number < len(cells) else None


def _numbers_persons(mapping: SheetMapping) -> int | None:
    """The column that numbers the persons of a sheet; `None` where it numbers entries, or there is none.

    Where rows that name nobody mostly have a number too, the numbers are those of entries.
    """
    column = next((each.number for each in mapping.columns if each.field == IGNORED), None)
    if column is None:
        return None
    rows = [cells for line, cells in head(mapping.sheet, _LOOKED_AT) if line > mapping.line]
    numbered = [
        _identity(_told(mapping, cells)[0]) is None for cells in rows if _at(cells, column) is not None
    ]
    return column if sum(numbered) <= _MOST_UNNAMED * len(numbered) else None


def persons_of(mapping: SheetMapping) -> Iterator[tuple[int, str | None, list[Cell]]]:
    """Every row below the headings with the person it is of, if it names one or stands below one that does."""
    before: str | None = None
    for line, cells in mapping.sheet.rows():
        if line <= mapping.line or not any(cell is not None for cell in cells):
            continue
        told = _told(mapping, cells)
        if any(told.values()):
            before = _identity(told[0]) or before
            yield line, before, cells


def about(mapping: SheetMapping) -> str:
    """The list that days alone speak of."""
    of_work = "work" in mapping.fields and not {"position", "type"} & mapping.fields
    return "experience" if of_work else "postings"


def _identity(told: Mapping[str, Cell]) -> str | None:
    if told.get("id") is not None:
        return written([told["id"]])[0].strip() or None
    return _name(told)


def _name(told: Mapping[str, Cell]) -> str | None:
    parts = written([told.get("prefix"), told.get("name"), told.get("surname")])
    if not parts[1]:
        return None
    return f"{parts[0]}{parts[1]} {parts[2]}".strip()
