"""`compare`: persons for a position, or plans of organisations, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lgreason.answers.questions import QUESTIONS, Topic
from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.memo import files_and_about
from lgreason.cli.request import Request, settings, subject
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.person.person import Person
from lgreason.files.writing import refuse_unwritable, write_whole
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NEAREST = 100


@click.command(cls=Helped, help=help_text("compare"))
@click.argument("files", metavar="FILE... [POSITION]", nargs=-1, required=True)
@click.option("--costs", metavar="FILE", help=help_text("costs"))
@click.option("--nearest", type=click.IntRange(1, MOST_NEAREST), help=help_text("compare_nearest"))
@click.option("--xlsx", metavar="FILE", help=help_text("compare_xlsx"))
@click.option("--docx", metavar="FILE", help=help_text("memo_docx"))
@click.option("--full", is_flag=True, help=help_text("full"))
@settings
def compare(
    request: Request,
    files: tuple[str, ...],
    costs: str | None,
    nearest: int | None,
    xlsx: str | None,
    docx: str | None,
    full: bool,
) -> int:
    """Persons or plans side by side, by the kind of the files."""
    refuse_unwritable(xlsx, docx)
    given, about = files_and_about(files)
    found = [subject(request, file) for file in given]
    organisations = [each for each in found if isinstance(each, Organisation)]
    people = tuple(each for each in found if isinstance(each, Person))
    if people and organisations:
        raise Unusable((Finding("compare_kinds_mixed"),))
    if people:
        if costs or nearest or xlsx or docx:
            raise Unusable((Finding("compare_organisations_only"),))
        return _persons(request, people, about, full)
    if about is not None:
        raise Unusable((Finding("compare_organisations_alone", args={"found": about}),))
    return _plans(request, organisations, costs, nearest or 0, xlsx, docx)


def _persons(request: Request, people: tuple[Person, ...], about: str | None, full: bool) -> int:
    session = request.session
    if about is None:
        names = tuple(session.vocabulary.name("position", post) for post in session.kb.posts)
        raise Unusable((Finding("ask_position", args={"choices": names}),))
    if len({person.id for person in people}) < max(2, len(people)):
        raise Unusable((Finding("compare_with_oneself", args={"name": people[0].name}),))
    asked = Topic(people, session.position(about), full=full)
    return request.reply(QUESTIONS["compare"].answer(session, asked))


def _plans(
    request: Request,
    organisations: Sequence[Organisation],
    costs: str | None,
    nearest: int,
    xlsx: str | None,
    docx: str | None,
) -> int:
    from lgreason.answers.plans import compare as compared
    from lgreason.cli.organisations import costs_asked

    reply = compared(request.session, organisations, costs_asked(request, costs), nearest)
    written = [path for path in (xlsx, docx) if path is not None]
    if xlsx is not None:
        write_whole(xlsx, reply.xlsx())
    if docx is not None:
        write_whole(docx, reply.docx())
    told = (Line(request.wording.say("plans.written", file=path), style="note") for path in written)
    request.answer((*reply.lines, *told), lambda: reply.document)
    return reply.status
