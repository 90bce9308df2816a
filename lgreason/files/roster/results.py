"""The results of a screening as a database: asked with SQL, summed up, and copied to files whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lgreason.files.roster.sheets import needed

TABLES: Mapping[str, str] = {
    "about": "what was screened, when, and under which rules: one key and value a row",
    "persons": "everybody screened, in the order of the roster",
    "answers": "one row for each person and position",
    "positions": "the positions, with their names",
    "clauses": "the clauses that decide, with their places and words",
    "warnings": "what is likely a slip in a career: person, entry, and the code of the warning",
    "aside": "rows and persons set aside, with what is wrong",
    "unrecognised": "texts that were not recognised, each once, with how often it stands there",
}
MOST_NAMED = 3
"""So many of the persons of whom one thing is warned are named in a summary."""
COLUMNS: Mapping[str, str] = {
    "person": "the person's id in the roster, or the pseudonym",
    "position": "the position asked about",
    "verdict": "eligible, ineligible or undetermined",
    "clause": "the condition that decides: the nearest miss, or what is not known",
    "conditions": "how many conditions decide together: 1 is one condition short",
    "others": "the ids of the other conditions that decide, with spaces between them",
    "required": "what the deciding condition requires, in units of the column unit",
    "unit": "years, months or count",
    "measured_years": "what was measured for the deciding condition: years",
    "measured_months": "months besides",
    "measured_days": "days besides",
    "short_years": "what is short: years; null where time does not mend it",
    "short_months": "months besides",
    "short_days": "days besides",
    "first_day": "first day of eligibility if nothing but time passes; of the eligible, that since when",
    "missing": "the facts to find out, what decides most first, as paths in a person's file",
}


@dataclass(frozen=True)
class Sources:
    """Where results come from: the chunks of answers, the column files of persons, and rows for the small tables.

    `small` gives for a table its columns and rows.
    """

    answers: Sequence[Path]
    persons: Sequence[Path]
    small: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]]
    pseudonyms: bool = False


class Results:
    """Results, open for questions."""

    def __init__(self, sources: Sources, as_of: date, by: date | None) -> None:
        """Open the results as of a day; `by` is the day by which persons may become eligible, if asked."""
        duckdb = needed("duckdb")
        self.as_of = as_of
        self.by = by
        self.pseudonyms = sources.pseudonyms
        self._sources = sources
        self._con = duckdb.connect()
        self._con.execute("SET threads=2")
        self._con.execute("SET memory_limit='2GB'")
        self._con.execute("SET preserve_insertion_order=true")
        self._views()

    def _views(self) -> None:
        con, sources = self._con, self._sources
        files = _listed(sources.persons)
        name = "name" if self._has_names(files) else "NULL"
        con.execute(
            f"CREATE VIEW people AS SELECT CAST(id AS VARCHAR) AS id, CAST({name} AS VARCHAR) AS name, "
            f"file_index * 1000000000 + file_row_number AS ord FROM "
            f"(SELECT *, list_position({files}, filename) AS file_index FROM "
            f"read_parquet({files}, filename=true, file_row_number=true))"
        )
        answers = f"read_parquet({_listed(sources.answers)})"
        if sources.pseudonyms:
            con.execute(
                "CREATE TABLE keys AS SELECT 'P' || lpad(CAST(row_number() OVER (ORDER BY ord) AS VARCHAR), 7, '0') "
                "AS pseudonym, id, name, ord FROM people"
            )
            con.execute(
                "CREATE VIEW persons AS SELECT pseudonym AS person, NULL::VARCHAR AS name, ord FROM keys"
            )
            con.execute(
                f"CREATE VIEW every AS SELECT a.* REPLACE (k.pseudonym AS person) FROM {answers} a "
                "JOIN keys k ON a.person = k.id"
            )
        else:
            con.execute("CREATE VIEW persons AS SELECT id AS person, name, ord FROM people")
            con.execute(f"CREATE VIEW every AS SELECT * FROM {answers}")
        con.execute("CREATE VIEW answers AS SELECT * FROM every WHERE position IS NOT NULL")
        con.execute(
            "CREATE VIEW warnings AS SELECT person, split_part(told, ' ', 1) AS entry, "
            "split_part(told, ' ', 2) AS code FROM (SELECT person, unnest(string_split(missing, '; ')) AS told "
            "FROM every WHERE verdict = 'warned')"
        )
        for name, (columns, rows) in sources.small.items():
            con.execute(f"CREATE TABLE {name} ({', '.join(f'{column} VARCHAR' for column in columns)})")
            if rows:
                marks = ", ".join("?" for _ in columns)
                con.executemany(f"INSERT INTO {name} VALUES ({marks})", [list(row) for row in rows])

    def _has_names(self, files: str) -> bool:
        rows = self._con.execute(f"DESCRIBE SELECT * FROM read_parquet({files})").fetchall()
        return any(row[0] == "name" for row in rows)

    def ask(self, query: str, *args: object) -> list[tuple[Any, ...]]:
        """The rows that a query gives."""
        found: list[tuple[Any, ...]] = self._con.execute(query, list(args)).fetchall()
        return found

    # ── sums ─────────────────────────────────────────────────────────────────────────────────────

    def set_aside(self) -> list[tuple[str, str]]:
        """The persons set aside for what their records hold, and the codes of what is wrong."""
        return [
            (p, m)
            for p, m in self.ask(
                "SELECT person, missing FROM every WHERE verdict = 'set_aside' ORDER BY person"
            )
        ]

    def warned(self) -> list[tuple[str, int, Sequence[tuple[str, str]]]]:
        """What is likely a slip, by code, the commonest first: of how many persons, and some with the entry."""
        rows = self.ask(
            f"SELECT code, count(DISTINCT person), list((person, entry) ORDER BY ord)[:{MOST_NAMED}] "
            "FROM warnings JOIN persons USING (person) GROUP BY code ORDER BY 2 DESC, code"
        )
        return [(code, count, tuple(map(tuple, named))) for code, count, named in rows]

    def warnings(self) -> Iterator[tuple[str, str | None, str, str]]:
        """Person, name, entry and code of every warning, in the order of the roster."""
        cursor = self._con.cursor()
        cursor.execute(
            "SELECT person, name, entry, code FROM warnings JOIN persons USING (person) ORDER BY ord, entry"
        )
        while rows := cursor.fetchmany(5_000):
            yield from rows

    def counts(self) -> dict[str, dict[str, int]]:
        """How many persons have each verdict, by position."""
        found: dict[str, dict[str, int]] = {}
        for position, verdict, count in self.ask(
            "SELECT position, verdict, count(*) FROM answers GROUP BY ALL ORDER BY ALL"
        ):
            found.setdefault(position, {})[verdict] = count
        return found

    def waiting(self) -> dict[str, list[tuple[str, int]]]:
        """How many become eligible in which month if nothing but time passes, by position."""
        return self._by_position(
            "SELECT position, strftime(first_day, '%Y-%m') AS month, count(*) FROM answers "
            "WHERE verdict <> 'eligible' AND first_day IS NOT NULL GROUP BY ALL ORDER BY position, month"
        )

    def conditions(self) -> dict[str, list[tuple[str, int]]]:
        """The conditions that stand in the way, the commonest first, by position."""
        return self._by_position(
            "SELECT position, clause, count(*) AS n FROM answers WHERE verdict = 'ineligible' AND clause IS NOT NULL "
            "GROUP BY position, clause ORDER BY position, n DESC, clause"
        )

    def missing(self) -> dict[str, list[tuple[str, int]]]:
        """The facts that are not known and would decide, the commonest first, by position; entries not numbered."""
        return self._by_position(
            "WITH facts AS (SELECT position, "
            "regexp_replace(unnest(string_split(missing, '; ')), '\\[\\d+\\]', '') AS fact "
            "FROM answers WHERE missing IS NOT NULL) "
            "SELECT position, fact, count(*) AS n FROM facts GROUP BY ALL ORDER BY position, n DESC, fact"
        )

    def one_short(self) -> dict[str, int]:
        """How many are one condition short, by position."""
        return dict(
            self.ask(
                "SELECT position, count(*) FROM answers WHERE verdict = 'ineligible' AND conditions = 1 "
                "GROUP BY position"
            )
        )

    def becoming(self) -> dict[str, int]:
        """How many become eligible by the day asked, by position."""
        if self.by is None:
            return {}
        return dict(
            self.ask(
                "SELECT position, count(*) FROM answers WHERE verdict <> 'eligible' AND first_day <= ? "
                "GROUP BY position",
                self.by,
            )
        )

    def _by_position(self, query: str) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for position, key, count in self.ask(query):
            found.setdefault(position, []).append((key, count))
        return found

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────

    def rows(self, position: str) -> Iterator[dict[str, Any]]:
        """The answers for one position in the order of the roster, each with the person's name."""
        cursor = self._con.cursor()
        cursor.execute(
            "SELECT a.*, p.name FROM answers a JOIN persons p USING (person) WHERE a.position = ? ORDER BY p.ord",
            [position],
        )
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(5_000):
            for row in rows:
                yield dict(zip(names, row, strict=True))

    # ── files ────────────────────────────────────────────────────────────────────────────────────

    def write(self, path: Path) -> None:
        """Write the answers as a DuckDB file, a column file or text, by the ending of `path`; whole or not at all."""
        partial = path.with_name(f".{path.name}.tmp")
        partial.unlink(missing_ok=True)
        ending = path.suffix.lower()
        try:
            if ending == ".duckdb":
                self._database(partial)
            else:
                form = "FORMAT parquet" if ending in (".parquet", ".pq") else "FORMAT csv, HEADER"
                ordered = "answers" if ending in (".parquet", ".pq") else self._with_names()
                self._con.execute(f"COPY (SELECT * FROM {ordered}) TO {_text(partial)} ({form})")
                if ending == ".csv":  # the mark by which spreadsheets know UTF-8
                    _mark(partial)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def _with_names(self) -> str:
        return "(SELECT p.name, a.* FROM answers a JOIN persons p USING (person) ORDER BY p.ord, a.position)"

    def _database(self, path: Path) -> None:
        con = self._con
        con.execute(f"ATTACH {_text(path)} AS out")
        try:
            for name in TABLES:
                con.execute(f"CREATE TABLE out.{name} AS SELECT * FROM {name}")
                con.execute(f"COMMENT ON TABLE out.{name} IS {_text(TABLES[name])}")
            for column, meaning in COLUMNS.items():
                con.execute(f"COMMENT ON COLUMN out.answers.{column} IS {_text(meaning)}")
        finally:
            con.execute("DETACH out")

    def write_keys(self, path: Path) -> None:
        """Write which pseudonym stands for whom."""
        partial = path.with_name(f".{path.name}.tmp")
        self._con.execute(
            f"COPY (SELECT pseudonym, id, name FROM keys ORDER BY ord) TO {_text(partial)} (FORMAT csv, HEADER)"
        )
        partial.replace(path)

    def close(self) -> None:
        """Close the database."""
        self._con.close()


def _text(value: object) -> str:
    return "'" + re.sub("'", "''", str(value)) + "'"


def _listed(paths: Sequence[Path]) -> str:
    return "[" + ", ".join(_text(path) for path in paths) + "]"


def _mark(path: Path) -> None:
    marked = path.with_name(f"{path.name}.marked")
    with path.open("rb") as source, marked.open("wb") as target:
        target.write(b"\xef\xbb\xbf")
        while piece := source.read(1 << 22):
            target.write(piece)
    marked.replace(path)
