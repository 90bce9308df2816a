"""`memo`: the official memorandum on persons or on an organisation, as text or as a Word file."""

from __future__ import annotations

from pathlib import Path

import click

from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.request import Request, settings, subject
from lgreason.files.person.person import Person
from lgreason.files.source.read import ENDINGS
from lgreason.files.writing import write_whole
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable


@click.command(cls=Helped, help=help_text("memo"))
@click.argument("subjects", metavar="FILE...", nargs=-1, required=True)
@click.option("--docx", metavar="FILE", help=help_text("memo_docx"))
@click.option("--office", default="", help=help_text("memo_office"))
@click.option("--number", default="", help=help_text("memo_number"))
@click.option("--to", default="", help=help_text("memo_to"))
@click.option("--signer", default="", help=help_text("memo_signer"))
@click.option("--signer-position", default="", help=help_text("memo_signer_position"))
@settings
def memo(
    request: Request,
    subjects: tuple[str, ...],
    docx: str | None,
    office: str,
    number: str,
    to: str,
    signer: str,
    signer_position: str,
) -> int:
    """The memorandum on a person or several and a position, or on an organisation and what is asked of it."""
    from lgreason.answers import memo as replies
    from lgreason.report.memo.memo import Head

    files, about = files_and_about(subjects)
    session = request.session
    found = [subject(request, file) for file in files]
    people = [each for each in found if isinstance(each, Person)]
    if people and len(people) < len(found):
        raise Unusable((Finding("memo_kinds_mixed"),))
    if people:
        if about is None:
            names = tuple(session.vocabulary.name("position", post) for post in session.kb.posts)
            raise Unusable((Finding("ask_position", args={"choices": names}),))
        position = session.position(about)
        made = replies.memo(session, people[0] if len(people) == 1 else people, position)
    else:
        if len(found) > 1:
            raise Unusable((Finding("memo_one_organisation"),))
        (organisation,) = found
        assert not isinstance(organisation, Person)
        made = replies.memo(session, organisation, replies.about_of(session, organisation, about))
    if docx is None:
        return request.reply(made)
    write_whole(docx, made.docx(Head(office, number, to, signer, signer_position)))
    request.answer((Line(request.wording.say("memo.written", file=docx)),), lambda: made.document)
    return made.status


def files_and_about(subjects: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The files, and the last word where it is none."""
    *files, last = subjects
    is_file = last == "-" or Path(last).suffix.lower() in ENDINGS or Path(last).is_file()
    return (subjects, None) if is_file or not files else (tuple(files), last)
