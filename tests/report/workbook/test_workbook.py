"""The workbook, read back: what is written is there, formulas come to the exact values, no text is a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from io import BytesIO
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from lgreason.report.wording import Wording
from lgreason.report.workbook import workbook
from lgreason.report.workbook.rows import BurdenItem, BurdenRows, Contents, FacetRow, Options, ReasonRow, Year
from lgreason.report.workbook.workbook import write

DAY = date(2016, 1, 4)
THAI, ENGLISH = Wording("th"), Wording("en")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def example(**changed: int | None) -> BurdenRows:
    """The example of slides 32 and 33: 27.50 and 29.76 per cent, 28.63 in the mean."""
    amounts: dict[str, int | None] = {
        "paid": 8_000_000,
        "benefits": 3_000_000,
        "budget": 40_000_000,
        "frame": 8_000_000,
        "increase": 200_000,
        "benefits_asked": 4_000_000,
        "budget_asked": 41_000_000,
        **changed,
    }

    def item(name: str) -> BurdenItem:
        return BurdenItem(name, f"org.{name}", amounts[name])

    return BurdenRows(
        (
            Year("2558", [item("paid"), item("benefits")], item("budget")),
            Year("2559", [item("frame"), item("increase"), item("benefits_asked")], item("budget_asked")),
        ),
        35,
        "org.mun.s25.limit",
    )


def made(wording: Wording, contents: Contents) -> BytesIO:
    target = BytesIO()
    write(contents, target, wording)
    target.seek(0)
    return target


def contents(
    burden: BurdenRows | None = None, options: Options | None = None, facets: Sequence[FacetRow] = ()
) -> Contents:
    reasons = [ReasonRow("รองปลัด", "org.x", "สไลด์ 15", "ไม่เกิน 2 อัตรา", "not more than 2", False)]
    return Contents("เทศบาลตัวอย่าง", DAY, options or Options((), ()), facets, burden, reasons)


def rows(book: BytesIO, sheet: int) -> list[list[object]]:
    book.seek(0)
    return CalamineWorkbook.from_filelike(book).get_sheet_by_index(sheet).to_python()


def xml(book: BytesIO, sheet: int) -> ElementTree.Element:
    book.seek(0)
    with zipfile.ZipFile(book) as archive:
        return ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet + 1}.xml"))


def formulas(book: BytesIO, sheet: int) -> dict[str, str]:
    found = xml(book, sheet).iter(f"{MAIN}c")
    return {c.get("r", ""): f.text or "" for c in found if (f := c.find(f"{MAIN}f")) is not None}


# ── a small calculator, with exact numbers ────────────────────────────────────────────────────────────────────────
Value = Fraction | str


class Failed(Exception):
    pass


class Calculator:
    """Evaluates the formulas that the sheet uses: + − * /, <=, IF, IFERROR, ISNUMBER, cells, numbers, texts."""

    def __init__(self, book: BytesIO, sheet: int, changed: dict[str, Value] | None = None) -> None:
        self.formulas = formulas(book, sheet)
        self.cells: dict[str, Value] = {}
        for r, row in enumerate(rows(book, sheet)):
            for c, value in enumerate(row):
                exact = isinstance(value, int | float)
                self.cells[f"{'ABC'[c]}{r + 1}"] = Fraction(value) if exact else str(value)  # type: ignore[arg-type]
        self.cells.update(changed or {})

    def value(self, cell: str) -> Value:
        if cell not in self.formulas:
            return self.cells[cell]
        self.tokens = re.findall(
            r'"[^"]*"|[A-Z]+\d+|[A-Z]+(?=\()|\d+E-\d+|\d+|<=|[-+*/(),]', self.formulas[cell]
        )
        assert "".join(self.tokens) == self.formulas[cell]
        outer = self.tokens
        found = self._comparison()
        assert self.tokens == []
        self.tokens = outer
        return found

    def _comparison(self) -> Value:
        left = self._sum()
        while self.tokens[:1] == ["<="]:
            self.tokens.pop(0)
            right = self._sum()
            # As in a spreadsheet: a text is greater than any number.
            smaller = left <= right if type(left) is type(right) else isinstance(left, Fraction)
            left = "TRUE" if smaller else "FALSE"
        return left

    def _sum(self) -> Value:
        left = self._product()
        while self.tokens[:1] in (["+"], ["-"]):
            sign = 1 if self.tokens.pop(0) == "+" else -1
            left = number(left) + sign * number(self._product())
        return left

    def _product(self) -> Value:
        left = self._single()
        while self.tokens[:1] in (["*"], ["/"]):
            if self.tokens.pop(0) == "*":
                left = number(left) * number(self._single())
            elif divisor := number(self._single()):
                left = number(left) / divisor
            else:
                raise Failed
        return left

    def _single(self) -> Value:
        token = self.tokens.pop(0)
        if token == "(":
            inner = self._comparison()
            assert self.tokens.pop(0) == ")"
            return inner
        if token[0] == '"':
            return token[1:-1]
        if token[0].isdigit():
            return Fraction(token)
        if token[-1].isdigit():
            rest, self.tokens = self.tokens, []
            found = self.value(token)
            self.tokens = rest
            return found
        return self._function(token, list(self._arguments()))

    def _arguments(self) -> Iterator[list[str]]:
        """The arguments of a function, not yet evaluated."""
        assert self.tokens.pop(0) == "("
        depth, argument = 0, list[str]()
        while True:
            token = self.tokens.pop(0)
            if depth == 0 and token in ",)":
                yield argument
                argument = []
                if token == ")":
                    return
                continue
            depth += (token == "(") - (token == ")")
            argument.append(token)

    def _evaluated(self, tokens: list[str]) -> Value:
        rest, self.tokens = self.tokens, list(tokens)
        try:
            return self._comparison()
        finally:
            self.tokens = rest

    def _function(self, name: str, arguments: list[list[str]]) -> Value:
        if name == "IFERROR":
            try:
                return self._evaluated(arguments[0])
            except Failed:
                return self._evaluated(arguments[1])
        if name == "ISNUMBER":
            return "TRUE" if isinstance(self._evaluated(arguments[0]), Fraction) else "FALSE"
        assert name == "IF"
        return self._evaluated(arguments[1 if self._evaluated(arguments[0]) == "TRUE" else 2])


def number(value: Value) -> Fraction:
    if isinstance(value, str):
        raise Failed
    return value


def by_name(book: BytesIO, changed: dict[str, Value] | None = None) -> dict[str, list[Value]]:
    """What the formulas of the burden come to, by the names in the first column."""
    calculator = Calculator(book, 2, changed)
    found: dict[str, list[Value]] = {}
    for r, row in enumerate(rows(book, 2)):
        if f"C{r + 1}" in calculator.formulas:
            found.setdefault(str(row[0]), []).append(calculator.value(f"C{r + 1}"))
    return found


# ── the burden ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("wording", [THAI, ENGLISH])
def test_the_worked_example_by_formula_and_as_stored(wording: Wording) -> None:
    book = made(wording, contents(example()))
    say = wording.say
    previous, requested = Fraction(11, 40) * 100, Fraction(122, 410) * 100
    assert by_name(book) == {
        say("sheet.total"): [11_000_000, 12_200_000],
        say("sheet.percent"): [previous, requested],
        say("sheet.mean"): [(previous + requested) / 2],
        say("sheet.margin"): [35 - (previous + requested) / 2],
        say("sheet.verdict"): [say("sheet.within")],
    }
    stored = {str(row[0]): row[2] for row in rows(book, 2)}
    assert f"{stored[say('sheet.mean')]:.2f}" == "28.63"
    assert stored[say("sheet.total")] == 12_200_000
    assert stored[say("sheet.verdict")] == say("sheet.within")
    percents = [row[2] for row in rows(book, 2) if row[0] == say("sheet.percent")]
    assert [f"{percent:.2f}" for percent in percents] == ["27.50", "29.76"]


def test_exactly_thirty_five_and_one_baht_more() -> None:
    # 14 of 40 million is 35 per cent. The other year: 14,350,000 of 41 million too.
    at = {"paid": 11_000_000, "frame": 10_150_000}
    verdict = ENGLISH.say("sheet.verdict")
    for changes, word in ((at, "within"), ({**at, "paid": 11_000_001}, "over")):
        book = made(ENGLISH, contents(example(**changes)))
        stored = {str(row[0]): row[2] for row in rows(book, 2)}
        assert stored[verdict] == word
        assert by_name(book)[verdict] == [word]


def test_one_baht_over_in_trillions_is_seen_by_the_formula_too() -> None:
    budget = 9_999_999_999_980
    third = budget * 35 // 100
    assert third * 100 == budget * 35
    changes = {"benefits": 0, "increase": 0, "benefits_asked": 0, "budget": budget, "budget_asked": budget}
    for paid, word in ((third, "within"), (third + 1, "over")):
        book = made(ENGLISH, contents(example(**changes, paid=paid, frame=third)))
        assert by_name(book)["verdict"] == [word]


def test_larger_amounts_stand_as_text_without_formulas() -> None:
    changes = {"budget": 10**18 + 1, "paid": 10**17, "benefits": 0}
    book = made(ENGLISH, contents(example(**changes)))
    assert formulas(book, 2) == {}
    found = [row for row in rows(book, 2) if row and row[0] in ("budget", ENGLISH.say("sheet.percent"))]
    assert found[0][2] == "1,000,000,000,000,000,001"
    assert found[1][2] == "10.00"
    assert any(ENGLISH.say("sheet.too_large") in row for row in rows(book, 2))


def test_an_amount_that_is_not_known_leaves_the_result_open_until_it_is_filled_in() -> None:
    book = made(THAI, contents(example(benefits=None)))
    say = THAI.say
    stored = {str(row[0]): row[2] for row in rows(book, 2)}
    assert stored["benefits"] == "ไม่ทราบ"
    assert stored[say("sheet.verdict")] == stored[say("sheet.mean")] == "คำนวณไม่ได้"
    assert by_name(book)[say("sheet.verdict")] == ["คำนวณไม่ได้"]
    at = next(r for r, row in enumerate(rows(book, 2), 1) if row[0] == "benefits")
    filled = by_name(book, {f"C{at}": Fraction(3_000_000)})
    assert filled[say("sheet.verdict")] == ["ไม่เกิน"]


def test_a_budget_of_nothing_gives_no_percentage() -> None:
    book = made(ENGLISH, contents(example(budget=0)))
    assert by_name(book)["verdict"] == ["cannot be calculated"]


def test_the_other_reading_takes_sums() -> None:
    burden = example()
    book = made(ENGLISH, contents(BurdenRows(burden.years, 35, burden.clause, "sums")))
    assert by_name(book)[ENGLISH.say("sheet.mean")] == [Fraction(232, 810) * 100]


# ── options, facets, reasons ──────────────────────────────────────────────────────────────────────────────────────
def test_no_text_becomes_a_formula_or_a_link() -> None:
    hostile = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "http://example.org",
        "{=1}",
        "\x01 x",
        "1",
    ]
    facets = [FacetRow(text, text, "cannot", 0, 0, text) for text in hostile]
    book = made(ENGLISH, contents(example(), Options(hostile, [hostile, hostile]), facets))
    assert rows(book, 0)[3][1:] == hostile == rows(book, 0)[4][1:]
    assert [row[0] for row in rows(book, 1)[4:]] == hostile
    assert formulas(book, 0) == formulas(book, 1) == formulas(book, 3) == {}
    for sheet in range(4):
        assert xml(book, sheet).find(f"{MAIN}hyperlinks") is None


def test_headings_stay_in_view_in_both_languages() -> None:
    facet = FacetRow("รองปลัด ระดับสูง", 1, "must", 10**20, 3)
    for wording, names, status in (
        (THAI, ["ทางเลือก", "องค์ประกอบ", "ภาระค่าใช้จ่าย ม.35", "เหตุผล"], "ต้องมี"),
        (ENGLISH, ["options", "facets", "section 35 burden", "reasons"], "must"),
    ):
        book = made(wording, contents(example(), facets=[facet]))
        assert CalamineWorkbook.from_filelike(book).sheet_names == names
        for sheet in range(4):
            pane = xml(book, sheet).find(f".//{MAIN}pane")
            assert pane is not None and pane.get("state") == "frozen" and pane.get("ySplit") == "4"
        assert rows(book, 1)[4][:5] == ["รองปลัด ระดับสูง", 1, status, "100,000,000,000,000,000,000", 3]
        assert rows(book, 3)[4][-1] == wording.say("sheet.holds_false")


def test_thai_digits() -> None:
    book = made(Wording("th", "thai"), contents(facets=[FacetRow("x", 1, "may", 10**15)]))
    assert rows(book, 1)[4][3] == "๑,๐๐๐,๐๐๐,๐๐๐,๐๐๐,๐๐๐"
    assert "๒๕๕๙" in str(rows(book, 1)[1][0])
    book.seek(0)
    with zipfile.ZipFile(book) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert "[$-D00041E]#,##0" in styles and "TH Sarabun New" in styles


def test_the_first_rows_and_a_line_that_says_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_OPTIONS", 3)
    for n, count, last in (
        (3, 3, [3, "s"]),
        (4, 4_000, ["first 3 of 4,000 only; incomplete", ""]),
        (4, None, ["first 3 only; incomplete", ""]),
    ):
        endless = (("s",) for _ in range(n))
        book = made(ENGLISH, contents(options=Options(("structure",), endless, count)))
        assert rows(book, 0)[-1] == last
        assert [row[0] for row in rows(book, 0)[4:7]] == [1, 2, 3]


def test_texts_are_shown_in_full() -> None:
    # ที่ปรึกษา has nine signs and takes six cells: ท ป ร ก ษ า. A cell is given 1.15 of a digit, and there are margins.
    long = "ยาว" * 100
    book = made(THAI, contents(options=Options(("ที่ปรึกษา" * 4, "ผล"), [("a", long), ("b", "c")])))
    sheet = xml(book, 0)
    cols = {c.get("min"): float(c.get("width", 0)) for c in sheet.iter(f"{MAIN}col")}
    assert cols["2"] == pytest.approx(24 * 1.15 + 2, abs=1) and cols["3"] == pytest.approx(60, abs=1)
    heights = {r.get("r"): float(r.get("ht", 0)) for r in sheet.iter(f"{MAIN}row")}
    # 300 cells in 60 less a tenth: 6.4 of these lines, and a line is 24 points high.
    assert heights["5"] == 24 * 7
    assert heights["6"] == 24
