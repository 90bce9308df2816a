"""A line of an answer, before it is laid out on a terminal or a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer: how far it is indented, its text, and what kind of line it is."""

    text: str = ""
    indent: int = 0
    style: str = ""
