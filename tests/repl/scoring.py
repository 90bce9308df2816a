"""What a corpus of questions and their meanings comes to: each line asked, and the answer held against its meaning.

A line is `right` where it is answered as the question that it is, or refused for the right reason; `offered` where
what it means is offered and a yes would take it; `misread` where it is answered as another question; and `unanswered`
otherwise.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from lgreason.answers.session import Session
from lgreason.repl.conversation import Conversation
from lgreason.rules.knowledge import Library

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions"
TODAY = date(2026, 11, 27)
FIELDS = (
    *(
        "person",
        "others",
        "position",
        "as_of",
        "by",
        "organisation",
        "post",
        "level",
        "unit",
        "class",
        "number",
    ),
    *("plans", "objective", "clause", "reading", "about", "changes", "scope", "file", "digits", "negated"),
)
Outcome = Literal["right", "offered", "unanswered", "misread"]
Row = Mapping[str, Any]
LIBRARY = Library()


@dataclass(frozen=True)
class Scored:
    """A line with what became of it."""

    row: Row
    outcome: Outcome
    got: Row
    why: str


def rows(file: Path) -> list[Row]:
    """The lines of a corpus."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@cache
def _loaded(language: str) -> Conversation:
    session = Session("en" if language == "en" else "th", as_of=TODAY, library=LIBRARY)
    session.today = TODAY
    talk = Conversation(session)
    for folder in ("people", "organisations"):
        for file in sorted((QUESTIONS / folder).iterdir()):
            talk.open(str(file))
    return talk


def conversation(language: str) -> Conversation:
    """A conversation with every person and organisation of the corpus, who are read once."""
    loaded = _loaded(language)
    session = loaded.session.altered()
    session.today = TODAY
    talk = Conversation(session)
    talk._memory.share(loaded._memory)
    return talk


def scored(corpus: list[Row]) -> Iterator[Scored]:
    """Every line, those of a dialogue in one conversation."""
    talks: dict[str, Conversation] = {}
    for row in corpus:
        dialogue = row.get("dialogue")
        talk = talks.get(dialogue) if dialogue else None
        if talk is None:
            talk = conversation(row["lang"])
            if dialogue:
                talks[dialogue] = talk
        got = talk.answer(row["text"]).document
        yield judged(row, got)


def judged(row: Row, got: Row) -> Scored:
    """What became of one line."""
    if row["ask"] is None:
        if got["understood"]:
            return Scored(row, "misread", got, "answered")
        wanted = row["not"]
        if got["fallback"] != wanted:
            return Scored(row, "unanswered", got, f"fallback {got['fallback']}")
        missing = [c for c in row.get("candidates") or () if c not in got.get("choices", ())]
        return Scored(row, "unanswered" if missing else "right", got, f"no {missing}" if missing else "")
    ways = [row, *({**row, **other} for other in row.get("or") or ())]
    if got["understood"]:
        whys = [why_not(way, got) for way in ways]
        if "" in whys:
            return Scored(row, "right", got, "")
        return Scored(row, "misread", got, whys[0])
    if row.get("ambiguous") and got["fallback"] == "ambiguous":
        return Scored(row, "right", got, "")
    if got["fallback"] == "confirm" and any(why_not(way, got["meant"]) == "" for way in ways):
        return Scored(row, "offered", got, "")
    return Scored(row, "unanswered", got, str(got.get("meant") or got["fallback"]))


def why_not(row: Row, got: Row) -> str:
    """Why a meaning as understood is not the one of a line; nothing if it is."""
    if got.get("ask") != row["ask"]:
        return f"ask {got.get('ask')}"
    given = {**got, "changes": changes(got)}
    for field in FIELDS:
        wanted = row.get(field)
        if wanted is None:
            continue
        have = given.get(field)
        if field == "others":
            wanted, have = set(wanted), set(have or ())
            if row.get("person") not in (None, got.get("person")):
                return f"person {got.get('person')}"
        if field == "changes":
            if set(wanted) - set(have or ()):
                return f"changes {have!r} not {wanted!r}"
            continue
        if field == "position" and row.get("ambiguous"):
            continue
        if have != wanted:
            return f"{field} {have!r} not {wanted!r}"
    for second in row.get("also") or ():
        if not any(why_not(second, other) == "" for other in got.get("also") or ()):
            return "the second question"
    return ""


def changes(got: Row) -> list[str]:
    """What is supposed, in the words of the corpus."""
    found = [" ".join(_change(change)) for change in got.get("supposed") or ()]
    for step in got.get("changes") or ():
        if step["kind"] in ("require", "forbid"):
            found.append(f"{step['kind']} {step['choice']}={step['value']}")
    return found


def _change(change: Row) -> Iterator[str]:
    yield change["kind"]
    yield str(change["what"])
    if "field" in change:
        yield str(change["field"])
    if "fact" in change:
        yield str(change["fact"])
        yield str(change["value"])
    for name in ("from", "to"):
        if name in change:
            yield name
            yield change[name]


def figures(found: list[Scored]) -> str:
    """How many lines came out how."""
    counts = Counter(each.outcome for each in found)
    return " · ".join(
        f"{counts[outcome]} {outcome}" for outcome in ("right", "offered", "unanswered", "misread")
    )
