"""Career paths with a least time in each post."""

from __future__ import annotations

from datetime import date

import pytest

from lgreason.answers.persons import PathAsked, path
from lgreason.answers.session import Session
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding
from lgreason.rules.knowledge import Library
from lgreason.words.durations import months_of

LIBRARY = Library()
TEXT = b"""
kind: person
education: [{degree: bachelor, field: law}]
postings: [{type: academic, level: senior_professional, from: 2561-01-01}]
experience: []
"""


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("1 ปี", 12),
        ("6 เดือน", 6),
        ("๑ ปี ๖ เดือน", 18),
        ("2 years and 3 months", 27),
        ("1y", 12),
        ("soon", None),
        ("", None),
    ],
)
def test_lengths_of_time_are_read(text: str, months: int | None) -> None:
    assert months_of(text) == months


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_no_length_of_time_is_said(language: str) -> None:
    finding = Finding("path_stay_unreadable", args={"found": "soon"})
    assert "soon" in Wording(language).finding(finding)  # type: ignore[arg-type]


def test_each_post_of_a_path_is_held_for_so_long() -> None:
    """However short a post on the way would do, it is held for thirty months where that is asked."""
    import io

    session = Session("en", as_of=date(2024, 1, 1), library=LIBRARY)
    person = session.person("-", io.BytesIO(TEXT))
    for months in (0, 30):
        document = path(
            session, person, "general_admin.mid.division_director", 20, PathAsked(stay=months)
        ).document
        assert document["paths"]
        for found in document["paths"]:
            for step in found["steps"][:-1]:
                start, until = (date.fromisoformat(step[key]) for key in ("from", "until"))
                assert (until - start).days >= 30 * months, step
