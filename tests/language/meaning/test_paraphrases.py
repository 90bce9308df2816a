"""Sentences of regulations in the words of another writer decide as those of the regulations do."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import read_book
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.knowledge import Library
from tests.language.meaning import shapes
from tests.language.meaning.test_stated import CASES, EXPECTED, POSITION

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "paraphrases.tsv").read_text(encoding="utf-8").splitlines()
]
"""Each with its name, its language and the sentence; the name begins with the case whose persons it decides."""


@cache
def rules() -> Library:
    """Every paraphrase, each for a position of its own."""
    text = shapes.PRELUDE
    for number, (_, language, sentence) in enumerate(ROWS):
        lines = shapes.rule(language, sentence, f"t.p{number}", whose=False).split("\n")
        key = "คุณสมบัติของ" if language == "th" else "qualifies for"
        lines.insert(3, f"  {key}: invented.cp{number}.head")
        text += POSITION.format(f"p{number}") + "\n".join(lines)
    made = read_book([SourceText("paraphrases.rules", text)], shapes.library())
    assert shapes.found_in(made) == []
    return shapes.library().with_rules(made)


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[name for name, _, _ in ROWS])
def test_a_paraphrase_decides_persons_on_either_side(number: int) -> None:
    case = ROWS[number][0].partition(".")[0]
    expected = EXPECTED[case]
    here = Session(as_of=date.fromisoformat(expected["as_of"]), library=rules())
    for which in ("yes", "no", "unknown"):
        if which in expected:
            person = here.person(str(CASES / case / f"{which}.yaml"))
            assert (
                here.judges.judge.case(person, here.day).verdict(f"invented.cp{number}.head")
                == expected[which]
            )
