"""The comments of a file of a person, kept when it is written anew: each before what it stood before or beside."""

from __future__ import annotations

import re
from collections.abc import Iterator

Anchor = tuple[str, int]
"""What a comment belongs to: a key at the top of the file, and the number of the entry below it (0: the key)."""

END: Anchor = ("", 0)
_KEY = re.compile(r"(?P<key>[^\s#\-:'\"{\[][^:#]*?)\s*:(?:\s|$)")
_ENTRY = re.compile(r"\s*-(?:\s|$)")
_BESIDE = re.compile(r"(?:^|\s)(?P<comment>#.*)$")


def comments_of(text: str) -> dict[Anchor, list[str]]:
    """The comments of a YAML text by what they belong to; those at the end belong to `END`."""
    found: dict[Anchor, list[str]] = {}
    waiting: list[str] = []
    for line, anchor in _anchored(text.splitlines()):
        if line.strip().startswith("#"):
            waiting.append(line.strip())
        elif line.strip():
            beside = _BESIDE.search(_without_quoted(line))
            own = [line[beside.start("comment") :].rstrip()] if beside else []
            if waiting or own:
                found.setdefault(anchor, []).extend((*waiting, *own))
            waiting = []
    if waiting:
        found[END] = waiting
    return found


def with_comments(text: str, comments: dict[Anchor, list[str]]) -> str:
    """A YAML text in block form with comments put before what they belong to; none is lost."""
    left = dict(comments)
    lines: list[str] = []
    for line, anchor in _anchored(text.splitlines()):
        lines.extend(left.pop(anchor, ()))
        lines.append(line)
    for rest in left.values():
        lines.extend(rest)
    return "\n".join(lines) + "\n"


def _anchored(lines: list[str]) -> Iterator[tuple[str, Anchor]]:
    """Each line with the key and the entry in which it stands; entries are those of the outermost list of a key."""
    key, number, indent = "", 0, -1
    for line in lines:
        if not line.strip().startswith("#"):
            if match := _KEY.match(line):
                key, number, indent = match["key"], 0, -1
            elif match := _ENTRY.match(line):
                at = len(line) - len(line.lstrip())
                indent = at if indent < 0 else indent
                number += at == indent
        yield line, (key, number)


def _without_quoted(line: str) -> str:
    """A line with what stands in quotation marks blanked, in which # begins no comment."""
    return re.sub(r"\"[^\"]*\"|'[^']*'", lambda match: "x" * len(match[0]), line)
