"""Explanations compared whole, in both languages: one file an example, under tests/golden/.

`python tests/report/test_golden.py` writes the files anew; read every change of them before it is kept.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.report.terminal import show
from lgreason.report.text.explanation import ExplanationText
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language

ROOT = Path(__file__).parents[2]
PEOPLE = ROOT / "docs" / "examples" / "people"
GOLDEN = ROOT / "tests" / "golden"
DAY = date(2026, 10, 1)
LIBRARY = Library()

# The position on which each example makes its point, and the day if it is another than 1 October 2569.
POINTS: dict[str, tuple[str, date]] = {
    "academic-route.json": ("general_admin.mid.division_director", DAY),
    "acting-only.yaml": ("general_admin.mid.division_director", DAY),
    "equivalent-post.yaml": ("general_admin.early.division_director", DAY),
    "leap-day.yaml": ("general_admin.early.division_director", date(2022, 2, 27)),
    "missing-facts.yaml": ("general_admin.mid.division_director", DAY),
    "old-c-levels.yaml": ("general_admin.early.section_head", DAY),
    "one-day-short.yaml": ("general_admin.mid.division_director", DAY),
    "overlapping-posts.yaml": ("general_admin.mid.part_director", DAY),
    "part-director.yaml": ("general_admin.high.office_director", DAY),
    "reduced-term.yaml": ("general_admin.mid.division_director", DAY),
    "several-stretches.yaml": ("general_admin.early.division_director", DAY),
    "ten-years-general.toml": ("general_admin.early.section_head", DAY),
    "unlisted-master.yaml": ("general_admin.mid.division_director", DAY),
}


def explained(example: str, language: Language) -> str:
    position, day = POINTS[example]
    session = Session(language, "thai" if language == "th" else "arabic", day, library=LIBRARY)
    answer = session.explain(session.person(str(PEOPLE / example)), position)
    written = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    stream = io.StringIO()
    show(written.lines(), stream)
    stream.write("\n" + "─" * 100 + "\n\n")
    show(written.lines(full=True), stream)
    return stream.getvalue()


def golden(example: str, language: Language) -> Path:
    return GOLDEN / f"{Path(example).stem}.{language}.txt"


def test_every_example_has_its_point() -> None:
    assert {path.name for path in PEOPLE.iterdir()} == set(POINTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", POINTS)
def test_explanation(example: str, language: Language) -> None:
    assert explained(example, language) == golden(example, language).read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name in POINTS:
        for tongue in LANGUAGES:
            golden(name, tongue).write_text(explained(name, tongue), encoding="utf-8")
