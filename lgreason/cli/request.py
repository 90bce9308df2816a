"""What every command takes: language, digits, format, day, readings and time limit; and how it answers."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from lgreason.answers.persons import Reply
from lgreason.answers.session import Session
from lgreason.cli.language import LANGUAGE, help_text, print_json
from lgreason.files.source.read import MOST_FINDINGS
from lgreason.report.line import Line
from lgreason.report.wording import Digits, Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language
from lgreason.words.dates import DateProblem, parse_date

if TYPE_CHECKING:
    from lgreason.cli.recorder import Recorder
    from lgreason.files.organisation.organisation import Organisation
    from lgreason.files.person.person import Person


@dataclass(frozen=True, slots=True)
class Request:
    """One command's settings: the session that answers, and the form of the answer."""

    session: Session
    format: str
    time_limit: float | None = None
    recorder: Recorder | None = None

    @property
    def wording(self) -> Wording:
        """The words of the language asked for."""
        return self.session.wording

    def reply(self, reply: Reply) -> int:
        """Print a reply; returns its exit status."""
        self.answer(reply.lines, lambda: reply.document)
        return reply.status

    def answer(self, lines: Iterable[Line], document: Callable[[], dict[str, Any]]) -> None:
        """Print the answer as text or as one JSON document on standard output, and write its receipt if asked for."""
        found = None
        if self.recorder is not None:
            found = document()
            self.recorder.record(self.session, found)
            if self.recorder.file is None:
                return
        if self.format == "json":
            print_json(document() if found is None else found)
            return
        from lgreason.report.terminal import show

        show(lines)


class _Seconds(click.FloatRange):
    """A finite number of seconds, at most a day."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True, max=86_400)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(str(value), param, ctx)
        return found


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


def _library(kb: str | None, sound: bool, rules: tuple[str, ...], day: date | None) -> Library | None:
    """The knowledge base in a folder, with the rules of some files laid over it; none: the shipped one as it is.

    Raises `Unusable` where that must be `sound` and is not.
    """
    library = None if kb is None else Library(_sound(kb) if sound else Path(kb))
    if not rules:
        return library
    from lgreason.language.checking.files import library_with

    return library_with(rules, library or Library(), day or date.today())


def _sound(kb: str) -> Path:
    """The folder of a knowledge base, if that is sound; raises `Unusable` with all that is wrong with it."""
    from lgreason.rules.soundness import check

    if found := check(Path(kb)):
        raise Unusable(found[:MOST_FINDINGS])
    return Path(kb)


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
        kb: str | None,
        time_limit: float | None,
        receipt: str | Recorder | None,
        **rest: object,
    ) -> int:
        def answer() -> int:
            day = None if as_of is None else day_asked(as_of)
            library = _library(kb, command.__name__ != "check_", rules, day)
            session = Session(cast(Language, lang), cast(Digits, digits), day, _readings(reading), library)
            recorder = receipt
            if isinstance(recorder, str):
                from lgreason.cli.recorder import Recorder

                recorder = Recorder(recorder, rules, rest, kb)
            status = command(Request(session, format, time_limit, recorder), **rest)
            if recorder is not None:
                recorder.close()
            return status

        if command.__name__ == "repl":  # a conversation limits each of its answers, and stops it from inside
            from lgreason.rules.solver.control import stoppable

            stoppable(bool(rules) or time_limit is not None)
            return answer()
        if (not rules and time_limit is None) or not (receipt is None or isinstance(receipt, str)):
            return answer()
        from lgreason.cli.guard import within

        return within(time_limit, answer)

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
            click.option("--kb", metavar="DIR", help=help_text("kb_option")),
            click.option("--receipt", metavar="FILE", help=help_text("receipt")),
            click.option("--time-limit", metavar="SECONDS", type=_Seconds(), help=help_text("time_limit")),
        )
    ):
        run = option(run)
    return run


def warn(request: Request, warnings: Iterable[Finding]) -> None:
    """Print the warnings of a person's file on standard error."""
    for warning in warnings:
        click.echo(request.wording.finding(warning), err=True)


def subject(request: Request, path: str) -> Person | Organisation:
    """The person or the organisation in the file of a command; raises `Unusable` with all that is wrong with it."""
    found = request.session.load(path, sys.stdin.buffer if path == "-" else None)
    if isinstance(found, Mapping):
        raise Unusable((Finding("costs_not_a_subject"),))
    if warnings := getattr(found, "warnings", ()):
        warn(request, warnings)
    return found
