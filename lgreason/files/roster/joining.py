"""The rows of registers joined by person: from the tables of the database to the table of persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lgreason.files.roster.schema import LISTS, columns_of
from lgreason.files.roster.stated import BY_NAME
from lgreason.rules.declared import OF_ENTRIES, Fact

_TYPES = {"text": "VARCHAR", "day": "DATE", "flag": "BOOLEAN", "number": "TINYINT"}


def _tables() -> Iterator[str]:
    yield "CREATE TABLE people(ord BIGINT, person VARCHAR, name VARCHAR, facts VARCHAR)"
    for name in LISTS:
        columns = ", ".join(f'"{key}" {_TYPES[kind]}' for key, kind in columns_of(name))
        yield f"CREATE TABLE {name}(ord BIGINT, person VARCHAR, {columns})"
    yield "CREATE TABLE known(person VARCHAR, list VARCHAR, none BOOLEAN)"
    yield "CREATE TABLE stated(ord BIGINT, person VARCHAR, fact VARCHAR, state VARCHAR, entry VARCHAR)"
    yield (
        "CREATE TABLE aside(person VARCHAR, file VARCHAR, sheet VARCHAR, line BIGINT, code VARCHAR, args VARCHAR)"
    )


TABLES = tuple(_tables())
"""What makes the tables of the rows: of persons, of each list, of what is known to be none, of declared facts."""


MOST_AT_ONCE = 50_000
"""So many persons are joined at once: what is gathered for a person is held in memory until the person is whole."""


def joined(con: Any, facts: Mapping[str, Fact], none_otherwise: Sequence[str], out: Path) -> int:
    """Write everyone of the database who is not set aside to a column file; returns how many there are.

    `facts` are those that may be stated; of those in `none_otherwise` nobody has any of whom nothing is said. The
    persons are joined so many at once, in the order in which they are first named.
    """
    for name in none_otherwise:
        if name in LISTS:
            con.execute("INSERT INTO known SELECT DISTINCT person, ?, true FROM people", [name])
        else:
            con.execute("INSERT INTO stated SELECT DISTINCT 0, person, ?, 'none', '' FROM people", [name])
    con.execute(
        f"CREATE TABLE shares AS SELECT person, (row_number() OVER (ORDER BY min(ord)) - 1) // {MOST_AT_ONCE} "
        "AS share FROM people GROUP BY person"
    )
    (shares,) = con.execute("SELECT coalesce(max(share), 0) + 1 FROM shares").fetchone()
    for share in range(shares):
        for table in ("people", *LISTS, "known", "stated"):
            con.execute(
                f"CREATE OR REPLACE TEMP VIEW now_{table} AS SELECT * FROM {table} "
                f"WHERE person IN (SELECT person FROM shares WHERE share = {share})"
            )
        _join(con, facts, "CREATE TABLE whole AS" if share == 0 else "INSERT INTO whole")
    con.execute(f"COPY (SELECT * FROM whole) TO '{_quoted(out)}' (FORMAT parquet, ROW_GROUP_SIZE 20480)")
    (count,) = con.execute("SELECT count(*) FROM whole").fetchone()
    return int(count)


def _join(con: Any, facts: Mapping[str, Fact], into: str) -> None:
    """Join the rows of the persons whose turn it is."""
    _state(con, facts)
    con.execute(
        "INSERT INTO aside SELECT person, NULL, NULL, 0, 'roster_two_names', "
        "json_object('names', string_agg(DISTINCT name, ', ' ORDER BY name)) "
        "FROM now_people WHERE name IS NOT NULL "
        "GROUP BY person HAVING count(DISTINCT replace(name, ' ', '')) > 1"
    )
    joins = []
    lists = []
    for name in LISTS:
        keys = [key for key, _ in columns_of(name)]
        packed = ", ".join(f"'{key}': \"{key}\"" for key in keys)
        quoted = ", ".join(f'"{key}"' for key in keys)
        joins.append(
            f"LEFT JOIN (SELECT person, list({{{packed}}} ORDER BY ord) AS of_{name} FROM "
            f"(SELECT min(ord) AS ord, person, {quoted} FROM now_{name} GROUP BY person, {quoted}) "
            f"GROUP BY person) USING (person)"
        )
        joins.append(
            f"LEFT JOIN (SELECT person, bool_and(none) AS none_{name} FROM now_known WHERE list = '{name}' "
            f"GROUP BY person) USING (person)"
        )
        lists.append(
            f"CASE WHEN NOT none_{name} THEN NULL WHEN of_{name} IS NULL AND none_{name} THEN [] "
            f"ELSE of_{name} END AS {name}"
        )
    con.execute(
        f"{into} SELECT person AS id, name, {_BOTH} AS facts, {', '.join(lists)} FROM "
        f"(SELECT person, any_value(name) AS name, any_value(facts) AS facts, min(ord) AS ord "
        f"FROM now_people GROUP BY person) "
        f"LEFT JOIN of_facts USING (person) "
        f"{' '.join(joins)} WHERE person NOT IN (SELECT person FROM aside WHERE person IS NOT NULL) ORDER BY ord"
    )


_BOTH = (
    "CASE WHEN of_facts.told IS NULL THEN facts WHEN facts IS NULL THEN of_facts.told "
    "ELSE CAST(json_merge_patch(CAST(facts AS JSON), CAST(of_facts.told AS JSON)) AS VARCHAR) END"
)
"""What documents say of declared facts, and over it what sheets say."""


def _state(con: Any, facts: Mapping[str, Fact]) -> None:
    """Make a table of the declared facts of each person, as JSON; who is told two values of one is set aside."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE said AS SELECT min(ord) AS ord, person, fact, entry "
        "FROM now_stated WHERE state = 'said' "
        "AND (person, fact) NOT IN (SELECT (person, fact) FROM now_stated WHERE state = 'unknown') "
        "GROUP BY person, fact, entry"
    )
    lists = _listed(fact.id for fact in facts.values() if fact.shape.name in OF_ENTRIES)
    names = _listed(fact.id for fact in facts.values() if fact.shape.name in BY_NAME)
    con.execute(
        "INSERT INTO aside SELECT person, NULL, NULL, 0, 'roster_fact_twice', "
        "json_object('fact', fact, 'values', string_agg(entry, ' · ' ORDER BY ord)) FROM said "
        f"WHERE fact NOT IN {lists} "
        f"GROUP BY person, fact, CASE WHEN fact IN {names} THEN json_keys(entry)[1] END HAVING count(*) > 1"
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE told AS SELECT person, fact, CASE WHEN fact IN {lists} "
        "THEN '[' || string_agg(entry, ', ' ORDER BY ord) || ']' "
        f"WHEN fact IN {names} THEN '{{' || string_agg(entry[2:-2], ', ' ORDER BY ord) || '}}' "
        "ELSE any_value(entry) END AS told FROM said GROUP BY person, fact"
    )
    con.execute(
        f"INSERT INTO told SELECT DISTINCT person, fact, CASE WHEN fact IN {lists} THEN '[]' "
        f"WHEN fact IN {names} THEN '{{}}' ELSE '\"none\"' END FROM now_stated WHERE state = 'none' "
        "AND (person, fact) NOT IN (SELECT (person, fact) FROM told) "
        "AND (person, fact) NOT IN (SELECT (person, fact) FROM now_stated WHERE state = 'unknown')"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE of_facts AS SELECT person, "
        "'{' || string_agg('\"' || fact || '\": ' || told, ', ' ORDER BY fact) || '}' AS told "
        "FROM told GROUP BY person"
    )


def _listed(ids: Iterator[str]) -> str:
    """Ids of facts as a list of the database's language."""
    quoted = ", ".join("'" + identity.replace("'", "''") + "'" for identity in ids)
    return f"({quoted or 'NULL'})"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
