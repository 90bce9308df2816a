"""What a sentence supposes: degrees obtained or dropped, posts taken up, work done, with their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from lgreason.repl.asked import Day, Mention, Supposition
from lgreason.repl.understanding.chunks import Chunk
from lgreason.repl.understanding.parts import Parts, day_of
from lgreason.words.forms import Kind

_TAKING_UP = frozenset({"BE", "APPOINTED", "ASCEND"})


class Supposing(Parts):
    """Reads what is supposed."""

    def _supposed(self) -> dict[str, object]:
        """What is supposed, in its order; the post of the question is the last one that is not taken up."""
        found: list[Supposition] = []
        asked: list[Mention] = []
        dropping = False
        items = list(self._chunks)
        for n, chunk in enumerate(items):
            if chunk.called & {"NO_LONGER"} or (
                chunk.called & {"NOT"} and _next_is(items, n, {"degree", "OBTAIN", "HAVE"})
            ):
                dropping = True
            elif chunk.label in ("degree", "field"):
                found.append(self._degree(chunk, dropping, _span_after(items, n)))
                dropping = False
            elif chunk.label == "position" and "position" in chunk.called:
                post = self._post("POSITION_NAME", chunk)
                span = _span_after(items, n)
                later = any(c.label == "position" for c in items[n + 1 :])
                degrees = any(c.label in ("degree", "field", "WORK", "RANK") for c in items)
                claimed = bool(_before(items, n) & {"ENTITLED", "ASCEND", "APPLY", "CAN"})
                dated = span is not None or (not found and self._day_after(items, n) is not None)
                if dated or later or not (degrees or claimed or found):
                    said = self._of_days("take_up", post, span)
                    found.append(said if span is not None else replace(said, start=self._day_after(items, n)))
                else:
                    asked.append(post)
            elif chunk.label == "LEVEL" and "WORKS" not in chunk.called:
                ranks = tuple(self._levels_of(chunk.tokens[0]))
                if len(ranks) != 1 or "." not in ranks[0]:
                    continue
                span = _span_after(items, n)
                found.append(self._of_days("take_up", Mention(ranks, chunk.tokens[0].text), span))
            elif chunk.label == "span" and not found and _before(items, n, 1) & _TAKING_UP:
                found.append(self._of_days("take_up", Mention(()), chunk))  # the post that was spoken of
            elif chunk.label in ("RANK", "WORK"):
                kind: Literal["take_up", "work"] = "take_up" if chunk.label == "RANK" else "work"
                name: Kind = "RANK_NAME" if chunk.label == "RANK" else "WORK_NAME"
                found.append(self._of_days(kind, self._mention(name, chunk.tokens[0]), _span_after(items, n)))
        values: dict[str, object] = {"position": asked[-1] if asked else None, "negated": False}
        days = [n for n, c in enumerate(items) if c.label == "on"]
        taken = bool(days) and items[days[-1] - 1].label == "position"  # from that day a post is held
        starts = any(said.start is not None for said in found)
        if starts and (not any(n >= len(items) - 2 for n in days) or taken):
            values["on"] = None
        if found:
            values |= {"suppose": found[0], "more": tuple(found[1:])}
        return values

    def _degree(self, chunk: Chunk, dropping: bool, span: Chunk | None) -> Supposition:
        degree = next(
            (self._mention("DEGREE_NAME", t) for t in chunk.tokens if "DEGREE_NAME" in t.names), None
        )
        field = next((self._mention("FIELD_NAME", t) for t in chunk.tokens if "FIELD_NAME" in t.names), None)
        what = degree or Mention(("master",), "")
        start = None if span is None else day_of(span.tokens[1], self._sentence, self._today, first=True)
        return Supposition("drop" if dropping else "obtain", what, field, start)

    def _day_after(self, items: Sequence[Chunk], n: int) -> Day | None:
        """The day that stands directly after a post that is taken up: from then on it is held."""
        after = items[n + 1] if n + 1 < len(items) else None
        if after is None or after.label != "on":
            return None
        return day_of(after.tokens[-1], self._sentence, self._today, first=True)

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


def _span_after(items: Sequence[Chunk], n: int) -> Chunk | None:
    """The time that stands with a chunk: after it, before the next thing of its kind."""
    for chunk in items[n + 1 :]:
        if chunk.label == "span":
            return chunk
        if chunk.label in ("position", "degree", "RANK", "WORK"):
            return None
    return None
