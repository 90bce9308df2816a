"""`check`, `why`, `how` and `path`: questions about one person, or what would have to change for an organisation."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from lgreason.answers import persons as replies
from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.request import Request, day_asked, settings, subject, warn
from lgreason.files.person.person import Person
from lgreason.rules.findings import Finding, Unusable

if TYPE_CHECKING:
    pass


def complete_position(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """The ids and names of positions that begin so, for a shell."""
    from lgreason.answers.session import Session

    vocabulary = Session().vocabulary
    ids = vocabulary.ids("position")
    names = [(identity, vocabulary.name("position", identity)) for identity in ids]
    return [
        CompletionItem(word, help=name.th)
        for identity, name in names
        for word in (identity, *name)
        if word.startswith(begun)
    ]


def person_of(request: Request, path: str) -> Person:
    """The person in a file, whose warnings are printed; raises `Unusable` with all that is wrong."""
    found = request.session.person(path, sys.stdin.buffer if path == "-" else None)
    warn(request, found.warnings)
    return found


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
@click.argument("positions", metavar="[POSITION]...", nargs=-1, shell_complete=complete_position)
@settings
def check(request: Request, person: str, positions: tuple[str, ...]) -> int:
    """Verdicts for the positions named, or for all."""
    someone = person_of(request, person)
    asked = tuple(dict.fromkeys(_positions(request, positions)))
    return request.reply(replies.check(request.session, someone, asked))


@click.command(cls=Helped, help=help_text("why"))
@click.argument("person", metavar="PERSON")
@click.argument("position", metavar="POSITION", shell_complete=complete_position)
@click.option("--full", is_flag=True, help=help_text("full"))
@settings
def why(request: Request, person: str, position: str, full: bool) -> int:
    """The verdict for one position with its reasons."""
    (asked,) = _positions(request, (position,))
    return request.reply(replies.why(request.session, person_of(request, person), asked, full))


@click.command(cls=Helped, help=help_text("how"))
@click.argument("person", metavar="PERSON|ORG")
@click.argument("position", metavar="POSITION|POST|CLASS", shell_complete=complete_position)
@click.option("--max", "most", type=click.IntRange(1, 1_000), default=10, help=help_text("max"))
@settings
def how(request: Request, person: str, position: str, most: int) -> int:
    """The ways to become eligible for one position, or for an organisation to have a post."""
    found = subject(request, person)
    if isinstance(found, Person):
        (asked,) = _positions(request, (position,))
        return request.reply(replies.how(request.session, found, asked, most))
    from lgreason.answers import organisations as organisation_replies

    about = organisation_replies.asked_of(request.session, found, position)
    return request.reply(organisation_replies.how(request.session, found, about, most))


@click.command(cls=Helped, help=help_text("path"))
@click.argument("person", metavar="PERSON|ORG")
@click.argument("position", metavar="POSITION|POST|CLASS", shell_complete=complete_position)
@click.option("--max", "most", type=click.IntRange(1, 1_000), default=10, help=help_text("max"))
@click.option(
    "--require",
    metavar="POST",
    multiple=True,
    shell_complete=complete_position,
    help=help_text("path_require"),
)
@click.option(
    "--avoid", metavar="POST", multiple=True, shell_complete=complete_position, help=help_text("path_avoid")
)
@click.option("--by", metavar="DATE", help=help_text("path_by"))
@click.option("--from", "start", metavar="DATE", help=help_text("path_from"))
@click.option("--moves", type=click.IntRange(min=1, max=12), default=6, help=help_text("path_moves"))
@click.option("--stay", metavar="DURATION", help=help_text("path_stay"))
@click.option("--svg", metavar="FILE", type=click.Path(), help=help_text("path_svg"))
@settings
def path(
    request: Request,
    person: str,
    position: str,
    most: int,
    require: tuple[str, ...],
    avoid: tuple[str, ...],
    by: str | None,
    start: str | None,
    moves: int,
    stay: str | None,
    svg: str | None,
) -> int:
    """The career paths to one position, or the steps of an organisation to a post."""
    found = subject(request, person)
    if not isinstance(found, Person):
        from lgreason.answers import organisations as organisation_replies

        about = organisation_replies.asked_of(request.session, found, position)
        if isinstance(about, str):
            return request.reply(organisation_replies.how(request.session, found, about, most))
        return request.reply(organisation_replies.path(request.session, found, about, most))
    target, *others = _positions(request, (position, *require, *avoid))
    asked = replies.PathAsked(
        require=frozenset(others[: len(require)]),
        avoid=frozenset(others[len(require) :]),
        by=None if by is None else day_asked(by),
        start=None if start is None else day_asked(start),
        moves=moves,
        svg=svg,
        stay=0 if stay is None else _months_asked(stay),
    )
    return request.reply(replies.path(request.session, found, target, most, asked))


def _months_asked(text: str) -> int:
    from lgreason.words.durations import months_of

    months = months_of(text)
    if months is None:
        raise Unusable((Finding("path_stay_unreadable", args={"found": text}),))
    return months
