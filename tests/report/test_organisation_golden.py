"""Answers about organisations compared whole, in both languages: a file each under tests/golden/organisations/.

`python -m tests.report.test_organisation_golden` writes the files anew; read every change of them before it is kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from lgreason.cli.app import program
from lgreason.files.organisation.organisation import LEVELS
from lgreason.rules.model import LANGUAGES
from tests.evaluator.post_table import POSTS

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "organisations"
GOLDEN = ROOT / "tests" / "golden" / "organisations"

# What is asked, and the exit status of the answer.
ASKED: dict[str, tuple[tuple[str, ...], int]] = {
    "posts-pao": (("posts", "pao.yaml"), 0),
    "posts-town-35-percent": (("posts", "town-35-percent.yaml"), 0),
    "posts-missing-facts": (("posts", "missing-facts.yaml"), 0),
    "posts-deputy-high-full": (("posts", "town-special.yaml", "deputy", "high", "--full"), 0),
    "posts-sao-small-deputy": (("posts", "sao-small.toml", "รองปลัด"), 1),
    "validate-town-worked-example": (("validate", "town-worked-example.yaml"), 0),
    "validate-sao-medium": (("validate", "sao-medium.json"), 1),
    "validate-sao-small": (("validate", "sao-small.toml"), 1),
    "validate-missing-facts": (("validate", "missing-facts.yaml"), 3),
    "validate-pao": (("validate", "pao.yaml"), 0),
    "validate-town-special": (("validate", "town-special.yaml", "--full"), 0),
    "classify-town-to-be-raised": (("classify", "town-to-be-raised.yaml", "ordinary_high"), 0),
    "classify-town-to-be-raised-special": (("classify", "town-to-be-raised.yaml", "special"), 1),
    "classify-missing-facts": (("classify", "missing-facts.yaml", "ordinary_high"), 1),
    "burden-town-worked-example": (("burden", "town-worked-example.yaml"), 0),
    "burden-town-35-percent": (("burden", "town-35-percent.yaml"), 0),
    "burden-city-special-high": (("burden", "city-special-high.yaml"), 0),
    "burden-missing-facts": (("burden", "missing-facts.yaml"), 3),
    "structures-sao-small": (("structures", "sao-small.toml"), 0),
    "structures-town-special": (
        ("structures", "town-special.yaml", "--most", "1", "--limit", "3", "--minimise", "changes"),
        0,
    ),
    "structures-sao-medium": (("structures", "sao-medium.json", "--limit", "2"), 4),
}


def answer(name: str, *options: str) -> tuple[str, int]:
    """What the command prints, and its exit status."""
    (command, example, *rest), _ = ASKED[name]
    arguments = [command, str(EXAMPLES / example), *rest, "--as-of", "2026-10-01", *options]
    with patch.object(sys, "argv", ["lgreason", *arguments]):  # the order of objectives is read there
        run = CliRunner().invoke(program, arguments, standalone_mode=False, catch_exceptions=False)
    assert isinstance(run.return_value, int)
    return run.stdout, run.return_value


def golden(name: str, language: str) -> Path:
    return GOLDEN / f"{name}.{language}.txt"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASKED)
def test_answer(name: str, language: str) -> None:
    text, status = answer(name, "--lang", language)
    assert status == ASKED[name][1]
    assert text == golden(name, language).read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {
        golden(name, language).name for name in ASKED for language in LANGUAGES
    }


# ── the documents, against section 5 of the contract ──────────────────────────────────────────────────────

VERDICTS = {"allowed", "forbidden", "undetermined"}


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("children", ()):
        yield from nodes(child)


def check_node(node: dict[str, Any]) -> None:
    """A reason tree as section 3 of the contract fixes it."""
    for each in nodes(node):
        assert each["clause"].startswith("org.")
        assert each["holds"] in (True, False, None)
        assert isinstance(each["op"], str)
        assert set(each["text"]) == {"th", "en"}
        assert {"document", "place", "quote"} <= set(each["cite"])
        if "required" in each:
            assert "measured" in each and "facts" in each
            if each["holds"] is None:
                assert each["missing"], each


def check_plan(plan: dict[str, Any]) -> None:
    assert plan["clerk"]["level"] in LEVELS
    assert all(one["level"] in LEVELS for one in plan["deputies"])
    for unit in plan["units"]:
        assert unit["kind"] in ("office", "division") and unit["level"] in LEVELS
        assert isinstance(unit["sections"], int) and isinstance(unit["parts"], int)


def check_posts(document: dict[str, Any]) -> None:
    for post in document["posts"]:
        assert post["post"] in POSTS and post["level"] in LEVELS and post["verdict"] in VERDICTS
        assert post["max"] is None or isinstance(post["max"], int)
        check_node(post["reason"])


def check_validation(document: dict[str, Any]) -> None:
    assert document["verdict"] in VERDICTS
    assert bool(document["violations"]) is (document["verdict"] == "forbidden")
    for violation in document["violations"]:
        assert set(violation["text"]) == {"th", "en"} and violation["reason"]["holds"] is False
        check_node(violation["reason"])
    for repair in document["repairs"]:
        assert repair["changes"]


def check_burden(document: dict[str, Any]) -> None:
    for year in ("previous", "requested"):
        assert {"amount", "percent"} <= set(document[year])
    assert document["within"] in (True, False, None)
    assert (document["mean"] is None) is (document["within"] is None)


def check_explanation(document: dict[str, Any]) -> None:
    assert document["class"] and document["verdict"] in ("eligible", "ineligible", "undetermined")
    check_node(document["reason"])


def check_structures(document: dict[str, Any]) -> None:
    assert document["count"]["exact"] is True and isinstance(document["count"]["value"], int)
    for facet in document["facets"]:
        assert {"choice", "value", "status", "remaining"} <= set(facet)
        assert facet["status"] in ("must", "may", "cannot")
    for option in document["options"]:
        check_plan(option)


CHECKS = {
    "posts": ("posts", check_posts),
    "validate": ("validation", check_validation),
    "burden": ("burden", check_burden),
    "classify": ("explanation", check_explanation),
    "structures": ("structures", check_structures),
}


@pytest.mark.parametrize("name", ASKED)
def test_document(name: str) -> None:
    text, status = answer(name, "--format", "json")
    document = json.loads(text)
    schema, check = CHECKS[ASKED[name][0][0]]
    assert status == ASKED[name][1]
    assert document["schema"] == f"lgreason.{schema}/1"
    assert document["organisation"] == Path(ASKED[name][0][1]).stem
    check(document)


def test_the_worked_example_comes_out_as_the_slides_print_it() -> None:
    document = json.loads(answer("burden-town-worked-example", "--format", "json")[0])
    found = document["previous"]["percent"], document["requested"]["percent"], document["mean"]
    assert found == ("27.50", "29.76", "28.63")
    assert document["previous"]["amount"] == 11_000_000 and document["within"] is True


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for asked in sys.argv[1:] or ASKED:
        for tongue in LANGUAGES:
            golden(asked, tongue).write_text(answer(asked, "--lang", tongue)[0], encoding="utf-8")
