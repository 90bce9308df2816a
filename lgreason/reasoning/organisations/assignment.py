"""Giving each of some things a place of its own, so that what speaks against it is least in all."""

from __future__ import annotations

from collections.abc import Sequence


def assignment(costs: Sequence[Sequence[tuple[int, ...]]]) -> list[int]:
    """A column for each row, no column twice, of the least sum of costs; there are at least as many columns as rows.

    Costs are tuples of numbers that are not negative, of which an earlier one outweighs all later ones. Rows are
    placed one by one along shortest augmenting paths, with potentials (the Hungarian method).
    """
    weights = _weights(costs)
    width = len(weights[0]) if weights else 0
    of_row, of_column = [0] * len(weights), [0] * width
    holder: list[int | None] = [None] * width
    for row in range(len(weights)):
        reach: list[int | None] = [None] * width
        before: list[int | None] = [None] * width
        done: list[int] = []
        current, column = row, None
        while True:
            for other in range(width):
                if other in done:
                    continue
                slack = weights[current][other] - of_row[current] - of_column[other]
                known = reach[other]
                if known is None or slack < known:
                    reach[other], before[other] = slack, column
            step, column = min((reach[c] or 0, c) for c in range(width) if c not in done)
            of_row[row] += step
            for settled in done:
                held = holder[settled]
                assert held is not None
                of_row[held] += step
                of_column[settled] -= step
            for other in range(width):
                waiting = reach[other]
                if other not in done and waiting is not None:
                    reach[other] = waiting - step
            done.append(column)
            held = holder[column]
            if held is None:
                break
            current = held
        while column is not None:
            previous = before[column]
            holder[column] = row if previous is None else holder[previous]
            column = previous
    places = {row: column for column, row in enumerate(holder) if row is not None}
    return [places[row] for row in range(len(weights))]


def _weights(costs: Sequence[Sequence[tuple[int, ...]]]) -> list[list[int]]:
    """The same costs as single numbers: each part in a base that no sum of later parts reaches."""
    bases = [
        1 + len(costs) * max(part) for part in zip(*(cell for row in costs for cell in row), strict=True)
    ]
    return [[_number(cell, bases) for cell in row] for row in costs]


def _number(cell: tuple[int, ...], bases: Sequence[int]) -> int:
    number = 0
    for part, base in zip(cell, bases, strict=True):
        number = number * base + part
    return number
