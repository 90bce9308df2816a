"""Hand-worked cases for the evaluator itself.

How the dates were worked out: N years from a day D are complete on the eve of the N-th return of D (C2), or,
where D is 29 February and that year has none, on 28 February (C3). First and last day both count (C1).
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from .counting import Interval, Span, counted, from_be, period_end, span_of, stretches, total
from .evaluator import CLAUSES, OLD_LEVELS, POSITIONS, evaluate, truth
from .persons import random_person

SECTION = "general_admin.early.section_head"
EARLY = "general_admin.early.division_director"
MID = "general_admin.mid.division_director"
PART = "general_admin.mid.part_director"
HIGH = "general_admin.high.office_director"
ONE_DAY = timedelta(days=1)
DAY = date(2021, 12, 31)
Facts = dict[str, Any]


def d(text: str) -> date:
    return date.fromisoformat(text)


def post(name: str | None, start: str | None = None, end: str | None = None, **more: Any) -> Facts:
    """A posting: a position id, ``type.level``, a bare type, or None for a post that is not known."""
    made: Facts = dict(more)
    if name is not None and name.startswith("general_admin."):
        made["position"] = name
    elif name is not None:
        made.update(zip(("type", "level"), name.split("."), strict=False))
    return made | dates(start, end)


def work(kind: str | None, start: str | None = None, end: str | None = None) -> Facts:
    return ({} if kind is None else {"work": kind}) | dates(start, end)


def dates(start: str | None, end: str | None) -> Facts:
    return {key: text for key, text in (("from", start), ("to", end)) if text is not None}


def degree(name: str, field: str | None = None, **more: Any) -> Facts:
    return {"degree": name} | ({} if field is None else {"field": field}) | more


def person(
    education: list[Facts] | None = None,
    postings: list[Facts] | None = None,
    experience: list[Facts] | None = None,
    unknown: tuple[str, ...] = (),
) -> Facts:
    """A person of whom everything is known, save the keys named as unknown."""
    made = {"education": education or [], "postings": postings or [], "experience": experience or []}
    return {key: entries for key, entries in made.items() if key not in unknown}


def ask(who: Facts, clause: str, on: date = DAY, **readings: str) -> bool | None:
    """Truth of a clause; readings are named A_01 and so on."""
    named = {name.replace("_", "-"): value for name, value in readings.items()}
    return truth(who, f"std.general_admin.{clause}", on, named)


BACHELOR = degree("bachelor", "law")
MASTER = degree("master", "planning")
DOCTORATE = degree("doctorate", "economics")
LONG_FIELD = work("related", "2000-01-01", "2009-12-31")

# ---------------------------------------------------------------- counting


def test_c1_both_end_days_count() -> None:
    # 1 to 30 June is the whole of June; a single day is a day.
    assert span_of((d("2021-06-01"), d("2021-06-30"))) == (0, 1, 0)
    assert span_of((d("2021-06-05"), d("2021-06-05"))) == (0, 0, 1)


def test_c1_still_held_and_later_ends_are_cut_and_later_starts_ignored() -> None:
    assert counted(d("2020-01-01"), None, DAY) == (d("2020-01-01"), DAY)
    assert counted(d("2020-01-01"), d("2022-01-01"), DAY) == (d("2020-01-01"), DAY)
    assert counted(d("2020-01-01"), d("2021-12-30"), DAY) == (d("2020-01-01"), d("2021-12-30"))
    assert counted(DAY, None, DAY) == (DAY, DAY)
    assert counted(d("2022-01-01"), None, DAY) is None


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2020-01-01", 24, "2021-12-31"),  # second return of 1 January: 2022-01-01, less a day
        ("2551-07-01", 10, "2552-04-30"),  # ten months from 1 July reach to the eve of 1 May
        ("2020-02-29", 24, "2022-02-28"),  # C3: no 29 February 2022, so its last day, not 27
        ("2020-02-29", 12, "2021-02-28"),  # C3
        ("2020-02-29", 48, "2024-02-28"),  # 29 February 2024 is there: the day before
        ("2019-02-28", 12, "2020-02-27"),  # 28 February is there in a leap year too: the day before
        ("2019-03-01", 12, "2020-02-29"),  # the day before 1 March 2020
        ("2021-01-31", 1, "2021-02-28"),  # C3 for a month: no 31 February
        ("2020-01-31", 1, "2020-02-29"),
        ("2021-01-29", 1, "2021-02-28"),  # no 29 February 2021
        ("2021-01-28", 1, "2021-02-27"),
        ("2021-03-31", 1, "2021-04-30"),  # no 31 April
        ("2021-01-31", 2, "2021-03-30"),  # 31 March is there
        ("2020-12-31", 12, "2021-12-30"),
    ],
)
def test_c2_c3_end_of_a_period(start: str, months: int, end: str) -> None:
    assert period_end(d(start), months) == d(end)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("2020-01-01", "2021-12-30", (1, 11, 30)),  # 23 months to 30 November, and 30 days: not carried
        ("2020-01-01", "2021-12-31", (2, 0, 0)),
        ("2020-01-01", "2022-01-01", (2, 0, 1)),
        ("2020-02-29", "2022-02-27", (1, 11, 30)),  # 23 months to 28 January, then 3 + 27 days
        ("2020-02-29", "2022-02-28", (2, 0, 0)),
        ("2008-07-01", "2009-05-04", (0, 10, 4)),  # ten months to 30 April, and 4 days
        ("2009-05-04", "2010-05-03", (1, 0, 0)),
        ("2021-01-31", "2021-02-27", (0, 0, 28)),  # 31 January, and 27 days of February
        ("2021-12-15", "2021-12-31", (0, 0, 17)),
    ],
)
def test_c5_one_stretch_by_the_calendar(start: str, end: str, span: tuple[int, int, int]) -> None:
    assert total([(d(start), d(end))]) == span


def test_c4_overlapping_contiguous_and_nested_intervals_are_one_stretch() -> None:
    first, second = (d("2020-01-01"), d("2020-06-30")), (d("2020-07-01"), d("2020-12-31"))
    inside, apart = (d("2020-02-01"), d("2020-03-31")), (d("2021-01-02"), d("2021-01-02"))
    assert stretches([second, inside, first]) == [(d("2020-01-01"), d("2020-12-31"))]
    assert stretches([first, (d("2020-06-30"), d("2020-08-01"))]) == [(d("2020-01-01"), d("2020-08-01"))]
    assert stretches([apart, second]) == [second, apart]  # 1 January 2021 is missing between them


def sum_of(*pairs: tuple[str, str]) -> Span:
    intervals: list[Interval] = [(d(start), d(end)) for start, end in pairs]
    return total(intervals)


def test_c5_left_over_days_of_several_stretches_are_carried() -> None:
    # 1 Jan 2019 - 15 Jan 2020 is 1 y 0 m 15 d; 1 Mar 2020 - 15 Feb 2021 is 11 m (to 31 Jan) 15 d.
    # Together 1 y 11 m 30 d, the 30 days are a month: 2 y. A day less is 1 y 11 m 29 d.
    assert sum_of(("2019-01-01", "2020-01-15"), ("2020-03-01", "2021-02-15")) == (2, 0, 0)
    assert sum_of(("2019-01-01", "2020-01-15"), ("2020-03-01", "2021-02-14")) == (1, 11, 29)
    assert sum_of(("2019-01-01", "2020-01-15"), ("2020-03-01", "2021-02-16")) == (2, 0, 1)
    # 30 days and 30 days, neither a month of its own, are two months; with 5 days more, 2 m 5 d.
    twice = (("2020-01-01", "2020-01-30"), ("2020-03-01", "2020-03-30"))
    assert sum_of(*twice) == (0, 2, 0)
    assert sum_of(*twice, ("2021-01-01", "2021-01-05")) == (0, 2, 5)


def test_c5_two_contiguous_postings_are_one_stretch_and_carry_nothing() -> None:
    # 1 Jan - 15 Jan and 16 Jan - 30 Jan are 30 days of one stretch, no month.
    assert sum_of(("2021-01-01", "2021-01-15"), ("2021-01-16", "2021-01-30")) == (0, 0, 30)
    assert sum_of(("2021-01-01", "2021-01-15"), ("2021-01-17", "2021-01-31")) == (0, 1, 0)  # apart: 15 + 15


def test_c5_nothing_at_all() -> None:
    assert total([]) == (0, 0, 0)


def test_c6_leap_years_are_christian_years() -> None:
    assert from_be(2563, 2, 29) == d("2020-02-29")
    assert from_be(2563, 1, 1) == d("2020-01-01")
    for year in (2560, 2564):  # 2017 and 2021
        with pytest.raises(ValueError, match="day"):
            from_be(year, 2, 29)


# ---------------------------------------------------------------- each clause, the day before and the day

BOUNDARIES: list[tuple[str, Facts, str]] = [
    # Education: met from the day on which the degree was obtained.
    ("early.q1", person([degree("master", "law", obtained="2020-06-15")]), "2020-06-15"),  # through 1.1
    ("early.q1.1", person([degree("bachelor", "law", obtained="2020-06-15")]), "2020-06-15"),
    ("early.q1.2", person([BACHELOR, MASTER | {"obtained": "2020-02-29"}]), "2020-02-29"),
    ("early.q1.3", person([MASTER, DOCTORATE | {"obtained": "2020-03-01"}]), "2020-03-01"),
    ("early.q2.1", person([BACHELOR | {"obtained": "2020-06-15"}]), "2020-06-15"),
    ("early.q3.1", person([BACHELOR | {"obtained": "2020-06-15"}]), "2020-06-15"),
    ("mid.q1", person([BACHELOR | {"obtained": "2020-06-15"}]), "2020-06-15"),
    ("high.q1", person([BACHELOR | {"obtained": "2020-06-15"}]), "2020-06-15"),
    ("mid.q2.2.reduce", person([BACHELOR, MASTER | {"obtained": "2020-06-15"}]), "2020-06-15"),
    ("mid.q2.2.reduce", person([BACHELOR, DOCTORATE | {"obtained": "2020-06-15"}]), "2020-06-15"),
    # 2 years from 1 Jan 2020: the eve of 1 Jan 2022.
    ("early.q2.2", person(postings=[post(SECTION, "2020-01-01")]), "2021-12-31"),
    ("early.q2", person([BACHELOR], [post(SECTION, "2020-01-01")]), "2021-12-31"),
    # Field work: 1 year from 16 Mar 2020 is the eve of 16 Mar 2021; from 29 Feb 2020, 28 Feb 2021 (C3).
    ("early.q2.2.field", person(experience=[work("general_admin", "2020-03-16")]), "2021-03-15"),
    ("early.q3.3", person(experience=[work("policy_planning", "2020-03-16")]), "2021-03-15"),
    ("mid.q2.field", person(experience=[work("civil_registration", "2020-02-29")]), "2021-02-28"),
    ("high.q2.field", person(postings=[post(HIGH, "2020-02-28")]), "2021-02-27"),
    # 4 years from 10 May 2016: the eve of 10 May 2020; from 29 Feb 2016, which returns in 2020: 28 Feb.
    ("early.q3.2.1", person(postings=[post("academic.professional", "2016-05-10")]), "2020-05-09"),
    ("early.q3.2.2", person(postings=[post("general.senior", "2016-02-29")]), "2020-02-28"),
    # 10 years from 1 Jul 2010, through two contiguous levels: the eve of 1 Jul 2020.
    (
        "early.q3.2.3",
        person(
            postings=[
                post("general.senior", "2015-07-01"),
                post("general.experienced", "2010-07-01", "2015-06-30"),
            ]
        ),
        "2020-06-30",
    ),
    ("early.q3.2", person(postings=[post("general.senior", "2017-01-01")]), "2020-12-31"),
    (
        "early.q3",
        person([BACHELOR], [post("academic.professional", "2016-05-10")], [LONG_FIELD]),
        "2020-05-09",
    ),
    # 2 years from 30 Nov 2019: the eve of 30 Nov 2021.
    ("mid.q2.1", person(postings=[post(EARLY, "2019-11-30")]), "2021-11-29"),
    ("mid.q", person([BACHELOR], [post(EARLY, "2019-11-30")]), "2021-11-29"),
    # 4 years from 1 Mar 2017: the eve of 1 Mar 2021; 3 years, with a listed master's: the eve of 1 Mar 2020.
    ("mid.q2.2", person([BACHELOR], [post(SECTION, "2017-03-01")]), "2021-02-28"),
    ("mid.q2.2", person([MASTER], [post(SECTION, "2017-03-01")]), "2020-02-29"),
    # 6 years from 31 Jan 2015: the eve of 31 Jan 2021.
    ("mid.q2.3", person(postings=[post("academic.senior_professional", "2015-01-31")]), "2021-01-30"),
    ("mid.q2", person(postings=[post("academic.senior_professional", "2015-01-31")]), "2021-01-30"),
    # 4 years from 31 Dec 2016: the eve of 31 Dec 2020; from 1 Oct 2017: 30 Sep 2021.
    ("high.q2.1", person(postings=[post(MID, "2016-12-31")]), "2020-12-30"),
    ("high.q", person([degree("master", "law")], [post(MID, "2017-10-01")]), "2021-09-30"),
    # 8 years from 29 Feb 2012, which returns in 2020: 28 Feb 2020.
    ("high.q2.2", person(postings=[post("academic.expert", "2012-02-29")]), "2020-02-28"),
    ("high.q2", person(postings=[post("academic.expert", "2012-02-29")]), "2020-02-28"),
]


@pytest.mark.parametrize(("clause", "who", "complete"), BOUNDARIES)
def test_clause_on_both_sides_of_its_boundary(clause: str, who: Facts, complete: str) -> None:
    assert ask(who, clause, d(complete) - ONE_DAY) is False
    assert ask(who, clause, d(complete)) is True
    assert ask(who, clause, d(complete) + ONE_DAY) is True


def test_every_clause_has_a_boundary_case() -> None:
    assert {f"std.general_admin.{clause}" for clause, _, _ in BOUNDARIES} == set(CLAUSES)
    assert len(CLAUSES) == 29


@pytest.mark.parametrize(
    ("clause", "name", "start", "complete"),
    [
        ("early.q2.2", SECTION, "2010-02-28", "2012-02-27"),  # 28 Feb 2012 is there: its eve
        ("early.q3.2.1", "academic.professional", "2011-03-01", "2015-02-28"),  # eve of 1 Mar 2015
        ("early.q3.2.2", "general.senior", "2012-03-31", "2016-03-30"),
        ("early.q3.2.3", "general.experienced", "2004-02-29", "2014-02-28"),  # C3: none in 2014
        ("mid.q2.1", EARLY, "2012-02-29", "2014-02-28"),  # C3: none in 2014
        ("mid.q2.2", PART, "2012-02-29", "2016-02-28"),  # 29 Feb 2016 is there: its eve
        ("mid.q2.3", "academic.senior_professional", "2012-02-29", "2018-02-28"),  # C3: none in 2018
        ("high.q2.1", MID, "2015-06-30", "2019-06-29"),
        ("high.q2.2", "academic.expert", "2012-03-01", "2020-02-29"),  # eve of 1 Mar 2020
    ],
)
def test_service_that_is_over(clause: str, name: str, start: str, complete: str) -> None:
    last = d(complete)
    for end, holds in ((last - ONE_DAY, False), (last, True), (last + ONE_DAY, True)):
        assert ask(person(postings=[post(name, start, end.isoformat())]), clause) is holds


# ---------------------------------------------------------------- education


@pytest.mark.parametrize(
    ("held", "q1_1", "q1_2", "q1_3", "q1"),
    [
        ([], False, False, False, False),
        ([degree("diploma", "planning", approved=True)], False, False, False, False),
        ([degree("bachelor")], True, False, False, True),
        ([degree("bachelor", "law", approved=False)], False, False, False, False),
        ([degree("master", "law")], True, False, False, True),  # shows a bachelor's, gives no 1.2
        ([degree("master", "law", approved=False)], True, False, False, True),
        ([degree("master", "law", approved=True)], True, True, False, True),
        ([degree("master", approved=True)], True, True, False, True),
        ([degree("master")], True, None, False, True),
        ([degree("master", approved=False)], True, None, False, True),
        ([degree("master"), MASTER], True, True, False, True),
        ([degree("master", "public_administration")], True, True, False, True),
        ([degree("master", "planning", approved=False)], True, True, False, True),
        ([DOCTORATE], True, False, True, True),  # a master's exactly for 1.2
        ([degree("doctorate")], True, False, None, True),
        ([degree("doctorate", "law")], True, False, False, True),
        ([MASTER | {"obtained": "2022-01-01"}], False, False, False, False),
        ([degree("master", obtained="2022-01-01"), BACHELOR], True, False, False, True),
    ],
)
def test_education(held: list[Facts], q1_1: Any, q1_2: Any, q1_3: Any, q1: Any) -> None:
    clauses = ("early.q1.1", "early.q1.2", "early.q1.3", "early.q1")
    assert [ask(person(held), clause) for clause in clauses] == [q1_1, q1_2, q1_3, q1]


@pytest.mark.parametrize(
    "clause",
    ["early.q1", "early.q1.1", "early.q1.2", "early.q1.3", "early.q2.1", "early.q3.1", "mid.q1", "high.q1"],
)
def test_education_not_known(clause: str) -> None:
    assert ask(person(unknown=("education",)), clause) is None


@pytest.mark.parametrize(
    "field",
    [
        "social_science",
        "planning",
        "administration",
        "public_administration",
        "business_administration",
        "research",
        "statistics",
        "political_science",
        "economics",
    ],
)
def test_listed_fields(field: str) -> None:
    assert ask(person([degree("master", field)]), "early.q1.2") is True
    assert ask(person([degree("doctorate", field)]), "early.q1.3") is True


# ---------------------------------------------------------------- postings: which count for what

SERVICE = {
    "early.q2.2": 2,
    "early.q3.2.1": 4,
    "early.q3.2.2": 4,
    "early.q3.2.3": 10,
    "mid.q2.1": 2,
    "mid.q2.2": 4,
    "mid.q2.3": 6,
    "high.q2.1": 4,
    "high.q2.2": 8,
}
AGES = ("2000-01-01", "2021-12-31")  # 22 years, enough for every clause


@pytest.mark.parametrize(
    ("name", "met"),
    [
        (SECTION, {"early.q2.2", "mid.q2.2"}),
        (EARLY, {"mid.q2.1", "mid.q2.2"}),
        (MID, {"mid.q2.2", "high.q2.1"}),
        (PART, {"mid.q2.2"}),
        (HIGH, {"mid.q2.2"}),
        ("academic.practitioner", set()),
        ("academic.professional", {"early.q3.2.1"}),
        ("academic.senior_professional", {"mid.q2.3"}),  # exactly
        ("academic.expert", {"high.q2.2"}),
        ("general.operational", set()),
        ("general.experienced", {"early.q3.2.3"}),
        ("general.senior", {"early.q3.2.2", "early.q3.2.3"}),
        ("managerial_local.early", set()),
        ("managerial_local.mid", set()),
        ("executive_local.high", set()),
    ],
)
def test_which_posts_count_for_which_clause(name: str, met: set[str]) -> None:
    assert {clause for clause in SERVICE if ask(person(postings=[post(name, *AGES)]), clause)} == met
    # acting or concurrent holding counts for none, nor does it give field work.
    for manner in ("acting", "concurrent"):
        who = person(postings=[post(name, *AGES, equivalent_to=SECTION) | {manner: True}])
        assert [ask(who, clause) for clause in (*SERVICE, "early.q3.3")] == [False] * (len(SERVICE) + 1)


@pytest.mark.parametrize(
    ("target", "met"),
    [
        (SECTION, {"early.q2.2", "mid.q2.2"}),
        (EARLY, {"mid.q2.1", "mid.q2.2"}),
        (MID, {"mid.q2.2", "high.q2.1"}),
        (PART, {"mid.q2.2"}),
        ("academic.senior_professional", {"mid.q2.3"}),
        ("academic.expert", {"high.q2.2"}),
        ("academic.professional", set()),  # early 3.2 knows no equivalence
        ("general.senior", set()),
    ],
)
def test_equivalent_posts(target: str, met: set[str]) -> None:
    who = person(postings=[post("executive_local.early", *AGES, equivalent_to=target)])
    assert {clause for clause in SERVICE if ask(who, clause)} == met
    assert ask(who, "early.q3.3") is False  # an equivalent post is not field work


def test_an_equivalent_post_still_counts_as_itself() -> None:
    who = person(postings=[post(PART, *AGES, equivalent_to=MID)])
    assert [ask(who, clause) for clause in ("mid.q2.2", "high.q2.1", "high.q2.field")] == [True, True, True]
    who = person(postings=[post("academic.professional", *AGES, equivalent_to=SECTION)])
    assert [ask(who, clause) for clause in ("early.q2.2", "early.q3.2.1")] == [True, True]
    who = person(postings=[post(EARLY, *AGES, equivalent_to="academic.expert")])
    assert [ask(who, clause) for clause in ("mid.q2.1", "high.q2.2")] == [True, True]


def test_posts_of_the_series_add_up_for_mid_2_2() -> None:
    # Section head all of 2015-2016 is 2 y; part director from 1 Jan 2018 to 30 Dec 2019 is 1 y 11 m 30 d,
    # and the 30 days, left over in a sum of two stretches, are a month (C5): 4 y. A day less: 3 y 11 m 29 d.
    def who(end: str) -> Facts:
        return person(postings=[post(SECTION, "2015-01-01", "2016-12-31"), post(PART, "2018-01-01", end)])

    assert ask(who("2019-12-30"), "mid.q2.2") is True
    assert ask(who("2019-12-29"), "mid.q2.2") is False


def test_the_same_time_counts_once() -> None:
    # Two posts side by side for 2018-2019 are two years, not four (C4).
    two = [post(SECTION, "2018-01-01", "2019-12-31"), post(EARLY, "2018-01-01", "2019-12-31")]
    assert ask(person([BACHELOR], two), "mid.q2.2") is False


def test_separate_stretches_of_one_post_add_up_by_c5() -> None:
    # As in the counting test: 1 y 0 m 15 d and 11 m 15 d make 2 years; a day less does not.
    def who(end: str) -> Facts:
        return person(postings=[post(SECTION, "2019-01-01", "2020-01-15"), post(SECTION, "2020-03-01", end)])

    assert ask(who("2021-02-15"), "early.q2.2") is True
    assert ask(who("2021-02-14"), "early.q2.2") is False


# ---------------------------------------------------------------- postings of which something is not known


def test_postings_not_known() -> None:
    who = person(unknown=("postings",))
    assert [ask(who, clause) for clause in SERVICE] == [None] * len(SERVICE)
    assert ask(who, "early.q3.3") is None
    # A year of field work that is known stays one, whatever the postings.
    known = person(experience=[LONG_FIELD], unknown=("postings",))
    assert ask(known, "early.q3.3") is True


def test_a_post_that_is_not_known_may_be_any() -> None:
    assert [ask(person(postings=[post(None, *AGES)]), clause) for clause in SERVICE] == [None] * len(SERVICE)
    # Two years of it, 2018-2019, are enough for the two-year clauses only; a day less for none.
    two = person([BACHELOR], postings=[post(None, "2018-01-01", "2019-12-31")])
    assert {clause for clause in SERVICE if ask(two, clause) is None} == {"early.q2.2", "mid.q2.1"}
    less = person([BACHELOR], postings=[post(None, "2018-01-01", "2019-12-30")])
    assert {clause for clause in SERVICE if ask(less, clause) is None} == set()


def test_a_level_that_is_not_known() -> None:
    def unknown(kind: str) -> set[str]:
        return {clause for clause in SERVICE if ask(person(postings=[post(kind, *AGES)]), clause) is None}

    assert unknown("academic") == {"early.q3.2.1", "mid.q2.3", "high.q2.2"}
    assert unknown("general") == {"early.q3.2.2", "early.q3.2.3"}
    assert unknown("managerial_local") == set()
    assert unknown("executive_local") == set()


def test_a_start_that_is_not_known() -> None:
    # Nothing of it is sure and any amount may be, even of a posting that ended long ago.
    assert ask(person(postings=[post(SECTION, None, "2001-01-01")]), "early.q2.2") is None
    assert ask(person(postings=[post(EARLY, None, "2001-01-01")]), "early.q2.2") is False
    both = person(postings=[post(SECTION), post(SECTION, "2018-01-01", "2019-12-31")])
    assert ask(both, "early.q2.2") is True


def test_what_is_sure_and_what_may_be_are_measured_apart() -> None:
    # One year for sure, 2018, and one that may be, 2019: two years may be; a day less may not.
    sure = post(SECTION, "2018-01-01", "2018-12-31")
    assert ask(person(postings=[sure, post(None, "2019-01-01", "2019-12-31")]), "early.q2.2") is None
    assert ask(person(postings=[sure, post(None, "2019-01-01", "2019-12-30")]), "early.q2.2") is False


def test_a_posting_to_come_is_ignored() -> None:
    assert ask(person(postings=[post(None, "2022-01-01")]), "early.q2.2", DAY) is False


# ---------------------------------------------------------------- the reduction of mid 2.2


@pytest.mark.parametrize(
    ("end", "known", "unknown"),
    [  # section head from 1 Jan 2015: 3 years complete on 31 Dec 2017, 4 on 31 Dec 2018
        ("2017-12-30", False, False),
        ("2017-12-31", True, None),
        ("2018-12-30", True, None),
        ("2018-12-31", True, True),
    ],
)
def test_mid_2_2_where_the_reduction_is_known_or_not(end: str, known: bool, unknown: bool | None) -> None:
    held = [post(SECTION, "2015-01-01", end)]
    assert ask(person([MASTER], held), "mid.q2.2") is known
    assert ask(person([degree("master")], held), "mid.q2.2") is unknown
    assert ask(person(postings=held, unknown=("education",)), "mid.q2.2") is unknown


def test_an_unlisted_master_gives_no_reduction() -> None:
    held = [post(SECTION, "2015-01-01", "2018-12-30")]  # a day short of four years
    assert ask(person([degree("master", "law")], held), "mid.q2.2") is False


def test_the_reduction_bears_on_mid_2_2_alone() -> None:
    # Two years less a day as director, six less a day as senior professional: no master's helps.
    assert ask(person([MASTER], [post(EARLY, "2018-01-01", "2019-12-30")]), "mid.q2.1") is False
    long = [post("academic.senior_professional", "2012-01-01", "2017-12-30")]
    assert ask(person([MASTER], long), "mid.q2.3") is False


# ---------------------------------------------------------------- field work


def test_field_work_is_the_union_of_experience_and_postings_of_the_series() -> None:
    # Experience to 30 Jun 2020 and a post of the series from 1 Jul: one stretch, one year on 31 Dec 2020.
    begun = [work("related", "2020-01-01", "2020-06-30")]
    for end, holds in (("2020-12-30", False), ("2020-12-31", True)):
        both = person(postings=[post(PART, "2020-07-01", end)], experience=begun)
        assert ask(both, "mid.q2.field") is holds
    outside = person(postings=[post("academic.expert", "2020-07-01")], experience=begun)
    assert ask(outside, "mid.q2.field") is False
    # On the same days, they count once.
    side_by_side = person(postings=[post(PART, "2020-01-01", "2020-06-30")], experience=begun)
    assert ask(side_by_side, "mid.q2.field") is False


@pytest.mark.parametrize(
    ("who", "holds"),
    [
        (person(unknown=("experience",)), None),
        (person(postings=[post(SECTION, "2020-01-01", "2020-12-31")], unknown=("experience",)), True),
        (person(postings=[post(SECTION, "2020-01-01", "2020-12-30")], unknown=("experience",)), None),
        (person(experience=[work("general_admin", None, "2020-12-31")]), None),
        (person(experience=[work("accounting", "2000-01-01")]), False),
        (person(experience=[work("accounting", None)]), False),
        (person(experience=[work(None, "2020-01-01", "2020-12-31")]), None),
        (person(experience=[work(None, "2020-01-01", "2020-12-30")]), False),
        (person(postings=[post(None, "2020-01-01", "2020-12-31")]), None),
        (person(postings=[post("managerial_local", "2000-01-01")]), False),
        (person(postings=[post("managerial_local.early", "2000-01-01")]), False),
        (person(experience=[work("related", "2022-01-01")]), False),
    ],
)
def test_field_work_known_and_not_known(who: Facts, holds: bool | None) -> None:
    for clause in ("early.q2.2.field", "early.q3.3", "mid.q2.field", "high.q2.field"):
        assert ask(who, clause) is holds


# ---------------------------------------------------------------- old levels


@pytest.mark.parametrize(
    ("kind", "old", "clause"),
    [
        ("academic", 5, None),
        ("academic", 6, "early.q3.2.1"),
        ("academic", 7, "early.q3.2.1"),
        ("academic", 8, "mid.q2.3"),
        ("academic", 9, "high.q2.2"),
        ("general", 4, None),
        ("general", 5, "early.q3.2.3"),
        ("general", 6, "early.q3.2.3"),
        ("general", 7, "early.q3.2.2"),
        ("general", 8, "early.q3.2.2"),
        ("managerial_local", 6, None),
        ("executive_local", 9, None),
    ],
)
def test_old_levels_of_postings_that_ended_before_2016(kind: str, old: int, clause: str | None) -> None:
    who = person(postings=[post(kind, "2000-01-01", "2015-12-31", c_level=old)])
    expected = {clause} - {None}
    if clause == "early.q3.2.2":
        expected.add("early.q3.2.3")  # senior is not below experienced
    assert {name for name in SERVICE if ask(who, name)} == expected


def test_old_levels_bridge_into_new_ones() -> None:
    # Level 7 to the end of 2015, professional from 1 Jan 2016: one stretch; 4 years from 1 Jan 2014.
    def who(end: str) -> Facts:
        old = post("academic", "2014-01-01", "2015-12-31", c_level=7)
        return person(postings=[old, post("academic.professional", "2016-01-01", end)])

    assert ask(who("2017-12-30"), "early.q3.2.1") is False
    assert ask(who("2017-12-31"), "early.q3.2.1") is True


def test_an_old_level_is_not_read_from_2016_on() -> None:
    who = person(postings=[post("academic", "2000-01-01", "2016-01-01", c_level=7)])
    assert ask(who, "early.q3.2.1") is None


def test_the_table_of_old_levels() -> None:
    assert {kind: len(levels) for kind, levels in OLD_LEVELS.items()} == {
        "academic": 7,
        "general": 8,
        "managerial_local": 4,
        "executive_local": 5,
    }


# ---------------------------------------------------------------- the whole, and the verdicts


def verdicts(who: Facts, **readings: str) -> str:
    """One letter for section head, early, mid and part director, office director."""
    named = {name.replace("_", "-"): value for name, value in readings.items()}
    found = evaluate(who, DAY, named)
    assert found[MID] == found[PART]
    return "".join(found[position][0] for position in (SECTION, EARLY, MID, HIGH))


@pytest.mark.parametrize(
    ("who", "letters"),
    [
        # Six years as senior professional open mid without early; eight as expert, high without mid.
        (person([BACHELOR], [post("academic.senior_professional", "2015-01-01")], [LONG_FIELD]), "iiei"),
        (person([BACHELOR], [post("academic.expert", "2013-01-01")], [LONG_FIELD]), "iiie"),
        # Mid director from 1 Jan 2018: four years this very day.
        (person([BACHELOR], [post(MID, "2018-01-01")]), "iiee"),
        (person([BACHELOR], [post(MID, "2018-01-02")]), "iiii"),
        (person([BACHELOR], [post(SECTION, "2018-01-01")]), "ieei"),
        (person([BACHELOR], [post("general.senior", "2018-01-01")], [LONG_FIELD]), "eiii"),
        (person([BACHELOR], [post("general.senior", "2018-01-01")]), "iiii"),  # no field work
        (person([], [post(SECTION, "2018-01-01")]), "iiii"),  # no education
        (person(postings=[post(SECTION, "2018-01-01")], unknown=("education",)), "iuui"),
        (person([BACHELOR], [post("general.senior", "2018-01-01")], unknown=("experience",)), "uiii"),
        (person([BACHELOR], experience=[LONG_FIELD], unknown=("postings",)), "uuuu"),
        (person([degree("diploma")], unknown=("postings", "experience")), "iiii"),
        ({}, "uuuu"),
        (person(), "iiii"),
    ],
)
def test_verdicts(who: Facts, letters: str) -> None:
    assert verdicts(who) == letters


def test_all_five_positions_are_judged() -> None:
    assert set(evaluate({}, DAY)) == {SECTION, EARLY, MID, PART, HIGH} == set(POSITIONS)


# ---------------------------------------------------------------- the other readings


def test_a01_both() -> None:
    for held, holds in (([MASTER], False), ([DOCTORATE], False), ([MASTER, DOCTORATE], True)):
        assert ask(person(held), "mid.q2.2.reduce", A_01="both") is holds
    assert ask(person([MASTER, degree("doctorate")]), "mid.q2.2.reduce", A_01="both") is None
    assert ask(person([MASTER], [post(SECTION, "2018-01-02")]), "mid.q2.2", A_01="both") is False


def test_a02_holder() -> None:
    incumbent = person([BACHELOR], [post(SECTION, "2018-01-01")])
    assert verdicts(incumbent, A_02="holder") == "iiei"
    promoted = [post("general.senior", "2014-01-01", "2017-12-31"), post(SECTION, "2018-01-01")]
    assert verdicts(person([BACHELOR], promoted), A_02="holder") == "eeei"
    unknown = [post("general", "2014-01-01", "2017-12-31"), post(SECTION, "2018-01-01")]
    assert verdicts(person([BACHELOR], unknown), A_02="holder") == "uuei"


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("early.q3.2.1", "academic.professional"),
        ("early.q3.2.2", "general.senior"),
        ("early.q3.2.3", "general.experienced"),
        ("mid.q2.3", "academic.senior_professional"),
        ("high.q2.2", "academic.expert"),
    ],
)
def test_a03_present(clause: str, name: str) -> None:
    def present(*postings: Facts) -> bool | None:
        return ask(person(postings=list(postings)), clause, A_03="present")

    long_ago = post(name, "2000-01-01", "2015-12-31")
    assert present(post(name, "2000-01-01", "2021-12-30")) is False  # ended the day before
    assert present(post(name, "2000-01-01", "2021-12-31")) is True
    assert present(post(name, "2000-01-01")) is True
    assert present(post(name, "2000-01-01", "2022-06-30")) is True
    assert present(long_ago, post(name, "2021-12-31")) is True  # held again from this very day
    assert present(long_ago, post(name, "2022-01-01")) is False  # only from tomorrow
    assert present(long_ago, post(None, "2021-01-01")) is None
    assert present(long_ago, post(name, "2021-01-01", acting=True)) is False
    assert present(long_ago, post(name)) is None  # it may start only after the day


def test_a03_present_leaves_the_other_clauses_alone() -> None:
    formerly = {"early.q2.2": SECTION, "mid.q2.1": EARLY, "mid.q2.2": PART, "high.q2.1": MID}
    for clause, name in formerly.items():
        assert ask(person(postings=[post(name, "2000-01-01", "2009-12-31")]), clause, A_03="present") is True


def test_a03_present_accepts_an_equivalent_post_where_the_text_does() -> None:
    held = [post("academic.expert", "2000-01-01", "2015-12-31")]
    now = post("executive_local.high", "2021-01-01", equivalent_to="academic.expert")
    assert ask(person(postings=held), "high.q2.2", A_03="present") is False
    assert ask(person(postings=[*held, now]), "high.q2.2", A_03="present") is True


def test_a04_all() -> None:
    assert ask(person([BACHELOR, MASTER]), "early.q1", A_04="all") is False
    assert ask(person([MASTER, DOCTORATE]), "early.q1", A_04="all") is True
    assert ask(person([MASTER, degree("doctorate")]), "high.q1", A_04="all") is None


def test_a05_title() -> None:
    assert ask(person(postings=[post(SECTION, *AGES)]), "mid.q2.2", A_05="title") is True
    assert ask(person(postings=[post(EARLY, *AGES)]), "mid.q2.2", A_05="title") is False
    equal = post("managerial_local.early", *AGES, equivalent_to=SECTION)
    assert ask(person(postings=[equal]), "mid.q2.2", A_05="title") is True


def test_a07_at_least() -> None:
    rising = [  # one stretch from 1 Jan 2012 to 31 Dec 2021
        post("academic.professional", "2012-01-01", "2014-12-31"),
        post("academic.senior_professional", "2015-01-01", "2018-12-31"),
        post("academic.expert", "2019-01-01"),
    ]
    for clause in ("early.q3.2.1", "mid.q2.3", "high.q2.2"):
        assert ask(person(postings=rising), clause) is False
    assert ask(person(postings=rising), "early.q3.2.1", A_07="at_least") is True
    assert ask(person(postings=rising), "mid.q2.3", A_07="at_least") is True  # 2015 to 2021: seven years
    assert ask(person(postings=rising), "high.q2.2", A_07="at_least") is False  # nothing is higher


def test_a08_counts() -> None:
    who = person(postings=[post(PART, "2018-01-01", "2019-12-31"), post(MID, "2020-01-01")])
    assert ask(who, "high.q2.1") is False
    assert ask(who, "high.q2.1", A_08="counts") is True  # 2018 to 2021: four years this very day
    assert ask(who, "high.q2.1", DAY - ONE_DAY, A_08="counts") is False


# ---------------------------------------------------------------- the random persons


def test_random_persons_are_repeatable_and_reach_every_verdict() -> None:
    rng, again = random.Random(7), random.Random(7)
    people = [random_person(rng, DAY) for _ in range(600)]
    assert people == [random_person(again, DAY) for _ in range(600)]
    for position in POSITIONS:
        shares = Counter(evaluate(who, DAY)[position] for who in people)
        assert min(shares[verdict] for verdict in ("eligible", "ineligible", "undetermined")) >= 600 * 0.05


def test_random_persons_land_on_thresholds() -> None:
    """For each service clause there are persons for whom this day, or the next, is the first."""
    rng = random.Random(8)
    people = [random_person(rng, DAY) for _ in range(1500)]
    for clause in (*SERVICE, "early.q3.3"):
        about = [tuple(ask(who, clause, DAY + shift * ONE_DAY) for shift in (-1, 0, 1)) for who in people]
        assert about.count((False, True, True)) + about.count((False, False, True)) >= 3
