"""The house rules: linted, formatted, typed, and every sentence there in both languages."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from lgreason.report.sentences import messages

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "lgreason"


@pytest.mark.parametrize("command", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)])
def test_tools_find_nothing(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences() -> None:
    thai, english = messages("th"), messages("en")
    assert thai.keys() == english.keys()
    for table in thai:
        assert thai[table].keys() == english[table].keys(), table


# An English sentence shows the meaning beside the Thai words of a clause.
ONLY_IN_ENGLISH = {"years.be": {"ce"}, "why.quoted": {"gloss"}}


def test_both_languages_say_the_same_things() -> None:
    for table, sentences in messages("th").items():
        for key, thai in sentences.items():
            extra = ONLY_IN_ENGLISH.get(f"{table}.{key}", set())
            assert placeholders(messages("en")[table][key]) - extra == placeholders(thai), f"{table}.{key}"


def test_no_sentence_is_left_over() -> None:
    """Every sentence is asked for somewhere by its key, or by the variable end of one."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    variable = set(re.findall(r'f"([a-z_]+\.[a-z_]*)\{', code))
    for table, sentences in messages("th").items():
        for key in sentences:
            asked = (
                f'"{table}.{key.removesuffix("_at_once").removesuffix("_conversing")}"' in code
                or f'"{table}.{key}"' in code
                or any(f"{table}.{key}".startswith(prefix) for prefix in variable)
                or (
                    table in ("finding", "help")
                    and re.search(rf"""["']{key.removesuffix("_conversing")}["']""", code) is not None
                )
            )
            assert asked, f"{table}.{key}"


def classes_of_one_name(package: Path) -> dict[str, list[str]]:
    """The names that several public classes of a package share, with the modules that define them."""
    found: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(path.relative_to(package).as_posix())
    return {name: modules for name, modules in found.items() if len(modules) > 1}


def test_each_name_of_a_class_means_one_thing() -> None:
    assert classes_of_one_name(PACKAGE) == {}


def test_a_class_of_the_same_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("class Case: ...\nclass _Own: ...\n", encoding="utf-8")
    (tmp_path / "other.py").write_text("class Case: ...\nclass _Own: ...\n", encoding="utf-8")
    assert classes_of_one_name(tmp_path) == {"Case": ["one.py", "other.py"]}
