"""What is likely a slip in a row is what a person's file with the same entries is warned of."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

from lgreason.answers.session import Session
from lgreason.files.roster.record import document
from lgreason.reasoning.screening.batch import Rules, screen_batch, screener
from lgreason.reasoning.screening.faults import sound
from lgreason.reasoning.screening.warned import warned
from lgreason.rules.knowledge import Library
from tests.bench.rosters import roster
from tests.bench.tables import random_persons, table_of

LIBRARY = Library()
CODES = {"person_still_held", "person_overlaps", "person_level_too_early", "person_promoted_early"}
DAY = date(2026, 10, 1)


def of_files(table: Any, day: date) -> list[set[tuple[int, str]]]:
    """The warnings that a person's file has, row by row."""
    session = Session("en", as_of=day, library=LIBRARY)
    found = []
    for record in table.to_pylist():
        person = session.person("-", io.BytesIO(json.dumps({"kind": "person"} | document(record)).encode()))
        told = (each for each in person.warnings if each.code in CODES)
        found.append({(int(str(each.args["n"])), each.code) for each in told})
    return found


@pytest.mark.parametrize(
    ("table", "day"),
    [(roster(50, seed=5), DAY), (table_of(random_persons(120, date(2021, 12, 31))), date(2021, 12, 31))],
    ids=["careers", "awkward"],
)
def test_rows_are_warned_of_as_files_are(table: Any, day: date) -> None:
    batch, _ = sound(screener(Rules(latest=day), day).batch(table))
    found: list[set[tuple[int, str]]] = [set() for _ in range(batch.table.num_rows)]
    for row, number, code in warned(batch):
        found[row].add((number, code))
    assert found == of_files(batch.table, day)
    assert any(found)


HELD: dict[str, Any] = {"education": [{"degree": "bachelor", "field": "law"}], "experience": []}
HEAD, EARLY = "general_admin.early.section_head", "general_admin.early.division_director"


def row(identity: str, *posts: dict[str, Any]) -> dict[str, Any]:
    return {"id": identity, **HELD, "postings": list(posts)}


def test_a_post_without_a_last_day_that_another_followed_is_open() -> None:
    """Section head from 1 October 2020, another post from 1 October 2021: one year surely, two needed."""
    head = {"position": HEAD, "from": "2020-10-01"}
    other = {"type": "academic", "level": "professional", "from": "2021-10-01"}
    late = {**other, "from": "2023-10-01"}
    rows = [row("open", head, other), row("long", head, late), row("beside", head, {**other, "acting": True})]
    rules = Rules(positions=(EARLY,), latest=DAY)
    answers = screen_batch(table_of(rows), rules, DAY, with_warnings=True).to_pylist()
    found = {each["person"]: (each["verdict"], each["missing"]) for each in answers if each["position"]}
    assert found == {
        "open": ("undetermined", "postings[1].to"),
        "long": ("eligible", None),
        "beside": ("eligible", None),
    }
    told = {each["person"]: each["missing"] for each in answers if each["verdict"] == "warned"}
    assert told == dict.fromkeys(("open", "long"), "postings[1] person_still_held")
