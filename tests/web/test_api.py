"""The API: its documents are the commands' own on every example, and whatever is sent is answered in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from lgreason.cli.app import program
from lgreason.web.app import application
from lgreason.web.safety import Door
from lgreason.web.windows import Settings, Start
from tests.web.client import DAY, EXAMPLES, MID, client

PEOPLE = sorted(path.name for path in (EXAMPLES / "people").iterdir())
ORGANISATIONS = sorted(path.name for path in (EXAMPLES / "organisations").iterdir())


@pytest.fixture(scope="module")
def api() -> Iterator[TestClient]:
    with client() as found:
        yield found


def ask(api: TestClient, command: str, body: Any) -> Any:
    return api.post(f"/api/{command}", json=body)


def file(folder: str, name: str) -> dict[str, str]:
    return {"name": name, "content": (EXAMPLES / folder / name).read_text(encoding="utf-8")}


def printed(*arguments: str) -> tuple[int, Any]:
    done = CliRunner().invoke(
        program, [*arguments, "--format", "json", "--as-of", DAY.isoformat()], standalone_mode=False
    )
    assert done.exception is None, done.exception
    # What goes to standard error (warnings) is no part of the document; files are named there by their path.
    return done.return_value, json.loads(done.stdout.replace(f"{Path(arguments[1]).parent}/", ""))


@pytest.mark.parametrize("name", PEOPLE)
def test_answers_about_persons_equal_the_commands(api: TestClient, name: str) -> None:
    path = str(EXAMPLES / "people" / name)
    for command, rest, body in (
        ("check", (), {}),
        ("why", (MID,), {"position": MID}),
        ("how", (MID,), {"position": MID}),
        ("memo", (MID,), {"about": MID}),
    ):
        status, document = printed(command, path, *rest)
        answer = ask(api, command, {"file": file("people", name), **body})
        assert answer.status_code == 200
        assert answer.json() == document
        assert int(answer.headers["lgreason-status"]) == status


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_answers_about_organisations_equal_the_commands(api: TestClient, name: str) -> None:
    path = str(EXAMPLES / "organisations" / name)
    for command in ("posts", "burden"):
        status, document = printed(command, path)
        answer = ask(api, command, {"file": file("organisations", name)})
        assert (answer.json(), int(answer.headers["lgreason-status"])) == (document, status)


def test_a_plan_and_structures_equal_the_commands(api: TestClient) -> None:
    name = "town-worked-example.yaml"
    path, sent = str(EXAMPLES / "organisations" / name), file("organisations", name)
    assert ask(api, "validate", {"file": sent}).json() == printed("validate", path)[1]
    body = {"file": sent, "require": ["deputies.mid=1"], "limit": 3}
    arguments = ("--require", "deputies.mid=1", "--limit", "3")
    assert ask(api, "structures", body).json() == printed("structures", path, *arguments)[1]


def test_a_sentence_is_answered_about_the_files_sent_and_nothing_is_remembered(api: TestClient) -> None:
    body = {"question": "ทำไมสมชายไม่มีสิทธิเป็นผอ.กองกลาง", "files": [file("people", "one-day-short.yaml")]}
    answer = ask(api, "ask", body).json()
    assert answer["schema"] == "lgreason.answer/1" and answer["answer"]["verdict"] == "ineligible"
    again = ask(api, "ask", {"question": "ทำไม"}).json()
    assert "answer" not in again or again["answer"]["schema"] == "lgreason.findings/1"


@pytest.mark.parametrize(
    ("command", "body", "status", "code"),
    [
        ("nonsense", {}, 404, "api_command"),
        ("why", [], 422, "api_body"),
        ("why", {"position": MID}, 422, "api_body"),
        (
            "why",
            {"file": {"name": "x.yaml", "content": "kind: person"}, "position": "ผู้ว่าฯ"},
            422,
            "position_unknown",
        ),
        ("why", {"file": {"name": "x.exe", "content": ""}, "position": MID}, 422, "source_ending"),
        ("burden", {"file": {"name": "x.yaml", "content": "kind: person"}}, 422, "api_kind"),
        (
            "check",
            {"file": {"name": "x.yaml", "content": "kind: person"}, "as_of": "วานนี้"},
            422,
            "date_unreadable",
        ),
        (
            "check",
            {"file": {"name": "x.yaml", "content": "kind: person"}, "readings": {"A-99": "x"}},
            422,
            "reading_unknown",
        ),
    ],
)
def test_what_is_wrong_is_said_as_findings(
    api: TestClient, command: str, body: Any, status: int, code: str
) -> None:
    answer = ask(api, command, body)
    assert answer.status_code == status
    assert answer.json()["schema"] == "lgreason.findings/1"
    assert code in {finding["code"] for finding in answer.json()["findings"]}


def test_what_is_no_json_is_refused(api: TestClient) -> None:
    json_type = {"content-type": "application/json"}
    for content in (b"{", b"\xff\xfe", b"[" * 100_000, b'"' + b"\\ud800" + b'"'):
        answer = api.post("/api/why", content=content, headers=json_type)
        assert answer.status_code in (400, 422) and answer.json()["findings"]
    assert api.post("/api/why", content=b"{}", headers={"content-type": "text/plain"}).status_code == 415
    assert api.post("/api/why", json={}, headers={"origin": "http://evil.example"}).status_code == 403


app = application(Start(Settings(day=DAY)), Door(frozenset({"localhost", "testserver"})))
described = schemathesis.openapi.from_asgi("/api/openapi.json", app)


@described.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_generic_client_meets_no_error_of_the_server(case: Any) -> None:
    case.call_and_validate(
        excluded_checks=[positive_data_acceptance]
    )  # a position of any letters is no position
