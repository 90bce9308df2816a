"""A memorandum as a value: sections of paragraphs, items, tables and lines, in the order in which they are read.

What it says is worked out once; text, JSON and the Word file are three ways of writing the same contents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lgreason.report.line import Line
from lgreason.report.wording import Wording

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """Points under one another."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemoTable:
    """Rows of cells under a heading of columns; `total` is the last row, `notes` stand below."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of another answer, indented as they are there."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A post or unit on a chart: its name, what there is to say of it, and what becomes of it (`state`, a word)."""

    name: str
    details: tuple[str, ...]
    state: str
    becomes: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """An organisation chart: its levels from the top down."""

    title: str
    levels: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Items | MemoTable | Passage | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a memorandum."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What the writer's office fills in; whatever is empty is left as a dotted line."""

    office: str = ""
    number: str = ""
    to: str = ""
    signer: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """A memorandum: its subject line, its day, what precedes the sections, the sections and the closing words.

    `about` is what the document of every answer names: the person and position, or the organisation.
    """

    subject: str
    dated: date
    opening: str
    sections: tuple[Section, ...]
    closing: str
    about: Document
    head: Head = field(default_factory=Head)

    def lines(self, wording: Wording) -> Iterator[Line]:
        """The memorandum as text."""
        say, blank = wording.say, wording.say("memo.blank")
        for line in self._lines(say("memo.title"), blank, wording):
            yield Line(wording.digits_of(line.text), line.indent, line.style)

    def _lines(self, title: str, blank: str, wording: Wording) -> Iterator[Line]:
        say, head = wording.say, self.head
        yield Line(title, style="title")
        yield Line(say("memo.office", office=head.office or blank))
        yield Line(say("memo.number_and_day", number=head.number or blank, day=self.dated))
        yield Line(say("memo.subject", subject=self.subject))
        yield Line(say("memo.to", to=head.to or blank))
        yield Line()
        yield Line(self.opening, 1)
        for number, section in enumerate(self.sections, 1):
            yield Line()
            yield Line(say("memo.heading", n=number, text=section.heading), style="heading")
            for block in section.blocks:
                yield from _block_lines(block, wording)
        yield Line()
        yield Line(self.closing, 1)
        yield Line()
        for words in self.signature(wording):
            yield Line(words, 4)

    def signature(self, wording: Wording) -> Iterator[str]:
        """The lines to sign on."""
        say, blank = wording.say, wording.say("memo.blank")
        yield say("memo.signed", blank=blank)
        yield say("memo.signer", signer=self.head.signer or blank)
        yield say("memo.post", post=self.head.post or blank)

    def document(self) -> Document:
        """`lgreason.memo/1`."""
        return {
            "schema": "lgreason.memo/1",
            **self.about,
            "dated": self.dated.isoformat(),
            "subject": self.subject,
            "opening": self.opening,
            "sections": [
                {"heading": section.heading, "blocks": [_block_document(block) for block in section.blocks]}
                for section in self.sections
            ],
            "closing": self.closing,
        }


def _block_lines(block: Block, wording: Wording) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield Line(block.text, 1)
    elif isinstance(block, Items):
        for item in block.items:
            yield Line(wording.say("memo.item", text=item), 1)
    elif isinstance(block, MemoTable):
        yield Line(block.title, 1, "heading")
        divider = wording.say("memo.cells")
        for row in (block.columns, *block.rows, *([block.total] if block.total else [])):
            yield Line(divider.join(row), 2)
        for note in block.notes:
            yield Line(note, 2, "note")
    elif isinstance(block, Chart):
        yield Line(block.title, 1, "heading")
        for depth, level in enumerate(block.levels):
            for cell in level:
                words = wording.say("memo.cells").join(
                    (cell.name, *cell.details, *filter(None, (cell.becomes,)))
                )
                yield Line(words, depth + 2)
    else:
        for line in block.lines:
            yield Line(line.text, line.indent + 1, line.style)


def _block_document(block: Block) -> Document:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text}
    if isinstance(block, Items):
        return {"kind": "items", "items": list(block.items)}
    if isinstance(block, MemoTable):
        return {
            "kind": "table",
            "title": block.title,
            "columns": list(block.columns),
            "rows": [list(row) for row in block.rows],
            "total": list(block.total),
            "notes": list(block.notes),
        }
    if isinstance(block, Chart):
        levels = [
            [{"name": c.name, "details": list(c.details), "state": c.state} for c in level]
            for level in block.levels
        ]
        return {"kind": "chart", "title": block.title, "levels": levels}
    return {
        "kind": "passage",
        "lines": [{"text": line.text, "indent": line.indent} for line in block.lines if line.text],
    }
