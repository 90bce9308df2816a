"""Sets of rules with one fault planted in each: it is found, of the right clauses; without it nothing is.

`planted.txt`: what the fault is, the codes and the clauses that may tell of it, then rules in which `{with|without}`
stands for the fault and for what is sound.
"""

from __future__ import annotations

import os
import random
import re
from functools import cache
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.language.checking.files import read_files
from lgreason.language.comparing.linting import TOLD_HERE, lint_book
from lgreason.reasoning.rulesets.lint import Lint
from lgreason.rules.knowledge import Library

HERE = Path(__file__).parent
TRIED = int(os.environ.get("LGREASON_PLANTED", "3"))
"""How many sets, drawn by a fixed seed, are tried."""


def sets() -> list[tuple[str, str, str, str]]:
    found = []
    for part in (HERE / "planted.txt").read_text(encoding="utf-8").split("### ")[1:]:
        head, _, body = part.partition("\n")
        title, _, expected = head.partition(" => ")
        codes, _, clauses = expected.partition(";")
        found.append((title, codes.strip(), clauses.strip(), body))
    return found


SETS = sets()
DRAWN = random.Random(17).sample(SETS, min(TRIED, len(SETS)))


@cache
def library() -> Library:
    return Library()


def linted(tmp_path: Path, body: str, side: int) -> list[Lint]:
    said = re.sub(r"\{([^{}:|]*)\|([^{}|]*)\}", lambda found: found[side + 1], body)
    file = tmp_path / "some.rules"
    file.write_text((HERE / "river.rules").read_text(encoding="utf-8") + said, encoding="utf-8")
    book, faults = read_files([str(file)], library())
    assert {fault.code for _, fault in faults if fault.severity == "error"} <= TOLD_HERE
    return lint_book(book, Session("en", library=library()))


@pytest.mark.parametrize(("title", "codes", "clauses", "body"), DRAWN, ids=[row[0] for row in DRAWN])
def test_the_fault_is_found_and_nothing_where_there_is_none(
    title: str, codes: str, clauses: str, body: str, tmp_path: Path
) -> None:
    found = linted(tmp_path, body, 0)
    telling = [each for each in found if each.finding.code in codes.split()]
    assert telling, title
    assert not clauses or any(clause in each.clauses for each in telling for clause in clauses.split())
    assert all(each.proved or each.witness is not None for each in found)
    assert linted(tmp_path, body, 1) == []
