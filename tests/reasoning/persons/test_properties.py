"""Properties of every decision: exact at each threshold, never worse for longer service, alike in both languages."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.agreement import DAYS, Product, Question
from tests.evaluator.evaluator import FIELD_WORK, LISTED_FIELDS
from tests.evaluator.persons import LEVELS, POSTS, random_education, random_experience, random_person

ONE_DAY = timedelta(days=1)
POSITIONS = (
    "general_admin.early.section_head",
    "general_admin.early.division_director",
    "general_admin.mid.division_director",
    "general_admin.mid.part_director",
    "general_admin.high.office_director",
)
SECTION_HEAD, EARLY, MID, PART, OFFICE = POSITIONS
PRODUCT = Product()
ALL_READINGS = {identity: reading.others for identity, reading in PRODUCT.judges.kb.readings.items()}
RANK = {"ineligible": 0, False: 0, "undetermined": 1, None: 1, "eligible": 2, True: 2}

Facts = dict[str, Any]
often = settings(max_examples=100, deadline=None, derandomize=True)
seeds = st.integers(min_value=0, max_value=2**32)


def answers(person: Facts, as_of: date, readings: Mapping[str, str] = {}) -> dict[str, object]:
    """The verdict for every position and what every clause comes to."""
    return PRODUCT.answers(Question(person, as_of, dict(readings), with_clauses=True))


def earliest(person: Facts, as_of: date, readings: Mapping[str, str] = {}) -> dict[str, date | None]:
    """For every position the first day on which the person becomes, or has become, eligible."""
    judgement = PRODUCT.case(person, as_of, readings)
    return {position: judgement.earliest(root) for position, root in judgement.judge.kb.posts.items()}


def some_readings(rng: random.Random) -> dict[str, str]:
    """The usual readings, or some others of all that there are."""
    if rng.random() < 0.5:
        return {}
    return {a: rng.choice(others) for a, others in ALL_READINGS.items() if others and rng.random() < 0.3}


def drawn(seed: int) -> tuple[random.Random, Facts, date]:
    """A random person and a day, noted so that a failure can be looked into."""
    rng = random.Random(seed)
    as_of = rng.choice(DAYS)
    person = random_person(rng, as_of)
    note(f"as of {as_of}: {person}")
    return rng, person, as_of


# ── thresholds ────────────────────────────────────────────────────────────────────────────────────────────


def anniversary_eve(start: date, years: int) -> date:
    """The day before the anniversary; the last day of its month where there is no such day."""
    try:
        return start.replace(year=start.year + years) - ONE_DAY
    except ValueError:
        return date(start.year + years, 2, 28)


def holding(**post: str) -> Callable[[Facts], Facts]:
    return lambda dates: {"postings": [{**post, **dates}], "experience": []}


def with_degree(degree: str, **post: str) -> Callable[[Facts], Facts]:
    return lambda dates: {
        "education": [{"degree": degree, "field": "planning"}],
        "postings": [{**post, **dates}],
        "experience": [],
    }


def doing(work: str) -> Callable[[Facts], Facts]:
    return lambda dates: {"postings": [], "experience": [{"work": work, **dates}]}


# Every clause that asks for a time: the years, and a person who serves them from one day to another.
TIMES: list[tuple[str, int, Callable[[Facts], Facts]]] = [
    ("early.q2.2", 2, holding(position=SECTION_HEAD)),
    ("early.q2.2", 2, holding(type="managerial_local", level="early", equivalent_to=SECTION_HEAD)),
    ("early.q2.2.field", 1, doing("general_admin")),
    ("early.q2.2.field", 1, holding(position=SECTION_HEAD)),
    ("early.q3.2.1", 4, holding(type="academic", level="professional")),
    ("early.q3.2.2", 4, holding(type="general", level="senior")),
    ("early.q3.2.3", 10, holding(type="general", level="experienced")),
    ("early.q3.2.3", 10, holding(type="general", level="senior")),
    ("early.q3.3", 1, doing("policy_planning")),
    ("mid.q2.1", 2, holding(position=EARLY)),
    ("mid.q2.2", 4, with_degree("bachelor", position=SECTION_HEAD)),
    ("mid.q2.2", 4, with_degree("bachelor", position=OFFICE)),
    ("mid.q2.2", 3, with_degree("master", position=SECTION_HEAD)),
    ("mid.q2.2", 3, with_degree("doctorate", position=PART)),
    ("mid.q2.3", 6, holding(type="academic", level="senior_professional")),
    ("mid.q2.field", 1, doing("civil_registration")),
    ("high.q2.1", 4, holding(position=MID)),
    ("high.q2.2", 8, holding(type="academic", level="expert")),
    ("high.q2.field", 1, doing("related")),
]
LEAP_DAYS = [date(year, 2, 29) for year in range(1992, 2025, 4)]
MONTH_ENDS = [
    date(year, month, 1) - ONE_DAY for year in (2003, 2007, 2012, 2016, 2020) for month in range(1, 13)
]
starts = st.one_of(
    st.dates(date(1990, 1, 1), date(2024, 12, 31)), st.sampled_from(LEAP_DAYS), st.sampled_from(MONTH_ENDS)
)


def test_every_time_clause_is_tried_at_its_threshold() -> None:
    kb = PRODUCT.judges.kb
    timed = {clause.id for clause in kb.eligibility if clause.measures in ("service", "experience")}
    assert timed == {f"std.general_admin.{clause}" for clause, _, _ in TIMES}


@pytest.mark.parametrize(("clause", "years", "serving"), TIMES, ids=[f"{c}-{y}" for c, y, _ in TIMES])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(start=starts)
def test_a_time_is_complete_on_the_eve_of_the_anniversary(
    clause: str, years: int, serving: Callable[[Facts], Facts], start: date
) -> None:
    identity, done = f"std.general_admin.{clause}", anniversary_eve(start, years)

    def holds(dates: Facts, on: date) -> object:
        return PRODUCT.case(serving(dates), on).truths(identity)[identity]

    held = {"from": start.isoformat()}
    assert holds(held, done) is True
    assert holds(held, done - ONE_DAY) is False
    for on in (start, done - ONE_DAY, done, done + timedelta(days=500)):
        assert PRODUCT.case(serving(held), on).earliest(identity) == done
    later = done + timedelta(days=1000)
    assert holds({**held, "to": done.isoformat()}, later) is True
    assert holds({**held, "to": (done - ONE_DAY).isoformat()}, later) is False


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    start=starts,
    cut=st.integers(min_value=0, max_value=1400),
    overlap=st.integers(min_value=-1, max_value=90),
)
def test_a_stretch_cut_in_two_is_the_same_stretch(start: date, cut: int, overlap: int) -> None:
    """Contiguous or overlapping postings count as one: 4 years from the first day (C4)."""
    done = anniversary_eve(start, 4)
    first_end = start + timedelta(days=cut)
    second = max(start, first_end - timedelta(days=overlap))
    postings = [
        {"position": MID, "from": start.isoformat(), "to": first_end.isoformat()},
        {"position": MID, "from": second.isoformat()},
    ]
    identity = "std.general_admin.high.q2.1"
    for on, expected in ((done - ONE_DAY, False), (done, True)):
        assert PRODUCT.case({"postings": postings}, on).truths(identity)[identity] is expected


# ── what can change an answer, and which way ──────────────────────────────────────────────────────────────


def span(entry: Facts) -> tuple[date, date] | None:
    start = entry.get("from")
    return (date.fromisoformat(start), date.fromisoformat(entry.get("to", "9999-12-30"))) if start else None


def closes_a_gap(person: Facts) -> bool:
    """Whether some entry joins two others that would lie apart without it.

    The one corner in which more time can count for less: two stretches are counted apart and their left-over days
    carried at 30 to the month (C5); joined, they are one stretch, counted by the calendar, whose months are longer.
    """
    entries = [*person.get("postings", []), *person.get("experience", [])]
    spans = [found for entry in entries if (found := span(entry))]
    return any(
        first[1] + ONE_DAY < last[0] and joint[0] <= first[1] + ONE_DAY and joint[1] >= last[0] - ONE_DAY
        for joint in spans
        for first in spans
        for last in spans
    )


def lost(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    return [key for key, value in before.items() if RANK[after[key]] < RANK[value]]


@often
@given(seed=seeds)
def test_serving_longer_never_loses(seed: int) -> None:
    rng, person, as_of = drawn(seed)
    ended = [p for p in person.get("postings", []) if "to" in p and "c_level" not in p]
    if not ended:
        return
    before = answers(person, as_of)
    last = max(ended, key=lambda posting: posting["to"])
    end = date.fromisoformat(last["to"]) + timedelta(days=rng.choice((1, 1, 2, 30, 31, 200, 365, 1500)))
    last["to"] = end.isoformat()
    assert not lost(before, answers(person, as_of)) or closes_a_gap(person)


def test_the_corner_in_which_closing_a_gap_loses() -> None:
    """30 days and 1 y 10 m 30 d are 2 years by the 30-day carry; with the day between them, 1 y 11 m 30 d."""
    stretches = [("2019-01-01", "2019-01-30"), ("2019-02-01", "2020-12-30")]
    person: Facts = {
        "postings": [{"position": SECTION_HEAD, "from": start, "to": to} for start, to in stretches]
    }
    clause = "std.general_admin.early.q2.2"
    assert answers(person, date(2021, 1, 1))[clause] is True
    person["postings"][0]["to"] = "2019-01-31"
    assert answers(person, date(2021, 1, 1))[clause] is False
    person["postings"].append({"position": EARLY, "from": "2015-01-01", "to": "2015-12-31"})
    assert not closes_a_gap(person)
    person["postings"][0]["to"] = "2019-01-30"
    person["postings"].append({"position": SECTION_HEAD, "from": "2019-01-31", "to": "2019-01-31"})
    assert closes_a_gap(person)


@often
@given(seed=seeds)
def test_another_degree_never_loses(seed: int) -> None:
    rng, person, as_of = drawn(seed)
    if "education" not in person:
        return
    before = answers(person, as_of)
    person["education"] += random_education(rng, as_of)
    assert not lost(before, answers(person, as_of))


@often
@given(seed=seeds)
def test_the_order_of_entries_changes_nothing(seed: int) -> None:
    rng, person, as_of = drawn(seed)
    readings = some_readings(rng)
    before = answers(person, as_of, readings), earliest(person, as_of, readings)
    for key in ("education", "postings", "experience"):
        rng.shuffle(person.get(key, []))
    assert (answers(person, as_of, readings), earliest(person, as_of, readings)) == before


@often
@given(seed=seeds)
def test_what_bears_on_nothing_changes_nothing(seed: int) -> None:
    """A post that no clause names, held before all others, competencies, and another name."""
    rng, person, as_of = drawn(seed)
    readings = some_readings(rng)
    before = answers(person, as_of, readings), earliest(person, as_of, readings)
    person |= {"id": "another", "name": "นางสาวชื่อ อื่น", "competencies": {"k.04": 3, "c.core.1": 1}}
    if "postings" in person:
        junior = {"type": "general", "level": "operational", "from": "1970-01-01", "to": "1979-12-31"}
        person["postings"].insert(0, junior)
    assert (answers(person, as_of, readings), earliest(person, as_of, readings)) == before


def fillings(rng: random.Random, person: Facts, as_of: date) -> list[Callable[[], None]]:
    """Ways to fill in, with something random, what the person's file does not say."""
    found: list[Callable[[], None]] = []

    def fill(entry: Facts, **facts: Any) -> None:
        found.append(lambda: entry.update(facts))

    if "education" not in person:
        fill(person, education=random_education(rng, as_of))
    if "postings" not in person:
        fill(person, postings=random_person(rng, as_of).get("postings", []))
    if "experience" not in person:
        fill(person, experience=random_experience(rng, as_of))
    for qualification in person.get("education", []):
        if "field" not in qualification:
            fill(qualification, field=rng.choice((*sorted(LISTED_FIELDS), "law", "music")))
        if qualification.get("approved") and "approved_by" not in qualification:
            fill(qualification, approved_by=rng.choice((["kt"], ["kj", "kt", "kabt"])))
    for posting in person.get("postings", []):
        if "position" not in posting and "type" not in posting:
            post = rng.choice(POSTS)
            kind, _, level = post.partition(".")
            fill(posting, **({"position": post} if post in POSITIONS else {"type": kind, "level": level}))
        elif "position" not in posting and not {"level", "c_level"} & set(posting):
            fill(posting, level=rng.choice(LEVELS[posting["type"]]))
        if "equivalent_to" in posting and "equivalent_by" not in posting:
            fill(posting, equivalent_by=rng.choice((["kabt"], ["kj", "kt", "kabt"])))
    for entry in person.get("experience", []):
        if "work" not in entry:
            fill(entry, work=rng.choice(sorted(FIELD_WORK)))
    for entry in [*person.get("postings", []), *person.get("experience", [])]:
        if "from" not in entry:
            end = date.fromisoformat(entry["to"]) if "to" in entry else as_of
            start = end - timedelta(days=rng.choice((0, 30, 364, 365, 730, 1095, 1460, 2920, 5000)))
            fill(entry, **{"from": start.isoformat()})
    return found


