"""Plans side by side: today's structure, that of the plan, and the structures nearest to today."""

from __future__ import annotations

from starlette.responses import Response

from lgreason.answers.plans import PlansReply
from lgreason.answers.plans import compare as compared
from lgreason.web.organisations import organisation_page
from lgreason.web.page import WindowRequest, attachment
from lgreason.web.people import WORD
from lgreason.web.structures import SHEET

NEAREST = 3
"""So many of the nearest structures stand beside today's and the plan's."""


def compare(asked: WindowRequest) -> Response:
    """The comparison as text; `nearest` asks for the nearest structures too."""
    organisation = asked.window.organisations[asked.path["id"]]
    nearest = bool(asked.query.get("nearest"))
    lines = _reply(asked).lines if nearest or organisation.plan is not None else ()
    return organisation_page(asked, "comparison.html", "plan", organisation, lines=lines, nearest=nearest)


def export(asked: WindowRequest) -> Response:
    """The comparison as a workbook with live formulas, or as the memorandum in Word; `KeyError` for another form."""
    identity, what = asked.path["id"], asked.path["what"]
    if what == "plans.xlsx":
        return attachment(_reply(asked).xlsx(), f"{identity}-plans.xlsx", SHEET)
    if what == "plans.docx":
        return attachment(_reply(asked).docx(), f"{identity}-plans.docx", WORD)
    raise KeyError(what)


def _reply(asked: WindowRequest) -> PlansReply:
    window = asked.window
    organisation = window.organisations[asked.path["id"]]
    nearest = NEAREST if asked.query.get("nearest") else 0
    return compared(window.session, [organisation], window.costs, nearest)
