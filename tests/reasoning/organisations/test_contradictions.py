"""When the reading of which outcome counts bears on an answer: where a post's own differs from the letter's."""

from __future__ import annotations

from typing import Any

import pytest

from lgreason.reasoning.organisations.contradictions import contradictions, idle_readings
from lgreason.reasoning.organisations.establishment import Establishment
from tests.organisation_agreement import loaded, tables


@pytest.mark.parametrize(
    ("own", "letter", "contradicts", "idle"),
    [
        ("passed", "failed", True, False),
        ("passed", "passed", False, True),
        ("passed", None, False, False),  # by the letter it would not be known
        (None, None, False, True),
    ],
)
def test_it_bears_where_the_outcomes_are_not_the_same(
    own: str | None, letter: str | None, contradicts: bool, idle: bool
) -> None:
    data: dict[str, Any] = {
        "kind": "organisation",
        "type": "municipality",
        "class": "ordinary",
        "posts": {"deputies": [{"level": "early", **({"workload_analysis": own} if own else {})}]},
        "instruments": {"w74_2552": letter} if letter else {},
    }
    here = Establishment(tables(), loaded(data))
    assert bool(contradictions(here)) is contradicts
    assert ("B-09" in idle_readings(here)) is idle
