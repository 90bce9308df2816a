"""`--receipt` on every command: an answer with what it rests on, put on file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from lgreason.rules.findings import Finding, Unusable

if TYPE_CHECKING:
    from lgreason.answers.session import Session

Document = dict[str, Any]
ANSWERS = frozenset(
    {
        *(("check",), ("why",), ("how",), ("path",), ("posts",), ("validate",), ("classify",), ("burden",)),
        *(("service",), ("profile",), ("missing",), ("requirements",), ("counts",), ("convert",)),
        *(("upcoming",), ("compare",)),
        *(("compare",), ("screen",), ("service",), ("profile",), ("missing",), ("requirements",)),
        *(("counts",), ("convert",), ("upcoming",), ("structures",)),
        *(("rules", "diff"), ("rules", "lint"), ("rules", "check"), ("rules", "test"), ("rules", "examples")),
    }
)
"""The commands of whose answers there are receipts: they answer from files, and write none."""
WRITES = frozenset({"svg", "out", "xlsx", "docx", "fix", "watch"})


class Recorder:
    """Writes the receipt of one command; with `None` for a file it keeps the answer, and nothing is printed."""

    def __init__(
        self, file: str | None, rules: tuple[str, ...], options: Mapping[str, Any], kb: str | None
    ) -> None:
        """Take the file to write, the rule files of the command, its other options, and its knowledge base."""
        self.file = file
        self.answer: Document | None = None
        self._rules = rules
        self._options = options
        self._kb = kb
        given = [each for v in options.values() for each in (v if isinstance(v, tuple) else (v,))]
        if file is not None and "-" in given:
            raise Unusable((Finding("receipt_of_standard_input"),))

    def record(self, session: Session, document: Document) -> None:
        """Keep an answer, and write its receipt."""
        self.answer = document
        if self.file is None:
            return
        from lgreason.answers.receipts import receipt, text_of
        from lgreason.files.writing import write_whole

        context: click.Context | None = click.get_current_context()
        names: list[str] = []
        while context is not None and context.parent is not None:
            names.insert(0, context.info_name or "")
            context = context.parent
        if tuple(names) not in ANSWERS or any(self._options.get(option) for option in WRITES):
            raise Unusable((Finding("receipt_without_answer"),))
        made = receipt(names, self._options, self._rules, session.day, session.readings, document, self._kb)
        write_whole(self.file, text_of(made))

    def close(self) -> None:
        """Raise `Unusable` if the command gave no answer of which there is a receipt."""
        if self.answer is None:
            raise Unusable((Finding("receipt_without_answer"),))
