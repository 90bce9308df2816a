"""Plans side by side: two organisations worked out by hand, the words, the document, the workbook's formulas."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from lgreason.answers.plans import PlansReply, compare
from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.organisation.reading import load_organisation
from lgreason.files.source.read import read_source
from lgreason.rules.findings import Unusable
from lgreason.rules.model import Language
from tests.reasoning.organisations.three_years import WORKED

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COSTS = {
    ("clerk", "early"): 500_000,
    ("clerk", "mid"): 620_000,
    ("deputy", "early"): 430_000,
    ("deputy", "mid"): 520_000,
    ("division_head", "early"): 420_000,
    ("division_head", "mid"): 520_000,
    ("section_head", "early"): 400_000,
}
TOWN: dict[str, Any] = {
    "kind": "organisation",
    "id": "town",
    "type": "municipality",
    "class": "ordinary",
    "status": "town",
    "fiscal": {
        "previous": WORKED["previous"],
        "requested": WORKED["requested"] | {"upgrade_increase": 900_000},
        "growth": {"budget": 2.5, "salaries": 6},
        "years": [
            {
                "year": 2560,
                "benefits_budgeted": 4_000_000,
                "new_posts": [{"post": "ก", "number": 2, "cost": 400_000}],
            },
            {
                "year": 2561,
                "budget": 43_000_000,
                "salaries_frame": 12_000_000,
                "benefits_budgeted": 4_600_000,
            },
        ],
    },
    "instruments": {"kt_no3_2553": "passed", "w141_2550": "passed", "w142_2550": "passed"},
    "vacancies": {"executive": 0, "operating": {"vacant": 1, "frame": 50}},
    "posts": {"clerk": {"level": "early", "filled": True}, "deputies": []},
    "units": [
        {
            "id": "office",
            "exists": True,
            "kind": "division",
            "head": {"level": "early", "filled": True},
            "sections": 0,
            "parts": 0,
        }
    ],
    "plan": {"clerk": {"level": "mid"}, "units": [{"id": "office", "kind": "division", "level": "early"}]},
}


@cache
def session(language: Language = "en") -> Session:
    return Session(language, as_of=date(2016, 1, 4))


def loaded(data: dict[str, Any], name: str = "town.json") -> Organisation:
    source = read_source("-", io.BytesIO(json.dumps(data, ensure_ascii=False).encode()), "json")
    found = load_organisation(source, session().organisation_vocabulary, date(2016, 1, 4))
    from dataclasses import replace

    return replace(found, place=replace(found.place, file=name))


@cache
def town() -> PlansReply:
    return compare(session(), [loaded(TOWN)], COSTS)


def test_a_plan_with_today_by_hand() -> None:
    """The clerk raised from 500,000 to 620,000: 120,000 a year besides 8 and 4 million, of 41 million."""
    today, plan = town().document["compared"]
    assert (today["verdict"], plan["verdict"], town().status) == (None, "allowed", 0)
    assert (today["posts"], plan["posts"]) == (
        {"clerk.early": 1, "division_head.early": 1},
        {"clerk.mid": 1, "division_head.early": 1},
    )
    assert plan["changes"] == {"new": 0, "raised": 1, "lowered": 0, "converted": 0, "given_up": 0}
    assert (plan["cost"], plan["increase"], today["cost"], today["increase"]) == (
        1_040_000,
        120_000,
        920_000,
        0,
    )
    assert plan["affected"] == 1 and plan["lost"][0]["fate"] == "vacated"
    mean = (Fraction(55, 2) + Fraction(12_120_000 * 100, 41_000_000)) / 2
    assert plan["burden"]["mean_exact"] == f"{mean.numerator}/{mean.denominator}"
    margin = 35 - mean
    assert plan["margin_exact"] == f"{margin.numerator}/{margin.denominator}"
    # without the plan neither its 120,000 nor the 900,000 of the file are added
    assert today["years"][1]["amount"] == 12_000_000
    # 2560: 8,000,000 + 6 % + 800,000; the plan's 120,000 + 6 %; 4,000,000; of 41,000,000 + 2.5 %
    assert [year["amount"] for year in plan["years"]][1:3] == [12_120_000, 9_280_000 + 127_200 + 4_000_000]
    assert plan["years"][2]["budget"] == 42_025_000
    assert [year["year"] for year in plan["years"]] == [2558, 2559, 2560, 2561]
    assert town().document["differences"] == [{"post": "clerk", "today": "early", "plan": "mid"}]


def test_what_a_plan_withstands_by_hand() -> None:
    """The mean is 35 where the requested year's costs are 42.5 % of 41 million: 5,305,000 more than 12,120,000."""
    each = town().document["compared"][1]["withstands"]["each"]
    benefits = next(
        m for m in each if m["field"] == "fiscal.requested.benefits_budgeted" and m["direction"] == "up"
    )
    assert (benefits["by"], benefits["last"], benefits["then"]) == (5_305_000, 9_305_000, "forbidden")
    assert not any(m["field"].endswith("upgrade_increase") for m in each)  # the plan brings its own


