"""The day that the time of a sentence comes to, with the word before it: by then, before then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from lgreason.repl.asked import Day
from lgreason.repl.understanding.chunks import Chunk
from lgreason.repl.understanding.parts import day_of
from lgreason.words.plain import Plain

_BEFORE = ("ก่อน", "before")
_ENDING = ("สิ้น", "ปลาย", "end", "the end")


def day_by(chunk: Chunk, sentence: Plain, today: date) -> Day:
    """The last day of a time; of one *before* which something is to be, the day before its first.

    Before the end of a time is until it ends: that is its last day.
    """
    last, (word, *_) = chunk.tokens[-1], chunk.tokens
    before = "BY" in word.tags and word.text.startswith(_BEFORE) and word is not last
    if not before or last.time is None or word.text.endswith("สิ้น") or last.text.startswith(_ENDING):
        return day_of(last, sentence, today)
    day = day_of(last, sentence, today, first=True)
    return day if day.day is None else replace(day, day=day.day - timedelta(days=1))
