"""The nearest question to a sentence that is none: mended where it goes wrong, or built from what it names.

Where a sentence stops making sense, something is misspelt, left out, or too much. Each of these is mended in every
way that the words admitted there allow, the cheapest first, until a question comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from lgreason.repl.asked import Ask, Mention, Question, Wanted
from lgreason.repl.lexicon import Lexicon
from lgreason.words.forms import Kind, ends_word
from lgreason.words.plain import DEPENDENT, is_thai

MOST_TRIALS = 30
MISSPELT = 0.34  # so large a part of a word may be wrong
SMALL, LARGE = 3.5, 12.0
"""Up to `SMALL`, a mended sentence is surely what was meant; beyond `LARGE` it is a guess not worth offering."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a sentence: its question, or how far it went and the words admitted and offered there."""

    question: Question | None
    furthest: int
    words: tuple[str, ...]
    offered: tuple[str, ...] = ()


def nearest(text: str, lexicon: Lexicon, attempt: Callable[[str], Trial]) -> Question:
    """The question that comes nearest to a plain text; `attempt` tries a sentence."""
    mended, cost = _mended(text, attempt)
    if mended is not None and cost <= SMALL:
        return mended
    return _built(text, lexicon) or mended or _first(lexicon)


# ── mending ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _mended(text: str, attempt: Callable[[str], Trial]) -> tuple[Question | None, float]:
    todo: list[tuple[float, str]] = [(0.0, text)]
    seen = set()
    for _ in range(MOST_TRIALS):
        if not todo:
            break
        cost, candidate = heappop(todo)
        if candidate in seen:
            continue
        seen.add(candidate)
        trial = attempt(candidate)
        if trial.question is not None:
            return trial.question, cost
        for extra, other in _mends(candidate, trial):
            if cost + extra <= LARGE:
                heappush(todo, (cost + extra, other))
    return None, LARGE


def _mends(text: str, trial: Trial) -> Iterator[tuple[float, str]]:
    """The sentence with one thing mended where it stops making sense, and what that costs."""
    before, rest = text[: trial.furthest], text[trial.furthest :]
    gap = " " if before and before[-1].isascii() and not before.endswith(" ") else ""
    found = []
    if not rest:
        found = [
            (2.0 + len(word) / 20, f"{before}{gap}{word}") for word in trial.offered if _alike(word, before)
        ]
    for word in trial.words if rest else ():
        if len(rest) >= 2 and word.startswith(rest):
            found.append((0.5 + (len(word) - len(rest)) / 10, f"{before}{word}"))
        limit = max(1.0, MISSPELT * len(word))
        wrong, length = _distance(word, rest, limit)
        if wrong <= limit and wrong < len(word):
            after = rest[length:]
            space = " " if after and after[0].isascii() and after[0] != " " and word[-1].isascii() else ""
            found.append((wrong, f"{before}{word}{space}{after}"))
    yield from sorted(found)[:8]
    if rest:
        yield from _shortened(before, rest, trial.words)


def _alike(word: str, text: str) -> bool:
    """Whether a word is of the script of a text; a text that mixes two takes either."""
    scripts = {is_thai(sign) for sign in text if sign.isalpha()}
    return len(scripts) != 1 or {is_thai(sign) for sign in word if sign.isalpha()} <= scripts


def _shortened(before: str, rest: str, words: Iterable[str]) -> Iterator[tuple[float, str]]:
    """The sentence without what makes no sense: up to the next word admitted there, or up to its end."""
    known = tuple(word for word in words if len(word) > 1)
    for at in range(1, len(rest)):
        if rest.startswith(known, at) and rest[at] not in DEPENDENT and ends_word(rest, at):
            yield 1.0 + 0.7 * at, before + rest[at:]
            break
    if before:
        yield 1.0 + 0.7 * len(rest), before.rstrip()


