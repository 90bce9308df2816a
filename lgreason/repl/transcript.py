"""What was asked and answered in a conversation, kept so that its length costs no memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from tempfile import SpooledTemporaryFile

from lgreason.report.line import Line

RECENT = 200
"""So many answers are kept as lines; those before them as text."""
IN_MEMORY = 1_000_000
"""So many bytes of older answers are kept in memory; more in a file of no name, which goes with the conversation."""


class Transcript:
    """The questions of a conversation with their answers, in order."""

    def __init__(self) -> None:
        """Begin with none."""
        self._recent: list[tuple[str, Sequence[Line]]] = []
        self._number = 0

    def __len__(self) -> int:
        """How many questions there were."""
        return self._number

    def add(self, asked: str, lines: Sequence[Line]) -> None:
        """Keep a question with its answer."""
        self._recent.append((asked, lines))
        self._number += 1
        if len(self._recent) % RECENT == 0:
            with suppress(OSError):  # then they stay in memory
                self._older.write(self._text_of_recent())
                self._recent.clear()

    def text(self) -> str:
        """All of them, as a text file holds them."""
        recent = self._text_of_recent()
        if "_older" not in self.__dict__:
            return recent.removeprefix("\n")
        self._older.seek(0)
        return f"{self._older.read()}{recent}".removeprefix("\n")

    @cached_property
    def _older(self) -> SpooledTemporaryFile[str]:
        return SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8")

    def _text_of_recent(self) -> str:
        """The answers that are kept as lines; a blank line before each."""
        from lgreason.report.terminal import transcript_text

        return f"\n{transcript_text(self._recent)}" if self._recent else ""
