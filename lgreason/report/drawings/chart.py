"""An organisation chart as an SVG page, A4 landscape: the clerk on top, the deputies, the units in rows.

Changes are marked by colour, and by a sign and a word in a dark band, so that they show in black and white too.
The layout is reckoned at one size of text, in the width of box and the number of columns that leave the text largest
when the whole is scaled to the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lgreason.files.organisation.organisation import Organisation, Plan
from lgreason.report.drawings.boxes import NOTHING_REFUSED, Box, Boxes, State, boxes
from lgreason.report.drawings.lines import lines, width
from lgreason.report.wording import Wording
from lgreason.rules.records import dataclass
from lgreason.words.vocabulary import Vocabulary

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 1188, 840, 32
FONTS = "Sarabun, 'TH Sarabun New', 'Noto Sans Thai', Loma, sans-serif"
BOXES = (176, 192, 208, 232)
"""The widths that a box may have, before scaling."""
PAD, GAP, DROP, BAND = 8, 14, 24, 21
NAME, TEXT, LEGEND_TEXT = 15, 13, 15
LEADING = 1.36
LARGEST = 1.4
LEGEND = 44


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
    kind = "today" if plan is None else "chosen"
    title = wording.say("chart.title", name=organisation.name)
    subtitle = wording.say(f"chart.{kind}")
    missing = [
        wording.say(f"chart.no_{what}")
        for what, known in (("clerk", drawn.clerk), ("deputies", drawn.deputies), ("units", drawn.units))
        if known is None
    ]
    page = max(
        (_Page(drawn, box, wording) for box in BOXES), key=lambda page: (round(page.scale, 2), page.wide)
    )
    counts = Counter(box.state for box in drawn)
    parts = [
        *_head(title, subtitle, (*told, *missing), wording.language),
        *page.drawn(),
        *_legend(counts, wording),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


# ── one box ───────────────────────────────────────────────────────────────────────────────────────────────────────
class _Row(NamedTuple):
    text: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """A box whose texts are broken into rows; its height follows from them."""

    rows: tuple[_Row, ...]
    wide: int
    state: State
    word: str

    @property
    def height(self) -> float:
        band = BAND if self.word else 0
        return band + 2 * PAD + sum(row.size * LEADING for row in self.rows)

    def drawn(self, x: float, y: float, height: float) -> Iterator[str]:
        """The box with its upper left corner at a place."""
        look = LOOKS[self.state]
        dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{self.wide}" height="{height:.1f}" rx="5" fill="{look.fill}" '
            f'stroke="{look.stroke}" stroke-width="{look.width}"{dashes}/>'
        )
        top = y
        if self.word:
            yield (
                f'<path d="M{x:.1f} {y + BAND:.1f}v{5 - BAND}a5 5 0 0 1 5 -5h{self.wide - 10}a5 5 0 0 1 5 5'
                f'v{BAND - 5}z" fill="{look.stroke}"/>'
            )
            yield _sign(look.sign, x + 8, y + (BAND - 12) / 2, "#ffffff")
            yield _text(self.word, x + 26, y + BAND - 6.5, TEXT, fill="#ffffff", bold=True)
            top += BAND
        baseline = top + PAD + (height - (top - y) - 2 * PAD - sum(r.size * LEADING for r in self.rows)) / 2
        for row in self.rows:
            baseline += row.size * LEADING
            yield _text(
                row.text,
                x + self.wide / 2,
                baseline - row.size * 0.38,
                row.size,
                anchor="middle",
                bold=row.bold,
                italic=row.italic,
            )


def _placed(box: Box, wide: int, wording: Wording) -> _Placed:
    room = wide - 2 * PAD
    between = wording.say("chart.between")
    rows = [_Row(line, NAME, bold=True) for line in lines(box.name, room, NAME, bold=True)]
    for detail in box.details:
        rows += [_Row(line.strip(between), TEXT) for line in lines(detail, room, TEXT)]
    if box.before:
        before = wording.say("chart.before", before=between.join(box.before))
        rows += [_Row(line.strip(between), TEXT, italic=True) for line in lines(before, room, TEXT)]
    word = "" if box.state == "same" else wording.say(f"chart.{box.state}")
    return _Placed(tuple(rows), wide, box.state, word)


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────────────────
class _Page:
    """The boxes at their places: rows of equal columns, one line of command down the middle."""

    def __init__(self, drawn: Boxes, wide: int, wording: Wording) -> None:
        self.wide = wide
        self.clerk, self.deputies, self.units = (
            [_placed(box, wide, wording) for box in group or ()]
            for group in ((drawn.clerk,) if drawn.clerk else (), drawn.deputies, drawn.units)
        )
        self.room = PAGE_WIDTH - 2 * MARGIN, PAGE_HEIGHT - 2 * MARGIN - 62 - LEGEND
        most = max(1, len(self.units), len(self.deputies))
        self.columns = max(range(1, most + 1), key=lambda c: (round(self._scale(c), 3), -c))
        self.scale = self._scale(self.columns)

    def _rows(self, of: Sequence[_Placed], columns: int) -> list[Sequence[_Placed]]:
        if not of:
            return []
        number = -(-len(of) // columns)
        even = -(-len(of) // number)
        return [of[at : at + even] for at in range(0, len(of), even)]

    def _size(self, columns: int) -> tuple[float, float]:
        rows = self._rows(self.units, columns)
        widest = max(len(row) for row in (self.clerk, *self._rows(self.deputies, columns), *rows, [None]))
        side = GAP + 6 if len(rows) > 1 or len(self._rows(self.deputies, columns)) > 1 else 0
        high = 0.0
        for row in (self.clerk, *self._rows(self.deputies, columns), *rows):
            high += max((box.height for box in row), default=0) + DROP if row else 0
        return widest * (self.wide + GAP) - GAP + 2 * side, max(high - DROP, 1)

    def _scale(self, columns: int) -> float:
        wide, high = self._size(columns)
        return min(self.room[0] / wide, self.room[1] / high, LARGEST)

    def drawn(self) -> Iterator[str]:
        """Lines first, boxes over them, scaled to the page."""
        scale = self.scale
        wide, _ = self._size(self.columns)
        left = (PAGE_WIDTH - wide * scale) / 2
        yield f'<g transform="translate({left:.2f} {MARGIN + 62}) scale({scale:.4f})">'
        middle, y = wide / 2, 0.0
        over: list[str] = []
        trunk: float | None = None  # where the line of command has come to
        for box in self.clerk:
            over += box.drawn(middle - self.wide / 2, y, box.height)
            trunk = y + box.height
            y += box.height + DROP
        for group in (self.deputies, self.units):
            rows = self._rows(group, self.columns)
            through = group is self.deputies and any(box.state != "given_up" for box in group)
            for number, row in enumerate(rows):
                high = max(box.height for box in row)
                across = len(rows[0]) * (self.wide + GAP) - GAP
                x = (
                    middle - across / 2
                    if len(rows) > 1
                    else middle - (len(row) * (self.wide + GAP) - GAP) / 2
                )
                centres = [x + at * (self.wide + GAP) + self.wide / 2 for at in range(len(row))]
                bus = y - DROP / 2
                if trunk is not None:
                    if number == 0:
                        yield _line(middle, trunk, middle, bus)
                    else:
                        yield _line(x - GAP, trunk, x - GAP, bus)
                    start = [x - GAP] if len(rows) > 1 else []
                    ends = [*start, *centres, *([middle] if number == 0 else [])]
                    yield _line(min(ends), bus, max(ends), bus)
                    trunk = bus
                for box, centre in zip(row, centres, strict=True):
                    if trunk is not None:
                        yield _line(centre, bus, centre, y, dashed=box.state == "given_up")
                    over += box.drawn(centre - self.wide / 2, y, high)
                y += high + DROP
                if through and trunk is not None and len(rows) == 1 and self.units:
                    joined = [c for box, c in zip(row, centres, strict=True) if box.state != "given_up"]
                    low = y - DROP / 2
                    for centre in joined:
                        yield _line(centre, y - DROP, centre, low)
                    yield _line(min(*joined, middle), low, max(*joined, middle), low)
                    trunk = low
        yield from over
        yield "</g>"


def _head(title: str, subtitle: str, missing: Sequence[str], language: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" '
        f'viewBox="0 0 {PAGE_WIDTH} {PAGE_HEIGHT}" font-family={quoteattr(FONTS)} xml:lang="{language}">'
    )
    yield f"<title>{_clean(title)}</title>"
    yield "<style>@page { size: A4 landscape; margin: 0 }</style>"
    yield f'<rect width="{PAGE_WIDTH}" height="{PAGE_HEIGHT}" fill="#ffffff"/>'
    room = PAGE_WIDTH - 2 * MARGIN
    size = min(24.0, 24 * room / max(1.0, width(title, 24, bold=True)))
    yield _text(title, PAGE_WIDTH / 2, MARGIN + 22, size, anchor="middle", bold=True)
    words = " · ".join((subtitle, *missing))
    size = min(15.0, 15 * room / max(1.0, width(words, 15)))
    yield _text(words, PAGE_WIDTH / 2, MARGIN + 46, size, anchor="middle", fill="#333333")


def _legend(counts: Counter[State], wording: Wording) -> Iterator[str]:
    """The states that occur, each with its look, its word and how often it occurs; nothing if nothing changes."""
    states = [state for state in LOOKS if counts[state]]
    if states in ([], ["same"]):
        return
    words = [wording.say("chart.legend", state=wording.say(f"chart.{s}"), n=counts[s]) for s in states]
    wide = sum(width(word, LEGEND_TEXT) + 34 + 20 for word in words) - 20
    scale = min(1.0, (PAGE_WIDTH - 2 * MARGIN) / wide)
    x, y = (PAGE_WIDTH - wide * scale) / 2, PAGE_HEIGHT - MARGIN - 20
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
            yield _sign(look.sign, x + 8, 3, look.stroke)
        yield _text(word, x + 34, 14, LEGEND_TEXT)
        x += width(word, LEGEND_TEXT) + 34 + 20
    yield "</g>"


# ── pieces of SVG ─────────────────────────────────────────────────────────────────────────────────────────────────
def _text(
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
    look = (' font-weight="bold"' * bold) + (' font-style="italic"' * italic)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="{anchor}" fill="{fill}"{look}>'
        f"{_clean(words)}</text>"
    )


def _sign(path: str, x: float, y: float, fill: str) -> str:
    return f'<path transform="translate({x:.1f} {y:.1f})" d="{path}" fill="{fill}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#333333" stroke-width="1.2" fill="none"{dashes}/>'


def _clean(words: str) -> str:
    """Text for XML: escaped, and without the control characters that XML cannot hold."""
    return escape("".join(sign for sign in words.replace("\u00a0", " ") if sign.isprintable()))
