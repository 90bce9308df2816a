"""`compare`: persons for a position, or plans of an organisation, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.request import Request, settings, subject
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.source.read import ENDINGS
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
@settings
def compare(
    request: Request,
    files: tuple[str, ...],
    costs: str | None,
    nearest: int | None,
    xlsx: str | None,
    docx: str | None,
) -> int:
    """Persons or plans side by side, by the kind of the files."""
    refuse_unwritable(xlsx, docx)
    found = [subject(request, file) for file in files if is_file(file)]
    organisations = [each for each in found if isinstance(each, Organisation)]
    if not organisations or len(organisations) < len(files):
        raise Unusable((Finding("compare_organisations_only"),))
    return _plans(request, organisations, costs, nearest or 0, xlsx, docx)


def is_file(text: str) -> bool:
    """Whether an argument names a file, and no position."""
    from pathlib import Path

    return text == "-" or Path(text).suffix.lower() in ENDINGS or Path(text).is_file()


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
