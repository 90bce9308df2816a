"""From the tokens of a sentence to its chunks: persons joined, a post with its level, a time with what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lark import Lark, Tree
from lark import Token as Terminal
from lark.exceptions import UnexpectedInput

from lgreason.repl.understanding.patterns import FILLER
from lgreason.repl.understanding.tokens import Token
from lgreason.rules.knowledge import folder
from lgreason.words.forms import Kind
from lgreason.words.unlexed import unlexed

_NAMED: tuple[tuple[Kind, str], ...] = (
    ("PERSON_NAME", "PERSON"),
    ("POSITION_NAME", "TITLE"),
    ("POST_NAME", "TITLE"),
    ("READING_CHOICE", "READING_CHOICE"),
    ("READING_NAME", "READING"),
    ("ORGANISATION_NAME", "ORGANISATION"),
    ("UNIT_NAME", "UNIT"),
    ("RANK_NAME", "RANK"),
    ("LEVEL_NAME", "LEVEL"),
    ("DEGREE_NAME", "DEGREE"),
    ("FIELD_NAME", "FIELD"),
    ("WORK_NAME", "WORK"),
    ("CLASS_NAME", "CLASS"),
    ("CHOICE_NAME", "CHOICE"),
    ("VALUE_NAME", "VALUE"),
    ("CLAUSE_NAME", "CLAUSE"),
)
"""The terminal of each kind of name; where a word names several kinds, the first of them."""
_TAGGED = ("PRONOUN", "BOTH", "OTHER_ONE", "HONORIFIC", "UNREAD", "C_LEVEL", "FILE", "NUMBER", "NOW")
_JOINED = {"PERSON", "PRONOUN", "BOTH", "UNREAD"}
_HOLDING_TOGETHER = {("DEGREE", "FIELD"), ("DEGREE", "WORK"), ("TITLE", "LEVEL")}
"""A filler between these says nothing but that they belong together."""
_BEFORE_A_TIME = ("BY", "SINCE", "UNTIL", "AT")


@dataclass(frozen=True, slots=True)
class Chunk:
    """What belongs together: the tokens of a chunk, and what it may be called in a frame."""

    label: str
    tokens: tuple[Token, ...]
    called: frozenset[str]

    @property
    def start(self) -> int:
        """Where it begins in the plain text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the plain text."""
        return self.tokens[-1].end


class _Terminal(Terminal):
    """A terminal of the grammar that remembers its token."""

    token: Token


@cache
def _parser() -> Lark:
    return unlexed(folder("grammar") / "chunks.lark")


def chunks(tokens: Sequence[Token]) -> tuple[Chunk, ...] | None:
    """The chunks of a sentence's tokens; `None` if they make none."""
    parser = _parser().parse_interactive()
    try:
        for kind, token in _terminals(_said(tokens)):
            terminal = _Terminal(kind, token.text)
            terminal.token = token
            parser.feed_token(terminal)
        tree = parser.feed_token(Terminal("$END", ""))
    except UnexpectedInput:
        return None
    return tuple(map(_chunk, tree.children))


