"""Counting in columns is counting: every row as `counting` has it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

from lgreason.reasoning.cases import counting
from lgreason.reasoning.screening import calendar, spans

DAY = date(2021, 12, 31)
PERSONS = 1_500


def random_spans(rng: random.Random) -> list[counting.Span]:
    """Spans that begin by the day, some on 29 February, some that end on the day or not at all."""
    found = []
    for _ in range(rng.choice((0, 1, 1, 2, 3, 5))):
        start = date(2005, 1, 1) + timedelta(days=rng.randint(0, 6200))
        start = rng.choice((start, start, start.replace(day=1), date(2008, 2, 29), date(2011, 1, 31)))
        length = timedelta(days=rng.choice((0, 10, 30, 364, 365, 366, rng.randint(0, 3000))))
        found.append(
            (start, rng.choice((start + length, start + length, start + length, counting.FOREVER, DAY)))
        )
    return [(start, end) for start, end in found if start <= end]


@pytest.fixture(scope="module")
def of_persons() -> list[list[counting.Span]]:
    rng = random.Random(19)
    return [random_spans(rng) for _ in range(PERSONS)]


def in_columns(of_persons: list[list[counting.Span]]) -> spans.Stretches:
    rows = sorted(
        (owner, calendar.day_number(start), calendar.day_number(end))
        for owner, each in enumerate(of_persons)
        for start, end in each
    )
    owner, start, end = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return spans.stretches(owner, start, end)


def number(time: counting.Duration) -> int:
    return time.whole_months * calendar.DAYS_OF_MONTH + time.days


def test_stretches_and_totals(of_persons: list[list[counting.Span]]) -> None:
    merged = in_columns(of_persons)
    assert len(merged.owner) == sum(len(counting.stretches(each)) for each in of_persons)
    served = spans.until(merged, calendar.day_number(DAY))
    found = spans.total(served, PERSONS).duration.tolist()
    assert found == [number(counting.Calendar.total(counting.until(each, DAY))) for each in of_persons]


@pytest.mark.parametrize("months", [1, 12, 24, 48, 72, 120])
def test_first_days(of_persons: list[list[counting.Span]], months: int) -> None:
    found = spans.first_day(in_columns(of_persons), PERSONS, months).tolist()
    days = [None if day == calendar.NEVER else calendar.day_of(day) for day in found]
    assert days == [counting.Calendar.first_day(each, months) for each in of_persons]


@pytest.mark.parametrize("months", [1, 24, 72])
def test_shortfalls(of_persons: list[list[counting.Span]], months: int) -> None:
    served = spans.until(in_columns(of_persons), calendar.day_number(DAY))
    found = spans.shortfall(served, PERSONS, months, calendar.day_number(DAY)).tolist()
    after = DAY + counting.ONE_DAY
    for each, short in zip(of_persons, found, strict=True):
        until = counting.until(each, DAY)
        if counting.Calendar.total(until).reaches(months):
            continue
        going_on = [*until, (after, counting.FOREVER)]
        first = counting.Calendar.first_day(going_on, months)
        assert first is not None
        more = counting.Calendar.total([(after, first)])
        apart = len(counting.stretches(going_on)) > 1
        assert short == number(counting.add([more, counting.Duration()]) if apart else more)


def test_thirty_days_make_a_month_between_stretches_only() -> None:
    """C5: 1-30 July and 1-30 August apart are 2 months; as one stretch, 1 July to 30 August, 1 month 30 days."""
    days = [calendar.day_number(date(2020, month, day)) for month, day in ((7, 1), (7, 30), (8, 1), (8, 30))]
    apart = spans.stretches(
        *(np.array(column) for column in ([0, 0], [days[0], days[2]], [days[1], days[3]]))
    )
    whole = spans.stretches(*(np.array(column) for column in ([0], [days[0]], [days[3]])))
    assert spans.total(apart, 1).duration.tolist() == [2 * calendar.DAYS_OF_MONTH]
    assert spans.total(whole, 1).duration.tolist() == [calendar.DAYS_OF_MONTH + 30]
