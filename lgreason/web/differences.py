"""What the rules of a file change, against the knowledge base or another version, with a witness of each change."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from lgreason.answers.rulesets import diff_lines, moved
from lgreason.language.book.rulebook import read_book
from lgreason.language.checking.checking import faults
from lgreason.language.checking.finding import findings
from lgreason.language.statements.splitting import SourceText
from lgreason.reasoning.rulesets.difference import Difference
from lgreason.reasoning.rulesets.sides import Side
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.web.page import WindowRequest, rendered
from lgreason.web.rulebench import DESK, ENDING
from lgreason.web.windows import Window


def difference(asked: WindowRequest) -> Response:
    """The clauses that differ, for every position someone whom that touches, and everyone of the window whom it does.

    `file` names the rules, `old` the other version; without it that is the knowledge base. Raises `Unusable` with the
    errors of either.
    """
    window = asked.window
    new, old = asked.query.get("file", ""), asked.query.get("old", "")
    files = [name for name in window.shelf if name.endswith(ENDING)]
    for name in (new, *filter(None, [old])):
        if name not in files:
            raise HTTPException(404)
    sides = _side(window, old), _side(window, new)
    persons = [(person, person) for person in window.people.values()]
    told = moved(persons, *sides) if persons else None
    lines = list(diff_lines(Difference(*sides), told, window.wording))
    return rendered(window, "difference.html", desk=DESK, lines=lines, new=new, old=old)


def _side(window: Window, name: str) -> Side:
    """The rules of a file over the knowledge base, or the knowledge base alone."""
    session = window.session
    library: Library = window.start.library
    if name:
        text = window.shelf.content(name).decode("utf-8", "replace")
        book = read_book([SourceText(name, text)], library)
        if errors := [(source, fault) for source, fault in faults(book) if fault.severity == "error"]:
            raise Unusable(findings(errors))
        library = library.with_rules(book)
    return Side(library.on(session.day).under(dict(session.readings)), session.day)
