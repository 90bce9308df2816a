"""Organisation charts as SVG pages: one structure on A4, or today's beside a proposed one on A3; both landscape.

Changes are marked by colour, and by a sign and a word in a dark band, so that they show in black and white too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from lgreason.files.organisation.organisation import Organisation, Plan
from lgreason.report.drawings.boxes import NOTHING_REFUSED, Boxes, State, boxes
from lgreason.report.drawings.lines import width
from lgreason.report.drawings.panel import PanelFrame, laid_out
from lgreason.report.drawings.pieces import FONTS, LOOKS, clean, line_of, sign_of, text_of
from lgreason.report.wording import Wording
from lgreason.words.vocabulary import Vocabulary

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 1188, 840, 32
LEGEND_TEXT = 15
LEGEND = 44
TITLE = 30
ROW = 20


class Page(NamedTuple):
    """A size of paper, landscape: in millimetres, and in the units of the drawing."""

    name: str
    millimetres: tuple[int, int]
    wide: int
    high: int


A4 = Page("A4", (297, 210), PAGE_WIDTH, PAGE_HEIGHT)
A3 = Page("A3", (420, 297), 1680, 1188)


def chart(
    organisation: Organisation,
    plan: Plan | None,
    wording: Wording,
    vocabulary: Vocabulary,
    told: Sequence[str] = (),
    refused: Mapping[str, Sequence[str]] = NOTHING_REFUSED,
) -> str:
    """The chart of today's structure, or of `plan` with what it changes in today's, as the text of an SVG file.

    `told` is said under the title (the verdict, the day, the burden); `refused` tells, by the keys of boxes, what
    stands against those that may not be.
    """
    drawn = boxes(organisation, plan, wording, vocabulary, refused)
    words = (wording.say("chart.today" if plan is None else "chart.chosen"), *told)
    return _sheet(A4, organisation, [(drawn, words)], wording)


def beside(
    organisation: Organisation,
    plan: Plan,
    wording: Wording,
    vocabulary: Vocabulary,
    told: tuple[Sequence[str], Sequence[str]] = ((), ()),
    refused: Mapping[str, Sequence[str]] = NOTHING_REFUSED,
) -> str:
    """Today's structure and `plan` side by side on one page; what is told as for `chart`."""
    today = boxes(organisation, None, wording, vocabulary)
    drawn = boxes(organisation, plan, wording, vocabulary, refused)
    parts = [
        (today, (wording.say("chart.today"), *told[0])),
        (drawn, (wording.say("chart.chosen"), *told[1])),
    ]
    return _sheet(A3, organisation, parts, wording)


def _sheet(
    page: Page, organisation: Organisation, parts: Sequence[tuple[Boxes, Sequence[str]]], wording: Wording
) -> str:
    """A page with one structure or more from left to right, each with its words above it."""
    title = wording.say("chart.title", name=organisation.name)
    wide = (page.wide - 2 * MARGIN - 2 * MARGIN * (len(parts) - 1)) / len(parts)
    rows = [_rows((*told, *_missing(drawn, wording)), wide) for drawn, told in parts]
    top = MARGIN + TITLE + ROW * max(map(len, rows)) + 12
    made = [*_head(page, title, wording.language)]
    for number, ((drawn, _), words) in enumerate(zip(parts, rows, strict=True)):
        left = MARGIN + number * (wide + 2 * MARGIN)
        for at, row in enumerate(words):
            size = min(15.0, 15 * wide / max(1.0, width(row, 15)))
            y = MARGIN + TITLE + ROW * (at + 1) - 4
            made.append(text_of(row, left + wide / 2, y, size, anchor="middle", fill="#333333"))
        if number:
            made.append(line_of(left - MARGIN, MARGIN + TITLE, left - MARGIN, page.high - MARGIN - LEGEND))
        frame = PanelFrame(left, top, wide, page.high - MARGIN - LEGEND - top)
        made += laid_out(drawn, frame, wording).drawn()
    counts = Counter(box.state for box in parts[-1][0])
    return "\n".join([*made, *_legend(page, counts, wording), "</svg>"]) + "\n"


def _missing(drawn: Boxes, wording: Wording) -> Iterator[str]:
    for what, known in (("clerk", drawn.clerk), ("deputies", drawn.deputies), ("units", drawn.units)):
        if known is None:
            yield wording.say(f"chart.no_{what}")


def _rows(words: Sequence[str], room: float) -> list[str]:
    """What is told, in rows no wider than the room where that can be."""
    rows: list[str] = []
    for each in words:
        longer = f"{rows[-1]} · {each}" if rows else each
        if rows and width(longer, 15) <= room:
            rows[-1] = longer
        else:
            rows.append(each)
    return rows


def _head(page: Page, title: str, language: str) -> Iterator[str]:
    wide, high = page.millimetres
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}mm" height="{high}mm" '
        f'viewBox="0 0 {page.wide} {page.high}" font-family={quoteattr(FONTS)} xml:lang="{language}">'
    )
    yield f"<title>{clean(title)}</title>"
    yield f"<style>@page {{ size: {page.name} landscape; margin: 0 }}</style>"
    yield f'<rect width="{page.wide}" height="{page.high}" fill="#ffffff"/>'
    room = page.wide - 2 * MARGIN
    size = min(24.0, 24 * room / max(1.0, width(title, 24, bold=True)))
    yield text_of(title, page.wide / 2, MARGIN + 22, size, anchor="middle", bold=True)


def _legend(page: Page, counts: Counter[State], wording: Wording) -> Iterator[str]:
    """The states that occur, each with its look, its word and how often it occurs; nothing if nothing changes."""
    states = [state for state in LOOKS if counts[state]]
    if states in ([], ["same"]):
        return
    words = [wording.say("chart.legend", state=wording.say(f"chart.{s}"), n=counts[s]) for s in states]
    wide = sum(width(word, LEGEND_TEXT) + 34 + 20 for word in words) - 20
    scale = min(1.0, (page.wide - 2 * MARGIN) / wide)
    x, y = (page.wide - wide * scale) / 2, page.high - MARGIN - 20
    yield f'<g transform="translate({x:.1f} {y}) scale({scale:.4f})">'
    x = 0
    for state, word in zip(states, words, strict=True):
        look = LOOKS[state]
        dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
        yield (
            f'<rect x="{x:.1f}" y="0" width="28" height="18" rx="3" fill="{look.fill}" stroke="{look.stroke}" '
            f'stroke-width="{look.width}"{dashes}/>'
        )
        if look.sign:
            yield sign_of(look.sign, x + 8, 3, look.stroke)
        yield text_of(word, x + 34, 14, LEGEND_TEXT)
        x += width(word, LEGEND_TEXT) + 34 + 20
    yield "</g>"