@settings(max_examples=200, deadline=None, derandomize=True)
@given(seed=seeds)
def test_learning_a_fact_never_takes_an_answer_back(seed: int) -> None:
    """What is known to be so, or not to be so, stays; what is not known may become anything."""
    rng, person, as_of = drawn(seed)
    readings = some_readings(rng)
    while fill_in := fillings(rng, person, as_of):
        before, told = answers(person, as_of, readings), deepcopy(person)
        rng.choice(fill_in)()
        after = answers(person, as_of, readings)
        note(f"{readings}, then learned: {person}")
        changed = [key for key, value in before.items() if RANK[value] != 1 and after[key] != value]
        assert not changed or closes_a_gap(person) or closes_a_gap(told), changed


def test_learning_is_tried_with_facts_that_decide() -> None:
    """The property above is no empty one: many facts filled in turn what is not known into an answer."""
    decided = 0
    for seed in range(100):
        rng = random.Random(seed)
        person = random_person(rng, DAYS[0])
        before = answers(person, DAYS[0])
        for fill_in in fillings(rng, person, DAYS[0]):
            fill_in()
        after = answers(person, DAYS[0])
        decided += any(RANK[value] == 1 != RANK[after[key]] for key, value in before.items())
    assert decided > 25


def begins_later(person: Facts, as_of: date) -> bool:
    entries = [*person.get("postings", []), *person.get("experience", [])]
    days = [entry.get("from", "") for entry in entries]
    days += [qualification.get("obtained", "") for qualification in person.get("education", [])]
    return any(day > as_of.isoformat() for day in days)


