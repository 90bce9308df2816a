"""How stretches are joined: equal to the calendar for one stretch, and longer service never loses."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from lgreason.reasoning.cases.counting import FOREVER, Calendar, Counting, DaysOf365, Duration, Span

JOINED = Counting(joined=True)
EVE = Counting(eve=True)
FIRST = date(2015, 1, 1)


def stretch(chance: random.Random) -> Span:
    start = FIRST + timedelta(days=chance.randrange(3000))
    return start, start + timedelta(
        days=chance.choice((0, 1, 27, 30, chance.randrange(400), chance.randrange(1500)))
    )


def test_one_stretch_counts_as_by_the_calendar() -> None:
    chance = random.Random(1)
    for _ in range(300):
        one, months = [stretch(chance)], 12 * chance.randint(1, 4)
        assert JOINED.total(one) == Calendar.total(one)
        assert JOINED.first_day(one, months) == Calendar.first_day(one, months)


def test_longer_service_never_loses() -> None:
    """Whatever is added to the days served, years that were complete stay so, and no later."""
    chance = random.Random(2)
    for _ in range(300):
        some = [stretch(chance) for _ in range(chance.randint(1, 3))]
        more = [*some, stretch(chance)]
        months = chance.choice((6, 12, 24, 36))
        first, then = JOINED.first_day(some, months), JOINED.first_day(more, months)
        assert first is None or (then is not None and then <= first), (some, more, months)


def test_by_the_calendar_longer_service_can_lose() -> None:
    """1-30 July and 1-30 August are two months by the carry; 1 July to 30 August is 1 month and 30 days (C5)."""
    july, august = (date(2021, 7, 1), date(2021, 7, 30)), (date(2021, 8, 1), date(2021, 8, 30))
    whole = [(july[0], august[1])]
    assert (Calendar.total([july, august]), Calendar.total(whole)) == (Duration(0, 2, 0), Duration(0, 1, 30))
    assert JOINED.total([july, august]) == Duration(
        0, 1, 29
    )  # 60 days; from 1 July to 31 August there are 62


@pytest.mark.parametrize(("last", "complete"), [(date(2022, 7, 31), False), (date(2022, 8, 1), True)])
def test_two_stretches_against_the_shortest_single_one(last: date, complete: bool) -> None:
    """30 days of July 2020 and 699 to 31 July 2022 are 729; a single stretch that ends then needs 730."""
    spans = [(date(2020, 7, 1), date(2020, 7, 30)), (date(2020, 9, 1), last)]
    assert JOINED.total(spans).reaches(24) is complete
    assert JOINED.first_day([spans[0], (spans[1][0], FOREVER)], 24) == date(2022, 8, 1)
    assert Calendar.total(spans).reaches(24)


def test_the_end_of_february() -> None:
    """From 29 February 2020, two years are complete on 28 February 2022 (C3), or on the 27th."""
    held = [(date(2020, 2, 29), FOREVER)]
    assert (Calendar.first_day(held, 24), EVE.first_day(held, 24)) == (date(2022, 2, 28), date(2022, 2, 27))
    assert EVE.first_day([(date(2020, 2, 28), FOREVER)], 24) == date(2022, 2, 27)


def test_days_are_counted_as_days() -> None:
    """1 January 2021 to 31 December 2022: 730 days, 729 without the first."""
    total = DaysOf365.total([(date(2021, 1, 1), date(2022, 12, 31))])
    assert (total, DaysOf365.reached(total, 24), DaysOf365.short(total, 24)) == (
        Duration(0, 0, 729),
        False,
        Duration(0, 0, 1),
    )
