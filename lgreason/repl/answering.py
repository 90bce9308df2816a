"""An answer of a conversation, and which questions are of one person, of one position, of several."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lgreason.answers.persons import Document
from lgreason.report.line import Line

OF_ONE_POSITION = frozenset(
    {
        *(
            "why",
            "check",
            "when",
            "how",
            "path",
            "people",
            "gaps",
            "whatif",
            "compare",
            "interview",
            "upcoming",
        ),
        *("requirements", "memo", "duties", "readings"),
    }
)
OF_ONE_PERSON = frozenset(
    {
        *(
            "why",
            "check",
            "when",
            "how",
            "path",
            "gaps",
            "whatif",
            "positions",
            "service",
            "profile",
            "missing",
        ),
        *("memo", "save", "compare", "readings"),
    }
)
FAULT = 5
"""The exit status of a fault of the program."""
NO_ANSWER = frozenset({"again", "yes", "no", "unsure"})
SHORT = frozenset({"thanks", "greet", "yes", "no", "unsure"})
TO_ASK_ABOUT = frozenset({"why", "check", "other"})
"""Answers after which the facts that are missing are asked for."""
ABOUT_SEVERAL = frozenset({"people", "compare"})
LISTING = frozenset({"people", "upcoming"})
"""Answers that list persons."""
ON_SUPPOSITIONS = frozenset(
    {"why", "check", "positions", "when", "how", "path", "gaps", "profile", *ABOUT_SEVERAL}
)
OF_NO_POST = frozenset({"whatif", "counts", "convert"})
"""Questions that are answered whichever of several posts is meant."""
ON_CHOICES = frozenset({"structures", "draw", "export"})
"""Answers that say, where something is supposed of the person, what that is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its lines, its document (`lgreason.answer/1`), its exit status, and whether it is the last.

    `asks` are those of its lines that ask for a fact.
    """

    lines: tuple[Line, ...]
    document: Document
    status: int
    ends: bool = False
    asks: tuple[Line, ...] = ()


_CONTROLS = re.compile("\x1b\\[[0-9;?]*[ -/]*[@-~]|\x1b[@-Z\\\\-_]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def without_controls(line: str) -> str:
    """A line without colour codes and other signs that only a terminal understands."""
    return _CONTROLS.sub("", line)
