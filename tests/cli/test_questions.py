"""The commands of the table of questions answer as the conversation does, with documents of their own names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lgreason.answers.questions import QUESTIONS
from lgreason.cli.app import OF_THE_TABLE, program
from lgreason.rules.findings import Unusable
from lgreason.rules.model import LANGUAGES

ROOT = Path(__file__).parent.parent.parent
PEOPLE = ROOT / "docs" / "examples" / "people"
SOMCHAI, MALEE = str(PEOPLE / "one-day-short.yaml"), str(PEOPLE / "reduced-term.yaml")
TOWN = str(ROOT / "docs" / "examples" / "organisations" / "town-worked-example.yaml")
MID = "general_admin.mid.division_director"


def document(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit status and the document of a command."""
    done = CliRunner().invoke(program, [*arguments, "--format", "json"], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, json.loads(done.stdout)


def test_every_question_of_the_table_is_a_command() -> None:
    assert {*OF_THE_TABLE, "compare"} == set(QUESTIONS)


def test_service_is_counted_to_the_day() -> None:
    """1 January 2020 to 30 December 2022, both counted: a day less than three years."""
    status, found = document("service", SOMCHAI, "หัวหน้าฝ่าย", "--as-of", "2026-10-01")
    assert (status, found["schema"], found["person"]) == (0, "lgreason.service/1", "somchai")
    assert found["served"] == {"years": 2, "months": 11, "days": 30}
    status, found = document("service", SOMCHAI, "--level", "ชำนาญการ", "--as-of", "2022-12-30")
    assert (status, found["postings"]) == (1, [])


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        (("counts", "รักษาการ"), "acting"),
        (("counts", "part_time"), "part_time"),
        (("counts", "ปริญญาโท", "รัฐศาสตร์"), "field political_science master"),
        (("counts", "fields_that_shorten"), "fields_that_shorten"),
    ],
)
def test_what_counts_is_told_as_people_write_it(arguments: tuple[str, ...], about: str) -> None:
    _, found = document(*arguments)
    assert (found["schema"], found["about"]) == ("lgreason.counts/1", about)


def test_old_levels_are_converted() -> None:
    _, found = document("convert", "ซี 7 วิชาการ")
    assert (found["schema"], found["levels"]) == (
        "lgreason.convert/1",
        [{"c_level": 7, "type": "academic", "level": "professional"}],
    )


def test_requirements_and_a_record_and_what_is_missing() -> None:
    assert document("requirements", "ผอ.กอง ระดับกลาง")[1]["position"] == MID
    assert document("profile", SOMCHAI)[1]["schema"] == "lgreason.profile/1"
    status, found = document("missing", str(PEOPLE / "missing-facts.yaml"), MID)
    assert (status, found["schema"]) == (3, "lgreason.missing/1") and found["missing"]


def test_who_becomes_eligible_by_a_day() -> None:
    """Malee's three years as section head are full at the end of 2022; the day is that of the assessment or later."""
    _, found = document("upcoming", SOMCHAI, MALEE, MID, "--as-of", "2022-01-01", "--by", "2023-12-31")
    assert found["schema"] == "lgreason.upcoming/1"
    assert [(row["id"], row["earliest"]) for row in found["people"]] == [("malee", "2022-12-31")]
    status, found = document("upcoming", SOMCHAI, MALEE, MID, "--as-of", "2022-01-01", "--by", "2022-12-30")
    assert (status, found["people"]) == (1, [])


def test_persons_are_compared_for_a_position() -> None:
    _, found = document("compare", SOMCHAI, MALEE, MID, "--as-of", "2026-10-01")
    assert found["schema"] == "lgreason.compare/1" and found["nearer"] == "malee"
    assert found["verdicts"] == {"somchai": "ineligible", "malee": "eligible"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("compare", SOMCHAI, TOWN), "compare_kinds_mixed"),
        (("compare", TOWN, MID), "compare_organisations_alone"),
        (("compare", SOMCHAI, SOMCHAI, MID), "compare_with_oneself"),
        (("compare", SOMCHAI, MALEE), "ask_position"),
        (("compare", SOMCHAI, MALEE, MID, "--nearest", "2"), "compare_organisations_only"),
        (("counts", "ขนมปัง"), "service_kind_unknown"),
        (("convert", "ซี 99"), "c_level_unknown"),
        (("service", SOMCHAI, "--level", "nothing"), "term_unknown"),
    ],
)
def test_what_cannot_be_asked_is_said(arguments: tuple[str, ...], code: str, language: str) -> None:
    with pytest.raises(Unusable) as raised:
        document(*arguments, "--lang", language)
    assert [finding.code for finding in raised.value.findings] == [code]


def test_a_receipt_of_a_comparison_is_computed_again(tmp_path: Path) -> None:
    receipt = str(tmp_path / "receipt.json")
    document("compare", SOMCHAI, MALEE, MID, "--as-of", "2026-10-01", "--receipt", receipt)
    done = CliRunner().invoke(program, ["verify", receipt], standalone_mode=False)
    assert (done.exception, done.return_value) == (None, 0)
