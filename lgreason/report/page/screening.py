"""A screening as one page that holds all it needs: sums, plots and what to mend; no names of persons."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from xml.sax.saxutils import escape

from lgreason.files.roster.tally import Counted, PositionTally, Tally
from lgreason.report.drawings.lines import lines
from lgreason.report.page.plots import LABELS, Bar, BarPart, bars, columns
from lgreason.report.text.screening import AnswerWords
from lgreason.report.wording import Wording

MONTHS = 48
"""So many months ahead are drawn."""
MOST_CONDITIONS = 5
MOST_FACTS = 8
MOST_TEXTS = 20
YES, OPEN, NO = BarPart(0, "#1a6b2d").fill, "#c98a00", "#a8362c"
PLAIN = "#1b4a91"
_FACES = (("Sarabun-Regular.ttf", 400), ("Sarabun-Bold.ttf", 700))
_STYLE = """
@page { size: A4; margin: 16mm 14mm; }
* { box-sizing: border-box; }
body { font: 15px/1.55 Sarabun, 'TH Sarabun New', sans-serif; color: #222;
  max-width: 780px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 24px 0 6px; }
h3 { font-size: 16px; margin: 12px 0 2px; } h2, h3 { padding-top: 4px; }
section { break-inside: avoid; } svg { width: 100%; height: auto; font-family: Sarabun, sans-serif; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #d9d9d9; padding: 4px 8px; text-align: right; }
th:first-child, td:first-child { text-align: left; white-space: nowrap; }
th { border-bottom: 2px solid #222; font-size: 85%; white-space: nowrap; }
.note { color: #555; } .key span { display: inline-block; margin-right: 18px; }
.key i { display: inline-block; width: 13px; height: 13px; margin-right: 5px; vertical-align: -1px; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 12pt; } h2 { break-after: avoid; } }
"""


class ScreeningPage:
    """Writes the page of a screening."""

    def __init__(self, tally: Tally, words: AnswerWords, wording: Wording) -> None:
        """Take the sums, and the words to write them in."""
        self._tally = tally
        self._words = words
        self._wording = wording
        self._say = wording.say

    def write(self, path: Path) -> None:
        """Write the page, whole or not at all."""
        partial = path.with_name(f".{path.name}.tmp")
        partial.write_text(self.text(), encoding="utf-8")
        partial.replace(path)

    def text(self) -> str:
        """The page."""
        tally = self._tally
        title = self._say("screen.title", n=tally.persons, day=tally.as_of)
        body = "\n".join(
            (*self._sums(), *self._waiting(), *self._conditions(), *self._missing(), *self._unused())
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{self._wording.language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
            f"<style>{_faces()}{_STYLE}</style></head>\n<body>\n<h1>{escape(title)}</h1>\n"
            f'<p class="note">{escape(self._say("screen.page_note"))}</p>\n{body}\n</body></html>\n'
        )

    def _sums(self) -> Iterator[str]:
        tally, say = self._tally, self._say
        yield self._heading("screen.page_who")
        keys = ((YES, "eligible"), (OPEN, "undetermined"), (NO, "ineligible"))
        drawn = "".join(
            f'<span><i style="background:{colour}"></i>{escape(say(f"screen.column_{verdict}"))}</span>'
            for colour, verdict in keys
        )
        yield f'<p class="key">{drawn}</p>'
        rows = [
            Bar(
                self._broken(self._words.position(each.id)),
                (BarPart(each.eligible, YES), BarPart(each.undetermined, OPEN), BarPart(each.ineligible, NO)),
            )
            for each in tally.positions
        ]
        yield f"<section>{bars(rows, say('screen.page_who'))}</section>"
        heads = ["position", "eligible", "undetermined", "ineligible", "one_short"]
        heads += ["becoming"] if tally.by is not None else []
        cells = "".join(f"<th>{escape(say(f'screen.column_{head}'))}</th>" for head in heads)
        yield f"<section><table><thead><tr>{cells}</tr></thead><tbody>"
        for each in tally.positions:
            counts = [each.eligible, each.undetermined, each.ineligible, each.one_short]
            counts += [each.becoming] if each.becoming is not None else []
            data = "".join(f"<td>{self._number(count)}</td>" for count in counts)
            yield f"<tr><td>{escape(self._words.position(each.id))}</td>{data}</tr>"
        yield "</tbody></table></section>"
        if tally.by is not None:
            yield self._heading("screen.page_becoming", day=tally.by)
            rows = [
                Bar(self._broken(self._words.position(each.id)), (BarPart(each.becoming or 0, YES),))
                for each in tally.positions
            ]
            yield f"<section>{bars(rows, say('screen.page_becoming', day=tally.by))}</section>"

    def _waiting(self) -> Iterator[str]:
        tally = self._tally
        if not any(each.waiting for each in tally.positions):
            return
        yield self._heading("screen.page_waiting")
        for each in tally.positions:
            if each.waiting:
                amounts, beyond = self._months(each)
                marked = None if tally.by is None else _months_between(tally.as_of, tally.by) + 1
                mark = "" if tally.by is None else self._wording.date(tally.by, short=True)
                name = self._words.position(each.id)
                plot = columns(amounts, name, PLAIN, marked, mark)
                later = self._say("screen.page_later", n=beyond, months=MONTHS) if beyond else ""
                yield (f'<section><h3>{escape(name)}</h3>{plot}<p class="note">{escape(later)}</p></section>')

    def _months(self, position: PositionTally) -> tuple[list[tuple[str, int]], int]:
        """Every month drawn, with its number, and how many come later."""
        counts = dict(position.waiting)
        first = self._tally.as_of.year * 12 + self._tally.as_of.month - 1
        months = [date((first + n) // 12, (first + n) % 12 + 1, 1) for n in range(MONTHS)]
        amounts = [(self._month(day), counts.pop(day.strftime("%Y-%m"), 0)) for day in months]
        return amounts, sum(counts.values())

    def _month(self, day: date) -> str:
        return self._wording.date(day, short=True).split(" ", 1)[1]

    def _conditions(self) -> Iterator[str]:
        if not any(each.conditions for each in self._tally.positions):
            return
        yield self._heading("screen.page_conditions")
        for each in self._tally.positions:
            if each.conditions:
                rows = [
                    Bar(
                        self._broken(f"{self._words.place(clause)} {self._words.subject(clause)}"),
                        (BarPart(count, NO),),
                    )
                    for clause, count in each.conditions[:MOST_CONDITIONS]
                ]
                name = self._words.position(each.id)
                yield f"<section><h3>{escape(name)}</h3>{bars(rows, name)}</section>"

    def _missing(self) -> Iterator[str]:
        most: dict[str, int] = {}
        for each in self._tally.positions:
            for fact, count in each.missing:
                most[fact] = max(most.get(fact, 0), count)
        if not most:
            return
        yield self._heading("screen.page_missing")
        counted: Counted = sorted(most.items(), key=lambda item: (-item[1], item[0]))[:MOST_FACTS]
        rows = [Bar(self._broken(self._words.fact(fact)), (BarPart(count, OPEN),)) for fact, count in counted]
        yield f"<section>{bars(rows, self._say('screen.page_missing'))}</section>"

    def _unused(self) -> Iterator[str]:
        tally, say = self._tally, self._say
        if tally.unrecognised:
            yield self._heading("screen.page_unrecognised")
            yield "<section><table><tbody>"
            for kind, text, count in tally.unrecognised[:MOST_TEXTS]:
                named = escape(self._words.kind(kind))
                yield f"<tr><td>{escape(text)}</td><td>{named}</td><td>{self._number(count)}</td></tr>"
            yield "</tbody></table></section>"
        if tally.warned:
            yield self._heading("screen.sheet_warned")
            yield "<section><table><tbody>"
            for code, count, _ in tally.warned:
                told = escape(say(f"screen.short_{code}"))
                yield f"<tr><td>{told}</td><td>{self._number(count)}</td></tr>"
            yield "</tbody></table></section>"
        if tally.set_aside:
            yield f"<p>{escape(say('screen.set_aside', n=tally.set_aside))}</p>"

    def _heading(self, key: str, **args: object) -> str:
        return f"<h2>{escape(self._say(key, **args))}</h2>"

    def _number(self, number: int) -> str:
        return self._wording.digits_of(f"{number:,}")

    def _broken(self, words: str) -> Sequence[str]:
        found = lines(words, LABELS - 16, 14)
        return [*found[:2], f"{found[2]} …"] if len(found) > 3 else found


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _faces() -> str:
    """The font, inside the page; where it is not installed, the page names fonts that the reader may have."""
    try:
        folder = resources.files("fontpkg_sarabun") / "files"
        faces = [(weight, (folder / name).read_bytes()) for name, weight in _FACES]
    except (ImportError, OSError):
        return ""
    return "".join(
        f"@font-face{{font-family:Sarabun;font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{base64.b64encode(data).decode()})}}"
        for weight, data in faces
    )
