"""The printed program of an organisation: plain clingo reaches the same verdicts, and lists the same structures."""

from __future__ import annotations

import random
import re
from pathlib import Path

import clingo
import pytest
from click.testing import CliRunner

from lgreason.answers.session import Session
from lgreason.cli.app import program as command
from lgreason.reasoning.cases.verdict import verdict_of
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.reasoning.organisations.program import positions, program
from lgreason.reasoning.structures.choices import Structures
from lgreason.reasoning.structures.program import program as program_of_space
from tests.evaluator.post_table import SCOPES
from tests.evaluator.random_organisations import random_file
from tests.organisation_agreement import loaded, tables

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "docs" / "examples" / "organisations").iterdir())


def shown(text: str) -> list[str]:
    """The one model of a program, as the atoms that it shows; no message of clingo is tolerated."""
    messages: list[str] = []
    control = clingo.Control(["0", "--warn=all"], logger=lambda _, message: messages.append(message))
    control.add("base", [], text)
    control.ground([("base", [])])
    models: list[list[str]] = []
    control.solve(on_model=lambda model: models.append([str(atom) for atom in model.symbols(shown=True)]))
    assert messages == [] and len(models) == 1
    return models[0]


def by_clingo(text: str) -> dict[str, str]:
    found = {}
    for atom in shown(text):
        match = re.fullmatch(r'verdict\("(.+)",(eligible|ineligible|undetermined)\)', atom)
        assert match, f"more than verdicts is shown: {atom}"
        found[match[1]] = match[2]
    return found


def by_lgreason(here: Establishment) -> dict[str, str]:
    return {position: verdict_of(truth) for position, truth in positions(here)}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_clingo_agrees_on_every_example(path: Path) -> None:
    here = Establishment(tables(), Session().organisation(str(path)))
    found = by_clingo(program(here))
    assert found == by_lgreason(here)
    assert {f"{post}.{level}" for post in ("clerk", "part_head") for level in ("early", "high")} <= set(found)


def test_clingo_agrees_on_random_files_under_several_readings() -> None:
    seen = set()
    for seed in range(32):
        readings = {"A-32": "every", "B-06": "anywhere", "A-15": "sums"} if seed % 3 == 0 else {}
        data = random_file(random.Random(seed), SCOPES[seed % len(SCOPES)])
        here = Establishment(tables(tuple(sorted(readings.items()))), loaded(data))
        found = by_clingo(program(here))
        assert found == by_lgreason(here), seed
        seen |= set(found.values())
    assert seen == {"eligible", "ineligible", "undetermined"}


@pytest.mark.parametrize("kind", ["municipality", "sao"])
def test_clingo_agrees_where_the_class_or_size_is_not_known(kind: str) -> None:
    data = {"kind": "organisation", "type": kind, "units": [{"id": "works", "exists": False}]}
    here = Establishment(tables(), loaded(data))
    assert len(here.scopes) > 2
    found = by_clingo(program(here))
    assert found == by_lgreason(here)
    assert set(found.values()) >= {"ineligible", "undetermined"}


def test_an_id_cannot_state_a_fact() -> None:
    wicked = 'x"). verdict("clerk.high",eligible). %*'
    data = {"kind": "organisation", "id": wicked, "name": wicked, "type": "sao", "size": "small"}
    here = Establishment(tables(), loaded(data | {"units": [{"id": wicked, "exists": False}]}))
    found = by_clingo(program(here).replace('\\"', "'"))
    assert found["clerk.high"] == "ineligible"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_program_of_the_structures_has_as_many_models(path: Path) -> None:
    """Listed by clingo where there are few enough; else the first of them are structures of the space."""
    session = Session()
    structures = Structures(session.tables, session.organisation(str(path)), None, 1)
    space = structures.space
    control = clingo.Control(["2000", "--project=show", "--warn=all"])
    control.add("base", [], program_of_space(structures))
    control.ground([("base", [])])
    models: list[frozenset[str]] = []
    control.solve(on_model=lambda model: models.append(frozenset(map(str, model.symbols(shown=True)))))
    expected = space.count() + space.conditional()
    assert len(set(models)) == len(models) == min(expected, 2_000)


def test_the_command_prints_them() -> None:
    path = next(str(path) for path in EXAMPLES if path.name == "sao-small.toml")
    run = CliRunner().invoke(command, ["facts", path], standalone_mode=False)
    assert run.return_value == 0
    assert by_clingo(run.stdout)["deputy.early"] == "ineligible"
    run = CliRunner().invoke(command, ["facts", path, "--structures"], standalone_mode=False)
    assert run.return_value == 0 and "option(" in run.stdout
