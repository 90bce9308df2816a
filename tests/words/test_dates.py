"""Dates: which texts are read as which day, which are refused and why, and how a day is written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lgreason.words.dates import DateProblem, format_date, parse_date

FIRST_OF_OCTOBER = date(2015, 10, 1)

READ = {
    "2558-10-01": FIRST_OF_OCTOBER,
    "2015-10-01": FIRST_OF_OCTOBER,
    "2558-10-1": FIRST_OF_OCTOBER,
    " 2558-10-01 ": FIRST_OF_OCTOBER,
    "๒๕๕๘-๑๐-๐๑": FIRST_OF_OCTOBER,
    "1/10/2558": FIRST_OF_OCTOBER,
    "1-10-2558": FIRST_OF_OCTOBER,
    "1.10.2558": FIRST_OF_OCTOBER,
    "2558/10/01": FIRST_OF_OCTOBER,
    "01-Oct-2015": FIRST_OF_OCTOBER,
    "1-ต.ค.-2558": FIRST_OF_OCTOBER,
    "1st October 2015": FIRST_OF_OCTOBER,
    "ตั้งแต่วันที่ 1 ตุลาคม 2558": FIRST_OF_OCTOBER,
    "2558-10-01T00:00:00": FIRST_OF_OCTOBER,
    "2558-10-01 00:00:00": FIRST_OF_OCTOBER,
    "2015-10-01T00:00:00+07:00": FIRST_OF_OCTOBER,
    "2015-10-01T08:30:00+07:00": FIRST_OF_OCTOBER,
    "2015-10-01 00:00:00Z": FIRST_OF_OCTOBER,
    "1/10/2558 10:30 น.": FIRST_OF_OCTOBER,
    "1 ตค 58": FIRST_OF_OCTOBER,
    "๑ ต.ค. ๕๘": FIRST_OF_OCTOBER,
    "01/10/2015": FIRST_OF_OCTOBER,
    "1 / 10 / 2558": FIRST_OF_OCTOBER,
    "๑/๑๐/๒๕๕๘": FIRST_OF_OCTOBER,
    "1/10/พ.ศ. 58": FIRST_OF_OCTOBER,
    "1 ตุลาคม 2558": FIRST_OF_OCTOBER,
    "1ตุลาคม2558": FIRST_OF_OCTOBER,
    "๑ ตุลาคม ๒๕๕๘": FIRST_OF_OCTOBER,
    "1 ต.ค. 2558": FIRST_OF_OCTOBER,
    "1ต.ค.2558": FIRST_OF_OCTOBER,
    "1 ต. ค. 2558": FIRST_OF_OCTOBER,
    "1 ตค 2558": FIRST_OF_OCTOBER,
    "1 ตค พ.ศ. 58": FIRST_OF_OCTOBER,
    "1 ต.ค. พ.ศ. 558": FIRST_OF_OCTOBER,
    "1 ต.ค. พ. ศ. 2558": FIRST_OF_OCTOBER,
    "วันที่ 1 เดือนตุลาคม พ.ศ. 2558": FIRST_OF_OCTOBER,
    "วันที่ ๑ ตุลาคม ๒๕๕๘": FIRST_OF_OCTOBER,
    "1 ตุลาคม ค.ศ. 2015": FIRST_OF_OCTOBER,
    "1 ตุลาคม 2015": FIRST_OF_OCTOBER,
    "1 October 2015": FIRST_OF_OCTOBER,
    "1 oct. 2015": FIRST_OF_OCTOBER,
    "October 1, 2015": FIRST_OF_OCTOBER,
    "1 October 2558": FIRST_OF_OCTOBER,
    "1 October 2558 B.E.": FIRST_OF_OCTOBER,
    "1 October BE 58": FIRST_OF_OCTOBER,
    "1 October 2015 C.E.": FIRST_OF_OCTOBER,
    "1 October 2015 AD": FIRST_OF_OCTOBER,
    "1 Sept 2015": date(2015, 9, 1),
    "30 ก.ย. 2558": date(2015, 9, 30),
    # The names that begin alike, and those whose abbreviations do.
    "1 มี.ค. 2558": date(2015, 3, 1),
    "1 มิ.ย. 2558": date(2015, 6, 1),
    "1 เม.ย. 2558": date(2015, 4, 1),
    "1 มีนาคม 2558": date(2015, 3, 1),
    "1 พ.ย. 2558": date(2015, 11, 1),
    "1 พ.ค. พ.ศ. 2558": date(2015, 5, 1),
    # Leap years are those of the Common Era.
    "2567-02-29": date(2024, 2, 29),
    "29 กุมภาพันธ์ 2543": date(2000, 2, 29),
    # The first year that is of the Buddhist Era without being told so, and the last that is not.
    "1/1/2400": date(1857, 1, 1),
    "1/1/2399": date(2399, 1, 1),
}

REFUSED = {
    "": ("date_unreadable", {}),
    "2558": ("date_unreadable", {}),
    "ตุลาคม 2558": ("date_unreadable", {}),
    "พรุ่งนี้": ("date_unreadable", {}),
    "58-10-01": ("date_unreadable", {}),
    "1 0 ตุลาคม 2558": ("date_unreadable", {}),
    "1.5 ตุลาคม 2558": ("date_unreadable", {}),
    "1 ตุลาคม 25 58": ("date_unreadable", {}),
    "1 ตุลาคม 25580": ("date_unreadable", {}),
    "1 ตุลาคม พ.ศ. 2558 ค.ศ.": ("date_unreadable", {}),
    "October 12015": ("date_unreadable", {}),
    "١/١٠/٢٠١٥": ("date_unreadable", {}),
    "1/13/2558": ("date_no_such_month", {"month": 13}),
    "2558-00-10": ("date_no_such_month", {"month": 0}),
    "30 กุมภาพันธ์ 2564": ("date_no_such_day", {"day": 30, "last": date(2021, 2, 28)}),
    "2564-02-29": ("date_no_such_day", {"day": 29, "last": date(2021, 2, 28)}),
    "30 ก.พ. 2567": ("date_no_such_day", {"day": 30, "last": date(2024, 2, 29)}),
    "31/4/2565": ("date_no_such_day", {"day": 31, "last": date(2022, 4, 30)}),
    "0/1/2565": ("date_no_such_day", {"day": 0, "last": date(2022, 1, 31)}),
    "1/10/15": ("date_era_unclear", {"year": 15, "buddhist": 2515, "common": 2015}),
    "1/10/558": ("date_era_unclear", {"year": 558, "buddhist": 2558, "common": 1558}),
    "0058-10-01": ("date_era_unclear", {"year": 58, "buddhist": 2558, "common": 1958}),
    "2015-10-01T17:00:00Z": ("date_zone_unclear", {"part": "t17:00:00z"}),
    "1 ต.ค. 2558 - 30 ก.ย. 2559": (
        "date_two_days",
        {"first": FIRST_OF_OCTOBER, "last": date(2016, 9, 30)},
    ),
    "1 ต.ค. ค.ศ. 58": ("date_year_cut", {"year": 58}),
    "1 October 15 CE": ("date_year_cut", {"year": 15}),
    "1 ต.ค. พ.ศ. 2020": ("date_not_buddhist", {"buddhist": 2563, "common": 2020}),
    "1 October 2015 B.E.": ("date_not_buddhist", {"buddhist": 2558, "common": 2015}),
    "1 ต.ค. ค.ศ. 2563": ("date_not_common", {"buddhist": 2563, "common": 2020}),
}


@pytest.mark.parametrize("text", READ)
def test_reads(text: str) -> None:
    assert parse_date(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    code, args = REFUSED[text]
    assert parse_date(text) == DateProblem(code, {"found": text, **args})


def test_a_long_text_is_refused_with_a_short_excerpt() -> None:
    problem = parse_date("1 ตุลาคม " + "2558" * 1_000)
    assert isinstance(problem, DateProblem) and problem.code == "date_unreadable"
    assert len(str(problem.args["found"])) == 60


def test_writes() -> None:
    day = date(2022, 12, 31)
    assert format_date(day, "th") == "31 ธันวาคม 2565"
    assert format_date(day, "th", "short") == "31 ธ.ค. 2565"
    assert format_date(day, "en") == "31 December 2022"
    assert format_date(day, "en", "short") == "31 Dec 2022"


@given(
    st.dates(date(1857, 1, 1), date(2399, 12, 31)),
    st.sampled_from(["th", "en"]),
    st.sampled_from(["long", "short"]),
)
def test_reads_what_it_writes(day: date, language: str, style: str) -> None:
    assert parse_date(format_date(day, language, style)) == day  # type: ignore[arg-type]


@given(st.dates(date(1857, 1, 1), date(2399, 12, 31)))
def test_every_form_of_a_day_is_the_same_day(day: date) -> None:
    buddhist = day.year + 543
    thai_digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    forms = [
        f"{buddhist}-{day:%m-%d}",
        f"{day.isoformat()}",
        f"{day.day}/{day.month}/{buddhist}",
        f"{day.day}/{day.month}/{day.year}",
        f"วันที่ {day.day}/{day.month}/พ.ศ.{buddhist}",
    ]
    for form in forms:
        assert parse_date(form) == parse_date(form.translate(thai_digits)) == day, form


@given(st.integers(1, 12), st.integers(1857, 2399))
def test_the_last_day_offered_is_one_and_the_day_after_is_none(month: int, year: int) -> None:
    problem = parse_date(f"{year}-{month:02}-32")
    assert isinstance(problem, DateProblem)
    last = problem.args["last"]
    assert isinstance(last, date) and (last.year, last.month) == (year, month)
    assert parse_date(last.isoformat()) == last
    assert isinstance(parse_date(f"{last.day + 1}/{month}/{year + 543}"), DateProblem)


@given(
    st.text(alphabet="0123456789๑๒/-. ตค.มกราคมพศค,BEOctober\u200b\x00", max_size=30) | st.text(max_size=120)
)
def test_any_text_is_a_day_or_a_problem(text: str) -> None:
    assert isinstance(parse_date(text), date | DateProblem)
