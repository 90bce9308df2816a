"""The product and the independent evaluator agree on random persons, and would be found out if they did not."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

import pytest

from lgreason.rules.knowledge import Library
from tests.agreement import DAYS, OTHER_READINGS, Product, disagreements, main, questions

SEED = "2559"
PERSONS = 2_000


@pytest.fixture(scope="module")
def product() -> Product:
    return Product()


def test_they_agree_on_random_persons(product: Product) -> None:
    assert "".join(disagreements(product, SEED, PERSONS)) == ""


def test_the_questions_are_of_every_kind(product: Product) -> None:
    asked = list(questions(SEED, PERSONS))
    assert asked[:50] == list(questions(SEED, 50))
    assert {question.as_of for question in asked} >= set(DAYS)
    assert sum(question.with_clauses for question in asked) > PERSONS / 3
    assert sum(not question.readings for question in asked) > PERSONS / 3
    for identity in OTHER_READINGS:
        assert sum(identity in question.readings for question in asked) > PERSONS / 20
    readings = product.judges.kb.readings
    for identity, other in OTHER_READINGS.items():
        assert readings[identity].others == (other,)
    answers = product.answers(next(question for question in asked if question.with_clauses))
    assert len(answers) == 5 + 29


PLANTED = {
    "early.q3.2.1": ("early", "at_least(years(4))", "at_least(years(5))"),
    "early.q2.2": ("early", "at_least(years(2))", "at_least(years(1))"),
    "mid.q2.3": ("mid", "at_least(years(6))", "at_least(years(7))"),
    "high.q2.1": ("high", "at_least(years(4))", "at_least(years(3))"),
}


@pytest.mark.parametrize("clause", PLANTED)
def test_a_wrong_bound_is_found_out_within_a_few_hundred_persons(clause: str, tmp_path: Path) -> None:
    level, right, wrong = PLANTED[clause]
    shutil.copytree(Library().root, tmp_path / "kb")
    file = tmp_path / "kb" / "std" / "general_admin" / f"{level}.lp"
    text = file.read_text(encoding="utf-8")
    fact = f'says(    "std.general_admin.{clause}", {right}).'
    assert text.count(fact) == 1
    file.write_text(text.replace(fact, fact.replace(right, wrong)), encoding="utf-8")
    planted = Product(Library(tmp_path / "kb"))
    (document,) = islice(disagreements(planted, SEED, 300), 1)
    assert "product:" in document and "evaluator:" in document and "person:" in document


def test_the_long_run_reports_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--persons", "120", "--processes", "1", "--seed", SEED]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "120 of 120 persons" in err and "0 disagreements" in err


def test_the_long_run_fails_where_they_disagree(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.agreement.evaluated", lambda _: {"no position": "eligible"})
    assert main(["--persons", "3", "--processes", "1", "--seed", SEED]) == 1
    out, err = capsys.readouterr()
    assert out.count("---\n") == 3
    assert "3 disagreements" in err
