"""`rules diff` and `rules lint`: what a change of rules changes, and what is wrong with rules as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lgreason.answers.persons import NO, YES
from lgreason.cli.language import help_text
from lgreason.cli.request import Request, settings

if TYPE_CHECKING:
    from lgreason.answers.movement import Movement
    from lgreason.answers.session import Session
    from lgreason.reasoning.rulesets.sides import Side

OF_ONE_PERSON = frozenset({".yaml", ".yml", ".json", ".toml"})
"""The endings of files that hold one person."""


@click.command(help=help_text("rules_diff"))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--roster", metavar="FILE", multiple=True, help=help_text("rules_diff_roster"))
@click.option("--out", metavar="FILE.xlsx", help=help_text("rules_diff_out"))
@settings
def diff(request: Request, old: str, new: str, roster: tuple[str, ...], out: str | None) -> int:
    """The clauses that change, and for every position whom that touches, with a witness or a proof."""
    from lgreason.answers.rulesets import Later, diff_document, diff_lines, later_lines, moved_workbook
    from lgreason.language.comparing.comparing import MOST_LATER, later_days, side_of, side_on
    from lgreason.reasoning.rulesets.difference import Difference
    from lgreason.reasoning.rulesets.posts import OrganisationRules, PostDifferences

    session = request.session
    first, second = (side_of(each, session.library, session.day, session.readings) for each in (old, new))
    sides, books = [first[0], second[0]], (first[1], second[1])
    difference = Difference(*sides)
    told = None
    if roster:
        told = _moved(session, roster, sides)
        if out is not None:
            moved_workbook(Path(out), told, sides[0], sides[1], request.wording)
    posts = PostDifferences(*map(OrganisationRules.of, sides))
    days = later_days((old, new), books, session.day)
    later: list[Later] = []
    for day in days[:MOST_LATER]:
        on = [side_on(book, session.library, day, session.readings) for book in books]
        later.append(Later(Difference(*on), PostDifferences(*map(OrganisationRules.of, on))))
    lines = (
        *diff_lines(difference, told, request.wording, posts),
        *later_lines(later, days, request.wording),
    )
    request.answer(lines, lambda: diff_document(difference, told, posts, later, days))
    return YES if Later(difference, posts).same and all(each.same for each in later) else NO


def _moved(session: Session, roster: tuple[str, ...], sides: list[Side]) -> Movement:
    """Whom the change moves, of rosters and of files of persons."""
    from lgreason.answers.movement import Movement, in_order
    from lgreason.answers.rulesets import moved
    from lgreason.answers.session import Session as Reading
    from lgreason.files.roster.sheets import ENDINGS

    tables = [file for file in roster if Path(file).suffix.lower() in set(ENDINGS) - OF_ONE_PERSON]
    readers = [
        Reading(
            session.wording.language, session.wording.digits, session.day, session.readings, side.kb.library
        )
        for side in sides
    ]
    files = [file for file in roster if file not in tables]
    found = moved([(readers[0].person(file), readers[1].person(file)) for file in files], *sides)
    if not tables:
        return found
    from lgreason.answers.roster_difference import moved_in_rosters

    more = moved_in_rosters(tables, session, *sides)
    both = in_order((*found.moved, *more.moved))
    return Movement(both, found.persons + more.persons, more.aside)


@click.command(help=help_text("rules_lint"))
@click.argument("files", metavar="FILES…", nargs=-1)
@settings
def lint(request: Request, files: tuple[str, ...]) -> int:
    """What is wrong with rules as a whole; of the shipped rules where no file is named."""
    from lgreason.answers.rulesets import lint_document, lint_lines
    from lgreason.language.checking.files import read_files
    from lgreason.language.checking.finding import findings
    from lgreason.language.comparing.linting import TOLD_HERE, lint_base, lint_book
    from lgreason.rules.findings import Unusable

    session = request.session
    if files:
        book, faults = read_files(files, session.library)
        errors = [(of, f) for of, f in faults if f.severity == "error" and f.code not in TOLD_HERE]
        if errors:
            raise Unusable(findings(errors))
        found = lint_book(book, session)
    else:
        found = lint_base(session)
    request.answer(lint_lines(found, request.wording), lambda: lint_document(found))
    return NO if found else YES


@click.command(help=help_text("rules_examples"))
@click.argument("identity", metavar="ID")
@settings
def examples(request: Request, identity: str) -> int:
    """For each condition of a rule a person just inside and one just outside, as examples of a rule file."""
    from lgreason.answers.rulesets import examples_document, examples_lines
    from lgreason.language.examples.boundaries import boundary_examples
    from lgreason.rules.catalogue import Catalogue

    session = request.session
    (clause, *_) = Catalogue(session.kb).find(identity)
    found = list(boundary_examples(session, clause))
    rows = [(each.clause, each.position, each.inside, each.outside) for each in found]
    request.answer(examples_lines(rows, request.wording), lambda: examples_document(rows))
    return YES
