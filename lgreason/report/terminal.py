"""Laying out lines: plain into a pipe, wrapped and coloured on a terminal (`NO_COLOR` is honoured)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TextIO

from lgreason.report.as_text import Line

INDENT = "  "
STYLES = {
    "title": "bold",
    "heading": "bold cyan",
    "good": "green",
    "eligible": "bold green",
    "bad": "red",
    "ineligible": "bold red",
    "open": "yellow",
    "undetermined": "bold yellow",
    "quote": "italic",
    "note": "dim",
    "earliest": "bold",
}
NARROWEST = 40


def show(lines: Iterable[Line], stream: TextIO | None = None) -> None:
    """Write the lines to `stream` (standard output by default)."""
    out = stream or sys.stdout
    if not out.isatty():
        for line in lines:
            out.write(f"{INDENT * line.indent}{line.text}".rstrip() + "\n")
        return
    import shutil

    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, highlight=False, soft_wrap=True)
    width = max(NARROWEST, shutil.get_terminal_size().columns)
    for line in lines:
        style = "" if "NO_COLOR" in os.environ else STYLES.get(line.style, "")
        for row in wrapped(line, width):
            console.print(Text(row, style=style))


def paged(lines: Iterable[Line]) -> str | None:
    """The lines laid out for a pager, if standard output is a terminal that they do not fit into."""
    if not sys.stdout.isatty():
        return None
    import shutil

    from wcwidth import wcswidth

    size = shutil.get_terminal_size()
    rows = [row for line in lines for row in wrapped(line, max(NARROWEST, size.columns))]
    taken = sum(max(1, -(-wcswidth(row) // size.columns)) for row in rows)
    return "\n".join(rows) + "\n" if taken >= size.lines else None


def transcript_text(said: Iterable[tuple[str, Iterable[Line]]]) -> str:
    """Questions with their answers, as a text file holds them."""
    stream = StringIO()
    for number, (asked, lines) in enumerate(said):
        stream.write("\n" if number else "")
        stream.write(" ".join(asked.split()) + "\n")
        show(lines, stream)
    return stream.getvalue()


def wrapped(line: Line, width: int) -> Iterator[str]:
    """A line broken at its spaces to a display width; Thai has none inside a phrase, so a phrase stays whole.

    A phrase wider than the terminal is left to the terminal to break: cutting it would lose text.
    """
    from wcwidth import wcswidth

    margin = INDENT * line.indent
    row = ""
    for word in line.text.split(" "):
        longer = f"{row} {word}" if row else word
        if row and wcswidth(margin + longer) > width:
            yield margin + row
            margin, row = INDENT * (line.indent + 1), word
        else:
            row = longer
    yield (margin + row).rstrip()