@settings(max_examples=125, deadline=None, derandomize=True)
@given(seed=seeds)
def test_the_earliest_day_is_the_first_eligible_one(seed: int) -> None:
    """For persons to whom nothing new happens after the day: what begins later is more than the passing of time."""
    rng, person, as_of = drawn(seed)
    if begins_later(person, as_of):
        return
    readings = some_readings(rng)
    note(f"{readings}")
    now = answers(person, as_of, readings)
    for position, first in earliest(person, as_of, readings).items():
        if now[position] == "eligible":
            assert first is not None and first <= as_of
        elif first is None:
            for years in (1, 3, 10, 40):
                later = as_of.replace(year=as_of.year + years, day=min(as_of.day, 28))
                assert answers(person, later, readings)[position] != "eligible"
        else:
            assert first > as_of
            assert answers(person, first, readings)[position] == "eligible"
            assert answers(person, first - ONE_DAY, readings)[position] != "eligible"


# ── the same person in Thai and in English ────────────────────────────────────────────────────────────────

THAI = {
    "degree": {"diploma": "อนุปริญญา", "bachelor": "ปริญญาตรี", "master": "ป.โท", "doctorate": "ปริญญาเอก"},
    "field": {
        "social_science": "สังคมศาสตร์",
        "planning": "การวางแผน",
        "administration": "การบริหาร",
        "public_administration": "รัฐประศาสนศาสตร์",
        "business_administration": "การบริหารธุรกิจ",
        "research": "วิจัย",
        "statistics": "สถิติ",
        "political_science": "รัฐศาสตร์",
        "economics": "เศรษฐศาสตร์",
        "law": "นิติศาสตร์",
        "engineering": "วิศวกรรมศาสตร์",
        "nursing": "พยาบาลศาสตร์",
        "fine_arts": "ศิลปกรรมศาสตร์",
    },
    "position": {
        SECTION_HEAD: "หัวหน้าฝ่าย (นักบริหารงานทั่วไป ระดับต้น)",
        EARLY: "หัวหน้าสำนักปลัด ระดับต้น",
        MID: "ผอ.กอง ระดับกลาง",
        PART: "ผู้อำนวยการส่วนระดับกลาง",
        OFFICE: "ผู้อำนวยการสำนัก ระดับสูง",
    },
    "type": {
        "general": "ประเภททั่วไป",
        "academic": "ประเภทวิชาการ",
        "managerial_local": "ประเภทอำนวยการท้องถิ่น",
        "executive_local": "ประเภทบริหารท้องถิ่น",
    },
    "level": {
        "operational": "ปฏิบัติงาน",
        "experienced": "ระดับชำนาญงาน",
        "senior": "อาวุโส",
        "practitioner": "ปฏิบัติการ",
        "professional": "ชำนาญการ",
        "senior_professional": "ระดับชำนาญการพิเศษ",
        "expert": "เชี่ยวชาญ",
        "early": "ต้น",
        "mid": "กลาง",
        "high": "ระดับสูง",
    },
    "work": {
        "general_admin": "งานบริหารงานทั่วไป",
        "policy_planning": "งานนโยบายและแผน",
        "civil_registration": "งานทะเบียนราษฎรและบัตรประจำตัวประชาชน",
        "related": "งานอื่นที่เกี่ยวข้อง",
    },
}
ENGLISH = {
    "degree": {"bachelor": "bachelor's degree", "master": "Master's degree"},
    "field": {"social_science": "social science", "business_administration": "Business Administration"},
    "position": {
        SECTION_HEAD: "section head, early level",
        EARLY: "Division director, early",
        MID: "division director, mid level",
        PART: "part director, mid",
        OFFICE: "office director, high level",
    },
    "type": {"managerial_local": "local managerial", "executive_local": "Local executive"},
    "level": {"senior_professional": "senior professional"},
    "work": {"policy_planning": "policy and planning", "related": "other related work"},
}
MONTHS = (
    ("มกราคม", "ม.ค.", "January"),
    ("กุมภาพันธ์", "ก.พ.", "February"),
    ("มีนาคม", "มี.ค.", "March"),
    ("เมษายน", "เม.ย.", "April"),
    ("พฤษภาคม", "พ.ค.", "May"),
    ("มิถุนายน", "มิ.ย.", "June"),
    ("กรกฎาคม", "ก.ค.", "July"),
    ("สิงหาคม", "ส.ค.", "August"),
    ("กันยายน", "ก.ย.", "September"),
    ("ตุลาคม", "ต.ค.", "October"),
    ("พฤศจิกายน", "พ.ย.", "November"),
    ("ธันวาคม", "ธ.ค.", "December"),
)
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def thai_day(rng: random.Random, day: date) -> str:
    year, (long, short, _) = day.year + 543, MONTHS[day.month - 1]
    written = (
        f"{year}-{day.month:02}-{day.day:02}",
        f"{day.day}/{day.month}/{year}",
        f"{day.day} {short} {year}",
        f"วันที่ {day.day} {long} พ.ศ. {year}",
        f"{day.day} {long} {year}".translate(THAI_DIGITS),
    )
    return rng.choice(written)


