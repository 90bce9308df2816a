"""Plots as SVG, drawn for reading: every bar says its number, and colours never say alone what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH = 720
BAR, GAP = 22, 10
LABELS = 300
"""The width of the words beside bars."""
TEXT = "#222222"
GRID = "#d9d9d9"
_NARROW = 34.0
"""A part of a bar narrower than this has its number above it."""


@dataclass(frozen=True)
class BarPart:
    """A part of a bar: its amount, its colour, and the colour of the number on it."""

    amount: int
    fill: str
    ink: str = "#ffffff"


@dataclass(frozen=True)
class Bar:
    """A bar with the words beside it."""

    words: Sequence[str]
    parts: Sequence[BarPart]


def bars(rows: Sequence[Bar], title: str, shown: Sequence[str] | None = None) -> str:
    """Lying bars to one scale, each with its words; `shown` gives the numbers as they are written."""
    most = max((sum(part.amount for part in row.parts) for row in rows), default=0) or 1
    scale = (WIDTH - LABELS - 70) / most
    out: list[str] = []
    top = 4
    for index, row in enumerate(rows):
        height = max(BAR, 17 * len(row.words) + 2)
        middle = top + height / 2
        first = middle - 17 * (len(row.words) - 1) / 2 + 5
        for number, words in enumerate(row.words):
            out.append(_text(LABELS - 10, first + 17 * number, words, "end"))
        left = float(LABELS)
        for part in row.parts:
            wide = part.amount * scale
            if part.amount:
                out.append(
                    f'<rect x="{left:.1f}" y="{middle - BAR / 2:.1f}" width="{max(wide, 1):.1f}" height="{BAR}" '
                    f'fill="{part.fill}"/>'
                )
                if len(row.parts) > 1 and wide >= _NARROW:
                    out.append(_text(left + wide / 2, middle + 5, f"{part.amount:,}", "middle", part.ink))
            left += wide
        total = shown[index] if shown else f"{sum(part.amount for part in row.parts):,}"
        out.append(_text(left + 6, middle + 5, total))
        top += height + GAP
    return _svg(out, top, title)


def columns(
    amounts: Sequence[tuple[str, int]], title: str, colour: str, marked: int | None = None, mark: str = ""
) -> str:
    """Standing bars, one a month; a line after the first `marked` of them, with its word."""
    height, base = 130, 104
    most = max((amount for _, amount in amounts), default=0) or 1
    wide = (WIDTH - 60) / max(len(amounts), 1)
    out = [f'<line x1="50" y1="{base}" x2="{WIDTH - 10}" y2="{base}" stroke="{TEXT}"/>']
    for level in sorted({most, most // 2} - {0}):
        y = base - 80 * level / most
        out.append(f'<line x1="50" y1="{y:.1f}" x2="{WIDTH - 10}" y2="{y:.1f}" stroke="{GRID}"/>')
        out.append(_text(44, y + 4, f"{level:,}", "end", size=12))
    for number, (label, amount) in enumerate(amounts):
        x, tall = 50 + number * wide, 80 * amount / most
        if amount:
            out.append(
                f'<rect x="{x + 1:.1f}" y="{base - tall:.1f}" width="{max(wide - 2, 1):.1f}" height="{tall:.1f}" '
                f'fill="{colour}"><title>{escape(label)}: {amount:,}</title></rect>'
            )
        if number % max(1, -(-len(amounts) // 9)) == 0:
            out.append(_text(x + wide / 2, base + 17, label, "middle", size=12))
    if marked is not None and 0 < marked <= len(amounts):
        x = 50 + marked * wide
        out.append(
            f'<line x1="{x:.1f}" y1="12" x2="{x:.1f}" y2="{base}" stroke="#8a3b00" stroke-dasharray="5 3"/>'
        )
        anchor = "end" if marked > len(amounts) / 2 else "start"
        out.append(_text(x + (-5 if anchor == "end" else 5), 18, mark, anchor, "#8a3b00", 12))
    return _svg(out, height, title)


def _svg(parts: Sequence[str], height: float, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, words: str, anchor: str = "start", colour: str = TEXT, size: int = 14) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">'
        f"{escape(words)}</text>"
    )
