"""The desk of the personnel officer: files, the table of persons and positions, and the answers about one person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from lgreason.answers import persons as replies
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.report.text.person import person_lines
from lgreason.rules.findings import Finding, Unusable
from lgreason.web.page import WindowRequest, attachment, back_to, rendered
from lgreason.web.windows import Window

if TYPE_CHECKING:
    from lgreason.reasoning.persons.eligibility import Judgement
    from lgreason.report.memo.memo import Head

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_WAYS = 10


@dataclass(frozen=True, slots=True)
class VerdictCell:
    """What a person comes to for a position: the verdict, and the first day that the record or time gives."""

    position: str
    verdict: str
    first: date | None


def people(asked: WindowRequest) -> Response:
    """Everyone loaded, against every position."""
    window, session = asked.window, asked.window.session
    rows = [(person, cells(session, person)) for person in window.people.values()]
    return rendered(
        window,
        "people.html",
        rows=rows,
        positions=tuple(session.kb.posts),
        name=lambda position: session.vocabulary.name("position", position),
    )


def cells(session: Session, person: Person) -> list[VerdictCell]:
    """A row of the table."""
    judgement = session.judges.judge.case(person, session.day)
    return [_cell(judgement, session, position) for position in session.kb.posts]


def _cell(judgement: Judgement, session: Session, position: str) -> VerdictCell:
    root = session.kb.posts[position]
    first = judgement.earliest(root)
    return VerdictCell(position, judgement.verdict(position), None if first == date.min else first)


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────


def upload(asked: WindowRequest) -> Response:
    """Take the files that were chosen or dropped."""
    if not asked.files:
        raise Unusable((Finding("page_no_file"),))
    from lgreason.web.rosters import begin, is_roster

    rosters = tuple(file for file in asked.files if is_roster(file[0]))
    if others := [file for file in asked.files if file not in rosters]:
        asked.window.put_all(others)
    if rosters:
        return back_to(f"/w/{asked.window.id}/rosters/{begin(asked.window, rosters)}")
    of_people = bool(asked.window.people) or not asked.window.organisations
    return back_to(f"/w/{asked.window.id}/{'people' if of_people else 'organisations'}")


def forget(asked: WindowRequest) -> Response:
    """Take a file away."""
    asked.window.remove(asked.value("name"))
    return back_to(f"/w/{asked.window.id}/{asked.value('desk') or 'people'}")


def download(asked: WindowRequest) -> Response:
    """A file of the window, to keep."""
    name = asked.path["name"]
    content = asked.window.shelf.content(name)
    asked.window.unsaved.discard(
        name
    )  # what is kept by its user need not be asked for when the window is closed
    return attachment(content, name, "application/octet-stream")


def settings(asked: WindowRequest) -> Response:
    """Change the language, the digits, the day or a reading."""
    from typing import cast

    from lgreason.report.wording import Digits
    from lgreason.rules.model import LANGUAGES
    from lgreason.words.dates import DateProblem, parse_date

    window, new = asked.window, asked.window.settings
    if (language := asked.value("lang")) in LANGUAGES:
        new = replace(new, language=language)
    if (digits := asked.value("digits")) in ("arabic", "thai"):
        new = replace(new, digits=cast(Digits, digits))
    if any(name == "day" for name, _ in asked.form):
        text = asked.value("day").strip()
        day = parse_date(text) if text else None
        if isinstance(day, DateProblem):
            raise Unusable((Finding(day.code, args=day.args),))
        new = replace(new, day=day)
    for reading in asked.values("reading"):
        identity, _, choice = reading.partition("=")
        kept = {**dict(new.readings), identity: choice}
        default = window.start.library.of(None).under().readings
        kept = {i: c for i, c in kept.items() if i not in default or default[i].chosen != c}
        new = replace(new, readings=tuple(sorted(kept.items())))
    if asked.value("default_readings"):
        new = replace(new, readings=())
    window.renew(new)
    return back_to(own_path(window, asked.value("back")))


def own_path(window: Window, path: str) -> str:
    """A path of this window, or its first page: never another address."""
    base = f"/w/{window.id}/"
    return path if path.startswith(base) and "\\" not in path and "//" not in path else f"{base}people"


# ── one person ──────────────────────────────────────────────────────────────────────────────────────────────────


def person(asked: WindowRequest) -> Response:
    """The record as read, and what it comes to for every position."""
    window, session = asked.window, asked.window.session
    found = window.person(asked.path["person"])
    lines = tuple(person_lines(found, session.vocabulary, session.wording))
    return rendered(
        window,
        "person.html",
        person=found,
        lines=lines[1:],
        cells=cells(session, found),
        name=lambda position: session.vocabulary.name("position", position),
    )


def about(asked: WindowRequest) -> tuple[Session, Person, str]:
    """The session, the person and the position of an address."""
    session = asked.window.session
    return session, asked.window.person(asked.path["person"]), session.position(asked.path["position"])


def how(asked: WindowRequest) -> Response:
    """The ways to become eligible."""
    session, found, position = about(asked)
    reply = replies.how(session, found, position, MOST_WAYS)
    return _lines(asked, "how", found, position, reply.lines[3:])


def path(asked: WindowRequest) -> Response:
    """The career paths, with the drawn timeline."""
    from lgreason.reasoning.persons.path import Paths
    from lgreason.reasoning.persons.path_search import Aim
    from lgreason.report.drawings.timeline import drawing
    from lgreason.report.text.paths import PathText

    session, found, position = about(asked)
    aim = Aim(position, frozenset(), frozenset(), None, 6)
    paths = Paths(session.judges.judge, found, session.day, aim, None)
    text = PathText(paths, session.kb, session.vocabulary, session.wording)
    lines = tuple(text.lines(MOST_WAYS))
    svg = drawing(paths, text, session.vocabulary, session.wording, MOST_WAYS)
    return _lines(asked, "path", found, position, lines[2:], svg)


def _lines(
    asked: WindowRequest, tab: str, found: Person, position: str, lines: tuple[object, ...], svg: str = ""
) -> Response:
    session = asked.window.session
    return rendered(
        asked.window,
        "lines.html",
        tab=tab,
        person=found,
        position=position,
        position_name=session.vocabulary.name("position", position),
        lines=lines,
        svg=svg,
    )


def memo(asked: WindowRequest) -> Response:
    """The memorandum on the page, with what an office fills in."""
    from lgreason.answers.memo import memo as memo_of

    session, found, position = about(asked)
    reply = memo_of(session, found, position)
    return rendered(
        asked.window,
        "memo.html",
        tab="memo",
        person=found,
        position=position,
        position_name=session.vocabulary.name("position", position),
        memo=reply.memo,
        target=f"people/{quote(found.id, safe='')}/memo/{position}",
    )


def memo_file(asked: WindowRequest) -> Response:
    """The memorandum as a Word file."""
    from lgreason.answers.memo import memo as memo_of

    session, found, position = about(asked)
    content = memo_of(session, found, position).docx(head_of(asked))
    return attachment(content, f"memo-{found.id}.docx", WORD)


def head_of(asked: WindowRequest) -> Head:
    """What an office filled in."""
    from lgreason.report.memo.memo import Head

    names = ("office", "number", "to", "signer", "post")
    return Head(**{name: asked.value(name).strip()[:200] for name in names})


def memo_of_all(asked: WindowRequest) -> Response:
    """One memorandum on everyone loaded and one position, as a Word file."""
    from lgreason.answers.memo import memo as memo_of

    session = asked.window.session
    position = session.position(asked.value("position"))
    everyone = list(asked.window.people.values())
    if not everyone:
        raise Unusable((Finding("nobody_loaded"),))
    content = memo_of(session, everyone, position).docx(head_of(asked))
    return attachment(content, f"memo-{position}.docx", WORD)
