"""The transcript of a conversation is whole, in order, and costs no memory however long it grows."""

from __future__ import annotations

import pytest

from lgreason.repl import transcript
from lgreason.repl.transcript import Transcript
from lgreason.report.line import Line


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 7])
def test_it_is_the_same_whether_kept_as_lines_or_as_text(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [(f"› คำถามที่ {n}", (Line(f"คำตอบ {n}"), Line("เหตุผล", 1))) for n in range(number)]
    whole, spilt = Transcript(), Transcript()
    for asked, lines in said:
        whole.add(asked, lines)
    monkeypatch.setattr(transcript, "RECENT", 2)
    for asked, lines in said:
        spilt.add(asked, lines)
    assert len(whole) == len(spilt) == number
    assert (
        spilt.text()
        == whole.text()
        == "\n".join(f"› คำถามที่ {n}\nคำตอบ {n}\n  เหตุผล\n" for n in range(number))
    )
    assert len(spilt._recent) <= 2


def test_lines_are_added_after_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript, "RECENT", 2)
    kept = Transcript()
    texts = []
    for n in range(6):
        kept.add(f"q{n}", (Line(f"a{n}"),))
        texts.append(kept.text())
    assert texts[-1] == "\n".join(f"q{n}\na{n}\n" for n in range(6))
