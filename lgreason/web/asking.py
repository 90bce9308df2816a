"""The sentence box: a question in the user's own words, answered by the conversation of the window."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from lgreason.rules.findings import Finding, Unusable
from lgreason.web.page import WindowRequest, back_to, environment, rendered

MOST_LETTERS = 1_000
SHOWN = 30


def ask(asked: WindowRequest) -> Response:
    """Answer a sentence; with a script the answer comes into the page, without one as a page of its own."""
    line = asked.value("line").strip()
    window = asked.window
    if not line or len(line) > MOST_LETTERS:
        raise Unusable((Finding("page_sentence", args={"most": MOST_LETTERS}),))
    before = set(window.shelf)
    answer = window.ask(line)
    written = [name for name in window.shelf if name not in before]
    if asked.wants_json:
        html = (
            environment()
            .get_template("answer.html")
            .render(said=window.said[-1], base=f"/w/{window.id}", t=window.wording.say, written=written)
        )
        return JSONResponse({"html": html, "document": answer.document, "status": answer.status})
    return back_to(f"/w/{window.id}/ask")


def conversation(asked: WindowRequest) -> Response:
    """What was asked in this window, and answered."""
    window = asked.window
    welcome = window.conversation.welcome()
    return rendered(window, "conversation.html", desk="ask", said=window.said[-SHOWN:], welcome=welcome)


def completions(asked: WindowRequest) -> Response:
    """How the words before the cursor may go on."""
    from lgreason.repl.completion import complete

    line = asked.query.get("line", "")[:MOST_LETTERS]
    found = complete(line, asked.window.conversation.lexicon)
    return JSONResponse([line[: each.start] + each.text for each in list(found)[:20]])
