"""Measures where a day or a name is not known: the hand-worked least and greatest, and never more than is known."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from lgreason.files.facts.values import UNREAD, Between, Term
from lgreason.reasoning.cases.asked import EntryDecider
from lgreason.reasoning.cases.measures import Measures
from lgreason.reasoning.cases.quantity import Range, Time
from lgreason.rules.knowledge import Library
from lgreason.rules.terms import Fn, Value
from lgreason.words.vocabulary import Vocabulary

DAY = date(2026, 3, 1)
KB = Library().of("persons").under().declared


def measured(expression: Fn, **facts: object) -> Range:
    asked = EntryDecider(KB, Vocabulary(KB))
    measures = Measures(KB.declarations("person"), facts.get, DAY, asked.decide, asked.same, lambda *_: None)
    return measures.number(expression, None, DAY)


def f(name: str, *args: Value) -> Fn:
    return Fn(name, args)


def months(found: Range) -> tuple[int | None, int | None]:
    low, high = (end.months if isinstance(end, Time) else None for end in (found.low, found.high))
    return low, high


def test_a_salary_of_a_day_not_known_is_not_left_out() -> None:
    of = f("latest", f("clip", f("salary"), f("day")), f("amount"))
    one = {"amount": Fraction(30_000)}
    found = measured(of, salary=(one,))
    assert (found.low, found.high, found.empty) == (30_000, 30_000, None)
    other = {"amount": Fraction(20_000), "from": date(2020, 1, 1)}
    both = measured(of, salary=(one, other))
    assert (both.low, both.high) == (20_000, 30_000)


def test_of_a_step_known_within_a_month_the_days_before_and_after_are_sure() -> None:
    steps = (
        {"amount": Fraction(1), "from": date(2020, 1, 1)},
        {"amount": Fraction(2), "from": Between(date(2024, 1, 1), date(2024, 1, 31))},
    )
    for day, least, most in (
        (date(2023, 12, 31), 1, 1),
        (date(2024, 1, 15), 1, 2),
        (date(2024, 2, 1), 2, 2),
    ):
        window = f("between", day.isoformat(), day.isoformat())
        found = measured(f("latest", f("clip", f("salary"), window), f("amount")), salary=steps)
        assert (found.low, found.high) == (least, most), day


@pytest.mark.parametrize(
    ("to", "least", "most"),
    [
        # the last day surely counts: from 31 December 2020 at the latest, from 1 January at the earliest
        (date(2020, 12, 31), 5 * 12 + 2, 6 * 12 + 2),
        # whether any day counts is not known: if none does, the stretch of 2010 is the last
        (date(2020, 6, 30), 5 * 12 + 8, 16 * 12 + 2),
    ],
)
def test_years_since_a_stretch_reach_back_to_the_last_that_surely_counts(
    to: date, least: int, most: int
) -> None:
    posts = (
        {"position": Term("a", "a"), "from": date(2010, 1, 1), "to": date(2012, 12, 31)},
        {"from": Between(date(2020, 1, 1), date(2020, 12, 31)), "to": to},
    )
    assert months(measured(f("since", f("postings")), postings=posts)) == (least, most)


def test_a_stretch_that_runs_on_a_day_not_known_may_be_the_longest() -> None:
    posts = ({"from": date(2020, 1, 1), "to": date(2021, 12, 31)},)
    assert months(measured(f("running", f("postings"), f("born")), postings=posts)) == (0, 24)


@pytest.mark.parametrize(
    ("texts", "least", "most"),
    [
        (("teaching", "วิชาชีพครู"), 1, 1),  # one licence, named twice
        (("วิชาชีพครู", "ทันตกรรม"), 2, 2),
        (("วิชาชีพครู", "วิชาชีพคร"), 1, 2),  # the second may be a slip of the first
        (("วิชาชีพครู", None), 1, 2),
    ],
)
def test_kinds_are_counted_by_what_is_named(texts: tuple[str | None, ...], least: int, most: int) -> None:
    vocabulary = Vocabulary(KB)
    licences = tuple(
        {
            "licence": UNREAD if text is None else Term(vocabulary.resolve("licence", text), text),
            "issued": date(2020, 1, 1),
        }
        for text in texts
    )
    found = measured(f("kinds", f("licences"), f("licence")), licences=licences)
    assert (found.low, found.high) == (least, most)


def test_the_entry_before_is_not_known_where_the_order_is_not() -> None:
    of = f("value", f("previous", f("kind")))
    penalties = (
        {"kind": Term("reprimand", ""), "ordered": date(2020, 1, 1)},
        {"kind": Term("pay_cut", ""), "ordered": Between(date(2019, 12, 1), date(2020, 2, 1))},
        {"kind": Term("discharge", ""), "ordered": date(2021, 1, 1)},
    )
    asked = EntryDecider(KB, Vocabulary(KB))
    given = {"penalties": penalties}
    measures = Measures(KB.declarations("person"), given.get, DAY, asked.decide, asked.same, lambda *_: None)
    items = measures.items("penalties") or []
    found = [measures.find(of.args[0], item, DAY).value for item in items]
    assert found == [None, None, None]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("วิชาชีพครู", True),
        ("วิชาชีพคร", None),  # a letter is missing
        ("ใบประกอบวิชาชีพครูผู้สอน", None),  # it holds the name
        ("ขับรถยนต์", False),
    ],
)
def test_a_text_that_may_be_meant_for_a_term_does_not_decide(text: str, holds: bool | None) -> None:
    vocabulary = Vocabulary(KB)
    term = Term(vocabulary.resolve("licence", text), text)
    assert EntryDecider(KB, vocabulary).same(term, Fn("teaching"), "licence") is holds