def _said(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the fillers, also without those that may be more where they only join two names.

    The field of work that a post is of anyway («หัวหน้าฝ่ายบริหารงานทั่วไป») says nothing more, nor does a name that
    is written twice.
    """
    kept: list[Token] = []
    for token in tokens:
        leading = not kept and token.text in ("and", "และ")
        filling = (token.tags == {FILLER} and not token.names and token.time is None) or leading
        again = bool(kept) and bool(token.names or token.time) and token.text == kept[-1].text
        if not filling and not again and not (kept and _of_its_work(kept[-1], token)):
            kept.append(token)
    kinds = [_kind(token) for token in kept]
    found = []
    for n, token in enumerate(kept):
        between = (kinds[n - 1] if n else "", kinds[n + 1] if n + 1 < len(kinds) else "")
        if FILLER not in token.tags or kinds[n] != "WORD" or between not in _HOLDING_TOGETHER:
            found.append(token)
    return found


def _of_its_work(post: Token, work: Token) -> bool:
    """Whether a token names the work of the post directly before it, in its name."""
    of = work.names.get("WORK_NAME", ())
    posts = post.names.get("POSITION_NAME", ())
    return len(of) == 1 and bool(posts) and all(identity.startswith(f"{of[0]}.") for identity in posts)


def _terminals(tokens: list[Token]) -> Iterator[tuple[str, Token]]:
    """The terminal of each token, told by what stands beside it where a word may be one or another."""
    kinds = [_kind(token) for token in tokens]
    for n, token in enumerate(tokens):
        before = kinds[n - 1] if n else ""
        after = kinds[n + 1] if n + 1 < len(kinds) else ""
        begun = any("SINCE" in each.tags for each in tokens[:n])
        if n == 0 and token.text.startswith("เมื่อ") and after == "DAY":
            yield "AT", token  # a day that leads a sentence is that of all of it
            continue
        yield _settled(token, kinds[n], before, after, begun), token


def _settled(token: Token, kind: str, before: str, after: str, begun: bool) -> str:
    if kind != "WORD":
        return kind
    if "JOIN" in token.tags and before in _JOINED and after in _JOINED:
        return "JOIN"
    if after in ("DAY", "NOW"):
        if begun and "UNTIL" in token.tags:
            return "UNTIL"
        if not begun and "AT" in token.tags:
            return "AT"
        return next((each for each in _BEFORE_A_TIME if each in token.tags), "WORD")
    return "WORD"


def _kind(token: Token) -> str:
    for kind, terminal in _NAMED:
        if kind in token.names:
            return terminal
    if token.time is not None:
        return "DAY"
    return next((tag for tag in _TAGGED if tag in token.tags), "WORD")


# ── what a chunk is called ────────────────────────────────────────────────────────────────────────────────────────

_CALLED: dict[Kind, str] = {
    "POSITION_NAME": "position",
    "POST_NAME": "post",
    "READING_CHOICE": "reading_choice",
    "READING_NAME": "reading",
    "ORGANISATION_NAME": "organisation",
    "UNIT_NAME": "unit",
    "RANK_NAME": "rank",
    "LEVEL_NAME": "level",
    "DEGREE_NAME": "degree",
    "FIELD_NAME": "field",
    "WORK_NAME": "work",
    "CLASS_NAME": "class",
    "CHOICE_NAME": "choice",
    "VALUE_NAME": "value",
    "CLAUSE_NAME": "clause",
    "PERSON_NAME": "persons",
}


_SOME_ORGANISATION = frozenset({"US", "ORG_KIND"})


def _chunk(part: Tree[Terminal] | Terminal) -> Chunk:
    if isinstance(part, _Terminal):
        token = part.token
        called = {_CALLED[kind] for kind in token.names} | token.tags
        if token.number is not None:
            called.add("c_level" if "C_LEVEL" in token.tags else "number")
        if "FILE" in token.tags:
            called.add("file")
        called |= {"type"} if any(tag.startswith("TYPE_") for tag in token.tags) else set()
        called |= {"organisation"} if token.tags & _SOME_ORGANISATION else set()
        called |= {"position", "post"} if "THIS_POST" in token.tags else set()
        if token.unread:
            called = {"UNREAD"}
        return Chunk(str(part.type), (token,), frozenset(called))
    assert isinstance(part, Tree)
    label = str(part.data)
    found = tuple(_tokens(part))
    called = {label}
    if label == "position":
        called = {_CALLED[kind] for kind in found[0].names if kind in ("POSITION_NAME", "POST_NAME")}
    elif label == "degree":
        called = {"degree"}
    elif label == "field":
        called = {_CALLED[kind] for kind in found[0].names} | found[0].tags
    elif label == "on":
        named = "AT" in found[0].tags or found[0].text.startswith(("ณ", "as of", "วันที่"))
        called |= {"on_at"} if named else set()
        called |= {"until"} if "UNTIL" in found[0].tags else set()
        last = found[-1]
        called |= {"on_period"} if last.time is not None and not last.time.a_day and not named else set()
        called |= last.tags
        if last.number is not None or "NUMBER" in last.tags:
            called.add("number")
        called |= {_CALLED[kind] for kind in last.names}
    return Chunk(label, found, frozenset(called))


def _tokens(part: Tree[Terminal] | Terminal) -> Iterator[Token]:
    if isinstance(part, _Terminal):
        yield part.token
    elif isinstance(part, Tree):
        for child in part.children:
            yield from _tokens(child)


Which = Literal["position", "post"]
