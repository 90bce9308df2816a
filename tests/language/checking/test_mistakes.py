"""Fifty mistakes of authors: what is told of each, whole, in both languages; and what becomes of those put right.

`python -m tests.language.checking.test_mistakes` writes mistakes/findings.txt anew; read what changed first.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from lgreason.files.source.read import read_text
from lgreason.language.book.rulebook import read_book
from lgreason.language.checking.checking import faults
from lgreason.language.checking.finding import finding, findings
from lgreason.language.checking.fixes import applied, fixed, mended_lines
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.report.wording import Wording
from lgreason.rules.findings import Unusable
from lgreason.rules.model import LANGUAGES
from tests.language.corpus import library

HERE = Path(__file__).parent / "mistakes"
TOLD = HERE / "findings.txt"
FILES = sorted(HERE.glob("*.rules"))
SOUND = {"03_missing_particle", "07_comma_list", "08_smart_quotes", "10_tabs", "14_english_word"}
SOUND |= {
    "24c_kamnod_colon",
    "04_missing_tong",
    "27_or_at_end",
    "35_year_word",
    "28_bom_crlf",
    "40_en_in_th_key",
}
UNDECIDABLE = {
    "15_circular",
    "17_contradict_none",
    "18_impossible_bound",
    "18c_percent_150",
    "29_tis620",
    "31_unknown_verb",
}
UNDECIDABLE |= {"20_unreachable_alt"}
"""What nobody but the author can put right."""
FURTHER = {"21b_reduce_wrong_base", "36_duplicate_post"}
"""Where what is wrong besides shows only once the fix is made."""
FURTHER_WORDS = re.compile(r"(?<=อีก )[0-9]+(?= คำ)|[0-9]+(?= more$)", re.MULTILINE)


def name(path: Path) -> str:
    return path.stem


def found(source: SourceText) -> list[Fault]:
    return [fault for _, fault in faults(read_book([source], library()))]


@cache
def source_of(path: Path) -> SourceText:
    return SourceText(path.name, read_text(str(path)))


def told(path: Path) -> str:
    """Everything that is said of a file: the findings in both languages, and the lines as they would be put right."""
    rows = [f"== {path.stem}"]
    try:
        source = source_of(path)
    except Unusable as unusable:
        for one in unusable.findings:
            rows += [Wording(language).finding(one).replace(str(path), path.name) for language in LANGUAGES]
        return "\n".join(rows)
    for fault in found(source):
        rows += [uncounted(Wording(language).finding(finding(source, fault))) for language in LANGUAGES]
        for row in mended_lines(source, fault) if fault.edits else ():
            rows.append(f"  {'--fix' if fault.safe else 'fix'}: {row}")
    return "\n".join(rows)


def uncounted(told: str) -> str:
    """What is told, without how many further words there are: a new term in the vocabulary changes no finding."""
    return FURTHER_WORDS.sub("…", told)


def expected() -> dict[str, str]:
    blocks = TOLD.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return {block.splitlines()[0].removeprefix("== "): block for block in blocks}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_what_is_told_of_a_mistake(path: Path) -> None:
    assert told(path) == expected()[path.stem]


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in SOUND | UNDECIDABLE | FURTHER], ids=name
)
def test_every_mistake_comes_with_a_fix_that_mends_it(path: Path) -> None:
    source = source_of(path)
    before = found(source)
    assert before and all(fault.edits for fault in before)
    after = applied(source.text, (edit for fault in before for edit in fault.edits))
    assert found(SourceText(source.file, after)) == []


@pytest.mark.parametrize("path", [path for path in FILES if path.stem in SOUND], ids=name)
def test_what_means_nothing_is_no_mistake(path: Path) -> None:
    assert found(source_of(path)) == []


def test_one_fault_of_typing_is_one_finding() -> None:
    counts = {path.stem: len(found(source_of(path))) for path in FILES if path.stem != "29_tis620"}
    assert {stem: n for stem, n in counts.items() if n > 1} == {"39_two_bad_in_sentence": 2}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_what_is_safe_changes_no_meaning(path: Path) -> None:
    if path.stem == "29_tis620":
        return
    source = source_of(path)
    text, number = fixed(source, found(source))
    again = SourceText(source.file, text)
    assert not any(fault.safe for fault in found(again))
    if number:
        before, after = (read_book([of], library()).rules for of in (source, again))
        assert [ruled.rule.node for ruled in before] == [ruled.rule.node for ruled in after]


def test_findings_carry_their_edits_by_line_and_column() -> None:
    source = source_of(HERE / "05_mixed_digits.rules")
    (one,) = findings([(source, fault) for fault in found(source)])
    (edit,) = one.edits
    assert (edit.start, edit.end, edit.text, one.safe) == ((4, 75), (4, 77), "๑๒", True)


if __name__ == "__main__":
    TOLD.write_text("\n\n".join(told(path) for path in FILES) + "\n", encoding="utf-8")
