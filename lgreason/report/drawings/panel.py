"""The boxes of a chart laid out in a part of a page: the clerk on top, the deputies, the units in rows.

The layout is reckoned at one size of text, in the width of box and the number of columns that leave the text largest
when the whole is scaled to the room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lgreason.report.drawings.boxes import Box, Boxes, State
from lgreason.report.drawings.lines import lines
from lgreason.report.drawings.pieces import LOOKS, line_of, sign_of, text_of
from lgreason.report.wording import Wording

BOXES = (176, 192, 208, 232)
"""The widths that a box may have, before scaling."""
PAD, GAP, DROP, BAND = 8, 14, 24, 21
NAME, TEXT = 15, 13
LEADING = 1.36
LARGEST = 1.4


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
            yield sign_of(look.sign, x + 8, y + (BAND - 12) / 2, "#ffffff")
            yield text_of(self.word, x + 26, y + BAND - 6.5, TEXT, fill="#ffffff", bold=True)
            top += BAND
        baseline = top + PAD + (height - (top - y) - 2 * PAD - sum(r.size * LEADING for r in self.rows)) / 2
        for row in self.rows:
            baseline += row.size * LEADING
            yield text_of(
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


# ── the boxes at their places ──────────────────────────────────────────────────────────────────
class PanelFrame(NamedTuple):
    """The part of a page that a chart has for itself."""

    left: float
    top: float
    wide: float
    high: float


class Panel:
    """The boxes at their places: rows of equal columns, one line of command down the middle."""

    def __init__(self, drawn: Boxes, wide: int, frame: PanelFrame, wording: Wording) -> None:
        """Take the boxes, how wide each is before scaling, and the room there is."""
        self.wide = wide
        self.clerk, self.deputies, self.units = (
            [_placed(box, wide, wording) for box in group or ()]
            for group in ((drawn.clerk,) if drawn.clerk else (), drawn.deputies, drawn.units)
        )
        self.frame = frame
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
        return min(self.frame.wide / wide, self.frame.high / high, LARGEST)

    def drawn(self) -> Iterator[str]:
        """Lines first, boxes over them, scaled to the page."""
        scale = self.scale
        wide, _ = self._size(self.columns)
        left = self.frame.left + (self.frame.wide - wide * scale) / 2
        yield f'<g transform="translate({left:.2f} {self.frame.top:g}) scale({scale:.4f})">'
        middle, y = wide / 2, 0.0
        over: list[str] = []
        trunk: float | None = None  # where the line of command has come to
        down = middle  # and how far from the left: beside boxes that stand in several rows
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
                    if number:
                        down = x - GAP
                    yield line_of(down, trunk, down, bus)
                    start = [x - GAP] if len(rows) > 1 else []
                    ends = [*start, *centres, down]
                    yield line_of(min(ends), bus, max(ends), bus)
                    trunk = bus
                for box, centre in zip(row, centres, strict=True):
                    if trunk is not None:
                        yield line_of(centre, bus, centre, y, dashed=box.state == "given_up")
                    over += box.drawn(centre - self.wide / 2, y, high)
                y += high + DROP
                if through and trunk is not None and len(rows) == 1 and self.units:
                    joined = [c for box, c in zip(row, centres, strict=True) if box.state != "given_up"]
                    low = y - DROP / 2
                    for centre in joined:
                        yield line_of(centre, y - DROP, centre, low)
                    yield line_of(min(*joined, middle), low, max(*joined, middle), low)
                    trunk = low
        yield from over
        yield "</g>"


def laid_out(drawn: Boxes, frame: PanelFrame, wording: Wording) -> Panel:
    """The boxes as they are largest in a frame."""
    panels = (Panel(drawn, wide, frame, wording) for wide in BOXES)
    return max(panels, key=lambda panel: (round(panel.scale, 2), panel.wide))
