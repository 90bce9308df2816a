"""Faults of rule files as findings: with file, line and column, their arguments in both languages, and the caret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Place, Severity, TextEdit
from lgreason.rules.model import LANGUAGES, Text


def finding(source: SourceText, fault: Fault) -> Finding:
    """A fault as a finding at its place."""
    line, column = source.place(fault.span[0])
    severity: Severity = "warning" if fault.severity == "warning" else "error"
    args = {name: _told(name, value) for name, value in fault.args.items()}
    edits = tuple(TextEdit(source.place(e.start), source.place(e.end), e.text) for e in fault.edits)
    place = Place(source.file, line, column)
    return Finding(fault.code, place, args, severity, fault.suggestion, edits, fault.safe)


def findings(faults: Iterable[tuple[SourceText, Fault]]) -> tuple[Finding, ...]:
    """Faults as findings."""
    return tuple(finding(source, fault) for source, fault in faults)


def caret(source: SourceText, fault: Fault) -> Iterator[str]:
    """The line of a fault, and under it a mark as wide as what is wrong is on the screen."""
    from wcwidth import wcswidth

    number, column = source.place(fault.span[0])
    line = source.line(number).replace("\t", " ").rstrip("\r")
    end = min(len(line), column - 1 + max(1, fault.span[1] - fault.span[0]))
    before, marked = line[: column - 1], line[column - 1 : end]
    yield line
    yield " " * max(0, wcswidth(before)) + "^" * max(1, wcswidth(marked.rstrip()) or 1)


def _told(name: str, value: object) -> object:
    """An argument in the words of both languages, where it has any."""
    if isinstance(value, dict):
        ((unit, n),) = value.items()
        return Text(*(_amount(Wording(language), unit, n) for language in LANGUAGES))
    if isinstance(value, str) and name == "unit":
        return _unit(value)
    if isinstance(value, tuple) and name == "units":
        return tuple(_unit(unit) for unit in value)
    if isinstance(value, tuple) and name == "expected":
        return tuple(
            _sort(str(word)[1:-1]) if str(word).startswith("<") else Text(f"«{word}»", f"«{word}»")
            for word in value
        )
    if isinstance(value, tuple) and name == "path":
        return " → ".join(value)
    if name == "understood":
        quoted = f"«{value}»"
        return Text(quoted, quoted) if value else _both("rules.beginning")
    return value


def _amount(wording: Wording, unit: str, n: int) -> str:
    return wording.say("rules.amount", n=n, unit=_unit(unit))


def _unit(key: str) -> Text:
    return Text(*(Wording(language).say(f"rule_unit.{key}") for language in LANGUAGES))


def _both(key: str, **args: object) -> Text:
    return Text(*(Wording(language).say(key, **args) for language in LANGUAGES))


def _sort(told: str) -> Text:
    """What sort of word is meant, by its terminal in the grammar, with a word of it; or how many more there are."""
    key, _, word = told.partition(":")
    if key == "more":
        return _both("rules.more_words", n=int(word))
    sort = _both(f"rule_word.{key}")
    return _both("rules.such_as", sort=sort, word=word) if word else sort
