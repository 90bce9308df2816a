"""Each step of a career as a case of its own day: plain clingo finds it allowed, and with a day short not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import clingo

from lgreason.answers.session import Session
from lgreason.reasoning.persons.path import Paths
from lgreason.reasoning.persons.path_search import Aim
from lgreason.reasoning.persons.program import program_of_steps
from tests.cli.test_commands import run

SHORT = str(Path(__file__).parents[3] / "docs" / "examples" / "people" / "one-day-short.yaml")
HIGH = "general_admin.high.office_director"


def shown(text: str) -> set[str]:
    messages: list[str] = []
    control = clingo.Control(["1", "--warn=all"], logger=lambda _, message: messages.append(message))
    control.add("base", [], text)
    control.ground([("base", [])])
    found: list[set[str]] = []
    control.solve(on_model=lambda model: found.append(set(map(str, model.symbols(shown=True)))))
    assert messages == []
    return found[0]


def test_clingo_confirms_every_step_and_none_with_a_day_short() -> None:
    session = Session("en", as_of=date(2026, 10, 1))
    person = session.person(SHORT)
    judge = session.judges.judge
    paths = Paths(judge, person, session.day, Aim(HIGH))
    steps = paths.asked(1)
    assert len(steps) == len(paths.found[0].steps) > 1
    assert shown(program_of_steps(judge, steps)) == {
        f'allowed({number},"{step.position}")' for number, step in enumerate(steps, 1)
    }
    late = [
        number
        for number, (step, told) in enumerate(zip(steps, paths.found[0].steps, strict=True), 1)
        if told.qualified == step.day
    ]
    # The last day of the term is the day before; as of the day before that, one day is short.
    earlier = [replace(step, day=step.day - timedelta(2)) for step in steps]
    found = shown(program_of_steps(judge, earlier))
    assert late and all(f'forbidden({n},"{steps[n - 1].position}")' in found for n in late)


def test_the_command_prints_it() -> None:
    status, told, _ = run("facts", SHORT, HIGH, "--path", "1", "--as-of", "2026-10-01")
    assert status == 0 and all(each.startswith("allowed(") for each in shown(told))
    status, _, error = run("facts", SHORT, HIGH, "--path", "99", "--as-of", "2026-10-01", "--lang", "en")
    assert status == 2 and "--path 99 is beyond the last" in error
    status, _, error = run("facts", SHORT, "--path", "1", "--lang", "en")
    assert status == 2 and "the position to reach" in error
