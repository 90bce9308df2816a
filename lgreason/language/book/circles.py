"""Clauses that refer to one another in a circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence


def circles(starts: list[str], needs: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """A circle through each of some clauses that lie on one, each circle once; its first clause is also its last."""
    on_circles = _on_circles(starts, needs)
    told: set[str] = set()
    for start in starts:
        if start in told or start not in on_circles:
            continue
        circle = _circle(start, needs)
        told |= set(circle)
        yield circle


def _on_circles(starts: list[str], needs: Mapping[str, Sequence[str]]) -> set[str]:
    """Every id from which a way leads back to itself (Tarjan's strongly connected components, without recursion)."""
    found: set[str] = set()
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    standing: set[str] = set()
    for begin in starts:
        if begin in number:
            continue
        number[begin] = lowest[begin] = len(number)
        stack.append(begin)
        standing.add(begin)
        walk = [(begin, iter(needs.get(begin, ())))]
        while walk:
            at, others = walk[-1]
            for other in others:
                if other not in number:
                    number[other] = lowest[other] = len(number)
                    stack.append(other)
                    standing.add(other)
                    walk.append((other, iter(needs.get(other, ()))))
                    break
                if other in standing:
                    lowest[at] = min(lowest[at], number[other])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[at])
                if lowest[at] == number[at]:
                    together = [stack.pop()]
                    while together[-1] != at:
                        together.append(stack.pop())
                    standing.difference_update(together)
                    if len(together) > 1 or at in needs.get(at, ()):
                        found.update(together)
    return found


def _circle(start: str, needs: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from a clause on a circle back to itself."""
    came: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for other in needs.get(at, ()):
            if other == start:
                path = [at]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return [*reversed(path), start]
            if other not in came:
                came[other] = at
                waiting.append(other)
    raise ValueError(f"{start} is on no circle")
