"""Imports go one way: each module imports only modules that stand before it in the pipeline."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "lgreason"

PIPELINE = [
    "rules",
    "files",
    "reasoning",
    "report",
    "repl",
    "terms",
    "findings",
    "dates",
    "repl.plain_text",
    "reasoning.counting",
    *("files.source_tree", "files.source_yaml", "files.source_json", "files.source_toml"),
    "files.source",
    *("rules.solver", "rules.model", "rules.knowledge", "rules.vocabulary"),
    *("files.form", "files.shape", "files.schema"),
    *("files.person_shape", "files.person_case", "files.person_checks", "files.person"),
    *("files.organisation", "files.amounts", "files.organisation_values", "files.organisation_checks"),
    "files.organisation_file",
    "files.costs",
    "reasoning.tree",
    *("reasoning.measure", "reasoning.eligibility", "reasoning.explain"),
    *("reasoning.remedy_changes", "reasoning.remedies"),
    *("reasoning.path_ledger", "reasoning.path_useful", "reasoning.path_search", "reasoning.path"),
    *("reasoning.sums", "reasoning.structure", "reasoning.listing", "reasoning.space"),
    *("reasoning.optimum", "reasoning.space_program"),
    *("reasoning.quantities", "reasoning.circumstances", "reasoning.establishment"),
    *("reasoning.assignment", "reasoning.plans"),
    *("reasoning.retyping", "reasoning.burden", "reasoning.structures", "reasoning.repairs"),
    *("reasoning.organisation_changes", "reasoning.organisation_remedies"),
    "reasoning.organisation_facts",
    *("report.wording", "report.entry_text", "report.as_text", "report.as_json"),
    "report.remedy_text",
    *("report.path_text", "report.path_json", "report.path_svg"),
    *("report.text_lines", "report.chart_boxes", "report.chart"),
    *("report.workbook_rows", "report.workbook_sheet", "report.workbook_burden", "report.workbook"),
    *("report.amounts", "report.organisation_json", "report.organisation_text"),
    "report.organisation_remedy_text",
    *("report.structures_text", "report.structures_json", "report.structures_workbook"),
    "rules.catalogue",
    "report.catalogue_text",
    "session",
    "reasoning.facts",
    "report.terminal",
    *("repl.asked", "repl.words", "repl.knowledge_lexicon", "repl.lexicon", "repl.organisation_lexicon"),
    *("language", "language.uncollected", "language.nodes", "language.automaton", "language.plain"),
    "language.grammar",
    *(
        "language.lexicon",
        "language.sentence",
        "language.wording",
        "language.statements",
        "language.rulefile",
    ),
    *("language.meaning", "language.restate", "language.rulebook", "language.checking", "language.writing"),
    *("language.finding", "language.trial", "language.files", "language.facts"),
    *("language.organisation_examples", "language.examples"),
    *("repl.grammar", "repl.meaning", "repl.nearest"),
    *("repl.question", "repl.organisation_words", "repl.question_words", "repl.completion"),
    *("report.person_text", "report.organisation_entry"),
    *("replies", "organisation_replies", "structure_replies", "choice_replies"),
    *("repl.timing", "repl.ranking", "repl.competency_gaps", "repl.comparison", "repl.reasons", "repl.again"),
    *("repl.suppositions", "repl.learned", "repl.organisations", "repl.memory"),
    *("repl.interview", "repl.what_if"),
    "report.person_yaml",
    *("repl.asking", "repl.commands", "repl.asking_organisations", "repl.drawing", "repl.conversation"),
    *(
        "cli",
        "cli.request",
        "cli.helped",
        "cli.people",
        "cli.organisations",
        "cli.knowledge",
        "cli.rules",
        "cli.repl",
        "cli.app",
    ),
    "__main__",
]

READS_LARK = ("language.grammar", "language.automaton", "language.wording")
ONLY_IN = {
    "clingo": {"rules.solver"},
    "lark": {"repl.grammar", "repl.meaning", "repl.question", *READS_LARK},
    "yaml": {"files.source_yaml", "files.source_json", "report.person_yaml"},
    "prompt_toolkit": {"cli.repl"},
    "xlsxwriter": {"report.workbook_sheet", "report.workbook"},
}


def modules() -> dict[str, str]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        found[name] = path.read_text(encoding="utf-8")
    return found


def imported(text: str) -> set[str]:
    """The modules that a module imports, anywhere in it, by full name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def faults(sources: dict[str, str]) -> list[str]:
    found = []
    for name, text in sources.items():
        for other in imported(text):
            package, _, rest = other.partition(".")
            if package == "lgreason" and rest in PIPELINE and PIPELINE.index(rest) > PIPELINE.index(name):
                found.append(f"{name} imports {rest}, which stands after it")
            if name not in ONLY_IN.get(package, {name}):
                found.append(f"{name} imports {package}")
    return found


def test_every_module_has_its_place() -> None:
    assert set(modules()) - {"__init__"} == set(PIPELINE)


def test_imports_go_one_way() -> None:
    sources = {name: text for name, text in modules().items() if name != "__init__"}
    # The commands are imported when first needed, by name; the program stands after them all the same.
    assert faults(sources) == []


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        (
            "rules.model",
            "from lgreason.rules.solver import Decider\nfrom lgreason.reasoning.explain import Node",
        ),
        ("reasoning.counting", "def late():\n    import lgreason.reasoning.measure"),
        ("reasoning.explain", "import clingo"),
        ("rules.vocabulary", "from lark import Lark"),
    ],
)
def test_a_planted_import_is_found(module: str, planted: str) -> None:
    assert faults({module: planted}) != []
