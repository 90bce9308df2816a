"""How a file is typed: signs that cannot be seen, syllables out of order, digits of two kinds; each put right safely.

One habit of typing is one finding, at its first place, however often it occurs; the edits put all of them right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lgreason.language.grammar.plain import plain_text
from lgreason.language.reading.faults import Edit, Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.model import Text

_TONES = "\u0e48-\u0e4b"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = re.compile(f"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064]|(?<!^)\ufeff|[{_BLANKS}]")
_NAMES = {
    "\u00a0": Text("ช่องว่างไม่ตัดบรรทัด (U+00A0)", "no-break space (U+00A0)"),
    "\u00ad": Text("ยัติภังค์ที่มองไม่เห็น (U+00AD)", "soft hyphen (U+00AD)"),
    "\u200b": Text("ช่องว่างความกว้างศูนย์ (U+200B)", "zero-width space (U+200B)"),
    "\u200c": Text("ตัวแยกความกว้างศูนย์ (U+200C)", "zero-width non-joiner (U+200C)"),
    "\u200d": Text("ตัวเชื่อมความกว้างศูนย์ (U+200D)", "zero-width joiner (U+200D)"),
    "\u2060": Text("ตัวเชื่อมคำที่มองไม่เห็น (U+2060)", "word joiner (U+2060)"),
    "\ufeff": Text("เครื่องหมายลำดับไบต์กลางข้อความ (U+FEFF)", "byte order mark inside the text (U+FEFF)"),
}
_MISSPELT = re.compile(
    f"[{_TONES}]?\u0e4d[{_TONES}]?\u0e32"  # nikhahit and aa for am
    f"|(?<=[\u0e01-\u0e2e{_TONES}])[ ]+[{_TONES}]?\u0e33"  # am torn off its consonant, as copied from a PDF
    "|\u0e40\u0e40"  # two e for ae
    f"|[\u0e32\u0e33][{_TONES}]"  # a tone mark after the vowel
    f"|[{_TONES}][\u0e31\u0e34-\u0e39]"  # a tone mark before the vowel above or below
)
_ODD_SIGNS = ("\u0e4d", "\u0e40\u0e40", " \u0e33", *(f" {tone}" for tone in "\u0e48\u0e49\u0e4a\u0e4b"))
_OUT_OF_ORDER = re.compile(f"[\u0e32\u0e33][{_TONES}]|[{_TONES}][\u0e31\u0e34-\u0e39]")
_NUMBER = re.compile(r"[0-9๐-๙]*(?:[0-9][,.]?[๐-๙]|[๐-๙][,.]?[0-9])[0-9๐-๙]*")
_TO_THAI, _TO_ARABIC = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"), str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def typing_faults(source: SourceText) -> Iterator[Fault]:
    """What is typed oddly in a file: warnings, for each is read as it was meant."""
    text = source.text
    if not text.isascii():
        yield from _unseen(text)
        yield from _misspelt(text)
        yield from _digits(text)


def _unseen(text: str) -> Iterator[Fault]:
    found: dict[str, list[Edit]] = {}
    for match in _UNSEEN.finditer(text):
        sign = match[0]
        blank = unicodedata.category(sign) == "Zs"
        found.setdefault(sign, []).append(Edit(match.start(), match.end(), " " if blank else ""))
    for sign, edits in found.items():
        code = f"U+{ord(sign):04X}"
        name = _NAMES.get(sign, Text(code, f"{unicodedata.name(sign, '').lower()} ({code})"))
        args = {"name": name, "n": len(edits)}
        yield Fault("rule_unseen", (edits[0].start, edits[0].end), args, None, "warning", tuple(edits), True)


def _misspelt(text: str) -> Iterator[Fault]:
    odd = _MISSPELT if any(sign in text for sign in _ODD_SIGNS) else _OUT_OF_ORDER
    found: dict[str, list[Edit]] = {}
    for match in odd.finditer(text):
        better = plain_text(match[0].replace(" ", ""))
        if better != match[0]:
            found.setdefault(match[0], []).append(Edit(match.start(), match.end(), better))
    for written, edits in found.items():
        args = {"found": written, "better": edits[0].text, "n": len(edits)}
        span = (edits[0].start, edits[0].end)
        yield Fault("rule_spelling", span, args, edits[0].text, "warning", tuple(edits), True)


def _digits(text: str) -> Iterator[Fault]:
    for match in _NUMBER.finditer(text):
        thai = "๐" <= match[0][0] <= "๙"
        better = match[0].translate(_TO_THAI if thai else _TO_ARABIC)
        edits = (Edit(match.start(), match.end(), better),)
        args = {"found": match[0]}
        yield Fault("rule_digits_mixed", match.span(), args, better, "warning", edits, True)
