"""`screen`: a whole roster against positions."""

from __future__ import annotations

import sys
import time

import click

from lgreason.answers.screening.ask import RosterQuery, Screening
from lgreason.cli.helped import Helped
from lgreason.cli.language import help_text
from lgreason.cli.request import Request, day_asked, settings
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable

WIDTH = 24


class ProgressBar:
    """A progress bar on standard error, with the time left; nothing where that is no terminal."""

    def __init__(self, wording: Wording) -> None:
        """Take the language of its words."""
        self._wording = wording
        self._begun: tuple[float, int] | None = None
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, persons: int) -> None:
        """Show how many persons of how many are finished."""
        if not self._shown or not persons:
            return
        now = time.monotonic()
        if self._begun is None:
            self._begun = (now, done)
        since, first = self._begun
        left = (now - since) / (done - first) * (persons - done) if done > first else None
        filled = WIDTH * done // persons
        words = self._wording.say("screen.progress", done=done, persons=persons)
        if left is not None and done < persons:
            words += " " + self._wording.say("screen.time_left", n=max(1, round(left)))
        print(
            f"\r[{'█' * filled}{'·' * (WIDTH - filled)}] {words}\033[K", end="", file=sys.stderr, flush=True
        )
        if done >= persons:
            print(file=sys.stderr)
            self._shown = False


def _positions(request: Request, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the positions named; one option may name several with commas between them."""
    found: list[str] = []
    wrong: list[Finding] = []
    for text in texts:
        try:
            found.append(request.session.position(text))
        except Unusable as whole:
            parts = [part.strip() for part in text.split(",") if part.strip()]
            if len(parts) < 2:
                wrong.extend(whole.findings)
            for part in parts if len(parts) > 1 else ():
                try:
                    found.append(request.session.position(part))
                except Unusable as unusable:
                    wrong.extend(unusable.findings)
    if wrong:
        raise Unusable(tuple(wrong))
    return tuple(dict.fromkeys(found))


@click.command(cls=Helped, help=help_text("screen"))
@click.argument("rosters", metavar="ROSTER...", nargs=-1, required=True)
@click.option("--positions", metavar="POSITION", multiple=True, help=help_text("screen_positions"))
@click.option("--by", metavar="DATE", help=help_text("screen_by"))
@click.option("--out", metavar="FILE", multiple=True, type=click.Path(), help=help_text("screen_out"))
@click.option("--guess-mapping", is_flag=True, help=help_text("screen_guess_mapping"))
@click.option("--mapping", metavar="FILE", type=click.Path(), help=help_text("screen_mapping"))
@click.option("--decisions", metavar="FILE", type=click.Path(), help=help_text("screen_decisions"))
@click.option("--pseudonyms", is_flag=True, help=help_text("screen_pseudonyms"))
@settings
def screen(
    request: Request,
    rosters: tuple[str, ...],
    positions: tuple[str, ...],
    by: str | None,
    out: tuple[str, ...],
    guess_mapping: bool,
    mapping: str | None,
    decisions: str | None,
    pseudonyms: bool,
) -> int:
    """Verdict, deciding clause, shortfall, first day and missing facts of everyone in a roster for each position."""
    asked = RosterQuery(
        paths=rosters,
        positions=_positions(request, positions),
        by=None if by is None else day_asked(by),
        out=out,
        mapping=mapping,
        decisions=decisions,
        pseudonyms=pseudonyms,
    )
    screening = Screening(request.session, asked)
    if guess_mapping:
        from lgreason.report.documents.screening import mapping as mapping_document
        from lgreason.report.text.mapping import mapping_lines

        found = screening.mappings()
        request.answer(mapping_lines(found, request.wording), lambda: mapping_document(found))
        return 0
    return request.reply(screening.answer(ProgressBar(request.wording)))
