"""The days on which a measure turns, held against asking it on every single day."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest

from lgreason.answers.session import Session
from lgreason.rules.knowledge import Layer, Library
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Truth
from tests.reasoning.cases.reading import facts_of

DAY = date(2026, 3, 1)

MEASURES = """
says("lapsing", at_least(count(1))).  measures("lapsing", count(which(licences, "lapsing.e"))).
says("lapsing.e", all).  part("lapsing.e", 1, "lapsing.k").  part("lapsing.e", 2, "lapsing.d").  part("lapsing.e", 3, "lapsing.s").
says("lapsing.k", one_of("ครู")).  measures("lapsing.k", value(licence)).
says("lapsing.d", covers(day)).  measures("lapsing.d", period).
says("lapsing.s", at_most(count(0))).  measures("lapsing.s", count(clip(suspended, day))).
says("penalty", at_most(count(0))).  measures("penalty", count(clip(penalties, last(months(18))))).
says("eve", at_most(count(0))).  measures("eve", count(clip(penalties, last(years(1), eve)))).
says("window", at_least(months(7))).  measures("window", length(clip(experience, last(years(2))))).
says("total", at_least(time(1,2,10))).  measures("total", length(experience)).
says("running", at_least(months(8))).  measures("running", running(experience, eve)).
says("weighted", at_least(months(9))).  measures("weighted", length(weighted(experience, cap(scale(value(hours_per_week), 1, 40), number(1))))).
says("half", at_least(months(15))).  measures("half", add(length(experience), cap(scale(length(special_areas), 1, 2), months(2)))).
says("without", at_least(days(400))).  measures("without", length(without(experience, leave))).
says("age", at_most(years(25))).  measures("age", age(born)).
says("left", at_least(years(36))).  measures("left", left(after(born, years(60)), fiscal_end)).
says("years", at_least(hours(10))).  measures("years", sum(clip(courses, fiscal_years(2)), hours)).
says("rounds", at_least(count(2))).  measures("rounds", count(which(last(3, appraisals), "rounds.e"))).
says("rounds.e", at_least(good)).  measures("rounds.e", value(result)).
says("mean", at_least(percent(70))).  measures("mean", mean(clip(appraisals, fiscal_years(2)), score)).
says("listed", less_than(months(14))).  measures("listed", age(born, "2001-06-01")).
says("since", at_least(months(10))).  measures("since", since(licences)).
says("longest", at_least(months(6))).  measures("longest", longest(experience)).
says("share", at_least(percent(50))).  measures("share", share(whole_months(length(experience)), number(20))).
says("latest", at_least(baht(20000))).  measures("latest", latest(salary, amount)).
says("alike", at_least(months(7))).  measures("alike", length(alike(employer, experience))).
"""

PERSON = """
id: x
born: 2001-02-27
licences:
  - {licence: ครู, issued: 2023-05-10, expires: 2024-05-09, suspended: [{from: 2023-08-01, to: 2023-08-20}]}
  - {licence: ครู, issued: 2024-05-10, expires: 2025-02-28, suspended: []}
  - {licence: ครู, issued: 2025-08-01, expires: 2027-07-31}
penalties: [{kind: pay_cut, ordered: 2023-08-31}, {kind: reprimand, ordered: 2024-02-29}, {kind: pay_cut, ordered: 2025-10-05}]
experience:
  - {work: general_admin, hours_per_week: 20, employer: a, from: 2023-01-31, to: 2023-05-30}
  - {work: general_admin, hours_per_week: 35, employer: b, from: 2023-05-01, to: 2023-08-31}
  - {work: general_admin, from: 2024-02-29, to: 2024-07-15}
  - {work: general_admin, hours_per_week: 40, employer: a, from: 2025-08-31}
special_areas: [{area: island, from: 2024-03-01, to: 2024-06-30}]
leave: [{kind: sick, from: 2023-03-01, to: 2023-03-20}, {from: 2024-05-01, to: 2024-05-10}]
courses: [{course: ก, completed: 2023-09-30, hours: 6}, {course: ข, completed: 2024-11-01, hours: 7}, {course: ค, completed: 2025-01-01}]
appraisals:
  - {year: 2566, round: 2, result: ดี, score: 60}
  - {year: 2567, round: 1, result: ดีมาก, score: 75}
  - {year: 2567, round: 2, result: พอใช้, score: 70}
  - {year: 2568, result: ดีเด่น, score: 90}
salary: [{amount: 15000, from: 2023-10-01}, {amount: 21000, from: 2024-10-01}, {amount: 19000, from: 2025-04-01}]
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    path = tmp_path_factory.mktemp("kb") / "measures.lp"
    path.write_text(MEASURES, encoding="utf-8")
    stated = facts_of(path)
    clauses = dict.fromkeys(str(fact.args[0]) for fact in stated if fact.name == "says")
    of = (Fn("executable"), Fn("literal"), "2007-01-01")
    facts = [*stated, *(Fn("clause", (clause, "x", *of)) for clause in clauses)]
    return Session(as_of=DAY, library=Library(layer=Layer(tuple(facts))))


@pytest.mark.parametrize("name", [line.split('"')[1] for line in MEASURES.splitlines() if line and "." not in line.split('"')[1]])
def test_turns_are_those_of_every_day(session: Session, name: str) -> None:
    person = session.person("-", BytesIO(PERSON.encode()))
    clause: Clause = session.kb.clauses[name]
    measures, courses = session.judges.judge.facts.case(person, DAY)
    assert clause.says is not None
    turns = courses.turns(clause, clause.says)
    first, last = date(2022, 11, 1), date(2029, 6, 1)
    found: list[date] = []
    before: Truth = measures.leaf(clause, clause.says, None, first - timedelta(days=1))
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        now = measures.leaf(clause, clause.says, None, day)
        if now is not before:
            found.append(day)
        before = now
    assert [turn for turn in turns if first <= turn < last] == found
    assert found or name in ("listed", "left")
