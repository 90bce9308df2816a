"""Laying out lines: plain into a pipe, wrapped and coloured on a terminal (`NO_COLOR` is honoured)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from lgreason.report.line import Line

if TYPE_CHECKING:
    from rich.console import Console

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
    from rich.console import Console

    console = Console(file=out, highlight=False, soft_wrap=True)
    _print(console, lines, max(NARROWEST, size_of(out).columns))


def size_of(stream: TextIO) -> os.terminal_size:
    """Columns and lines of the terminal a stream writes to; `COLUMNS` and `LINES` go before.

    The standard library asks the stream with which the program started, which is no longer open: output has been
    given another (`cli/outcome.py`).
    """
    import shutil

    try:
        found = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        found = os.terminal_size((80, 24))
    return shutil.get_terminal_size(found)


def paged(lines: Iterable[Line]) -> str | None:
    """The lines laid out and coloured for a pager, if standard output is a terminal that they do not fit into."""
    if not sys.stdout.isatty():
        return None
    from wcwidth import wcswidth

    size = size_of(sys.stdout)
    lines, width = tuple(lines), max(NARROWEST, size.columns)
    rows = [row for line in lines for row in wrapped(line, width)]
    taken = sum(max(1, -(-wcswidth(row) // size.columns)) for row in rows)
    return _coloured(lines, width) if taken >= size.lines else None


def _coloured(lines: Iterable[Line], width: int) -> str:
    """The lines laid out for a terminal as text, with the signs that colour it."""
    from rich.console import Console

    stream = StringIO()
    console = Console(file=stream, highlight=False, soft_wrap=True, force_terminal=True)
    _print(console, lines, width)
    return stream.getvalue()


def _print(console: Console, lines: Iterable[Line], width: int) -> None:
    from rich.text import Text

    for line in lines:
        style = "" if "NO_COLOR" in os.environ else STYLES.get(line.style, "")
        for row in wrapped(line, width):
            console.print(Text(row, style=style))


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