def _distance(word: str, rest: str, limit: float) -> tuple[float, int]:
    """How many signs of a word are wrong at the beginning of a text, at best, and how much text it takes up.

    A sign left out, put in, or taken for another counts one, two neighbours in the wrong order count one; as with
    misspelt words a wrong first sign counts a half more. Beyond `limit` the count is not exact.
    """
    most = len(word) + 2
    text = rest[:most]
    if len(set(word) & set(text)) < 0.66 * len(set(word)):
        return float(len(word)), 0
    rows = [[float(n) for n in range(len(text) + 1)]]
    for i, sign in enumerate(word, 1):
        last = rows[-1]
        row = [float(i)]
        for j, other in enumerate(text, 1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == text[j - 2] and word[i - 2] == other:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return float(len(word)), 0
        rows.append(row)
    ends = [n for n in range(1, len(text) + 1) if ends_word(rest, n)]
    if not ends:
        return float(len(word)), 0
    length = min(ends, key=lambda n: (rows[-1][n], abs(n - len(word))))
    return rows[-1][length] + (0.5 if word[0] != text[0] else 0.0), length


# ── building ──────────────────────────────────────────────────────────────────────────────────────────────────────

_WHY = ("ทำไม", "เหตุใด", "เพราะ", "why", "explain", "reason")
_WHEN = ("เมื่อไร", "เมื่อไหร่", "เมื่อใด", "วันไหน", "when")
_HOW = ("ทำอย่างไร", "ทำยังไง", "how can", "how ")
_WHO = ("ใคร", "คนไหน", "who")
_GAPS = ("สมรรถนะ", "competenc", "skill")
_NOT = ("ไม่", " not ", "n t ")


def _built(text: str, lexicon: Lexicon) -> Question | None:
    """A question about what a text names: the person, the position or the clause."""
    person = _named("PERSON_NAME", text, lexicon)
    position = _named("POSITION_NAME", text, lexicon)
    clause = _named("CLAUSE_NAME", text, lexicon)
    persons = (person,) if person else ()
    if any(word in text for word in _GAPS) and (persons or position):
        return Question("gaps", persons, position)
    if not persons and position and any(word in text for word in _WHO):
        return Question("people", position=position)
    if persons and any(word in text for word in _HOW):
        return Question("how", persons, position)
    if (persons or position) and any(word in text for word in _WHEN):
        return Question("when", persons, position)
    if position:
        ask: Ask = "why" if any(word in text for word in _WHY) else "check"
        return Question(ask, persons, position, negated=ask == "why" and any(word in text for word in _NOT))
    if persons:
        return Question("positions", persons)
    if clause and len(clause.text) > 1:
        return Question("show", clause=clause)
    return _built_of_organisation(text, lexicon)


_OF_ORGANISATIONS: tuple[tuple[Ask, tuple[str, ...]], ...] = (
    ("burden", ("ภาระ", "ร้อยละ", "burden")),
    ("validate", ("แผน", "ที่เสนอ", "plan", "proposed")),
    ("structures", ("โครงสร้าง", "กี่แบบ", "structure")),
    ("posts", ("ตั้ง", "กำหนด", "ตำแหน่ง", "กี่คน", "กี่อัตรา", "post", "create", "set up", "may we")),
)


_REQUIRE = ("กำหนด", "ต้องมี", "require")
_HOW_MANY = ("กี่", "how many")


def _built_of_organisation(text: str, lexicon: Lexicon) -> Question | None:
    """A question about what a text names of an organisation: a post, a unit, a class, or what it asks about."""
    if lexicon.organisations is None:
        return None
    organisation = _named("ORGANISATION_NAME", text, lexicon)
    if unit := _named("UNIT_NAME", text, lexicon):
        return Question("structures", wanted=Wanted("unit", unit))
    if kind := _named("CLASS_NAME", text, lexicon):
        return Question("classify", organisation=organisation, kind=kind)
    post = _named("POST_NAME", text, lexicon)
    if post and any(word in text for word in _REQUIRE) and not any(word in text for word in _HOW_MANY):
        return Question("require", wanted=Wanted("post", post))
    if post:
        return Question("posts", organisation=organisation, post=post)
    for ask, words in _OF_ORGANISATIONS:
        if any(word in text for word in words):
            return Question(ask, organisation=organisation)
    return Question("posts", organisation=organisation) if organisation else None


def _named(kind: Kind, text: str, lexicon: Lexicon) -> Mention | None:
    """The longest name of a kind anywhere in a text."""
    words = lexicon.words[kind]
    ends = [
        (end - start, start, end)
        for start in range(len(text))
        if text[start] not in DEPENDENT and (start == 0 or ends_word(text, start))
        for end in words.at(text, start)
    ]
    if not ends:
        return None
    _, start, end = max(ends)
    word = words[text[start:end]]
    return Mention(word.ids, word.shown)


def _first(lexicon: Lexicon) -> Question:
    """What anybody could ask."""
    for identity in lexicon.people:
        return Question("positions", (Mention((identity,)),))
    if lexicon.organisations is not None:
        return Question("posts")
    return Question("help")
