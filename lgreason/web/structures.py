"""Choosing a structure step by step: what must be, may be and cannot be, narrowed by clicking and undone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from lgreason.answers.organisations import organisation_text
from lgreason.answers.structures import StructureAnswer, objectives
from lgreason.answers.structures import StructureQuery as Wanted
from lgreason.files.organisation.organisation import Organisation
from lgreason.report.text.structures import StructuresText
from lgreason.rules.findings import Unusable
from lgreason.web.organisations import DESK, organisation_page
from lgreason.web.page import WindowRequest, attachment, back_to
from lgreason.web.windows import Window

SHOWN = 10
_OPTION = re.compile(r"\d+\. ")  # its number, in the digits of either language
MEASURES = ("changes", "posts", "levels")
ORDERS = (*MEASURES, "any")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a choice: its words, what it comes to, how many structures have it, and why it cannot be."""

    step: str
    words: str
    status: str
    remaining: int
    why: str


def structures(asked: WindowRequest) -> Response:
    """The structures that are left, every choice with its values, and the first structures with their charts."""
    window, session = asked.window, asked.window.session
    organisation = window.organisations[asked.path["id"]]
    answer = answer_of(window, organisation, asked.query.get("by", "changes"))
    document = answer.reply().document
    text = organisation_text(session, organisation)
    words = StructuresText(answer.found, text, session.organisation_vocabulary, session.wording)
    facets: dict[str, list[Value]] = {}
    for facet in answer.found.facets:
        facets.setdefault(facet.choice, []).append(
            Value(
                f"{facet.choice}={facet.value}",
                words.resting(facet),
                facet.status,
                facet.remaining,
                words.why(facet) if facet.status == "cannot" else "",
            )
        )
    number = _number(asked, len(document["options"]))
    lines = [line for line in answer.reply().lines[2:] if line.text]
    return organisation_page(
        asked,
        "structures.html",
        "structures",
        organisation,
        count=document["count"]["value"],
        otherwise=words.otherwise,
        conditional=document["conditional"]["value"],
        facets=[(choice, words.choice(choice), values) for choice, values in facets.items()],
        steps=[(n, required, step) for n, (required, step) in enumerate(_steps(window, organisation))],
        step_words=lambda step: f"{words.choice(step.partition('=')[0])} = {_value(words, step)}",
        options=document["options"][:SHOWN],
        option_lines=[line for line in lines if _OPTION.match(line.text)][:SHOWN],
        number=number,
        today=answer.svg(0),
        chosen=answer.svg(number) if number else "",
        by=asked.query.get("by", "changes"),
        measures=ORDERS,
    )


def _value(words: Any, step: str) -> str:
    choice, _, value = step.partition("=")
    found: str = words.value(choice, int(value) if value.isdecimal() else value)
    return found


def _number(asked: WindowRequest, most: int) -> int:
    text = asked.query.get("option", "1")
    return min(int(text), most) if text.isdecimal() and len(text) < 5 else min(1, most)


def _steps(window: Window, organisation: Organisation) -> list[tuple[bool, str]]:
    return window.steps.setdefault(organisation.id, [])


def answer_of(window: Window, organisation: Organisation, by: str) -> StructureAnswer:
    """The structures under what was chosen; what was judged before is kept with the window."""
    steps = _steps(window, organisation)
    wanted = Wanted(
        require=tuple(step for required, step in steps if required),
        forbid=tuple(step for required, step in steps if not required),
        objectives=objectives((by,), (), (by,), False) if by in MEASURES else (),
        limit=SHOWN,
    )
    session = window.session
    kept = window.judged.get(organisation.id)
    known = kept[2] if kept is not None and kept[0] is organisation and kept[1] is session else None
    answer = StructureAnswer(session, organisation, None, wanted, known)
    window.judged[organisation.id] = (organisation, session, answer.structures)
    return answer


def choose(asked: WindowRequest) -> Response:
    """Require or forbid a value, or take back a step or all."""
    window = asked.window
    organisation = window.organisations[asked.path["id"]]
    steps = _steps(window, organisation)
    before = list(steps)
    for required, name in ((True, "require"), (False, "forbid")):
        if step := asked.value(name):
            steps.append((required, step))
    if (number := asked.value("undo")).isdecimal() and int(number) < len(steps):
        del steps[int(number)]
    if asked.value("undo") == "all":
        steps.clear()
    try:
        answer_of(window, organisation, "")
    except Unusable:
        steps[:] = before  # a choice that is none is not taken
        raise
    window.changed = True
    return back_to(f"/w/{window.id}/{DESK}/{quote(organisation.id, safe='')}/structures")


def export(asked: WindowRequest) -> Response:
    """The chart of a structure as SVG, or all structures as a workbook."""
    window = asked.window
    organisation = window.organisations[asked.path["id"]]
    answer = answer_of(window, organisation, asked.query.get("by", "changes"))
    if asked.path["what"] == "workbook.xlsx":
        return attachment(answer.xlsx(), f"{organisation.id}.xlsx", SHEET)
    number = int(text) if (text := asked.query.get("option", "0")).isdecimal() and len(text) < 5 else 0
    number = min(number, len(answer.found.options))
    return attachment(answer.svg(number).encode(), f"{organisation.id}-{number}.svg", "image/svg+xml")
