"""The documentation tells the truth: its commands exist, its file loads, its output is what the program prints."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path

from click.testing import CliRunner

from lgreason.answers.session import Session
from lgreason.cli.app import COMMANDS, program
from lgreason.cli.knowledge import kb
from lgreason.cli.rules import rules
from lgreason.repl.asked import Question
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.organisation_lexicon import OrganisationWords
from lgreason.repl.question import parse

ROOT = Path(__file__).parent.parent
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))


def test_every_command_is_documented() -> None:
    for command in COMMANDS:
        assert re.search(rf"`lgreason {command}|lgreason {command} ", COMMANDS_PAGE), command
    for command in rules.commands:
        assert re.search(rf"`(rules )?{command}|rules {command}", COMMANDS_PAGE), command
    for command in kb.commands:
        assert re.search(rf"`(kb )?{command}|kb {command}", COMMANDS_PAGE), command


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_the_person_file_of_the_guide_loads() -> None:
    guide = (ROOT / "docs" / "person-files.md").read_text(encoding="utf-8")
    example, *_ = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    person = Session(as_of=date(2026, 10, 1)).person("-", BytesIO(example.encode()))
    assert person.postings is not None and person.education is not None
    assert person.postings[2].level == "professional"
    assert person.postings[3].equivalent_to == "general_admin.mid.division_director"


def lines_of(page: Path, program: str) -> list[str]:
    blocks = re.findall(rf"```{program}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_the_clause_that_the_guide_follows_stands_in_the_knowledge_base() -> None:
    page = ROOT / "docs" / "reading-a-clause.md"
    squeezed = {
        re.sub(r"\s+", " ", line) for line in (ROOT / "kb/std/general_admin/mid.lp").read_text().splitlines()
    }
    quoted = [
        line for line in lines_of(page, "prolog") if line.startswith(("says", "part", "counts", "except"))
    ]
    assert len(quoted) == 9
    for line in quoted:
        assert re.sub(r"\s+", " ", line) in squeezed, line


def test_the_answers_shown_are_those_given() -> None:
    golden = (ROOT / "tests/golden/one-day-short.en.txt").read_text(encoding="utf-8")
    assert "short by 1 day" in golden
    session = Session(as_of=date(2026, 11, 22))
    answer = session.explain(
        session.person(str(ROOT / "docs/examples/people/one-day-short.yaml")),
        "general_admin.mid.division_director",
    )
    from lgreason.report.text.explanation import ExplanationText

    written = ExplanationText(answer, session.kb, session.vocabulary, session.wording).lines()
    printed = ["  " * line.indent + line.text for line in written]
    for page in (ROOT / "README.md", ROOT / "docs" / "reading-a-clause.md"):
        for line in lines_of(page, "text"):
            if line.strip() not in ("", "…"):
                assert any(known.startswith(line.rstrip(" …»")) for known in printed), line


def test_the_path_shown_is_the_one_given() -> None:
    golden = (ROOT / "tests/golden/path-acting-only.th.txt").read_text(encoding="utf-8").splitlines()
    shown = [line for line in lines_of(ROOT / "docs" / "paths.md", "text") if line != "…"]
    assert len(shown) > 3
    for line in shown:
        assert line in golden, line


def test_the_questions_of_the_guide_are_understood() -> None:
    page = (ROOT / "docs" / "repl.md").read_text(encoding="utf-8")
    tables = [line.split("|")[1:4] for line in page.splitlines() if line.startswith("| ")]
    rows = [cells for title, *cells in tables if title.strip() != "question"]
    session = Session()
    town = session.organisation(str(ROOT / "docs/examples/organisations/town-worked-example.yaml"))
    lexicon = Lexicon(session.kb, {"somchai": "นายสมชาย ใจดี", "malee": "นางมาลี รักงาน"})
    lexicon = lexicon.with_organisations(OrganisationWords(session.organisation_kb, [town]))
    asked = [question.strip() for row in rows for cell in row for question in cell.split(" · ")]
    assert len(asked) > 80
    for question in asked:
        assert isinstance(parse(question, lexicon), Question), question


def test_the_answers_on_organisations_are_those_given() -> None:
    """Each shown command of the page prints every line that stands below it."""
    page = (ROOT / "docs" / "organisations.md").read_text(encoding="utf-8")
    shown = re.findall(r"```sh\n(lgreason [^\n]*)\n```\n\n```text\n(.*?)```", page, re.DOTALL)
    assert len(shown) == 6
    for command, lines in shown:
        run = CliRunner().invoke(program, command.split()[1:], standalone_mode=False)
        printed = run.stdout.splitlines()
        for line in lines.splitlines():
            assert line in printed, (command, line)


# Users' scripts rely on these names: one may be added, none may change.
SCHEMAS = {
    *("verdicts", "explanation", "remedies", "paths", "findings", "coverage", "answer"),
    *("clauses", "readings", "duties", "person", "people", "help", "settings", "reason"),
    *("rules", "facts", "tests", "memo", "diff", "examples", "receipt", "verification"),
    *("when", "gaps", "whatif", "compare", "interview", "saved", "undone"),
    *("organisation", "costs", "program", "screening", "mapping"),
    *("recognised", "words", "word", "service", "profile", "requirements", "counts"),
    *("convert", "missing", "upcoming", "compare_plans", "competencies"),
}


def test_the_documents_keep_their_names() -> None:
    package = ROOT / "lgreason"
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert set(re.findall(r'"lgreason\.([a-z_.]+)/\d+"', code)) == SCHEMAS
