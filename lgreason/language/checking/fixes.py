"""Findings put right: the edits that mend each, where it is known what was meant, and their application to a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from lgreason.language.reading.faults import Edit, Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.model import Language
from lgreason.words.dates import format_date
from lgreason.words.plain import is_thai

_AS_SUGGESTED = frozenset(
    {
        *("rule_choice", "rule_name_unknown", "rule_position_unknown", "rule_post_unknown"),
        *("rule_clause_unknown_nearest", "rule_document_unknown", "rule_item_order"),
    }
)
"""Findings whose suggestion stands in the place of what they point at."""
_UNIT_WORDS: Mapping[str, tuple[str, str]] = {
    "years": ("ปี", "years"),
    "months": ("เดือน", "months"),
    "baht": ("บาท", "baht"),
    "million_baht": ("ล้านบาท", "million baht"),
    "posts": ("อัตรา", "posts"),
    "units": ("ส่วนราชการ", "units"),
    "areas": ("ด้าน", "areas"),
}
_UNIT = re.compile(
    r"\s*(ล้านบาท|บาท|ปี|เดือน|อัตรา|ส่วนราชการ|ด้าน|million baht|baht|years?|months?|posts?|units?|areas?)"
)
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_PARTS_OF_A_YEAR = {"5": 6, "25": 3, "75": 9, "50": 6}


def proposed(source: SourceText, fault: Fault) -> Fault:
    """The same finding with the edits that put it right; unchanged where nobody can know what was meant."""
    if fault.code == "rule_and_or_unclear":
        return _two_readings(source, fault)
    if fault.edits:
        return fault
    if fault.code in _AS_SUGGESTED and fault.suggestion:
        return replace(fault, edits=(Edit(*fault.span, fault.suggestion),))
    make = _MADE.get(fault.code)
    made = make(source, fault) if make is not None else None
    if made is None:
        return fault
    return replace(fault, edits=(made,), suggestion=fault.suggestion or made.text.strip())


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits applied to it; of two that overlap the first is applied."""
    done, at = [], 0
    for edit in sorted(set(edits)):
        if edit.start >= at:
            done += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*done, text[at:]])


def mended_lines(source: SourceText, fault: Fault, most: int = 4) -> list[str]:
    """The lines that the edits of a finding change, as they then are; the first few."""
    first = min(edit.start for edit in fault.edits)
    begin = source.text.rfind("\n", 0, first) + 1
    end = source.text.find("\n", max(edit.end for edit in fault.edits))
    end = len(source.text) if end < 0 else end
    before = source.text[begin:end]
    edits = [Edit(e.start - begin, e.end - begin, e.text) for e in fault.edits]
    old = before.split("\n")
    rows = [row for row in applied(before, edits).split("\n") if row not in old and row.strip()]
    return [row.strip() for row in rows[:most]]


def fixed(source: SourceText, faults: Iterable[Fault]) -> tuple[str, int]:
    """The text of a file with all that is safe to change put right, and how many edits that took."""
    edits = [edit for fault in faults if fault.safe for edit in fault.edits]
    return applied(source.text, edits), len(set(edits))


def _two_readings(source: SourceText, fault: Fault) -> Fault:
    """The finding with the words of the three parts that can be read together in two ways."""
    spans = {name: span for name, span in fault.args.items() if isinstance(span, tuple)}
    if set(spans) != {"first", "verb", "second", "third"}:
        return fault
    texts = {name: " ".join(source.text[slice(*span)].split()) for name, span in spans.items()}
    first = re.sub(r"(?:,? or|หรือ|,)$", "", texts["first"]).strip()
    second = re.sub(r"^(?:or |หรือ)", "", texts["second"]).strip()
    apart = " " if _language(source, fault.span[0]) == "en" and texts["verb"] else ""
    args = {"first": first, "second": f"{texts['verb']}{apart}{second}", "third": texts["third"]}
    return replace(fault, args=args)


# ── what each finding was meant to be ─────────────────────────────────────────────────────────────────────────


def _language(source: SourceText, at: int) -> Language:
    line, _ = source.place(at)
    return "th" if any(is_thai(sign) for sign in source.line(line)) else "en"


def _number(source: SourceText, fault: Fault, number: int) -> str:
    """A number in the digits of what it takes the place of."""
    thai = any("๐" <= sign <= "๙" for sign in source.text[slice(*fault.span)])
    return str(number).translate(_TO_THAI) if thai else str(number)


def _unit(source: SourceText, fault: Fault) -> Edit | None:
    units = fault.args.get("units")
    match = _UNIT.match(source.text, fault.span[1])
    if not isinstance(units, tuple) or not match:
        return None
    words = next((_UNIT_WORDS[unit] for unit in units if unit in _UNIT_WORDS), None)
    return words and Edit(*match.span(1), words[_language(source, fault.span[0]) == "en"])


