"""Questions with their meanings in a short form, a line each: `text => ask person POST key=value | other ask`.

A post is two letters; `-kind` is a fallback that is wanted; a line that begins with `>` goes on with the conversation
of the line before. Names of persons are the Thai words without a sign of equality.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.repl.scoring import Row

POSTS = {
    "SH": "general_admin.early.section_head",
    "ED": "general_admin.early.division_director",
    "MD": "general_admin.mid.division_director",
    "MP": "general_admin.mid.part_director",
    "HO": "general_admin.high.office_director",
}
_SEVERAL = frozenset({"others", "plans"})


def plain_rows(file: Path) -> Iterator[Row]:
    """The lines of a file in the short form, as rows of a corpus."""
    talk = 0
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        goes_on = line.startswith("> ")
        talk += not goes_on
        text, arrow, meaning = line.removeprefix("> ").rpartition(" => ")
        assert arrow, line
        first, *others = (_meaning(part) for part in meaning.split(" | "))
        row = {"id": f"{file.stem}-{number}", "text": text, "dialogue": f"{file.stem}-{talk}", **first}
        row["lang"] = "th" if any("\u0e01" <= sign <= "\u0e5b" for sign in text) else "en"
        yield {**row, "or": others} if others else row


def _meaning(text: str) -> dict[str, Any]:
    words = shlex.split(text)
    if words[0].startswith("-"):
        return {"ask": None, "not": words[0][1:]}
    found: dict[str, Any] = {"ask": words[0]}
    for word in words[1:]:
        key, equals, value = word.partition("=")
        if not equals:
            found |= {"position": POSTS[word]} if word in POSTS else {"person": word}
        elif key == "also":
            found[key] = [_meaning(value)]
        elif key == "changes":
            found[key] = [value]
        elif key == "level" and "." in value:
            found[key] = value.split(",")
        else:
            found[key] = value.split(",") if key in _SEVERAL else value
    return found