def test_two_files_of_one_organisation_by_hand() -> None:
    """An SAO that gives up its filled deputy, or lowers its filled division to none: each against today."""
    data = {
        "kind": "organisation",
        "id": "sao",
        "type": "sao",
        "size": "medium",
        "posts": {
            "clerk": {"level": "early", "filled": True},
            "deputies": [{"level": "early", "filled": True}],
        },
        "units": [
            {"id": "works", "exists": True, "kind": "division", "head": {"level": "early", "filled": False}}
        ],
    }
    works = {"id": "works", "kind": "division", "level": "early"}
    without = {**data, "plan": {"clerk": {"level": "early"}, "deputies": [], "units": [works]}}
    higher = {
        **data,
        "plan": {"clerk": {"level": "high"}, "deputies": [{"level": "early"}], "units": [works]},
    }
    reply = compare(session(), [loaded(without, "a/without.yaml"), loaded(higher, "b/higher.yaml")])
    today, one, other = reply.document["compared"]
    assert reply.document["plans"] == ["today", "file without", "file higher"]
    assert one["label"] == {"th": "without", "en": "without"}
    assert (one["verdict"], other["verdict"], reply.status) == ("allowed", "forbidden", 1)
    assert (one["affected"], one["changes"]["given_up"], today["affected"]) == (1, 1, 0)
    assert other["violations"] and one["violations"] == []
    assert (one["cost"], one["increase"]) == (None, None)
    lines = [line.text for line in reply.lines]
    assert "without: allowed" in lines and "higher: not allowed" in lines


def test_files_that_differ_in_facts_are_said_to() -> None:
    fiscal = {**TOWN["fiscal"], "previous": {**TOWN["fiscal"]["previous"], "budget": 39_000_000}}
    reply = compare(session(), [loaded(TOWN), loaded({**TOWN, "fiscal": fiscal}, "other.json")], COSTS)
    assert reply.document["facts_differ"] == ["fiscal.previous.budget"]
    assert any("fiscal.previous.budget" in line.text for line in reply.lines)


def test_the_nearest_structures_stand_beside() -> None:
    reply = compare(session(), [loaded(TOWN)], COSTS, nearest=2)
    assert reply.document["plans"] == ["today", "plan", "option 1", "option 2"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (({**TOWN, "plan": None},), "org_no_plan"),
        ((TOWN, {**TOWN, "class": "special"}), "compare_other_kind"),
    ],
)
def test_what_cannot_be_compared_is_refused(changed: tuple[dict[str, Any], ...], code: str) -> None:
    with pytest.raises(Unusable) as caught:
        compare(session(), [loaded(each) for each in changed])
    assert [finding.code for finding in caught.value.findings] == [code]


def test_both_languages_say_everything() -> None:
    for language in ("th", "en"):
        reply = compare(session(language), [loaded(TOWN)], COSTS)
        assert all(line.text == "" or line.text.strip() for line in reply.lines)
        assert len(reply.lines) > 30
    assert reply.docx()[:2] == b"PK"


