"""What would take too long to count is refused by name: what made it large, and what to narrow."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.answers.structures import StructureAnswer, StructureQuery
from lgreason.reasoning.structures import quotients, sums
from tests.bench.councils import council


@pytest.mark.parametrize(("lang", "words"), [("th", "เพดานค่าใช้จ่าย"), ("en", "settle some choices")])
def test_what_is_not_counted_says_what_made_it_large(
    tmp_path: Path, lang: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (quotients, sums):
        monkeypatch.setattr(module, "MOST_EFFORT", 0)
    data, costs = council(4, 120)
    file = tmp_path / "council.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    session = Session(lang, as_of=date(2026, 1, 1))
    reply = StructureAnswer(session, session.organisation(str(file)), costs, StructureQuery()).reply()
    assert any(words in line.text for line in reply.lines)
    assert reply.document["count"] == {"value": None, "exact": False}
    # 120 steps in the mean of two years are 240 of the year that is asked for; the deputies are one choice.
    assert reply.document["not_counted"] == {"choices": 5, "costs": 7, "steps": 240, "step": 10_000}
    assert reply.document["options"]  # the structures are listed all the same
