"""The desk of the policy officer: rules with findings while one types, as sentences in both languages, and tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.checking.finding import finding
from lgreason.language.checking.trial import trial
from lgreason.language.examples.examples import outcomes
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.files import StatementWriter, formatted, said
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import LANGUAGES
from lgreason.web.page import WindowRequest, back_to, environment, finding_words, rendered
from lgreason.web.windows import Window

if TYPE_CHECKING:
    from lgreason.files.person.person import Person

DESK = "rules"
ENDING = ".rules"
MOST_LETTERS = 2_000_000
MOST_CHANGES = 200

Faults = list[tuple[SourceText, Fault]]


@dataclass(frozen=True, slots=True)
class VerdictMoved:
    """A person whose verdict for a position the rules change."""

    person: Person
    position: str
    before: str | None
    after: str


def rules(asked: WindowRequest) -> Response:
    """The files of rules, and the one that is open in the editor with all that follows from it."""
    window = asked.window
    files = [name for name in window.shelf if name.endswith(ENDING)]
    name = asked.query.get("file") or (files[0] if files else "")
    text = window.shelf.content(name).decode("utf-8", "replace") if name in files else ""
    return _shown(window, name, text)


def _shown(window: Window, name: str, text: str, status: int = 200) -> Response:
    book, found = _read(window, name, text)
    sound = bool(text.strip()) and not _errors(found)
    if sound:
        found += trial(book, window.session.day)
        sound = not _errors(found)
    tried = _tried(window, book) if sound else None
    return rendered(
        window,
        "rules.html",
        status,
        desk=DESK,
        files=[each for each in window.shelf if each.endswith(ENDING)],
        name=name,
        text=text,
        findings=_findings(found),
        sound=sound,
        sentences=list(_sentences(book)) if not _errors(found) else [],
        outcomes=list(outcomes(book, tried)) if tried else [],
        changes=list(_changes(window, tried)) if tried else [],
        everyone=len(window.people),
        position=lambda identity: (tried or window.session).vocabulary.name("position", identity),
        applied=window.ruled is not None,
    )


def check(asked: WindowRequest) -> Response:
    """What is wrong with the text as it stands, while one types."""
    window = asked.window
    _, found = _read(window, asked.value("name") or f"draft{ENDING}", text_of(asked))
    html = (
        environment()
        .get_template("_rule_findings.html")
        .render(findings=_findings(found), words=finding_words, wording=window.wording, t=window.wording.say)
    )
    return JSONResponse({"html": html, "sound": not _errors(found)})


def save(asked: WindowRequest) -> Response:
    """Keep the text in the window, put it in order, or lay its rules over the knowledge base of this window."""
    window, text = asked.window, text_of(asked)
    name = (asked.value("name").strip() or "draft").removesuffix(ENDING) + ENDING
    if asked.value("shelved"):
        window.apply(None)
        return back_to(f"/w/{window.id}/{DESK}?file={name}")
    book, found = _read(window, name, text)
    if asked.value("ordered") and not _errors(found):
        (source,) = book.sources
        text = formatted(source, said(book, source), book.lexicon)
    name = window.put(name, text.encode())
    window.unsaved.add(name)
    if asked.value("applied"):
        errors = [(source, fault) for source, fault in found if fault.severity == "error"]
        errors += [] if errors else trial(book, window.session.day)
        if errors:
            raise Unusable(tuple(finding(source, fault) for source, fault in errors))
        window.apply(window.start.library.with_rules(book))
    return back_to(f"/w/{window.id}/{DESK}?file={name}")


def text_of(asked: WindowRequest) -> str:
    """The text of the editor; raises `Unusable` if it is too long."""
    text = asked.value("text").replace("\r\n", "\n")
    if len(text) > MOST_LETTERS:
        raise Unusable((Finding("source_too_large", args={"most": MOST_LETTERS // 1_000_000}),))
    return text


def _read(window: Window, name: str, text: str) -> tuple[Book, Faults]:
    book = read_book([SourceText(name or f"draft{ENDING}", text)], window.start.library)
    return book, faults(book)


def _errors(found: Faults) -> bool:
    return any(fault.severity == "error" for _, fault in found)


def _findings(found: Faults) -> list[Finding]:
    return [finding(source, fault) for source, fault in found]


def _tried(window: Window, book: Book) -> Session:
    return window.start.session(window.settings, window.start.library.with_rules(book))


def _sentences(book: Book) -> Iterator[tuple[str, list[str]]]:
    """Every rule in both languages."""
    writer = StatementWriter(book.lexicon)
    for ruled in book.rules:
        yield ruled.rule.id, [writer.rule(ruled.rule, language) for language in LANGUAGES]


def _changes(window: Window, tried: Session) -> Iterator[VerdictMoved]:
    """Whose verdict is another one with the rules than without."""
    base = window.start.session(window.settings)
    number = 0
    for person in window.people.values():
        before = base.judges.judge.case(person, base.day)
        after = tried.judges.judge.case(person, tried.day)
        for position in tried.kb.posts:
            old = before.verdict(position) if position in base.kb.posts else None
            new = after.verdict(position)
            if old != new:
                number += 1
                if number > MOST_CHANGES:
                    return
                yield VerdictMoved(person, position, old, new)
