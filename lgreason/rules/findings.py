"""Errors and findings as values: a code, a place and arguments; `wording` alone turns them into sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a user's input something stands. Lines and columns count from 1; `None` is not known.

    `field` is the path of the entry as its writer sees it, counted from 1: `postings[2].from`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence within another: its key in the message files, and its arguments."""

    key: str
    args: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A change of a text: from a line and column, up to but without another, and what is to stand there."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in an input: `code` names the sentence in the message files, `args` fill it.

    `suggestion` is what could be written instead, where that is known; `edits` put it right, ready to apply, and are
    `safe` where they cannot change what is meant.
    """

    code: str
    place: Place | None = None
    args: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    severity: Severity = "error"
    suggestion: str | None = None
    edits: tuple[TextEdit, ...] = ()
    safe: bool = False


class Unusable(Exception):
    """The input or the arguments cannot be used; carries every finding, never just the first."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Take every finding."""
        super().__init__("; ".join(finding.code for finding in findings))
        self.findings = findings


class NotWritten(Unusable):
    """A file could not be written whole, though nothing is wrong with what was asked for: the disk is full."""
