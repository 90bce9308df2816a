"""Commands of the table of questions: how long, the record, what is missing, required, counts, was called, comes."""

from __future__ import annotations

import click

from lgreason.answers.questions import QUESTIONS, Topic
from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.memo import files_and_about
from lgreason.cli.people import complete_position, person_of
from lgreason.cli.request import Request, day_asked, settings
from lgreason.rules.findings import Finding, Unusable


def _reply(request: Request, name: str, asked: Topic) -> int:
    return request.reply(QUESTIONS[name].answer(request.session, asked))


def _position(request: Request, text: str | None) -> str | None:
    return None if text is None else request.session.position(text)


@click.command(cls=Helped, help=help_text("service"))
@click.argument("person", metavar="PERSON")
@click.argument("position", metavar="[POSITION]", required=False, shell_complete=complete_position)
@click.option("--level", "levels", metavar="TYPE.LEVEL", multiple=True, help=help_text("service_level"))
@settings
def service(request: Request, person: str, position: str | None, levels: tuple[str, ...]) -> int:
    """How long a person has served: in a position, at some levels, or in all."""
    asked = Topic(
        (person_of(request, person),),
        _position(request, position),
        tuple(_level(request, level) for level in levels),
    )
    return _reply(request, "service", asked)


def _level(request: Request, text: str) -> str:
    """A type with a level, or a level of any type, by its id or its name."""
    vocabulary = request.session.vocabulary
    found = vocabulary.resolve("rank", text) or vocabulary.resolve("level", text)
    if found is None:
        nearest = (*vocabulary.nearest("rank", text, 2), *vocabulary.nearest("level", text, 1))
        name = vocabulary.name("category", "level")
        raise Unusable((Finding("term_unknown", args={"found": text, "category": name, "nearest": nearest}),))
    return found


@click.command(cls=Helped, help=help_text("profile"))
@click.argument("person", metavar="PERSON")
@settings
def profile(request: Request, person: str) -> int:
    """The person's record as read."""
    return _reply(request, "profile", Topic((person_of(request, person),)))


@click.command(cls=Helped, help=help_text("missing"))
@click.argument("person", metavar="PERSON")
@click.argument("position", metavar="[POSITION]", required=False, shell_complete=complete_position)
@settings
def missing(request: Request, person: str, position: str | None) -> int:
    """The facts that the file does not give and that would decide."""
    asked = Topic((person_of(request, person),), _position(request, position))
    return _reply(request, "missing", asked)


@click.command(cls=Helped, help=help_text("requirements"))
@click.argument("position", metavar="POSITION", shell_complete=complete_position)
@click.option("--full", is_flag=True, help=help_text("requirements_full"))
@settings
def requirements(request: Request, position: str, full: bool) -> int:
    """What a position requires, clause by clause."""
    return _reply(request, "requirements", Topic(position=_position(request, position), full=full))


@click.command(cls=Helped, help=help_text("counts"))
@click.argument("what", metavar="WHAT...", nargs=-1, required=True)
@settings
def counts(request: Request, what: tuple[str, ...]) -> int:
    """Whether a kind of service, a degree or a field counts."""
    return _reply(request, "counts", Topic(about=_about(request, "counts", " ".join(what))))


@click.command(cls=Helped, help=help_text("convert"))
@click.argument("what", metavar="LEVEL...", nargs=-1, required=True)
@settings
def convert(request: Request, what: tuple[str, ...]) -> int:
    """What an old C-level became, or which old levels became a level."""
    return _reply(request, "convert", Topic(about=_about(request, "convert", " ".join(what))))


_ASKED_AS = {
    "counts": ("{}นับเวลาได้ไหม", "{}ลดเวลาได้ไหม", "does {} count", "does {} shorten the time"),
    "convert": ("{}เทียบเท่าอะไร", "{}คือซีอะไร", "what does {} correspond to", "{} is which c level"),
}
"""The questions in which what is asked about is understood as people write it."""


def _about(request: Request, ask: str, text: str) -> str:
    """What counts, or an old level, as the table names it: so written already, or in the words of a question."""
    from lgreason.repl.lexicon import Lexicon
    from lgreason.repl.question import Question, parse

    session = request.session
    first = text.split()[0]
    kinds = {identity for category, identity in session.kb.names if category == "service_kind"}
    if ask == "counts" and (first in ("field", "degree", "fields_that_shorten") or text in kinds):
        return text
    lexicon = Lexicon(session.kb, {})
    for form in _ASKED_AS[ask]:
        found = parse(form.format(text), lexicon, session.today)
        if isinstance(found, Question) and found.ask == ask and found.about:
            return found.about
    if ask == "counts":
        known = tuple(session.vocabulary.name("service_kind", kind) for kind in sorted(kinds))
        raise Unusable((Finding("service_kind_unknown", args={"found": text, "known": known}),))
    raise Unusable((Finding("c_level_unknown", args={"found": text}),))


@click.command(cls=Helped, help=help_text("upcoming"))
@click.argument("subjects", metavar="PERSON... [POSITION]", nargs=-1, required=True)
@click.option("--by", metavar="DATE", help=help_text("upcoming_by"))
@settings
def upcoming(request: Request, subjects: tuple[str, ...], by: str | None) -> int:
    """Who becomes eligible after the day of assessment and up to another."""
    files, about = files_and_about(subjects)
    day = None if by is None else day_asked(by)
    position = _position(request, about)
    people = tuple(person_of(request, file) for file in files)
    return _reply(request, "upcoming", Topic(people, position, by=day))
