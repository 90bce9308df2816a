"""`check`, `why` and `facts`: questions about one person."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem

from lgreason.as_text import Line
from lgreason.cli.request import EXIT_OF, NO, UNDETERMINED, YES, Request, help_text, settings
from lgreason.findings import Finding, Unusable
from lgreason.person import Person


def _complete_position(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    from lgreason.session import Session

    vocabulary = Session().vocabulary
    ids = vocabulary.ids("position")
    names = [(identity, vocabulary.name("position", identity)) for identity in ids]
    return [
        CompletionItem(word, help=name.th)
        for identity, name in names
        for word in (identity, *name)
        if word.startswith(begun)
    ]


def _person(request: Request, path: str) -> Person:
    return request.session.person(path, sys.stdin.buffer if path == "-" else None)


def _positions(request: Request, texts: tuple[str, ...]) -> list[str]:
    """The ids of the positions named, all unknown ones reported together; every position if none is named."""
    found: list[str] = []
    wrong: list[Finding] = []
    for text in texts:
        try:
            found.append(request.session.position(text))
        except Unusable as unusable:
            wrong.extend(unusable.findings)
    if wrong:
        raise Unusable(tuple(wrong))
    return found or list(request.session.kb.posts)


@click.command(help=help_text("check"))
@click.argument("person", metavar="PERSON")
@click.argument("positions", metavar="[POSITION]...", nargs=-1, shell_complete=_complete_position)
@settings
def check(request: Request, person: str, positions: tuple[str, ...]) -> int:
    """Verdicts for the positions named, or for all."""
    session = request.session
    someone = _person(request, person)
    asked = dict.fromkeys(_positions(request, positions))
    judgement = session.judges.judge.case(someone, session.day)
    found = {position: judgement.verdict(position) for position in asked}

    def lines() -> Iterator[Line]:
        yield Line(request.wording.say("check.title", name=someone.name, day=session.day), style="title")
        for position, verdict in found.items():
            name = session.vocabulary.name("position", position)
            word = request.wording.say(f"verdict.{verdict}")
            yield Line(request.wording.say("check.verdict", position=name, verdict=word), 1, verdict)

    from lgreason import as_json

    request.answer(lines(), lambda: as_json.verdicts(someone.id, session.day, found))
    statuses = {EXIT_OF[verdict] for verdict in found.values()}
    return next(status for status in (NO, UNDETERMINED, YES) if status in statuses)


@click.command(help=help_text("why"))
@click.argument("person", metavar="PERSON")
@click.argument("position", metavar="POSITION", shell_complete=_complete_position)
@click.option("--full", is_flag=True, help=help_text("full"))
@settings
def why(request: Request, person: str, position: str, full: bool) -> int:
    """The verdict for one position with its reasons."""
    from lgreason import as_json
    from lgreason.as_text import ExplanationText

    session = request.session
    (asked,) = _positions(request, (position,))
    answer = session.explain(_person(request, person), asked)
    text = ExplanationText(answer, session.kb, session.vocabulary, session.wording)
    request.answer(text.lines(full), lambda: as_json.explanation(answer, session.kb))
    return EXIT_OF[answer.verdict]


@click.command(help=help_text("facts"))
@click.argument("person", metavar="PERSON")
@settings
def facts(request: Request, person: str) -> int:
    """The person's case as a complete answer-set program."""
    from lgreason.facts import program

    click.echo(program(request.session, _person(request, person)), nl=False)
    return YES
