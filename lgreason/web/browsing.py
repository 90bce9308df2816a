"""The knowledge base to browse and to search: clauses word for word and as sentences, and the readings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from starlette.responses import Response

from lgreason.answers import persons as replies
from lgreason.answers.session import Session
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.writing.files import StatementWriter, rule_of
from lgreason.report.text.catalogue import CatalogueText
from lgreason.rules.catalogue import Catalogue
from lgreason.rules.findings import Unusable
from lgreason.rules.model import LANGUAGES, Clause
from lgreason.web.page import WindowRequest, rendered

DESK = "kb"
MOST = 100
MOST_LETTERS = 200


def kb(asked: WindowRequest) -> Response:
    """Clauses found by place, item, slide or words; without a question the documents and the readings."""
    session = asked.window.session
    catalogue = Catalogue(session.kb)
    query = asked.query.get("q", "").strip()[:MOST_LETTERS]
    found = list(_found(catalogue, query)) if query else []
    return rendered(
        asked.window,
        "kb.html",
        desk=DESK,
        query=query,
        found=found[:MOST],
        count=len(found),
        readings=tuple(catalogue.kb.readings.values()),
    )


def _found(catalogue: Catalogue, query: str) -> Iterator[Clause]:
    """What is meant by a place first, and then what has all the words."""
    meant: tuple[Clause, ...] = ()
    with suppress(Unusable):
        meant = catalogue.find(query)
    yield from meant
    known = {clause.id for clause in meant}
    words = query.casefold().split()
    for clause in catalogue.listed():
        texts = (clause.id, *clause.place, *clause.gloss, clause.quote or "")
        text = " ".join(texts).casefold()
        if clause.id not in known and all(word in text for word in words):
            yield clause


def clause(asked: WindowRequest) -> Response:
    """A clause or a reading."""
    session, identity = asked.window.session, asked.path["clause"]
    catalogue = Catalogue(session.kb)
    if (reading := catalogue.reading(identity)) is not None:
        lines = replies.show_reading(session, reading.id).lines
        relying = [each for each in catalogue.listed() if reading.id in each.relies]
        return rendered(
            asked.window,
            "clause.html",
            desk=DESK,
            lines=lines,
            reading=reading,
            sentences=[],
            relying=relying,
        )
    found = catalogue.kb.clauses[identity]
    lines = tuple(CatalogueText(catalogue, session.vocabulary, session.wording).shown(found))
    return rendered(
        asked.window,
        "clause.html",
        desk=DESK,
        lines=lines,
        reading=None,
        sentences=list(_sentences(session, found)),
        relying=list(catalogue.depends_on(identity)),
    )


def _sentences(session: Session, found: Clause) -> Iterator[str]:
    """The clause as a statement of the rule language, in both languages, where it can be said."""
    kb = session.kb.whole
    lexicon = RuleLexicon(kb)
    writer = StatementWriter(lexicon)
    with suppress(ValueError):
        for language in LANGUAGES:
            yield writer.rule(rule_of(found, kb, lexicon, language), language)
