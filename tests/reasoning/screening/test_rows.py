"""Every row of a screening is what the scalar explains of that person, and what the independent evaluator finds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from lgreason.reasoning.cases.counting import Duration
from lgreason.reasoning.persons.explain import Explanation
from lgreason.reasoning.screening.batch import Rules, fact_words, screen_batch, screener
from lgreason.reasoning.screening.measured import fact_of
from tests.bench.rosters import roster
from tests.bench.tables import random_persons, table_of
from tests.evaluator.evaluator import evaluate_career
from tests.standards import with_standards

DAY = date(2021, 12, 31)


def duration(row: dict[str, Any], name: str) -> Duration | None:
    parts = [row[f"{name}_{unit}"] for unit in ("years", "months", "days")]
    return None if None in parts else Duration(*parts)


def expected(answer: Explanation) -> dict[str, Any]:
    """The row that an explanation demands."""
    first = answer.deciding[0] if answer.deciding else None
    measured = None if first is None or first.measurement is None else first.measurement.low
    return {
        "verdict": answer.verdict,
        "clause": first.clause.id if first else None,
        "others": " ".join(node.clause.id for node in answer.deciding[1:]) or None,
        "required": first.bound.value if first and first.bound else None,
        "measured": measured if isinstance(measured, Duration) else None,
        "short": first.shortfall if first and answer.verdict != "eligible" else None,
        "first_day": answer.eligible_since,
        "missing": "; ".join(fact_words(fact_of(question.fact)) for question in answer.questions) or None,
    }


def compare(table: pa.Table, rules: Rules, as_of: date) -> int:
    who = screener(rules, as_of)
    batch = who.batch(table)
    numbers = {identity: number for number, identity in enumerate(table["id"].to_pylist())}
    rows = screen_batch(table, rules, as_of).to_pylist()
    for row in rows:
        found = {key: row[key] for key in ("verdict", "clause", "others", "required", "first_day", "missing")}
        found |= {name: duration(row, name) for name in ("measured", "short")}
        answer = batch.explain(numbers[row["person"]], row["position"])
        assert found == expected(answer), (row["person"], row["position"])
    return len(rows)


def test_awkward_persons() -> None:
    assert compare(table_of(random_persons(300, DAY)), Rules(), DAY) == 1500


def test_realistic_careers() -> None:
    assert compare(roster(150, seed=5), Rules(), date(2026, 10, 1)) == 750


@pytest.mark.parametrize("reading", ["A-03=present", "A-05=title", "A-06=during", "A-20=days", "A-26=joint"])
def test_under_other_readings(reading: str) -> None:
    """Those that are measured person by person too: within other service, by days of 365."""
    key, _, choice = reading.partition("=")
    rules = Rules(readings=((key, choice),))
    assert compare(table_of(random_persons(60, DAY, 7_000)), rules, DAY) == 300


def test_a_second_standard(tmp_path: Any) -> None:
    rules = Rules(root=with_standards(tmp_path / "kb", 2))
    assert compare(table_of(random_persons(40, DAY, 500)), rules, DAY) == 400


def test_the_independent_evaluator_agrees() -> None:
    persons = random_persons(2_000, DAY, 50_000)
    verdicts = {
        (row["person"], row["position"]): row["verdict"]
        for row in screen_batch(table_of(persons), Rules(), DAY).to_pylist()
    }
    assert len(verdicts) == 10_000
    for person in persons:
        for position, verdict in evaluate_career(person, DAY).items():
            assert verdicts[person["id"], position] == verdict, (person["id"], position)


PENALTIES = """
part("std.general_admin.mid.q", 4, "t.clean").
clause("t.clean", "std.general_admin", executable, literal, "2016-06-16").
gloss("t.clean", th, "ไม่ถูกลงโทษใน ๕ ปี").
gloss("t.clean", en, "no penalty in the last 5 years").
says("t.clean", at_most(count(0))).
measures("t.clean", count(clip(penalties, last(years(5))))).
"""


def test_a_clause_on_declared_facts_is_measured_by_the_scalar(tmp_path: Any) -> None:
    """A penalty of 1 March 2564 stands in the way until five years have passed."""
    root = with_standards(tmp_path / "kb", 1)
    mid = root / "std" / "general_admin" / "mid.lp"
    mid.write_text(mid.read_text(encoding="utf-8") + PENALTIES, encoding="utf-8")
    table = roster(40, seed=11)
    told = ['{"penalties": []}', '{"penalties": [{"kind": "pay_cut", "ordered": "2021-03-01"}]}', None]
    facts = pa.array([told[number % 3] for number in range(40)])
    rules = Rules(root=root, positions=("general_admin.mid.division_director",))
    assert compare(table.append_column("facts", facts), rules, date(2023, 10, 1)) == 40


HOURS = """
part("std.general_admin.mid.q", 4, "t.hours").
clause("t.hours", "std.general_admin", executable, literal, "2016-06-16").
gloss("t.hours", th, "ดำรงตำแหน่งเต็มเวลาไม่น้อยกว่า ๒ ปี").
gloss("t.hours", en, "two years in a post of full hours").
says("t.hours", at_least(years(2))).
measures("t.hours", length(which(postings, "t.hours.e"))).
clause("t.hours.e", "std.general_admin", executable, literal, "2016-06-16").
gloss("t.hours.e", th, "ไม่น้อยกว่า ๓๕ ชั่วโมงต่อสัปดาห์").
gloss("t.hours.e", en, "of at least 35 hours a week").
says("t.hours.e", at_least(hours(35))).
measures("t.hours.e", value(hours_per_week)).
"""


def test_what_an_entry_states_besides_is_measured_and_checked(tmp_path: Any) -> None:
    root = with_standards(tmp_path / "kb", 1)
    mid = root / "std" / "general_admin" / "mid.lp"
    mid.write_text(mid.read_text(encoding="utf-8") + HOURS, encoding="utf-8")
    rules = Rules(root=root, positions=("general_admin.mid.division_director",))
    post = {"position": "general_admin.early.section_head", "from": date(2015, 1, 1), "to": None}
    told = ['{"hours_per_week": 35}', '{"hours_per_week": 34}', None, '{"hours_per_week": 999}']
    first = {
        "position": "general_admin.early.section_head",
        "from": date(2014, 12, 31),
        "to": date(2014, 12, 31),
    }
    rows = [{"id": str(n), "postings": [first, {**post, "facts": facts}]} for n, facts in enumerate(told)]
    table = pa.Table.from_pylist(rows)
    assert compare(table.slice(0, 3), rules, date(2023, 10, 1)) == 3
    found = {row["person"]: row for row in screen_batch(table, rules, date(2023, 10, 1)).to_pylist()}
    assert (found["3"]["verdict"], found["3"]["missing"]) == (
        "set_aside",
        "postings[2].hours_per_week fact_out_of_range",
    )
    assert "t.hours" in f"{found['1']['clause']} {found['1']['others']}"
    assert "t.hours" not in f"{found['0']['clause']} {found['0']['others']}"
