"""What answers about persons say of declared facts: when it holds and lapses, what would change it, as a program."""

from __future__ import annotations

from datetime import date

import pytest

from lgreason.answers.session import Session
from lgreason.reasoning.persons.program import program
from lgreason.reasoning.persons.remedies import Remedies
from lgreason.report.documents.persons import explanation
from lgreason.report.text.explanation import ExplanationText
from lgreason.report.text.remedies import RemedyText
from lgreason.rules.model import LANGUAGES
from tests.reasoning.cases.test_requirements import CASES, expected_of, library, position
from tests.reasoning.persons.test_program import by_clingo


def session(case: str) -> Session:
    return Session(as_of=date.fromisoformat(expected_of(case)["as_of"]), library=library())


@pytest.mark.parametrize(
    ("case", "which", "earliest", "until"),
    [
        ("003", "yes", "2026-09-01", "2026-12-31"),  # the suspension ended; the licence runs out
        ("003", "no", "2026-09-02", "2026-12-31"),  # its last day is still a day of suspension
        ("004", "yes", "2021-03-01", None),  # deemed valid while the renewal is not decided
        ("005", "no", "2026-04-21", None),  # eighteen years complete on the day before the birthday
        ("008", "no", "2026-03-02", None),  # an order of 2 March 2021 leaves the window
        ("011", "no", "2026-05-11", None),
        ("027", "yes", "2024-08-02", "2026-07-31"),  # two years are complete on 1 August
        ("029", "yes", "2024-07-01", "2026-06-30"),
        ("061", "yes", None, "2026-07-01"),  # afterwards less than seven years are left
    ],
)
def test_what_holds_has_a_first_and_a_last_day(
    case: str, which: str, earliest: str | None, until: str | None
) -> None:
    here = session(case)
    found = here.explain(here.person(str(CASES / case / f"{which}.yaml")), position(case))
    document = explanation(found, here.kb)
    assert document["earliest"] == earliest
    assert document.get("until") == until


@pytest.mark.parametrize(
    ("case", "which", "kinds"),
    [
        ("003", "unknown", {"turn_out", "gain"}),
        ("005", "no", set()),  # time alone
        ("028", "no", set()),  # what was scored was scored
        ("030", "unknown", {"turn_out"}),
        ("034", "no", {"gain"}),
        ("043", "no", set()),
        ("068", "no", {"gain"}),
    ],
)
def test_remedies_follow_from_who_can_change_a_fact(case: str, which: str, kinds: set[str]) -> None:
    here = session(case)
    person = here.person(str(CASES / case / f"{which}.yaml"))
    remedies = Remedies(here.judges.judge, person, position(case), here.day)
    assert {change.kind for remedy in remedies.found for change in remedy.changes} == kinds
    for language in LANGUAGES:
        assert all(
            line.text for line in RemedyText(remedies, here.vocabulary, here.wording).lines(9) if line.style
        )
        assert language


def test_the_entry_that_stands_in_the_way_is_named_in_both_languages() -> None:
    for language, words in (("th", ("ตัดเงินเดือน", "2 มี.ค. 2564")), ("en", ("pay cut", "2 Mar 2021"))):
        here = Session(language, as_of=date(2026, 3, 1), library=library())  # type: ignore[arg-type]
        found = here.explain(here.person(str(CASES / "008" / "no.yaml")), position("008"))
        text = "\n".join(
            line.text for line in ExplanationText(found, here.kb, here.vocabulary, here.wording).lines()
        )
        assert all(word in text for word in words), text


@pytest.mark.parametrize("case", ["003", "018", "032"])
@pytest.mark.parametrize("which", ["yes", "no", "unknown"])
def test_plain_clingo_agrees(case: str, which: str) -> None:
    here = session(case)
    person = here.person(str(CASES / case / f"{which}.yaml"))
    assert by_clingo(program(here.judges.judge, person, here.day))[position(case)] == expected_of(case)[which]
