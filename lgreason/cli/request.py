"""What every command takes: language, digits, format, day, readings and time limit; and how it answers."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

import click

from lgreason.answers.persons import Reply
from lgreason.answers.session import Session
from lgreason.report.line import Line
from lgreason.report.wording import Digits, Wording, messages
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language
from lgreason.words.dates import DateProblem, parse_date

if TYPE_CHECKING:
    from lgreason.files.organisation.organisation import Organisation
    from lgreason.files.person.person import Person


def language_asked(arguments: list[str]) -> Language:
    """The language of help and of errors in the arguments themselves, read before they are parsed."""
    asked = os.environ.get("LGREASON_LANG", "th")
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if before == "--lang":
            asked = argument
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return next((language for language in LANGUAGES if language == asked), "th")


LANGUAGE = language_asked(sys.argv[1:])


def help_text(key: str) -> str:
    """A help sentence in the language asked for."""
    return messages(LANGUAGE)["help"][key]


@dataclass(frozen=True, slots=True)
class Request:
    """One command's settings: the session that answers, and the form of the answer."""

    session: Session
    format: str

    @property
    def wording(self) -> Wording:
        """The words of the language asked for."""
        return self.session.wording

    def reply(self, reply: Reply) -> int:
        """Print a reply; returns its exit status."""
        self.answer(reply.lines, lambda: reply.document)
        return reply.status

    def answer(self, lines: Iterable[Line], document: Callable[[], dict[str, Any]]) -> None:
        """Print the answer as text or as one JSON document on standard output."""
        if self.format == "json":
            print_json(document())
            return
        from lgreason.report.terminal import show

        show(lines)


def print_json(document: dict[str, Any]) -> None:
    """One JSON document, Thai as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


class TimeIsUp(BaseException):
    """The time limit was reached before the answer was complete."""


def _limit(seconds: float | None) -> None:
    if seconds is None or not hasattr(signal, "setitimer"):
        return

    def stop(_signal: int, _frame: object) -> None:
        raise TimeIsUp

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def day_asked(text: str) -> date:
    """The day of `--as-of`; raises `Unusable` if it is not one."""
    day = parse_date(text)
    if isinstance(day, DateProblem):
        raise Unusable((Finding(day.code, args={**day.args}),))
    return day


def _readings(options: tuple[str, ...]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for option in options:
        identity, equals, choice = option.partition("=")
        if not equals:
            raise Unusable((Finding("reading_option_form", args={"found": option}),))
        chosen[identity.strip().upper()] = choice.strip()
    return chosen


def _library(rules: tuple[str, ...], day: date | None) -> Library | None:
    """The knowledge base with the rules of some files laid over it; none (the shipped one) without files."""
    if not rules:
        return None
    from lgreason.language.files import library_with

    return library_with(rules, Library(), day or date.today())


def settings(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that every command has; it receives a `Request` as its first argument."""

    @wraps(command)
    def run(
        lang: str,
        digits: str,
        format: str,
        as_of: str | None,
        reading: tuple[str, ...],
        rules: tuple[str, ...],
        time_limit: float | None,
        **rest: object,
    ) -> int:
        _limit(time_limit)
        day = None if as_of is None else day_asked(as_of)
        session = Session(
            cast(Language, lang), cast(Digits, digits), day, _readings(reading), _library(rules, day)
        )
        return command(Request(session, format), **rest)

    for option in reversed(
        (
            click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGE, help=help_text("lang")),
            click.option(
                "--digits", type=click.Choice(("arabic", "thai")), default="arabic", help=help_text("digits")
            ),
            click.option(
                "--format", type=click.Choice(("text", "json")), default="text", help=help_text("format")
            ),
            click.option("--as-of", metavar="DATE", help=help_text("as_of")),
            click.option("--reading", metavar="A-NN=CHOICE", multiple=True, help=help_text("reading")),
            click.option("--rules", metavar="FILE", multiple=True, help=help_text("rules_option")),
            click.option(
                "--time-limit", type=click.FloatRange(min=0, min_open=True), help=help_text("time_limit")
            ),
        )
    ):
        run = option(run)
    return run


def subject(request: Request, path: str) -> Person | Organisation:
    """The person or the organisation in the file of a command; raises `Unusable` with all that is wrong with it."""
    found = request.session.load(path, sys.stdin.buffer if path == "-" else None)
    if isinstance(found, Mapping):
        raise Unusable((Finding("costs_not_a_subject"),))
    return found