def english_day(rng: random.Random, day: date) -> str:
    month = MONTHS[day.month - 1][2]
    return rng.choice((f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()))


def rewritten(person: Facts, names: Mapping[str, Mapping[str, str]], write: Callable[[date], str]) -> Facts:
    """The person with every name and every date written otherwise."""
    twin = deepcopy(person)
    for entry in (entry for key in ("education", "postings", "experience") for entry in twin.get(key, [])):
        for key, value in entry.items():
            if key in ("from", "to", "obtained"):
                entry[key] = write(date.fromisoformat(value))
            elif key == "equivalent_to" and value not in POSITIONS:
                kind, level = value.split(".")
                kind, level = names["type"].get(kind, kind), names["level"].get(level, level)
                entry[key] = f"{kind} {level}"
            elif key == "equivalent_to":
                entry[key] = names["position"][value]
            elif key in names:
                entry[key] = names[key].get(value, value)
    return twin


@often
@given(seed=seeds)
def test_the_thai_and_the_english_twin_are_judged_alike(seed: int) -> None:
    rng, person, as_of = drawn(seed)
    expected = answers(person, as_of), earliest(person, as_of)
    thai = rewritten(person, THAI, lambda day: thai_day(rng, day))
    english = rewritten(person, ENGLISH, lambda day: english_day(rng, day))
    assert (answers(thai, as_of), earliest(thai, as_of)) == expected
    assert (answers(english, as_of), earliest(english, as_of)) == expected