def _most(source: SourceText, fault: Fault) -> Edit | None:
    most = fault.args.get("most")
    return Edit(*fault.span, _number(source, fault, most)) if isinstance(most, int) and most > 1 else None


def _default(source: SourceText, fault: Fault) -> Edit | None:
    """The term that the clause does set, in the place of one that it does not."""
    found, default = fault.args.get("found"), fault.args.get("default")
    if not isinstance(found, Mapping) or not isinstance(default, Mapping) or found.keys() != default.keys():
        return None
    (number,) = default.values()
    return Edit(*fault.span, _number(source, fault, number))


def _other_way(source: SourceText, fault: Fault) -> Edit | None:
    """Reduced for raised, or raised for reduced."""
    lower, higher = ("ให้ลดเป็น", "reduced"), ("ให้เพิ่มเป็น", "raised")
    wrong, right = (lower, higher) if fault.code == "rule_not_reduced" else (higher, lower)
    english = _language(source, fault.span[0]) == "en"
    at = source.text.rfind(wrong[english], 0, fault.span[0])
    if at < 0 or fault.span[0] - at > 40:
        return None
    return Edit(at, at + len(wrong[english]), right[english])


def _months(source: SourceText, fault: Fault) -> Edit | None:
    """Two and a half years are 2 years and 6 months."""
    whole, _, part = str(fault.args.get("found")).partition(".")
    match = _UNIT.match(source.text, fault.span[1])
    months = _PARTS_OF_A_YEAR.get(part)
    if match is None or months is None or match[1] not in ("ปี", "year", "years"):
        return None
    years, more = _number(source, fault, int(whole)), _number(source, fault, months)
    thai = match[1] == "ปี"
    text = f"{years} ปี {more} เดือน" if thai else f"{years} years {more} months"
    return Edit(fault.span[0], match.end(1), text)


def _last_day(source: SourceText, fault: Fault) -> Edit | None:
    last = fault.args.get("last")
    if not isinstance(last, date):
        return None
    written = source.text[slice(*fault.span)]
    text = format_date(last, _language(source, fault.span[0]))
    return Edit(*fault.span, text.translate(_TO_THAI) if any("๐" <= s <= "๙" for s in written) else text)


def _later(source: SourceText, fault: Fault) -> Edit | None:
    """The same last day of a year that comes after the first day."""
    since, until = fault.args.get("since"), fault.args.get("until")
    if not isinstance(since, date) or not isinstance(until, date):
        return None
    year = since.year + ((until.month, until.day) < (since.month, since.day))
    day = date(year, until.month, min(until.day, 28) if until.month == 2 else until.day)
    language = _language(source, fault.span[0])
    words = ("ตั้งแต่", "ถึง") if language == "th" else ("from", "until")
    text = f"{words[0]} {format_date(since, language)} {words[1]} {format_date(day, language)}"
    return Edit(*fault.span, text)


@lru_cache(maxsize=4)
def _ids(text: str) -> frozenset[str]:
    """Whatever in a text could be an id, and the ids that those are parts of."""
    found = re.findall(r"(?<![a-z0-9_.])[a-z0-9_]+(?:\.[a-z0-9_]+)*", text)
    parts = (one.split(".") for one in set(found))
    return frozenset(".".join(of[:end]) for of in parts for end in range(1, len(of) + 1))


def _another_id(source: SourceText, fault: Fault) -> Edit | None:
    match = re.compile(r"\S+[ \t]+([a-z0-9_.]+)").match(source.text, fault.span[0])
    if match is None:
        return None
    taken, number = _ids(source.text), 2
    while f"{match[1]}_{number}" in taken:
        number += 1
    return Edit(*match.span(1), f"{match[1]}_{number}")


def _amending(source: SourceText, fault: Fault) -> Edit | None:
    """One line more, with which a rule of a position, or a changed copy of a clause, is an amendment."""
    clause = fault.args.get("clause", fault.args.get("id"))
    line, _ = source.place(fault.span[0])
    at = fault.span[0] - (source.place(fault.span[0])[1] - 1)
    if fault.code == "rule_id_taken":  # the finding points at the first line of the rule
        at += len(source.line(line)) + 1
    word = "แก้ไข" if _language(source, fault.span[0]) == "th" else "amends"
    return Edit(at, at, f"  {word}: {clause}\n")


_MADE: Mapping[str, Callable[[SourceText, Fault], Edit | None]] = {
    "rule_unit": _unit,
    "rule_k_of_range": _most,
    "rule_change_of_other": _default,
    "rule_not_reduced": _other_way,
    "rule_not_raised": _other_way,
    "rule_whole_number": _months,
    "rule_zero": lambda source, fault: Edit(*fault.span, _number(source, fault, 1)),
    "date_no_such_day": _last_day,
    "rule_dates_reversed": _later,
    "rule_duplicate": _another_id,
    "rule_position_taken": _amending,
    "rule_id_taken": _amending,
}
