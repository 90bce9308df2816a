"""Sentences with one word changed: who gains and who loses is known beforehand, and a file must show each.

`pairs.txt`: G somebody gains, L somebody loses, GL both, = nobody is touched, proved; then the sentence, old and new.
"""

from __future__ import annotations

import os
import random
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lgreason.language.comparing.comparing import side_of
from lgreason.reasoning.rulesets.difference import Difference
from lgreason.rules.knowledge import Library

HERE = Path(__file__).parent
DAY = date(2026, 6, 30)
HEAD = "river.early.head"
RULE = """rule river.q
  document: river
  place: "ข้อ ๑" / "item 1"
  qualifies for: river section head
  provides that the person must """
PAIRS = [line.split(" | ", 1) for line in (HERE / "pairs.txt").read_text(encoding="utf-8").splitlines()]
TRIED = int(os.environ.get("LGREASON_PAIRS", "3"))
"""How many pairs, drawn by a fixed seed, are tried."""
DRAWN = random.Random(17).sample(PAIRS, min(TRIED, len(PAIRS)))


@cache
def library() -> Library:
    return Library()


def side(tmp_path: Path, sentence: str, number: int):
    said = re.sub(r"\{([^{}]*)\|([^{}]*)\}", lambda found: found[number + 1], sentence)
    file = tmp_path / f"{number}.rules"
    prelude = (HERE / "river.rules").read_text(encoding="utf-8")
    file.write_text(f"{prelude}{RULE}{said}\n", encoding="utf-8")
    return side_of(str(file), library(), DAY, {})[0]


@pytest.mark.parametrize(("touched", "sentence"), DRAWN)
def test_who_is_touched_is_shown_and_who_is_not_is_proved(
    touched: str, sentence: str, tmp_path: Path
) -> None:
    old, new = (side(tmp_path, sentence, number) for number in (0, 1))
    (found,) = [each for each in Difference(old, new).positions if each.id == HEAD]
    for letter, affected, verdicts in (
        ("G", found.gains, ("ineligible", "eligible")),
        ("L", found.losses, ("eligible", "ineligible")),
    ):
        assert affected.proved == (letter not in touched)
        if letter in touched:
            assert affected.witness is not None
            file = dict(affected.witness)
            assert (old.verdict(file, HEAD), new.verdict(file, HEAD)) == verdicts
    assert found.alike == ("=" in touched)
