"""The rule editor: what may come next where one writes, and the clause whose id stands there."""

from __future__ import annotations

from functools import lru_cache

from starlette.responses import JSONResponse, Response

from lgreason.language.writing.completing import Completer, identity_at
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.web.page import WindowRequest
from lgreason.web.rulebench import text_of


def complete(asked: WindowRequest) -> Response:
    """The words with which the text may go on at a place, each from where it stands, and the clause named there."""
    session, text = asked.window.session, text_of(asked)
    told = asked.value("at")
    at = min(int(told), len(text)) if told.isdecimal() and len(told) < 9 else len(text)
    found = _completer(asked.window.start.library.of(None).under()).complete(text, at)
    about: list[str] = []
    clause = session.kb.clauses.get(identity_at(text, at) or "")
    if clause is not None:
        language = session.wording.language
        about = [clause.place.into(language), clause.gloss.into(language), clause.quote or ""]
    return JSONResponse(
        {"offers": [[each.start, each.text] for each in found], "about": list(filter(None, about))}
    )


@lru_cache(maxsize=2)
def _completer(kb: KnowledgeBase) -> Completer:
    return Completer(kb)