# ── the workbook ──────────────────────────────────────────────────────────────────────────────────────────────────


class Book:
    """A workbook read back, its formulas reckoned again: what is not a formula is taken as it stands."""

    def __init__(self, content: bytes) -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        self.names = book.sheet_names
        self.rows = {name: book.get_sheet_by_name(name).to_python() for name in self.names}
        self.formulas: dict[tuple[str, str], str] = {}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for number, name in enumerate(self.names, 1):
                root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
                for cell in root.iter(f"{MAIN}c"):
                    formula = cell.find(f"{MAIN}f")
                    if formula is not None:
                        self.formulas[name, cell.get("r", "")] = formula.text or ""

    def shown(self, sheet: str, cell: str) -> Any:
        match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
        assert match is not None
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return self.rows[sheet][int(match[2]) - 1][column - 1]

    def value(self, sheet: str, cell: str) -> Any:
        cell = cell.replace("$", "")
        formula = self.formulas.get((sheet, cell))
        return self.reckoned(sheet, formula) if formula is not None else self.shown(sheet, cell)

    def reckoned(self, sheet: str, formula: str) -> Any:
        guarded = re.fullmatch(r'IFERROR\((.*),"[^"]*"\)', formula)
        if guarded is not None:
            return self.reckoned(sheet, guarded[1])
        summed = re.fullmatch(
            r"SUMPRODUCT\('([^']+)'!\$B\$(\d+):\$B\$(\d+),'[^']+'!\$([A-Z]+)\$\d+:\$[A-Z]+\$\d+\)", formula
        )
        if summed is not None:
            rows = range(int(summed[2]), int(summed[3]) + 1)
            return sum(
                self.value(summed[1], f"B{n}") * self.value(summed[1], f"{summed[4]}{n}") for n in rows
            )
        names: dict[str, Any] = {}

        def name(match: re.Match[str]) -> str:
            names[f"x{len(names)}"] = Fraction(self.value(match[1] or sheet, match[2]))
            return f"x{len(names) - 1}"

        words = re.sub(r"(?:'([^']+)'!)?(\$?[A-Z]+\$?\d+)", name, formula)
        assert re.fullmatch(r"[x\d+\-*/(). ]+", words), formula
        return eval(words, {"__builtins__": {}}, names)  # digits, signs and the cells above alone


def test_the_formulas_of_the_workbook_come_to_the_years() -> None:
    book = Book(town().xlsx())
    assert len(book.names) == 4
    reckoned = 0
    for (sheet, cell), formula in book.formulas.items():
        if formula.startswith("IF(ISNUMBER"):
            continue
        reckoned += 1
        assert float(book.value(sheet, cell)) == pytest.approx(book.shown(sheet, cell)), (sheet, cell)
    assert reckoned == 52
    years = book.rows[book.names[3]]
    shares = next(row for row in years if row[0] == "in per cent of the expenditure budget")
    plan = town().document["compared"][1]["years"]
    for cell, year in zip(shares[2:], plan, strict=True):
        assert float(cell) == pytest.approx(float(Fraction(year["percent_exact"])))
    today = next(row for row in years if row[0] == "in per cent, with today's structure")
    assert float(today[3]) == pytest.approx(12_000_000 * 100 / 41_000_000)


def test_another_cost_changes_every_year() -> None:
    """The clerk at mid for 720,000 instead of 620,000: 100,000 more in the requested year."""
    book = Book(town().xlsx())
    costs, years = book.names[1], book.names[3]
    row = next(n for n, row in enumerate(book.rows[costs], 1) if row[1] == 620_000)
    plan = next(n for n, row in enumerate(book.rows[years], 1) if row[0] == "added by the proposed structure")
    assert book.value(years, f"D{plan}") == 120_000
    book.rows[costs][row - 1][1] = 720_000
    assert book.value(years, f"D{plan}") == 220_000
    assert float(book.value(years, f"E{plan}")) == pytest.approx(233_200)
