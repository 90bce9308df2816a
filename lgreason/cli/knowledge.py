"""`kb` and `schema`: what the knowledge base holds, and the form of the files."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from lgreason.answers.persons import NO, UNDETERMINED, YES
from lgreason.cli.helped import Helped, HelpedGroup
from lgreason.cli.language import help_text, print_json
from lgreason.cli.request import Request, settings
from lgreason.report.line import Line
from lgreason.report.text.catalogue import (
    CatalogueText,
    clauses_document,
    coverage_document,
    duties_document,
    readings_document,
)
from lgreason.rules.catalogue import Catalogue
from lgreason.rules.knowledge import Reading
from lgreason.words.recognising.kinds import CATEGORIES, KINDS, Kind


@click.group(cls=HelpedGroup, help=help_text("kb"))
def kb() -> None:
    """The knowledge base."""


def _catalogue(request: Request) -> tuple[Catalogue, CatalogueText]:
    catalogue = Catalogue(request.session.kb)
    return catalogue, CatalogueText(catalogue, request.session.vocabulary, request.wording)


@kb.command("list", help=help_text("kb_list"))
@click.argument("prefix", default="")
@settings
def list_(request: Request, prefix: str) -> int:
    """The clauses, or those whose id begins with a prefix."""
    catalogue, text = _catalogue(request)
    clauses = catalogue.listed(prefix)
    request.answer(text.listed(clauses), lambda: clauses_document(catalogue, clauses))
    return YES


@kb.command(help=help_text("kb_show"))
@click.argument("clause", metavar="CLAUSE", nargs=-1, required=True)
@settings
def show(request: Request, clause: tuple[str, ...]) -> int:
    """A clause by id or place, or a reading by id."""
    catalogue, text = _catalogue(request)
    words = " ".join(clause)
    if (reading := catalogue.reading(words)) is not None:
        request.answer(text.reading(reading), lambda: readings_document((reading,)))
        return YES
    found = catalogue.find(words)

    def lines() -> Iterator[Line]:
        for number, one in enumerate(found):
            if number:
                yield Line()
            yield from text.shown(one)

    request.answer(lines(), lambda: clauses_document(catalogue, found))
    return YES


@kb.command(help=help_text("kb_coverage"))
@settings
def coverage(request: Request) -> int:
    """What became of every clause of the documents."""
    catalogue, text = _catalogue(request)
    request.answer(text.coverage(), lambda: coverage_document(catalogue))
    return YES


@kb.command(help=help_text("kb_readings"))
@settings
def readings(request: Request) -> int:
    """Every ambiguity with its readings."""
    catalogue, text = _catalogue(request)
    known: tuple[Reading, ...] = tuple(catalogue.kb.readings.values())
    request.answer(
        (line for reading in known for line in text.reading(reading)), lambda: readings_document(known)
    )
    return YES


@kb.command(help=help_text("kb_duties"))
@click.argument("level", type=click.Choice(("early", "mid", "high")))
@click.option("--new", is_flag=True, help=help_text("kb_duties_new"))
@settings
def duties(request: Request, level: str, new: bool) -> int:
    """The duties of a level; with `--new` against those of the level below."""
    catalogue, text = _catalogue(request)
    compared = new and level != "early"
    lines = text.new_duties(level) if compared else text.duties(level)
    request.answer(lines, lambda: duties_document(catalogue, level, compared))
    return YES


@kb.command(help=help_text("kb_recognise"))
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("text", nargs=-1)
@settings
def recognise(request: Request, kind: Kind, text: tuple[str, ...]) -> int:
    """What texts are read as; without texts, those on standard input, one a line, context after tabs."""
    from lgreason.report.documents.recognised import recognised_document
    from lgreason.report.text.recognised import RecognisedText
    from lgreason.words.recognising.recogniser import Recogniser

    given = text or tuple(sys.stdin.buffer.read().decode("utf-8-sig", errors="replace").splitlines())
    recogniser = Recogniser(request.session.kb, request.session.today)
    asked = [(line, {}) if text else _with_context(line) for line in given if line.strip()]
    found = [recogniser.recognise(kind, one, context) for one, context in asked]
    words = RecognisedText(request.session.kb, request.wording)
    request.answer(
        (line for each in found for line in words.lines(each)),
        lambda: recognised_document(found, request.session.kb),
    )
    if any(each.outcome == "impossible" for each in found):
        return NO
    return YES if all(each.decides for each in found) else UNDETERMINED


def _with_context(line: str) -> tuple[str, dict[str, str]]:
    """A line of standard input: the text, and what stands beside it as `key=value` after tabs or semicolons."""
    text, *rest = line.split("\t")
    pairs = (pair.partition("=") for part in rest for pair in part.split(";"))
    return text, {name.strip(): value.strip() for name, equals, value in pairs if equals}


@kb.command(help=help_text("kb_words"))
@click.argument("kind", type=click.Choice(tuple(CATEGORIES)), required=False)
@settings
def words(request: Request, kind: str | None) -> int:
    """What may be named, with its names in both languages."""
    from lgreason.report.documents.recognised import words_document
    from lgreason.words.recognising.listing import known_words

    found = known_words(request.session.kb, (kind,) if kind else tuple(CATEGORIES))
    say = request.wording.say
    lines = [
        Line(say("recognised.word", id=identity, th=th, en=en, also=", ".join(also)), 1)
        for rows in found.values()
        for identity, th, en, also in rows
    ]
    request.answer(lines, lambda: words_document(found))
    return YES


@click.command(cls=Helped, help=help_text("schema"))
@click.argument("kind", type=click.Choice(("person", "organisation")))
@settings
def schema(request: Request, kind: str) -> int:
    """The JSON Schema of a kind of file."""
    if kind == "person":
        from lgreason.files.person.person import person_schema

        declared, _ = request.session.declared()
        print_json(person_schema(request.session.vocabulary, declared))
    else:
        from lgreason.files.organisation.reading import organisation_schema

        declared, _ = request.session.declared_of_organisations()
        print_json(organisation_schema(request.session.organisation_vocabulary, declared))
    return YES


@kb.command("check", help=help_text("kb_check"))
@settings
def check_(request: Request) -> int:
    """Whether the facts of the shipped knowledge base, or of another (`--kb`), are sound."""
    from lgreason.report.documents.persons import findings as findings_document
    from lgreason.rules.soundness import check

    found = check(request.session.library.root)
    lines = [Line(request.wording.finding(finding)) for finding in found]
    lines.append(Line(request.wording.say("kb.unsound" if found else "kb.sound", n=len(found))))
    request.answer(lines, lambda: findings_document(found))
    return NO if found else YES
