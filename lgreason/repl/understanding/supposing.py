"""What a sentence supposes: degrees obtained or dropped, posts taken up, work done, with their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from lgreason.repl.asked import Day, Mention, Supposition
from lgreason.repl.understanding.chunks import Chunk
from lgreason.repl.understanding.days import day_by
from lgreason.repl.understanding.parts import SentenceParts, day_of
from lgreason.words.forms import Kind

_TAKING_UP = frozenset({"BE", "APPOINTED", "ASCEND"})
_TIMES = ("on", "by", "span")
_SUPPOSED = ("degree", "field", "position", "RANK", "WORK", "LEVEL")
_CARRYING = frozenset({"BE", "HAVE", "DO", "OBTAIN", "APPOINTED", "QUALIFICATION", "WORKS", "ADDED"})
"""Words that may stand between what is supposed and its day."""
_DENYING = frozenset({"NOT", "NO_LONGER", "LACKING"})
_HELD = _CARRYING | {"EVER", "HELD", "WILL", "FILLER", "ASCEND", "CAN", "TOLD_YES"}
"""Words that may stand between what denies and the post or work that is denied."""


class Supposing(SentenceParts):
    """Reads what is supposed."""

    def _supposed(self) -> dict[str, object]:
        """What is supposed, in its order; the post of the question is the last one that is not taken up.

        A day in the clause of the *if* is that of what is supposed there; one day beside is that of the question.
        A day without such a place leaves the sentence without one: nothing is supposed then.
        """
        found: list[tuple[int, Supposition]] = []
        asked: list[tuple[int, Mention]] = []
        used: set[int] = set()
        dropping = False
        items = list(self._chunks)
        begins = next((n for n, c in enumerate(items) if "IF" in c.called), -1)
        for n, chunk in enumerate(items):
            if chunk.called & {"NO_LONGER"} or (
                chunk.called & {"NOT"} and _next_is(items, n, {"degree", "OBTAIN", "HAVE"})
            ):
                dropping = True
            elif chunk.label in ("degree", "field"):
                found.append((n, self._degree(chunk, dropping, _span_after(items, n, used))))
                dropping = False
            elif chunk.label == "position" and "position" in chunk.called:
                post = self._post("POSITION_NAME", chunk)
                span = _span_after(items, n) if n > begins else None
                later = any(c.label == "position" for c in items[n + 1 :])
                degrees = any(c.label in ("degree", "field", "WORK", "RANK") for c in items)
                claimed = bool(_before(items, n) & {"ENTITLED", "ASCEND", "APPLY", "CAN"})
                dated = span is not None or (not found and begins < n and _day_next(items, n))
                if n > begins and (dated or later or not (degrees or claimed or found)):
                    span = _span_after(items, n, used)
                    found.append((n, self._of_days("take_up", post, span)))
                else:
                    asked.append((n, post))
            elif chunk.label == "LEVEL" and "WORKS" not in chunk.called:
                ranks = tuple(self._levels_of(chunk.tokens[0]))
                if len(ranks) != 1 or "." not in ranks[0]:
                    continue
                span = _span_after(items, n, used)
                found.append((n, self._of_days("take_up", Mention(ranks, chunk.tokens[0].text), span)))
            elif chunk.label == "span" and not found and _before(items, n, 1) & _TAKING_UP:
                used.add(n)
                found.append((n, self._of_days("take_up", Mention(()), chunk)))  # the post that was spoken of
            elif chunk.label in ("RANK", "WORK"):
                kind: Literal["take_up", "work"] = "take_up" if chunk.label == "RANK" else "work"
                name: Kind = "RANK_NAME" if chunk.label == "RANK" else "WORK_NAME"
                mention = self._mention(name, chunk.tokens[0])
                found.append((n, self._of_days(kind, mention, _span_after(items, n, used))))
        if any(n < begins for n, _ in found):
            return {}  # what stands before the *if* is told or asked, not supposed
        if any(said.kind in ("take_up", "work") and _denied(items, n, begins) for n, said in found):
            return {}  # that a post was not held cannot be supposed; that it was is the opposite
        posts = [n for n, _ in asked]
        supposed = [
            said
            if said.start is not None or said.kind == "drop"
            else self._dated(said, _time_beside(items, n, begins, posts, used))
            for n, said in found
        ]
        values: dict[str, object] = {"position": asked[-1][1] if asked else None, "negated": False}
        left = [n for n, c in enumerate(items) if c.label in _TIMES and n not in used]
        joined = any(n and "JOIN" in items[n - 1].called for n in left)  # of two days, one would be lost
        if begins >= 0 and (len(left) > 1 or joined or any(items[n].label == "span" for n in left)):
            return values
        values |= {"on": self._day_in(items, left, "on"), "by": self._day_in(items, left, "by")}
        if supposed:
            values |= {"suppose": supposed[0], "more": tuple(supposed[1:])}
        return values

    def _dated(self, said: Supposition, chunk: Chunk | None) -> Supposition:
        """What is supposed, from the day beside it on: by a day, it is so from that day on at the latest."""
        if chunk is None:
            return said
        if chunk.label == "by":
            return replace(said, start=day_by(chunk, self._sentence, self._today))
        if chunk.label == "span":
            days = self._of_days("take_up", said.what, chunk)
            return replace(said, start=days.start, end=said.end or days.end)
        return replace(said, start=day_of(chunk.tokens[-1], self._sentence, self._today, first=True))

    def _day_in(self, items: Sequence[Chunk], left: Sequence[int], label: str) -> Day | None:
        """The day of the question itself."""
        return next(
            (day_by(items[n], self._sentence, self._today) for n in left if items[n].label == label), None
        )

    def _degree(self, chunk: Chunk, dropping: bool, span: Chunk | None) -> Supposition:
        degree = next(
            (self._mention("DEGREE_NAME", t) for t in chunk.tokens if "DEGREE_NAME" in t.names), None
        )
        field = next((self._mention("FIELD_NAME", t) for t in chunk.tokens if "FIELD_NAME" in t.names), None)
        what = degree or Mention(("master",), "")
        dated = span is not None and "SINCE" in span.tokens[0].tags
        start = day_of(span.tokens[1], self._sentence, self._today, first=True) if span and dated else None
        return Supposition("drop" if dropping else "obtain", what, field, start)

    def _of_days(self, kind: Literal["take_up", "work"], what: Mention, span: Chunk | None) -> Supposition:
        start = end = None
        if span is not None:
            for token, following in zip(span.tokens, span.tokens[1:], strict=False):
                if "SINCE" in token.tags and (following.time or "NOW" in following.tags) and start is None:
                    start = day_of(following, self._sentence, self._today, first=True)
                elif "UNTIL" in token.tags and following.time is not None:
                    end = day_of(following, self._sentence, self._today)
        return Supposition(kind, what, None, start, end)


def _next_is(items: Sequence[Chunk], n: int, names: set[str]) -> bool:
    return n + 1 < len(items) and bool(items[n + 1].called & names)


def _before(items: Sequence[Chunk], n: int, most: int = 2) -> frozenset[str]:
    return frozenset(tag for chunk in items[max(0, n - most) : n] for tag in chunk.called)


def _span_after(items: Sequence[Chunk], n: int, used: set[int] | None = None) -> Chunk | None:
    """The time that stands with a chunk: after it, before the next thing of its kind; noted as `used`."""
    for number, chunk in enumerate(items[n + 1 :], n + 1):
        if chunk.label == "span":
            if used is not None:
                used.add(number)
            return chunk
        if chunk.label in ("position", "degree", "RANK", "WORK"):
            return None
    return None


def _denied(items: Sequence[Chunk], n: int, begins: int) -> bool:
    """Whether what is supposed at a place of the clause of the *if* is said not to be: «if she had never been …»."""
    for chunk in reversed(items[max(begins, 0) : n]):
        if chunk.called & _DENYING:
            return True
        if chunk.label != "persons" and not chunk.called & _HELD:
            return False
    return False


def _day_next(items: Sequence[Chunk], n: int) -> bool:
    """Whether a day stands directly after a chunk: from then on a post is held."""
    return n + 1 < len(items) and items[n + 1].label == "on" and not _of_the_question(items[n + 1])


def _time_beside(
    items: Sequence[Chunk], n: int, begins: int, asked: Sequence[int], used: set[int]
) -> Chunk | None:
    """The time in the same clause as what is supposed: before it, back to the *if*, or after it; noted as `used`."""
    if n < begins:
        return None
    for number in range(n - 1, max(begins, -1), -1):
        chunk = items[number]
        if chunk.label in _SUPPOSED or number in asked:
            break
        if chunk.label in _TIMES and number not in used and begins >= 0:
            used.add(number)
            return chunk
    for number in range(n + 1, len(items)):
        chunk = items[number]
        if chunk.label in _TIMES and number not in used:
            if _of_the_question(chunk):
                return None
            used.add(number)
            return chunk
        if number in asked or not chunk.called & _CARRYING:
            return None
    return None


def _of_the_question(chunk: Chunk) -> bool:
    """Whether a time after what is supposed is that of the question: «as of …», «in two years»."""
    first, last = chunk.tokens[0], chunk.tokens[-1]
    if chunk.label != "on" or first.text.startswith(("ณ", "as of", "as at")):
        return chunk.label == "on"
    relative = last.time is not None and last.time.first == last.time.last and not last.time.a_day
    return relative and last.text.startswith(("อีก", "ในอีก", "in "))
