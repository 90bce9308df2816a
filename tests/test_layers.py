"""Imports go one way: each module imports only modules that stand before it in the pipeline."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "lgreason"

PIPELINE = [
    *("terms", "findings", "dates", "plain_text", "counting"),
    *("source_tree", "source_yaml", "source_json", "source_toml", "source"),
    *("solver", "model", "knowledge", "vocabulary"),
    *("person_shape", "person_faults", "person_case", "person_checks", "person"),
    *("measure", "eligibility", "explain", "remedies"),
    *("wording", "entry_text", "as_text", "as_json", "remedy_text"),
    *("catalogue", "catalogue_text", "session", "facts"),
    *("terminal", "asked", "words", "lexicon", "grammar", "meaning", "nearest"),
    *("question", "question_words", "completion"),
    *("person_text", "replies", "timing", "ranking", "competency_gaps", "comparison", "reasons"),
    *("suppositions", "learned", "memory", "interview", "what_if", "person_yaml", "asking", "commands"),
    "conversation",
    *("cli", "cli.request", "cli.helped", "cli.people", "cli.knowledge", "cli.repl", "cli.app", "__main__"),
]

ONLY_IN = {
    "clingo": {"solver"},
    "lark": {"grammar", "meaning", "question"},
    "yaml": {"source_yaml", "source_json", "person_yaml"},
    "prompt_toolkit": {"cli.repl"},
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
        ("model", "from lgreason.solver import Decider\nfrom lgreason.explain import Node"),
        ("counting", "def late():\n    import lgreason.measure"),
        ("explain", "import clingo"),
        ("vocabulary", "from lark import Lark"),
    ],
)
def test_a_planted_import_is_found(module: str, planted: str) -> None:
    assert faults({module: planted}) != []
