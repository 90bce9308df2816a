"""Career paths: against every career of a small standard, the judge and the independent evaluator; in words."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from lgreason.reasoning.path import Paths
from lgreason.reasoning.path_search import Aim
from lgreason.rules.knowledge import Library
from lgreason.session import Session
from tests.evaluator.counting import Span, total
from tests.standards import with_standards

LIBRARY = Library()
ONE_DAY = timedelta(days=1)
Person = dict[str, Any]

# ── a small standard, and every career in it ────────────────────────────────────────────────────

SMALL = """
name(series, "small", (th; en), "small").
name(position, P, (th; en), P) :- P = ("small.clerk"; "small.officer"; "small.chief"; "small.head").
position("small.clerk",   managerial_local, early, small).  rank("small.clerk", 11).
position("small.officer", managerial_local, early, small).  rank("small.officer", 12).
position("small.chief",   managerial_local, mid,   small).  rank("small.chief", 13).
position("small.head",    managerial_local, high,  small).  rank("small.head", 14).

post("small.clerk", "small.clerk.q").      post("small.officer", "small.officer.q").
post("small.chief", "small.chief.q").      post("small.head", "small.head.q").

clause(("small.clerk.q"; "small.officer.q"; "small.chief.q"; "small.chief.long"; "small.chief.short"; "small.head.q";
        "small.head.chief"; "small.head.clerk"), "small", executable, literal, "2016-06-16").

says("small.clerk.q", at_least(months(1))).     measures("small.clerk.q", service).
counts("small.clerk.q", level(academic, practitioner)).

says("small.officer.q", at_least(months(1))).   measures("small.officer.q", service).
counts("small.officer.q", position("small.clerk")).

says("small.chief.q", any).
part("small.chief.q", 1, "small.chief.long").   part("small.chief.q", 2, "small.chief.short").
says("small.chief.long", at_least(months(4))).  measures("small.chief.long", service).
counts("small.chief.long", position("small.clerk")).
says("small.chief.short", at_least(months(1))). measures("small.chief.short", service).
counts("small.chief.short", position("small.officer")).

says("small.head.q", all).
part("small.head.q", 1, "small.head.chief").    part("small.head.q", 2, "small.head.clerk").
says("small.head.chief", at_least(months(1))).  measures("small.head.chief", service).
counts("small.head.chief", position("small.chief")).
says("small.head.clerk", at_least(months(2))).  measures("small.head.clerk", service).
counts("small.head.clerk", position("small.clerk")).
"""
POSTS = ("small.clerk", "small.officer", "small.chief", "small.head")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = with_standards(tmp_path_factory.mktemp("small") / "kb", 1)
    (root / "std" / "small.lp").write_text(SMALL, encoding="utf-8")
    return Library(root)


Served = dict[str, list[tuple[date, date]]]


def months_of(served: Served, post: str, least: int) -> bool:
    return total(served.get(post, [])) >= Span(0, least, 0)


def allowed(served: Served, post: str) -> bool:
    """The small standard, stated a second time."""
    if post == "small.clerk":
        return months_of(served, "practitioner", 1)
    if post == "small.officer":
        return months_of(served, "small.clerk", 1)
    if post == "small.chief":
        return months_of(served, "small.clerk", 4) or months_of(served, "small.officer", 1)
    return months_of(served, "small.chief", 1) and months_of(served, "small.clerk", 2)


def first_arrival(held: tuple[str, date], day: date, target: str, moves: int, last: date) -> date | None:
    """The first day of arrival among all careers of so many moves, tried day by day."""
    best: date | None = None

    def go_on(served: Served, post: str, since: date, floor: date, ahead: int) -> None:
        nonlocal best
        moment = floor
        while moment <= last and (best is None or moment < best):
            now = {**served, post: [*served.get(post, []), (since, moment - ONE_DAY)]}
            if allowed(now, target):
                best = moment
                return
            if ahead > 1:
                for other in POSTS:
                    if other not in (post, target) and allowed(now, other):
                        go_on(now, other, moment, moment + ONE_DAY, ahead - 1)
            moment += ONE_DAY

    go_on({}, held[0], held[1], day + ONE_DAY, moves)
    return best


def of_small(library: Library, held: tuple[str, date], day: date, target: str, moves: int) -> Paths:
    own = (
        {"type": "academic", "level": "practitioner"} if held[0] == "practitioner" else {"position": held[0]}
    )
    person = {
        "id": "x",
        "education": [],
        "experience": [],
        "postings": [{**own, "from": held[1].isoformat()}],
    }
    return paths(person, target, day, library, moves=moves)


def paths(person: Person, position: str, day: date, library: Library = LIBRARY, **aim: Any) -> Paths:
    session = Session(as_of=day, library=library)
    someone = session.person("-", io.BytesIO(json.dumps(person).encode()))
    return Paths(session.judges.judge, someone, day, Aim(position, **aim))


STARTS = (
    ("practitioner", date(2024, 1, 10)),
    ("practitioner", date(2024, 1, 31)),
    ("small.clerk", date(2024, 1, 25)),
    ("small.officer", date(2024, 2, 1)),
)


@pytest.mark.parametrize(("held", "target"), list(product(STARTS, POSTS[1:])))
def test_no_career_of_a_small_standard_is_quicker(
    small: Library, held: tuple[str, date], target: str
) -> None:
    day = date(2024, 2, 5)  # in a leap year
    if held[0] == target:
        return
    last = day + timedelta(days=190)
    for moves in (1, 2, 3):
        found = of_small(small, held, day, target, moves).found
        ours = min((path.arrives for path in found), default=None)
        theirs = first_arrival(held, day, target, moves, last)
        assert ours == theirs, (held, target, moves)
