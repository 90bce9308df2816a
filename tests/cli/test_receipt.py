"""Receipts: an answer put on file, computed again and compared; every change of what it rests on is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lgreason.answers.receipts import files_of, text_of
from lgreason.cli.app import program
from lgreason.rules.findings import Unusable

PERSON = Path(__file__).parents[2] / "docs/examples/people/one-day-short.yaml"


def run(*arguments: str):
    return CliRunner().invoke(program, list(arguments), standalone_mode=False)


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, Path]:
    person, receipt = tmp_path / "person.yaml", tmp_path / "receipt.json"
    person.write_bytes(PERSON.read_bytes())
    arguments = ("--as-of", "2026-11-22", "--receipt", str(receipt))
    assert run("why", str(person), "ผอ.กอง ระดับกลาง", *arguments).return_value == 1
    return person, receipt


def verified(receipt: Path):
    done = run("verify", str(receipt), "--format", "json")
    return done.return_value, json.loads(done.stdout)


def test_an_answer_holds_while_nothing_changes(case: tuple[Path, Path]) -> None:
    status, document = verified(case[1])
    assert (status, document["holds"], document["changed"]) == (0, True, [])
    told = json.loads(case[1].read_text(encoding="utf-8"))
    assert (told["schema"], told["as_of"], told["command"]) == ("lgreason.receipt/1", "2026-11-22", ["why"])


def test_a_changed_byte_of_the_case_is_found(case: tuple[Path, Path]) -> None:
    person, receipt = case
    person.write_bytes(person.read_bytes() + b"\n# seen\n")
    status, document = verified(receipt)
    assert status == 1
    assert document["same_answer"] and document["changed"] == [{"what": "files", "file": str(person)}]


def test_a_changed_byte_of_the_receipt_is_found(case: tuple[Path, Path]) -> None:
    text = case[1].read_text(encoding="utf-8")
    assert '"verdict": "ineligible"' in text
    case[1].write_text(text.replace('"verdict": "ineligible"', '"verdict": "eligible"', 1), encoding="utf-8")
    status, document = verified(case[1])
    assert status == 1 and not document["same_answer"]
    assert {"what": "receipt"} in document["changed"]
    assert any(each.get("was") == "eligible" for each in document["changed"])


def test_a_byte_that_changes_no_word_of_the_receipt_is_found(case: tuple[Path, Path]) -> None:
    text = case[1].read_text(encoding="utf-8")
    case[1].write_text(text.replace("{\n", "{ \n", 1), encoding="utf-8")
    status, document = verified(case[1])
    assert status == 1
    assert document["same_answer"] and document["changed"] == [{"what": "receipt"}]


def test_rules_as_they_count_on_a_day_are_files_of_the_receipt(tmp_path: Path) -> None:
    rules, receipt = tmp_path / "notice.rules", tmp_path / "receipt.json"
    source = PERSON.parents[1] / "rules" / "municipality.th.rules"
    rules.write_bytes(source.read_bytes())
    run("rules", "check", f"{rules}", "--receipt", str(receipt), "--as-of", "2026-11-22")
    assert verified(receipt)[0] == 0
    assert files_of({"old": f"{rules}@2026-09-30", "new": "base"}) == [str(rules)]
    rules.write_bytes(rules.read_bytes() + b"\n# seen\n")
    status, document = verified(receipt)
    assert status == 1 and {"what": "files", "file": str(rules)} in document["changed"]


def test_a_file_that_is_gone_is_told(case: tuple[Path, Path]) -> None:
    case[0].unlink()
    status, document = verified(case[1])
    assert status == 1 and [each["what"] for each in document["changed"]] == ["missing", "not_computed"]


def test_what_has_no_receipt_is_refused(tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    done = run("schema", "person", "--receipt", str(receipt))
    assert isinstance(done.exception, Unusable) and not receipt.exists()
    receipt.write_text("{}", encoding="utf-8")
    assert isinstance(run("verify", str(receipt)).exception, Unusable)


def test_a_receipt_larger_than_a_case_may_be_is_read(case: tuple[Path, Path]) -> None:
    """A case has five megabytes at most; the receipt of a long list of structures has more."""
    told = json.loads(case[1].read_text(encoding="utf-8"))
    told["answer"]["more"] = "x" * 6_000_000
    case[1].write_text(text_of(told), encoding="utf-8")
    status, document = verified(case[1])
    assert status == 1 and {"what": "receipt"} in document["changed"]


@pytest.mark.parametrize(
    "asked",
    [
        ("posts", "town-special.yaml"),
        ("burden", "town-special.yaml"),
        ("classify", "town-special.yaml", "special_high"),
    ],
)
def test_an_answer_on_an_organisation_is_put_on_file_line_by_line(
    asked: tuple[str, ...], tmp_path: Path
) -> None:
    command, file, *more = asked
    organisation, receipt = tmp_path / file, tmp_path / "receipt.json"
    organisation.write_bytes((PERSON.parents[1] / "organisations" / file).read_bytes())
    run(command, str(organisation), *more, "--receipt", str(receipt))
    assert verified(receipt)[1]["holds"]
    lines = receipt.read_text(encoding="utf-8").split("\n")
    assert len(lines) > 40 and max(map(len, lines)) < 1000  # an editor shows it
    organisation.write_bytes(organisation.read_bytes() + b"\n")
    assert {"what": "files", "file": str(organisation)} in verified(receipt)[1]["changed"]
