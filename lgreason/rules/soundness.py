"""Whether a knowledge base is sound: its facts, read as data, are judged by `kb/sound.lp`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from lgreason.rules.findings import Finding, Place, Said
from lgreason.rules.knowledge import SOUND, fact_files, folder
from lgreason.rules.solver.grounding import consequences
from lgreason.rules.statements import Statement, statements
from lgreason.rules.terms import Fn, Value, constant, number

FOUND = ("wrong", "lacks", "clash", "fault")
"""What `kb/sound.lp` shows of unsound facts."""
MOST_OFFERED = 6
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMERAL = re.compile(r"[0-9๐-๙]+(?:[.][0-9๐-๙]+)*")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NUMBER_WORDS = (
    *(("two", "both", "สอง", "ทั้งสอง"), ("three", "สาม"), ("four", "สี่"), ("five", "ห้า"), ("six", "หก")),
    *(("seven", "เจ็ด"), ("eight", "แปด"), ("nine", "เก้า"), ("ten", "สิบ")),
)
_WORDED = ("place", "quote", "gloss", "subject")


def check(root: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the facts below `root`, each with its place; nothing if they are sound."""
    files = fact_files(root)
    if not files:
        return (Finding("kb_no_files", Place(str(root))),)
    stated, findings = statements(files)
    if findings:  # of files that could be read in part nothing reliable can be said
        return tuple(findings)
    return tuple(judged(stated))


def judged(stated: Sequence[Statement]) -> Iterator[Finding]:
    """What `kb/sound.lp` finds wrong with some statements."""
    shown = consequences(folder("kb") / SOUND, reified(stated))
    accepted: dict[Value, list[Value]] = {}
    for fact in shown:
        if fact.name == "is":
            accepted.setdefault(fact.args[0], []).append(fact.args[1])
    found = {_finding(fact, stated, accepted) for fact in shown if fact.name in FOUND}
    yield from sorted(found, key=_order)


def _order(finding: _Keyed) -> tuple[str, int, int, str]:
    place = finding.place or Place("")
    return (place.file, place.line or 0, place.column or 0, finding.code)


class _Keyed(Finding):
    """A finding that is the same as another if it says the same of the same place."""

    def __hash__(self) -> int:
        return hash((self.code, self.place))


def _finding(fact: Fn, stated: Sequence[Statement], accepted: Mapping[Value, list[Value]]) -> _Keyed:
    of = stated[number(fact.args[0])]
    args: dict[str, object] = {"predicate": of.fact.name, "about": _about(of.fact)}
    place, code = of.places[0], f"kb_{fact.name}"
    if fact.name == "wrong":
        at, sort = number(fact.args[1]), fact.args[2]
        found: Value = of.fact.args[at - 1] if at else Fn(of.fact.name)
        place = of.places[at] if at < len(of.places) else place
        names = tuple(dict.fromkeys(_written(value) for value in accepted.get(sort, ())))
        near = tuple(get_close_matches(_written(found), names, n=MOST_OFFERED, cutoff=0.6))
        args |= {
            "found": _written(found),
            "number": at,
            "sort": Said(f"sort.{_sort(sort)}"),
            "nearest": near or names[:MOST_OFFERED],
        }
        args["arguments"] = len(of.fact.args)
        code = "kb_predicate" if at == 0 else "kb_argument"
        return _Keyed(code, place, args, suggestion=near[0] if near else None)
    if fact.name == "lacks":
        args |= {"missing": constant(fact.args[1]), "what": _written(fact.args[2])}
    elif fact.name == "clash":
        other = stated[number(fact.args[1])].places[0]
        args |= {"file": place.file, "line": place.line}
        place = other
    else:
        code = f"kb_{constant(fact.args[1])}"
    return _Keyed(code, place, args)


def _about(fact: Fn) -> str:
    return _written(fact.args[0]) if fact.args else fact.name


def _sort(sort: Value) -> str:
    """What an argument should have been, as the key of its words."""
    assert isinstance(sort, Fn)
    return constant(sort.args[0]) if sort.args else sort.name


def _written(value: Value) -> str:
    if isinstance(value, Fn):
        inside = ",".join(_written(each) for each in value.args)
        return f"{value.name}({inside})" if value.args else value.name
    return f'"{value}"' if isinstance(value, str) else str(value)


# ── facts as data ─────────────────────────────────────────────────────────────────────────────────────────────────


def reified(stated: Sequence[Statement]) -> list[Fn]:
    """The statements as facts about them, by their number."""
    facts: dict[Fn, None] = {}
    quotes = {
        str(s.fact.args[0]): str(s.fact.args[1])
        for s in stated
        if s.fact.name == "quote" and len(s.fact.args) > 1
    }
    for identity, statement in enumerate(stated):
        for each in _of(identity, statement, quotes):
            facts[each] = None
    return list(facts)


def _of(identity: int, statement: Statement, quotes: Mapping[str, str]) -> Iterator[Fn]:
    fact = statement.fact
    yield Fn("stated", (identity, Fn(fact.name), len(fact.args)))
    for ambiguity, choice in statement.under:
        yield Fn("under", (identity, ambiguity, Fn(choice)))
    for position, value in enumerate(fact.args, 1):
        yield Fn("arg", (identity, position, value))
        yield from _described(value)
    if fact.name in _WORDED and fact.args and isinstance(fact.args[-1], str):
        for numeral in numerals(fact.args[-1]):
            yield Fn("numeral", (identity, numeral))
        for named in _named_numbers(fact.args[-1]):
            yield Fn("in_words", (identity, named))
    if (
        fact.name == "repair"
        and len(fact.args) == 3
        and str(fact.args[1]) in quotes.get(str(fact.args[0]), "")
    ):
        yield Fn("found", (identity,))


def numerals(text: str) -> list[Value]:
    """The numbers in some words: whole ones as numbers, item numbers as strings."""
    found: list[Value] = []
    for match in _NUMERAL.finditer(text.replace(",", "")):
        digits = match[0].translate(_THAI_DIGITS)
        found.append(int(digits) if digits.isdigit() and len(digits) < 10 else digits)
    return found


def _named_numbers(text: str) -> Iterator[int]:
    low = text.lower()
    for value, names in enumerate(_NUMBER_WORDS, 2):
        if any(name in low for name in names):
            yield value


def _described(value: Value) -> Iterator[Fn]:
    if isinstance(value, int):
        yield Fn("kind", (value, Fn("number")))
    elif isinstance(value, str):
        yield Fn("kind", (value, Fn("string")))
        if not value.strip():
            yield Fn("empty", (value,))
        if _is_date(value):
            yield Fn("iso", (value,))
    elif value.args:
        yield Fn("kind", (value, Fn("term")))
        yield Fn("functor", (value, Fn(value.name), len(value.args)))
        for position, inside in enumerate(value.args, 1):
            yield Fn("sub", (value, position, inside))
            yield from _described(inside)
    else:
        yield Fn("kind", (value, Fn("constant")))
        yield Fn("spelled", (value, value.name))


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def signatures() -> dict[tuple[str, int, int], str]:
    """What each argument of each fact is: by predicate, number of arguments, and which argument."""
    shown = consequences(folder("kb") / SOUND, ())
    takes = [fact.args for fact in shown if fact.name == "takes"]
    return {(constant(f), number(n), number(k)): _sort(sort) for f, n, k, sort in takes}
