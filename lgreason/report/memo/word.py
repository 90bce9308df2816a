"""The memorandum as a Word file, in the form of the rules on correspondence: TH Sarabun 16.

Word takes the font, the size and the language of Thai text from the attributes for complex scripts (`w:cs`,
`w:szCs`, `w:lang w:bidi`), which python-docx does not set; every style and run here carries both kinds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from lgreason.report.memo.memo import Block, Cell, Chart, Items, Memo, MemoTable, Paragraph, Passage
from lgreason.report.wording import Wording

FONT = "TH Sarabun New"
BODY, TITLE, SMALL = 16, 29, 14
"""Sizes in points: of the text, of the word «บันทึกข้อความ», and in tables."""
LEFT, RIGHT, TOP, BOTTOM = Cm(3), Cm(2), Cm(1.5), Cm(2)
INDENT, STEP = Cm(2.5), Cm(0.8)
WIDTH = Cm(16)
MOST_BESIDE = 4
"""Boxes of a chart side by side."""
FILLS = {"new": "E4F4E6", "raised": "E2ECFA", "lowered": "FDEBD6", "changed": "F1EAFA", "given_up": "F1F1F1"}
_BOLD_STYLES = frozenset({"title", "heading", "earliest", "eligible", "ineligible", "undetermined"})


def word_file(memo: Memo, wording: Wording) -> bytes:
    """The memorandum as the bytes of a .docx file."""
    document = Document()
    _prepare(document)
    writer = _Writer(document, wording)
    writer.head(memo)
    writer.body(memo)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = memo.subject, "lgreason", ""
    stamp = datetime(memo.dated.year, memo.dated.month, memo.dated.day, tzinfo=UTC)
    properties.created = properties.modified = stamp  # the same answer gives the same file
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _prepare(document: Any) -> None:
    """A4 with the margins of official letters, and Thai in the normal style."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    _complex(normal.element.get_or_add_rPr(), BODY, bold=False)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0


