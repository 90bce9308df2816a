"""`check`, `why` and `how`: questions about one person."""

from __future__ import annotations

import sys

import click
from click.shell_completion import CompletionItem

from lgreason import replies
from lgreason.cli.helped import Helped
from lgreason.cli.request import Request, help_text, settings
from lgreason.files.person import Person
from lgreason.findings import Finding, Unusable


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


@click.command(cls=Helped, help=help_text("check"))
@click.argument("person", metavar="PERSON")
@click.argument("positions", metavar="[POSITION]...", nargs=-1, shell_complete=_complete_position)
@settings
def check(request: Request, person: str, positions: tuple[str, ...]) -> int:
    """Verdicts for the positions named, or for all."""
    someone = _person(request, person)
    asked = tuple(dict.fromkeys(_positions(request, positions)))
    return request.reply(replies.check(request.session, someone, asked))


@click.command(cls=Helped, help=help_text("why"))
@click.argument("person", metavar="PERSON")
@click.argument("position", metavar="POSITION", shell_complete=_complete_position)
@click.option("--full", is_flag=True, help=help_text("full"))
@settings
def why(request: Request, person: str, position: str, full: bool) -> int:
    """The verdict for one position with its reasons."""
    (asked,) = _positions(request, (position,))
    return request.reply(replies.why(request.session, _person(request, person), asked, full))


@click.command(cls=Helped, help=help_text("how"))
@click.argument("person", metavar="PERSON")
@click.argument("position", metavar="POSITION", shell_complete=_complete_position)
@click.option("--max", "most", type=click.IntRange(min=1), default=10, help=help_text("max"))
@settings
def how(request: Request, person: str, position: str, most: int) -> int:
    """The ways to become eligible for one position."""
    (asked,) = _positions(request, (position,))
    return request.reply(replies.how(request.session, _person(request, person), asked, most))
