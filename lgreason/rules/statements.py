"""The facts of program files one by one, each with its place: for judging them, not for deciding by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import clingo
from clingo import ast

from lgreason.rules.bodies import LEXICAL
from lgreason.rules.findings import Finding, Place
from lgreason.rules.solver.control import value_of
from lgreason.rules.terms import Fn

_MESSAGE = re.compile(
    r"^(?P<file>.*?):(?P<line>\d+):(?P<column>\d+)[^:]*: (?:error|info): (?P<what>.*)", re.S
)
_KEPT = (
    ast.ASTType.Comment,
    ast.ASTType.Program,
    ast.ASTType.Defined,
    ast.ASTType.External,
    ast.ASTType.ShowSignature,
)
AT = "at"


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact, the place of its predicate and of each argument, and the readings under which alone it stands."""

    fact: Fn
    places: tuple[Place, ...]
    under: tuple[tuple[str, str], ...] = ()


def statements(files: Iterable[Path]) -> tuple[list[Statement], list[Finding]]:
    """Every fact that the files state under any reading, in order; and what in the files cannot be read."""
    findings: list[Finding] = []
    heads: list[tuple[tuple[Place, ...], tuple[tuple[str, str], ...]]] = []
    control = clingo.Control(["--warn=none"], logger=lambda _code, _text: None)
    with ast.ProgramBuilder(control) as builder:
        for file in files:
            rows = _text(file, findings)
            for statement in _parsed(file, rows, findings) if rows is not None else ():
                if statement.ast_type is ast.ASTType.Rule:
                    builder.add(statement)
                    if (marked := _marked(statement, len(heads))) is not None:
                        heads.append((_places(statement, file, rows or []), _readings(statement)))
                        builder.add(marked)
                        continue
                elif statement.ast_type in _KEPT:
                    builder.add(statement)
                    continue
                place = _place(statement.location, file, rows or [])
                findings.append(Finding("kb_statement", place, {"found": str(statement)}))
    if not heads:
        return [], findings
    control.ground([("base", [])])
    found: list[tuple[int, Statement]] = []
    for atom in control.symbolic_atoms.by_signature(AT, 2):
        number, symbol = atom.symbol.arguments
        places, under = heads[number.number]
        fact = value_of(symbol)
        assert isinstance(fact, Fn)
        found.append((number.number, Statement(fact, places, under)))
    return [
        statement for _, statement in sorted(found, key=lambda pair: (pair[0], str(pair[1].fact)))
    ], findings


def _text(file: Path, findings: list[Finding]) -> list[str] | None:
    """The lines of a file; none if clingo must not be given it."""
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        before = file.read_bytes()[: error.start]
        findings.append(Finding("kb_not_utf8", Place(str(file), before.count(b"\n") + 1)))
        return None
    except OSError as error:
        findings.append(Finding("source_unreadable", Place(str(file)), {"reason": error.strerror or ""}))
        return None
    bare = LEXICAL.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for number, line in enumerate(bare.splitlines(), 1):
        for at, letter in enumerate(line, 1):
            if not letter.isascii():
                findings.append(Finding("kb_letter", Place(str(file), number, at), {"found": letter}))
                return None
    return text.splitlines()


def _parsed(file: Path, rows: list[str], findings: list[Finding]) -> list[ast.AST]:
    found: list[ast.AST] = []
    messages: list[str] = []
    try:
        ast.parse_files([str(file)], found.append, logger=lambda _code, text: messages.append(text.strip()))
    except RuntimeError as error:
        for message in messages or [str(error)]:
            if match := _MESSAGE.match(message):
                place = Place(
                    str(file), int(match["line"]), _column(rows, int(match["line"]), int(match["column"]))
                )
                findings.append(Finding("kb_syntax", place, {"message": match["what"].strip()}))
            elif not any(finding.place and finding.place.file == str(file) for finding in findings):
                findings.append(Finding("kb_syntax", Place(str(file)), {"message": message}))
    return found


def _marked(rule: ast.AST, number: int) -> ast.AST | None:
    """The rule whose head also says which statement it is; none if its head is no single atom."""
    head = rule.head
    if head.ast_type is not ast.ASTType.Literal or head.atom.ast_type is not ast.ASTType.SymbolicAtom:
        return None
    location = rule.location
    mark = ast.SymbolicTerm(location, clingo.Number(number))
    atom = ast.SymbolicAtom(ast.Function(location, AT, [mark, head.atom.symbol], False))
    return ast.Rule(location, ast.Literal(location, ast.Sign.NoSign, atom), rule.body)


def _places(rule: ast.AST, file: Path, rows: list[str]) -> tuple[Place, ...]:
    symbol = rule.head.atom.symbol
    arguments: Sequence[ast.AST] = getattr(symbol, "arguments", ())
    return tuple(_place(part.location, file, rows) for part in (symbol, *arguments))


def _readings(rule: ast.AST) -> tuple[tuple[str, str], ...]:
    return tuple(_reading_atoms(rule.body))


def _reading_atoms(body: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    for literal in body:
        symbol = getattr(getattr(literal, "atom", None), "symbol", None)
        if symbol is None or getattr(symbol, "name", "") != "reading" or len(symbol.arguments) != 2:
            continue
        ambiguity, choice = symbol.arguments
        if ambiguity.ast_type is ast.ASTType.SymbolicTerm:
            yield ambiguity.symbol.string, str(choice)


def _place(location: ast.Location, file: Path, rows: list[str]) -> Place:
    begin = location.begin
    return Place(str(file), begin.line, _column(rows, begin.line, begin.column))


def _column(rows: list[str], line: int, column: int) -> int:
    """The column in letters; clingo counts bytes."""
    if line > len(rows):
        return column
    return len(rows[line - 1].encode()[: column - 1].decode("utf-8", "ignore")) + 1
