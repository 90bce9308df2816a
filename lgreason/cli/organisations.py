"""`posts`, `validate`, `structures`, `burden` and `classify`: questions about one organisation; and `facts`."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text, print_json
from lgreason.cli.request import Request, settings, subject
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.writing import refuse_unwritable, write_whole
from lgreason.rules.findings import Finding, Unusable

if TYPE_CHECKING:
    from lgreason.files.organisation.costs import Costs


def _organisation(request: Request, path: str) -> Organisation:
    return request.session.organisation(path, sys.stdin.buffer if path == "-" else None)


def _id(request: Request, category: str, text: str) -> str:
    """The id of a term named in any way; raises `Unusable` offering the nearest names."""
    vocabulary = request.session.organisation_vocabulary
    found = vocabulary.resolve(category, text)
    if found is None:
        nearest = vocabulary.nearest(category, text)
        name = vocabulary.name("category", category)
        raise Unusable((Finding("term_unknown", args={"found": text, "category": name, "nearest": nearest}),))
    return found


@click.command(cls=Helped, help=help_text("posts"))
@click.argument("organisation", metavar="ORG")
@click.argument("post", metavar="[POST]", required=False)
@click.argument("level", metavar="[LEVEL]", required=False)
@click.option("--full", is_flag=True, help=help_text("full"))
@settings
def posts(request: Request, organisation: str, post: str | None, level: str | None, full: bool) -> int:
    """Which posts may be set up or raised, at which levels and how many."""
    from lgreason.answers import organisations as replies
    from lgreason.files.organisation.organisation import LEVELS

    asked = _organisation(request, organisation)
    only = None
    if post is not None:
        levels = LEVELS if level is None else (_id(request, "level", level),)
        identity = _id(request, "establishment", post)
        only = tuple((identity, each) for each in levels)
    return request.reply(replies.posts(request.session, asked, only, full))


@click.command(cls=Helped, help=help_text("validate"))
@click.argument("organisation", metavar="ORG")
@click.option("--full", is_flag=True, help=help_text("full"))
@click.option("--costs", metavar="FILE", help=help_text("costs"))
@click.option("--repairs", "most", type=click.IntRange(0, 1_000), default=5, help=help_text("repairs"))
@click.option("--svg", metavar="FILE", help=help_text("validate_svg"))
@click.option("--beside-today", is_flag=True, help=help_text("beside_today"))
@settings
def validate(
    request: Request,
    organisation: str,
    full: bool,
    costs: str | None,
    most: int,
    svg: str | None,
    beside_today: bool,
) -> int:
    """Whether the plan of the file may be."""
    from lgreason.answers import organisations as replies

    refuse_unwritable(svg)
    asked, table = _organisation(request, organisation), costs_asked(request, costs)
    status = request.reply(replies.validate(request.session, asked, full, table, most))
    if svg is not None:
        from lgreason.answers.drawing import plan_drawn

        write_whole(svg, plan_drawn(request.session, asked, table, beside_today))
    return status


@click.command(cls=Helped, help=help_text("structures"))
@click.argument("organisation", metavar="ORG")
@click.option("--require", metavar="CHOICE=VALUE", multiple=True, help=help_text("require"))
@click.option("--forbid", metavar="CHOICE=VALUE", multiple=True, help=help_text("forbid"))
@click.option(
    "--minimise", "--minimize", "minimise", metavar="MEASURE", multiple=True, help=help_text("minimise")
)
@click.option(
    "--maximise", "--maximize", "maximise", metavar="MEASURE", multiple=True, help=help_text("maximise")
)
@click.option("--pareto", metavar="MEASURE,MEASURE", help=help_text("pareto"))
@click.option("--costs", metavar="FILE", help=help_text("costs"))
@click.option("--most", type=click.IntRange(0, 20), default=2, help=help_text("most"))
@click.option("--limit", type=click.IntRange(1, 1_000_000), help=help_text("limit"))
@click.option("--nearest", "--best", "nearest", type=click.IntRange(1, 1000), help=help_text("nearest"))
@click.option("--groups", type=click.IntRange(1, 100), help=help_text("structures_groups"))
@click.option("--svg", metavar="FILE", help=help_text("structures_svg"))
@click.option(
    "--option", "number", type=click.IntRange(0, 1_000_000), default=1, help=help_text("structures_option")
)
@click.option("--beside-today", is_flag=True, help=help_text("beside_today"))
@click.option("--xlsx", metavar="FILE", help=help_text("structures_xlsx"))
@settings
def structures(
    request: Request,
    organisation: str,
    require: tuple[str, ...],
    forbid: tuple[str, ...],
    minimise: tuple[str, ...],
    maximise: tuple[str, ...],
    pareto: str | None,
    costs: str | None,
    most: int,
    limit: int | None,
    nearest: int | None,
    groups: int | None,
    svg: str | None,
    number: int,
    beside_today: bool,
    xlsx: str | None,
) -> int:
    """Every valid structure: counted, narrowed, the best ones, drawn and as a workbook."""
    from lgreason.answers import structures as replies

    refuse_unwritable(svg, xlsx)
    asked, table = _organisation(request, organisation), costs_asked(request, costs)
    objectives = replies.objectives(minimise, maximise, _order(sys.argv), table is not None)
    front = replies.front_asked(pareto, table is not None)
    narrowed = replies.StructureQuery(
        require, forbid, objectives, front, most, limit, nearest=nearest, groups=groups
    )
    answer = replies.StructureAnswer(request.session, asked, table, narrowed)
    if svg is not None:
        answer.svg(number)  # a number beyond the last is refused before anything is answered
    status = request.reply(answer.reply())
    if svg is not None:
        write_whole(svg, answer.svg(number, beside_today))
    if xlsx is not None:
        write_whole(xlsx, answer.xlsx())
    return status


def _order(arguments: list[str]) -> list[str]:
    """The measures of --minimise and --maximise in the order in which they were given: the first counts first."""
    found: list[str] = []
    for before, argument in pairwise(arguments):
        name, equals, value = argument.partition("=")
        if name in _OBJECTIVES and equals:
            found.append(value)
        elif before in _OBJECTIVES:
            found.append(argument)
    return [each for measure in found for each in measure.split(",")]


@click.command(cls=Helped, help=help_text("facts"))
@click.argument("file", metavar="FILE")
@click.argument("position", metavar="[POSITION]", required=False)
@click.option("--path", "number", type=click.IntRange(min=1), metavar="N", help=help_text("facts_path"))
@click.option("--structures", is_flag=True, help=help_text("facts_structures"))
@click.option("--costs", metavar="FILE", help=help_text("costs"))
@click.option("--most", type=click.IntRange(0, 20), default=2, help=help_text("most"))
@settings
def facts(
    request: Request,
    file: str,
    position: str | None,
    number: int | None,
    structures: bool,
    costs: str | None,
    most: int,
) -> int:
    """The case in a file as a complete answer-set program."""
    from lgreason.answers import persons as replies_of_persons
    from lgreason.answers.persons import YES

    session = request.session
    found = subject(request, file)
    alone = isinstance(found, Organisation) or (position is None) is not (number is None)
    if alone and (position is not None or number is not None):
        raise Unusable((Finding("facts_of_path", found.place),))
    if not isinstance(found, Organisation):
        from lgreason.reasoning.persons.program import program

        if structures or costs is not None:
            raise Unusable((Finding("facts_of_person", found.place),))
        if position is not None and number is not None:
            text = replies_of_persons.program_of_path(session, found, session.position(position), number)
        else:
            text = program(session.judges.judge, found, session.day)
    else:
        text = _facts(request, found, structures, costs, most)
    if request.format == "json":
        print_json({"schema": "lgreason.program/1", "as_of": session.day.isoformat(), "program": text})
    else:
        click.echo(text, nl=False)
    return YES


def _facts(
    request: Request, organisation: Organisation, structures: bool, costs: str | None, most: int
) -> str:
    """The posts of an organisation, or its structures, as a complete answer-set program."""
    from lgreason.reasoning.organisations.establishment import Establishment
    from lgreason.reasoning.organisations.program import program

    if not structures:
        return program(Establishment(request.session.tables, organisation))
    from lgreason.answers import structures as replies
    from lgreason.reasoning.structures.program import program as program_of_space

    asked = replies.StructureQuery(most=most)
    answer = replies.StructureAnswer(request.session, organisation, costs_asked(request, costs), asked)
    return program_of_space(answer.structures)


_OBJECTIVES = ("--minimise", "--minimize", "--maximise", "--maximize")


def costs_asked(request: Request, path: str | None) -> Costs | None:
    """The table of costs in a file, if one is named; raises `Unusable`."""
    if path is None:
        return None
    from lgreason.files.organisation.costs import load_costs
    from lgreason.files.source.read import read_source

    return load_costs(read_source(path), request.session.organisation_vocabulary)


@click.command(cls=Helped, help=help_text("burden"))
@click.argument("organisation", metavar="ORG")
@settings
def burden(request: Request, organisation: str) -> int:
    """The personnel burden under section 35, step by step."""
    from lgreason.answers import organisations as replies

    return request.reply(replies.burden(request.session, _organisation(request, organisation)))


@click.command(cls=Helped, help=help_text("classify"))
@click.argument("organisation", metavar="ORG")
@click.argument("class_", metavar="CLASS")
@settings
def classify(request: Request, organisation: str, class_: str) -> int:
    """Whether a municipality may be re-typed."""
    from lgreason.answers import organisations as replies

    asked = _organisation(request, organisation)
    return request.reply(replies.classify(request.session, asked, _id(request, "municipal_class", class_)))
