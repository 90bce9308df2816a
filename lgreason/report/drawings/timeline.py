"""Career paths drawn on a time axis, as SVG: posts as bars, degrees as marks, the binding clause under each bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from wcwidth import wcswidth

from lgreason.reasoning.persons.path import Path, Paths
from lgreason.report.text.paths import PathText
from lgreason.report.wording import Wording
from lgreason.words.dates import BUDDHIST_OFFSET
from lgreason.words.vocabulary import Vocabulary

FONTS = "Sarabun, 'TH Sarabun New', 'Noto Sans Thai', Loma, sans-serif"
WIDTH, MARGIN = 1120, 32
LABEL, SMALL, HEAD, TITLE = 16, 14, 18, 22
CELL = 0.5
"""The width of a display cell, in sizes of the letter; generous, so that nothing runs out of the picture."""
BAR = 16
STEP_COLOURS = ("#2f6f9f", "#3c8d7a", "#7d6aa8", "#b0703c", "#6b7f3a", "#a0526a")
INK, PALE, GRID, HELD, MARK = "#1f2933", "#5f6c7b", "#dfe4ea", "#a9b4c0", "#c2571a"


@dataclass(slots=True)
class _Page:
    """The picture so far: its elements, and how far down they reach."""

    first: date
    last: date
    elements: list[str]
    y: float = MARGIN

    def x(self, day: date) -> float:
        """Where a day stands on the axis."""
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return MARGIN + share * (WIDTH - 2 * MARGIN)

    def text(self, at: float, words: str, size: int, colour: str = INK, bold: bool = False) -> None:
        """Lines of text that begin at `at`, or end at the right margin where they would not fit."""
        # A white rim keeps the letters clear of the year lines behind them.
        weight = ' stroke="#ffffff" stroke-width="3" paint-order="stroke"' + (
            ' font-weight="bold"' if bold else ""
        )
        rows = list(wrapped(words, size, WIDTH - 2 * MARGIN))
        widest = max(width_of(row, size) for row in rows)
        fits = at + widest <= WIDTH - MARGIN
        place = f'x="{at:.1f}"' if fits else f'x="{WIDTH - MARGIN}" text-anchor="end"'
        if not fits and len(rows) > 1:
            place = f'x="{max(MARGIN, WIDTH - MARGIN - widest):.1f}"'
        for row in rows:
            self.y += size * 1.45
            self.elements.append(
                f'<text {place} y="{self.y:.1f}" font-size="{size}" fill="{colour}"{weight}>{escape(row)}</text>'
            )

    def bar(self, start: date, end: date, colour: str) -> None:
        """A bar from one day to another, at least visible."""
        left, right = self.x(start), self.x(end)
        self.y += 6
        self.elements.append(
            f'<rect x="{left:.1f}" y="{self.y:.1f}" width="{max(3.0, right - left):.1f}" height="{BAR}" rx="3" '
            f"fill={quoteattr(colour)}/>"
        )
        self.y += BAR

    def mark(self, day: date) -> None:
        """A mark on a day."""
        x = self.x(day)
        self.y += 6
        middle = self.y + BAR / 2
        self.elements.append(
            f'<path d="M{x:.1f} {middle - 8:.1f}l8 8l-8 8l-8 -8z" fill="{MARK}" stroke="#fff" stroke-width="1"/>'
        )
        self.y += BAR


def width_of(text: str, size: int) -> float:
    """About how wide a text is, by the cells of a terminal: Thai marks above and below take none."""
    return max(0, wcswidth(text)) * size * CELL


def wrapped(text: str, size: int, width: float) -> Iterator[str]:
    """A text broken at its spaces; a phrase without one stays whole."""
    row = ""
    for word in text.split(" "):
        longer = f"{row} {word}" if row else word
        if row and width_of(longer, size) > width:
            yield row
            row = word
        else:
            row = longer
    yield row


def drawing(paths: Paths, text: PathText, vocabulary: Vocabulary, wording: Wording, most: int) -> str:
    """The careers, quickest first, as one SVG document."""
    found = paths.found[:most]
    last = max([path.arrives for path in found], default=paths.day)
    margin = max(timedelta(days=180), (last - paths.day) / 5)
    page = _Page(paths.day - margin, last + margin, [])
    position = vocabulary.name("position", paths.aim.position)
    title = wording.say("path.svg_title", name=paths.person.name, position=position)
    page.text(MARGIN, title, TITLE, bold=True)
    page.text(MARGIN, wording.say("why.asked", position=position, day=paths.day), LABEL, PALE)
    if not found:
        page.text(MARGIN, wording.say("path.svg_none"), HEAD)
    for number, path in enumerate(found, 1):
        page.y += 18
        page.text(MARGIN, text.heading(number, path), HEAD, bold=True)
        top, behind = page.y + 8, len(page.elements)
        page.y += SMALL * 1.6
        _path(page, path, text, wording)
        page.y += 6
        page.elements[behind:behind] = _years(page, top, wording)
    page.y += 12
    for key in text.assumptions() if found else ():
        page.text(MARGIN, wording.say("path.assumption", text=text.assumption(key)), SMALL, PALE)
    height = page.y + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" font-family={quoteattr(FONTS)} role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(page.elements) + "\n</svg>\n"
    )


def _years(page: _Page, top: float, wording: Wording) -> Iterator[str]:
    """A line for each year, or for every few, from `top` down to where the page has come."""
    years = range(page.first.year + 1, page.last.year + 1)
    step = max(1, -(-len(years) // 12))
    for year in years[::step]:
        x = page.x(date(year, 1, 1))
        written = year + BUDDHIST_OFFSET if wording.language == "th" else year
        yield (
            f'<line x1="{x:.1f}" y1="{top + SMALL + 4:.1f}" x2="{x:.1f}" y2="{page.y:.1f}" stroke="{GRID}"/>'
            f'<text x="{x:.1f}" y="{top + SMALL:.1f}" font-size="{SMALL}" fill="{PALE}" text-anchor="middle">'
            f"{wording.digits_of(str(written))}</text>"
        )


def _path(page: _Page, path: Path, text: PathText, wording: Wording) -> None:
    if held := text.held():
        page.text(page.x(page.first), wording.say("path.svg_held", entries=held), LABEL, PALE)
        page.bar(page.first, path.steps[0].start, HELD)
    for number, step in enumerate(path.steps):
        for effort in path.efforts:
            if effort.step == number:
                page.text(page.x(step.start), text.effort(effort, path, full=False), SMALL, MARK)
                page.mark(step.start)
        colour = STEP_COLOURS[number % len(STEP_COLOURS)]
        page.text(page.x(step.start), text.step(number + 1, step), LABEL, colour, bold=True)
        page.bar(step.start, step.until or page.last, colour)
        page.text(page.x(step.start), text.reason(step), SMALL, PALE)
        page.y += 4
