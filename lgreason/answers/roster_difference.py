"""Who of a roster a change of rules makes eligible, and who no longer is: two screenings side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lgreason.answers.movement import Moved, Movement, in_order
from lgreason.answers.screening.ask import RosterQuery, Screening
from lgreason.answers.screening.run import doubled_ids, screen_roster, work_for
from lgreason.answers.session import Session
from lgreason.files.roster.sheets import needed
from lgreason.reasoning.rulesets.sides import Side

_TOLD = ("person", "position", "verdict", "clause", "others")


def moved_in_rosters(paths: Sequence[str], session: Session, old: Side, new: Side) -> Movement:
    """Screen the persons of rosters by the rules of either side; raises `Unusable` for what is no roster."""
    asked = RosterQuery(paths=tuple(paths))
    screenings = [Screening(_session(session, side), asked) for side in (old, new)]
    with tempfile.TemporaryDirectory(prefix="lgreason-") as folder:
        works = [work_for(Path(folder) / name, "") for name in ("old", "new")]
        roster = screenings[1].roster(works[1])
        for screening, work in zip(screenings, works, strict=True):
            screen_roster(roster, screening.rules, session.day, work, lambda _done, _of: None)
        chunks = [[str(path) for path in work.chunks()] for work in works]
        rows = list(_differing(chunks[0], chunks[1], [str(file) for file in roster.files]))
        aside = len(roster.aside) + len(doubled_ids(roster.files))
        return Movement(in_order(rows), roster.persons, aside)


def _session(session: Session, side: Side) -> Session:
    wording = session.wording
    return Session(wording.language, wording.digits, session.day, session.readings, side.kb.library)


def _differing(old: list[str], new: list[str], persons: list[str]) -> Iterator[Moved]:
    """The rows of two tables of answers by which a person is eligible on one side alone."""
    con = needed("duckdb").connect()
    for view, files in (("was", old), ("becomes", new)):
        words = ", ".join(f"CAST({each} AS VARCHAR) AS {each}" for each in _TOLD)
        answers = f"SELECT {words} FROM read_parquet({_list(files)})"
        con.execute(f"CREATE VIEW {view} AS {answers} WHERE position IS NOT NULL")
    table = f"read_parquet({_list(persons)})"
    columns = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}
    name = "CAST(name AS VARCHAR)" if "name" in columns else "NULL"
    con.execute(f"CREATE VIEW people AS SELECT CAST(id AS VARCHAR) AS person, {name} AS name FROM {table}")
    query = """
        SELECT person, people.name, position,
            coalesce(was.verdict, 'ineligible'), coalesce(becomes.verdict, 'ineligible'),
            was.clause, was.others, becomes.clause, becomes.others
        FROM was FULL JOIN becomes USING (person, position) LEFT JOIN people USING (person)
        WHERE (coalesce(was.verdict, '') = 'eligible') != (coalesce(becomes.verdict, '') = 'eligible')
    """
    for person, called, position, before, after, *told in con.execute(query).fetchall():
        clause, others = told[:2] if after == "eligible" else told[2:]
        clauses = tuple(filter(None, (clause, *(others or "").split())))
        yield Moved(person, called or person, position, before, after, clauses)


def _list(files: list[str]) -> str:
    return "[" + ", ".join("'" + file.replace("'", "''") + "'" for file in files) + "]"
