"""The desk of the planner: organisations, their posts with the reasons, the burden, the plan, and re-typing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from lgreason.answers import organisations as replies
from lgreason.answers.memo import about_of
from lgreason.answers.memo import memo as memo_of
from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import LEVELS, Organisation
from lgreason.reasoning.organisations.establishment import Establishment, PostVerdict
from lgreason.reasoning.organisations.resting import rests_of_class, rests_of_post
from lgreason.report.line import Line
from lgreason.report.text.organisation import OrganisationText
from lgreason.web.page import WindowRequest, attachment, rendered
from lgreason.web.people import WORD, head_of
from lgreason.web.tree import Branch, branches

DESK = "organisations"


@dataclass(frozen=True, slots=True)
class Row:
    """A post against every level: its name, and for each level the verdict, in words too, and the greatest number."""

    post: str
    name: str
    cells: tuple[tuple[str, str, str, int | None], ...]


def organisations(asked: WindowRequest) -> Response:
    """Every organisation loaded."""
    window, session = asked.window, asked.window.session
    rows = []
    for organisation in window.organisations.values():
        kind = [line.text for line in replies.organisation_text(session, organisation).title()][1]
        rows.append((organisation, kind))
    return rendered(window, "organisations.html", desk=DESK, rows=rows)


def _found(asked: WindowRequest) -> tuple[Session, Organisation]:
    return asked.window.session, asked.window.organisations[asked.path["id"]]


def organisation_page(
    asked: WindowRequest, template: str, tab: str, organisation: Organisation, **values: Any
) -> Response:
    """A page about one organisation, under its name."""
    title = [line.text for line in replies.organisation_text(asked.window.session, organisation).title()]
    return rendered(
        asked.window, template, desk=DESK, tab=tab, organisation=organisation, about=title[1], **values
    )


def posts(asked: WindowRequest) -> Response:
    """Which posts may be had, at which levels and how many; each cell leads to its reasons."""
    session, organisation = _found(asked)
    text = replies.organisation_text(session, organisation)
    rows: dict[str, list[tuple[str, str, str, int | None]]] = {}
    for verdict in Establishment(session.tables, organisation).posts():
        words = _verdict(session, organisation, text, verdict)
        rows.setdefault(verdict.post, []).append((verdict.level, verdict.verdict, words, verdict.most))
    shown = [Row(post, text.post(post), tuple(cells)) for post, cells in rows.items()]
    level = session.organisation_vocabulary.name
    entry = replies.show_organisation(session, organisation).lines[2:]
    return organisation_page(
        asked,
        "posts.html",
        "posts",
        organisation,
        rows=shown,
        levels=[(each, level("level", each).into(session.wording.language)) for each in LEVELS],
        entry=entry,
    )


def _verdict(
    session: Session, organisation: Organisation, text: OrganisationText, verdict: PostVerdict
) -> str:
    """A verdict on a post in words, with the readings of lost words that it rests on."""
    rests = rests_of_post(session.tables, organisation, verdict)
    return text.verdict(session.wording.say(f"posts.{verdict.verdict}"), rests.readings)


def post(asked: WindowRequest) -> Response:
    """Why a post at a level may or may not be had, as a tree, and what would have to change."""
    session, organisation = _found(asked)
    about = replies.asked_of(session, organisation, f"{asked.path['post']}.{asked.path['level']}")
    assert isinstance(about, tuple)
    text = replies.organisation_text(session, organisation)
    verdict = Establishment(session.tables, organisation).post(*about)
    trees = [_tree(text, node, session) for node in verdict.best.nodes]
    ways = () if verdict.truth else replies.how(session, organisation, about, 5).lines
    return organisation_page(
        asked,
        "reasons.html",
        "posts",
        organisation,
        heading=text.post_name(*about),
        verdict=verdict.verdict,
        verdict_words=_verdict(session, organisation, text, verdict),
        trees=trees,
        more=ways,
        about_memo=f"{about[0]}.{about[1]}",
    )


def _tree(text: OrganisationText, node: Any, session: Session) -> Branch:
    def lines(each: Any) -> Iterator[Line]:
        if each.is_leaf and each.bound is not None:
            yield Line(text.comparison(each))
            for field in each.measurement.missing if each.holds is None else ():
                yield Line(session.wording.say("org.not_known", field=text.field(field)), style="open")

    return branches(node, lines, session.wording)


def burden(asked: WindowRequest) -> Response:
    """The burden, step by step."""
    session, organisation = _found(asked)
    reply = replies.burden(session, organisation)
    return organisation_page(
        asked, "organisation_lines.html", "burden", organisation, lines=reply.lines[2:], svg=""
    )


def plan(asked: WindowRequest) -> Response:
    """The plan of the file judged, with today's chart beside the proposed one."""
    from lgreason.answers.drawing import drawn

    session, organisation = _found(asked)
    charts = [drawn(session, organisation, None)]
    lines: tuple[Line, ...] = ()
    if organisation.plan is not None:
        charts.append(drawn(session, organisation, organisation.plan))
        lines = replies.validate(session, organisation, full=False).lines[2:]
    return organisation_page(asked, "plan.html", "plan", organisation, lines=lines, charts=charts)


def classify(asked: WindowRequest) -> Response:
    """Whether the municipality may be re-typed, class by class, as trees."""
    from lgreason.reasoning.organisations.retyping import classify as classified

    session, organisation = _found(asked)
    text = replies.organisation_text(session, organisation)
    name, say = session.organisation_vocabulary.name, session.wording.say
    found = []
    for class_ in session.tables.classes:
        outcome = classified(Establishment(session.tables, organisation), class_)
        rests = rests_of_class(session.tables, organisation, class_, outcome.reason)
        words = say(f"classify.{outcome.verdict}", **{"class": name("municipal_class", class_)})
        words = text.verdict(words, rests.readings)
        found.append((class_, outcome.verdict, words, _tree(text, outcome.reason, session)))
    return organisation_page(asked, "classes.html", "class", organisation, classes=found)


def memo(asked: WindowRequest) -> Response:
    """The memorandum on the organisation, or on what is asked of it."""
    session, organisation = _found(asked)
    about = asked.query.get("about") or None
    reply = memo_of(session, organisation, about_of(session, organisation, about))
    query = f"?about={quote(about, safe='')}" if about else ""
    target = f"organisations/{quote(organisation.id, safe='')}/memo{query}"
    return organisation_page(
        asked, "organisation_memo.html", "memo", organisation, memo=reply.memo, target=target
    )


def memo_file(asked: WindowRequest) -> Response:
    """The memorandum as a Word file."""
    session, organisation = _found(asked)
    reply = memo_of(session, organisation, about_of(session, organisation, asked.query.get("about") or None))
    return attachment(reply.docx(head_of(asked)), f"memo-{organisation.id}.docx", WORD)