def _complex(properties: Any, size: int, bold: bool) -> None:
    """The font, the size, the weight and the language for complex scripts."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    for tag in ("w:bCs", "w:szCs", "w:cs", "w:lang"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    if bold:
        mark = OxmlElement("w:bCs")
        after = properties.find(qn("w:b"))
        after.addnext(mark)
    sized = OxmlElement("w:szCs")
    sized.set(qn("w:val"), str(size * 2))
    before = properties.find(qn("w:sz"))
    if before is None:
        properties.append(sized)
    else:
        before.addnext(sized)
    script = OxmlElement("w:cs")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")
    # The order that the schema of the format asks for: … szCs, …, cs, …, lang.
    if properties.tag == qn("w:rPr") and properties.getparent().tag == qn("w:r"):
        properties.append(script)
    properties.append(language)


class _Writer:
    """Writes paragraphs and tables into one document."""

    def __init__(self, document: Any, wording: Wording) -> None:
        self._document = document
        self._wording = wording
        self._say = wording.say

    def run(self, paragraph: WordParagraph, text: str, size: int = BODY, bold: bool = False) -> None:
        """Text in a paragraph, its digits as asked."""
        run = paragraph.add_run(self._wording.digits_of(text))
        run.font.name, run.font.size = FONT, Pt(size)
        if bold:
            run.font.bold = True
        _complex(run._r.get_or_add_rPr(), size, bold)

    def paragraph(
        self, text: str, indent: Any = None, bold: bool = False, first: Any = None
    ) -> WordParagraph:
        """A paragraph; `first` indents its first line alone."""
        made: WordParagraph = self._document.add_paragraph()
        if indent is not None:
            made.paragraph_format.left_indent = indent
        if first is not None:
            made.paragraph_format.first_line_indent = first
        self.run(made, text, bold=bold)
        return made

    # ── the head ────────────────────────────────────────────────────────────────────────────────

    def head(self, memo: Memo) -> None:
        """The emblem's place, the title, and the lines that an office fills in."""
        say = self._say
        title = self._document.add_paragraph()
        title.paragraph_format.tab_stops.add_tab_stop(Cm(8), WD_TAB_ALIGNMENT.CENTER)
        title.paragraph_format.space_after = Pt(6)
        title.paragraph_format.space_before = Pt(18)  # the emblem is 1.5 cm high
        self.run(title, say("memo.emblem") + "\t", SMALL)
        self.run(title, say("memo.title"), TITLE, bold=True)
        self._labelled((("memo.label_office", memo.head.office),))
        number = ("memo.label_number", memo.head.number)
        self._labelled((number, ("memo.label_day", self._wording.date(memo.dated))))
        self._labelled((("memo.label_subject", memo.subject),))
        to = self._labelled((("memo.label_to", memo.head.to),))
        to.paragraph_format.space_before = Pt(6)

    def _labelled(self, parts: Iterable[tuple[str, str]]) -> WordParagraph:
        """Labels with what stands after them; what is empty is a dotted line up to the next."""
        parts = tuple(parts)
        made: WordParagraph = self._document.add_paragraph()
        made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Cm(1.4), Cm(-1.4)
        for number, (label, text) in enumerate(parts):
            self.run(
                made,
                ("\t" if number else "") + self._say(label),
                20 if label != "memo.label_to" else BODY,
                True,
            )
            self.run(made, f"  {text or self._say('memo.blank')}")
        if len(parts) > 1:
            made.paragraph_format.tab_stops.add_tab_stop(Cm(8))
        return made

    # ── the body ────────────────────────────────────────────────────────────────────────────────

    def body(self, memo: Memo) -> None:
        """The sections, the closing words and the place for the signature."""
        opening = self.paragraph(memo.opening, first=INDENT)
        opening.alignment = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY
        opening.paragraph_format.space_before = Pt(6)
        for number, section in enumerate(memo.sections, 1):
            words = self._say("memo.heading", n=number, text=section.heading)
            heading = self.paragraph(words, INDENT - Cm(1), bold=True)
            heading.paragraph_format.space_before = Pt(6)
            heading.paragraph_format.keep_with_next = True
            for block in section.blocks:
                self.block(block)
        closing = self.paragraph(memo.closing, first=INDENT)
        closing.paragraph_format.space_before = Pt(12)
        closing.paragraph_format.keep_with_next = True
        for number, words in enumerate(memo.signature(self._wording)):
            line = self.paragraph(words, Cm(7))
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.keep_with_next = number < 2
            if number == 0:
                line.paragraph_format.space_before = Pt(30)

    def block(self, block: Block) -> None:
        """One part of a section."""
        if isinstance(block, Paragraph):
            self.paragraph(block.text, first=INDENT).alignment = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY
        elif isinstance(block, Items):
            for item in block.items:
                point = self.paragraph(self._say("memo.item", text=item), INDENT, first=Cm(-0.4))
                point.alignment = WD_ALIGN_PARAGRAPH.LEFT
        elif isinstance(block, MemoTable):
            self.table(block)
        elif isinstance(block, Chart):
            self.chart(block)
        else:
            self.passage(block)

    def passage(self, passage: Passage) -> None:
        """The lines of another answer; a line that begins deeper hangs deeper."""
        for line in passage.lines:
            indent = Cm(1.5) + STEP * (min(line.indent, 6) + 1)
            self.paragraph(line.text, indent, line.style in _BOLD_STYLES, first=-STEP)

    def table(self, table: MemoTable) -> None:
        """A table with a heading row that is repeated on every page, and its notes."""
        title = self.paragraph(table.title, INDENT - Cm(0.5), bold=True)
        title.paragraph_format.keep_with_next = True
        rows = [table.columns, *table.rows, *([table.total] if table.total else [])]
        made = self._document.add_table(rows=len(rows), cols=len(table.columns))
        made.style = "Table Grid"
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        widths = _widths(rows)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for index, row in enumerate(rows):
            strong = index == 0 or (bool(table.total) and index == len(rows) - 1)
            for column, words in enumerate(row):
                cell = made.cell(index, column)
                cell.width = widths[column]
                paragraph = cell.paragraphs[0]
                self.run(paragraph, words, SMALL, strong)
                if words.isdecimal() or index == 0:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _unbroken(made.rows[index], is_head=index == 0)
        for note in table.notes:
            below = self._document.add_paragraph()
            below.paragraph_format.left_indent = INDENT - Cm(0.5)
            self.run(below, note, SMALL)

    def chart(self, chart: Chart) -> None:
        """A chart as boxes of a table, so that the office can still change it: level under level, four in a row."""
        title = self.paragraph(chart.title, bold=True)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.keep_with_next = True
        for depth, level in enumerate(chart.levels):
            for first in range(0, len(level), MOST_BESIDE):
                if depth or first:
                    line = self._document.add_paragraph()
                    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                    line.paragraph_format.keep_with_next = True
                    self.run(line, "│" if not first else "", SMALL)
                self._boxes(level[first : first + MOST_BESIDE])

    def _boxes(self, cells: tuple[Cell, ...]) -> None:
        made = self._document.add_table(rows=1, cols=len(cells))
        made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        width = Cm(min(7.0, WIDTH.cm / len(cells)))
        for column, cell in enumerate(cells):
            made.columns[column].width = made.cell(0, column).width = width
            _shade(made.cell(0, column), FILLS.get(cell.state, "FFFFFF"))
            parts = (cell.name, *cell.details, *([cell.becomes] if cell.state != "same" else []))
            for number, words in enumerate(parts):
                target = made.cell(0, column)
                paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self.run(paragraph, words, SMALL, number == 0)
        _unbroken(made.rows[0], is_head=False)


def _shade(cell: Any, fill: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shading)


def _unbroken(row: Any, is_head: bool) -> None:
    """Keep a row on one page; repeat the head on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _widths(rows: list[tuple[str, ...]]) -> list[Any]:
    """The width of the page shared among the columns: by what is in them, each at least as wide as its numbers."""
    longest = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    weights = [9 if length <= 6 else min(40, length + 4) for length in longest]
    return [Cm(WIDTH.cm * weight / sum(weights)) for weight in weights]
