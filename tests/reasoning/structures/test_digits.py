"""Tables of digits: what is multiplied is what is counted one by one, and what is divided is what was multiplied."""

from __future__ import annotations

from random import Random

import pytest

from lgreason.reasoning.structures import digits as module
from lgreason.reasoning.structures.digits import Digits, bits_needed, factors, terms


def up_to(rows: list[dict[int, int]], top: int) -> list[int]:
    """For each sum up to a top, in how many ways no more than it is come to: one selection after the other."""
    sums = {0: 1}
    for row in rows:
        more: dict[int, int] = {}
        for so_far, ways in sums.items():
            for cost, number in row.items():
                more[so_far + cost] = more.get(so_far + cost, 0) + ways * number
        sums = more
    return [sum(ways for total, ways in sums.items() if total <= sum_) for sum_ in range(top + 1)]


@pytest.mark.parametrize("seed", range(40))
def test_a_choice_is_multiplied_and_taken_away_again(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(seed)
    monkeypatch.setattr(module, "BLOCK", rng.choice((1, 2, 7, 32, 256)))
    top = rng.randint(0, 90)
    rows = [
        {
            rng.choice((rng.randint(0, 40), 5 * rng.randint(0, 3))): rng.randint(1, 3)
            for _ in range(rng.randint(1, 9))
        }
        for _ in range(rng.randint(1, 5))
    ]
    digits = Digits(top, max(8, bits_needed([{0: 1}, *({0: 1} | row for row in rows)], top)))
    table, before = digits.one(), digits.one()
    for row in rows:
        sums = digits.none()
        digits.add(sums, table, terms(row))
        before, table = table, digits.carried(sums)
    found = [digits.at(table, cost) for cost in range(top + 1)]
    assert found == up_to(rows, top)
    known = digits.top + 1
    less = digits.without(table, terms(rows[-1]), known)
    known -= min(rows[-1])
    for cost in range(min(known, top + 1)):
        assert digits.at(less, cost) == digits.at(before, cost)


def test_what_is_chosen_independently_is_a_factor() -> None:
    # A head for 0 or 7, up to two sections for 3 each, a part for 50 or none: 12 options, of 12 different costs.
    whole = {head + 3 * sections + part: 1 for head in (0, 7) for sections in (0, 1, 2) for part in (0, 50)}
    assert len(whole) == 12
    parts = factors(terms(whole))
    assert sum(map(len, parts)) == 7
    made = [{0: 1}]
    for part in parts:
        made.append({})
        for cost, ways in part:
            for so_far, number in made[-2].items():
                made[-1][so_far + cost] = made[-1].get(so_far + cost, 0) + ways * number
    assert made[-1] == whole
    assert factors(terms({0: 1, 1: 1, 3: 1})) == (((0, 1), (1, 1), (3, 1)),)


def test_the_bits_are_enough_and_not_many_more() -> None:
    rows = [{0: 1, 1: 1}] * 100
    # At most 10 of 100: some 1.9 · 10^13 ways, 45 bits; all ways would be 101 bits.
    assert 45 <= bits_needed(rows, 10) <= 52
    assert bits_needed(rows, 100) >= 101


def test_narrow_digits_become_wide_ones() -> None:
    narrow, wide = Digits(600, 16), Digits(600, 40)
    table = narrow.one()
    for _ in range(2):
        sums = narrow.none()
        narrow.add(sums, table, ((0, 3), (450, 2)))
        table = narrow.carried(sums)
    widened = wide.wider(table, narrow)
    assert [wide.at(widened, n) for n in (0, 449, 450, 600)] == [9, 9, 21, 21]
