"""What charts are drawn of: pieces of SVG, and how each state of a box looks, in colour and in black and white."""

from __future__ import annotations

from typing import NamedTuple
from xml.sax.saxutils import escape

from lgreason.report.drawings.boxes import State

FONTS = "Sarabun, 'TH Sarabun New', 'Noto Sans Thai', Loma, sans-serif"


class Look(NamedTuple):
    """How a state is drawn: fill, border, width of the border, dashes, and a sign 12 wide and high."""

    fill: str
    stroke: str
    width: float
    dashes: str
    sign: str


LOOKS: dict[State, Look] = {
    "same": Look("#ffffff", "#333333", 1.2, "", ""),
    "new": Look("#e4f4e6", "#1a6b2d", 2.2, "", "M5 1h2v4h4v2h-4v4h-2v-4h-4v-2h4z"),
    "raised": Look("#e2ecfa", "#1b4a91", 2.2, "", "M6 1l5 9h-10z"),
    "lowered": Look("#fdebd6", "#9a4b00", 2.2, "", "M6 11l-5 -9h10z"),
    "changed": Look("#f1eafa", "#5f3894", 2.2, "", "M6 0.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z"),
    "given_up": Look(
        "#f1f1f1",
        "#6a6a6a",
        1.6,
        "7 4",
        "M2.4 1l3.6 3.6l3.6 -3.6l1.4 1.4l-3.6 3.6l3.6 3.6l-1.4 1.4l-3.6 -3.6l-3.6 3.6l-1.4 -1.4l3.6 -3.6l-3.6 -3.6z",
    ),
    "unclear": Look("#ffffff", "#333333", 1.6, "2 3", "M1 5h10v2h-10z"),
    "forbidden": Look(
        "#fdecea",
        "#8e1b16",
        3.2,
        "",
        "M6 0.5a5.5 5.5 0 1 0 0.01 0zM6 2.5a3.5 3.5 0 0 1 2.1 0.7l-4.9 4.9a3.5 3.5 0 0 1 2.8 -5.6z"
        "M8.8 3.9a3.5 3.5 0 0 1 -4.9 4.9z",
    ),
}


def text_of(
    words: str,
    x: float,
    y: float,
    size: float,
    *,
    anchor: str = "start",
    fill: str = "#111111",
    bold: bool = False,
    italic: bool = False,
) -> str:
    """A line of text at a place, begun or centred there."""
    look = (' font-weight="bold"' * bold) + (' font-style="italic"' * italic)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="{anchor}" fill="{fill}"{look}>'
        f"{clean(words)}</text>"
    )


def sign_of(path: str, x: float, y: float, fill: str) -> str:
    """The sign of a state, with its upper left corner at a place."""
    return f'<path transform="translate({x:.1f} {y:.1f})" d="{path}" fill="{fill}"/>'


def line_of(x1: float, y1: float, x2: float, y2: float, dashed: bool = False) -> str:
    """A line from one place to another."""
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#333333" stroke-width="1.2" fill="none"{dashes}/>'


def clean(words: str) -> str:
    """Text for XML: escaped, and without the control characters that XML cannot hold."""
    return escape("".join(sign for sign in words.replace("\u00a0", " ") if sign.isprintable()))
