"""What an authored file may not do: reach clingo as text, run for ever, take all memory, or hide what is wrong."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import clingo
import pytest

from lgreason.answers.session import Session
from lgreason.files.source.read import MOST_FINDINGS
from lgreason.language.book.facts import program
from lgreason.language.book.overtime import LONGEST_CIRCLE, MOST_CIRCLES
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import MORE, faults
from lgreason.language.checking.finding import findings
from lgreason.language.checking.trial import trial
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.parsing import MOST_ITEMS, MOST_NESTED
from lgreason.language.reading.sentences import MOST_SIGNS
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.knowledge import Library
from lgreason.rules.solver import control, deciding, grounding
from lgreason.rules.solver.control import as_symbol
from tests import forked

ROOT = Path(__file__).parent.parent.parent
LIBRARY = Library()
DAY = date(2027, 6, 1)
ANY = "เป็นไปตามข้อใดข้อหนึ่ง ดังต่อไปนี้"
MASTER = "ต้องได้รับปริญญาโททุกสาขา"
INJECTED = 'x"). eligible(everyone).'
SECONDS = 240
"""No input here takes anywhere near so long, also on a slow machine; one that does hangs."""


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    def stop(_signal: int, _frame: object) -> None:
        raise AssertionError("this input hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def rule(identity: str, sentence: str, *lines: str) -> str:
    rows = [f"กฎ {identity}", "เอกสาร: std.general_admin", 'ที่: "ข้อ"', *lines, f"กำหนดว่า {sentence}"]
    return "\n  ".join(rows) + "\n\n"


def book_of(text: str) -> Book:
    return read_book([SourceText("x.rules", text)], LIBRARY)


def codes(text: str) -> Counter[str]:
    """How often each finding is made; every one of them stands in the file."""
    told = faults(book_of(text))
    rows = text.split("\n")
    for found in findings(told):
        assert found.place is not None and found.place.line and found.place.column
        assert found.place.line <= len(rows)
        assert found.place.column <= len(rows[found.place.line - 1]) + 1
    return Counter(fault.code for _, fault in told)


# ── names that would be programs ──────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    INJECTED.replace('"', "'"),
    INJECTED,
    "#include <incmode>.",
    '#include "/etc/passwd".',
    "#script (python) import os; os.abort() #end.",
    "a :- not a. %",
    "\\",
    "@f()",
    "{eligible(everyone)}.",
    "ก่ำ๑\u200b",
)


def defined(name: str) -> str:
    quoted = f"«{name}»"
    return f"นิยาม สาขา hostile\n  ชื่อ: {quoted} / “{name} en”\n  ชื่ออื่น: “{name} other”\n\n" + rule(
        "t.q", "ต้องได้รับปริญญาโทในสาขา hostile", f"ข้อความ: {quoted}", f"ความหมาย: {quoted}"
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_one_string_of_one_fact(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What clingo is handed: symbols, made of values; and files of kb/ by their path, or rules that stand in them."""
    handed: list[clingo.Symbol] = []
    loaded: list[str] = []
    shipped = "".join(path.read_text(encoding="utf-8") for path in sorted(LIBRARY.root.rglob("*.lp")))
    plain_symbol, plain_control = control.as_symbol, clingo.Control

    def symbol(value: object) -> clingo.Symbol:
        made = plain_symbol(value)  # type: ignore[arg-type]
        handed.append(made)
        return made

    class Control:
        """clingo's own, which takes only the files that ship, and no other program text than their own rules."""

        def __init__(self, *args: object, **kwargs: object) -> None:
            self._of = plain_control(*args, **kwargs)  # type: ignore[arg-type]

        def add(self, _part: str, _parameters: object, text: str) -> None:
            assert all(rule in shipped for rule in text.split(".\n")), "program text"
            self._of.add("base", [], text)

        def load(self, path: str) -> None:
            loaded.append(path)
            self._of.load(path)

        def __getattr__(self, attribute: str) -> object:
            return getattr(self._of, attribute)

    for module in (control, grounding, deciding):
        monkeypatch.setattr(module, "as_symbol", symbol)
    monkeypatch.setattr(clingo, "Control", Control)
    book = book_of(defined(name))
    assert [fault.code for _, fault in faults(book) if fault.severity == "error"] == []
    library = LIBRARY.with_rules(book).on(DAY).of(None)
    kb = library.under()
    kb.decider.decide([None] * len(kb.decider.leaves))
    written = " ".join(name.split())
    assert kb.names["field", "hostile"].th == written
    assert clingo.String(written) in {argument for made in handed for argument in arguments(made)}
    assert {made.type for made in handed} <= {
        clingo.SymbolType.Function,
        clingo.SymbolType.String,
        clingo.SymbolType.Number,
    }
    assert not any(made.name == "eligible" for made in handed if made.type == clingo.SymbolType.Function)
    assert all(Path(path).is_relative_to(LIBRARY.root) for path in loaded)


def arguments(symbol: clingo.Symbol) -> Iterator[clingo.Symbol]:
    if symbol.type == clingo.SymbolType.Function:
        yield from symbol.arguments


@pytest.mark.parametrize("name", HOSTILE)
def test_the_facts_printed_are_no_more_than_they_state(name: str) -> None:
    """Plain clingo reads `rules compile` back as as many facts, whatever the names are."""
    book = book_of(defined(name))
    stated = book.on(DAY).facts
    plain = clingo.Control(["--warn=none"])
    plain.add("base", [], "\n".join(program(book, DAY)))
    plain.ground([("base", [])])
    assert {atom.symbol for atom in plain.symbolic_atoms} == {as_symbol(fact) for fact in stated}


@pytest.mark.parametrize(
    "bad", ["กข.ค", INJECTED, "#include", "t.a\0b", "t.A", "t..a", "t.a(b)", '"', "๑.๒", "a" * 5_000]
)
@pytest.mark.parametrize(
    "line",
    [
        "กฎ {}",
        "นิยาม สาขา {}",
        "นิยาม ตำแหน่ง {}",
        "กฎ t.q\n  เอกสาร: {}",
        "กฎ t.q\n  แก้ไข: {}",
        "กฎ t.q\n  ยกเลิก: {}",
        "กฎ t.q\n  กำหนดว่า ต้องเป็นไปตามข้อ {}",
        "กฎ t.q\n  กำหนดว่า ต้องครบทุกข้อ ดังต่อไปนี้ (๑) [{}] ได้รับปริญญาโททุกสาขา",
        'ตัวอย่าง "x"\n  เพราะข้อ: {}',
        'ตัวอย่าง "x"\n  ตำแหน่ง: {}',
        "กฎ t.q\n  อาศัยการตีความ: {}",
        "กฎ t.q\n  กำหนดว่า ต้องได้รับปริญญาโทในสาขา{}",
    ],
)
def test_no_place_for_an_id_takes_anything_else(line: str, bad: str) -> None:
    text = line.format(bad) + "\n"
    book = book_of(text)
    assert any(fault.severity == "error" for _, fault in faults(book))
    for ruled in book.rules:
        assert all(clause.id.isascii() and '"' not in clause.id for clause in ruled.clauses)
    assert codes(text)


@pytest.mark.parametrize(
    "content", [b"\xa1\xae t.q\n", "กฎ t.q\n".encode("utf-16"), "กฎ t.\0q".encode(), b"\x80", b""]
)
def test_a_file_that_is_no_text_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.rules"
    path.write_bytes(content)
    done = forked.run("rules", "check", str(path))
    assert done.status == (2 if content else 0)
    assert b"Traceback" not in done.stdout + done.stderr


# ── size, depth, number ───────────────────────────────────────────────────────────────────────────────────────


def test_nesting_is_capped() -> None:
    markers = ("(1)", "(ก)", "1)", "ก.", "(a)")
    deepest = "".join(f"{ANY} {marker} " for marker in markers[:MOST_NESTED]) + "ได้รับปริญญาโททุกสาขา"
    assert codes(rule("t.q", f"ต้อง{deepest}")) == {}
    deeper = "".join(f"{ANY} {marker} " for marker in markers) + "ได้รับปริญญาโททุกสาขา"
    assert codes(rule("t.q", f"ต้อง{deeper}")) == {"rule_too_deep": 1}


@pytest.mark.parametrize("nest", [f"{ANY} (๑) ", "(", "ต้อง", "เว้นแต่", "["])
def test_a_nest_of_a_hundred_thousand_is_too_long(nest: str) -> None:
    assert codes(rule("t.deep", "ต้อง" + nest * 100_000)) == {"rule_sentence_too_long": 1}
    as_long_as_may_be = nest * ((MOST_SIGNS - 10) // len(nest))
    assert sum(codes(rule("t.deep", "ต้อง" + as_long_as_may_be)).values()) == 1


def test_a_megabyte_of_one_rule_is_told_by_its_line() -> None:
    assert codes(rule("t.q", "ต้องเป็นไปตามข้อ " + "t.a หรือข้อ " * 60_000)) == {"rule_sentence_too_long": 1}
    assert codes(rule("t.q", MASTER, 'ข้อความ: "' + "ก" * 350_000 + '"')) == {"rule_text_long": 1}
    assert codes("x" * 1_000_000) == {"rule_head": 1}
    assert codes(" " * 1_000_000) == {}


def test_thousands_of_rules_are_read() -> None:
    text = "".join(rule(f"t.r{number}", MASTER) for number in range(3_000))
    assert codes(text) == {}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("ต้องได้รับปริญญาโทในสาขาผักชี", {"rule_unknown_word"}),
        ("ต้องเป็นไปตามข้อ t.nowhere{n}", {"rule_clause_unknown", "rule_clause_unknown_nearest"}),
        ("ต้องปฏิบัติงานบริหารงานทั่วไป มาแล้วไม่น้อยกว่า ๐ ปี", {"rule_zero"}),
    ],
)
def test_of_many_mistakes_a_thousand_are_told(sentence: str, code: set[str]) -> None:
    text = "".join(rule(f"t.r{number}", sentence.format(n=number)) for number in range(MOST_FINDINGS + 5))
    found = codes(text)
    assert set(found) <= {*code, MORE}
    assert (found.total(), found[MORE]) == (MOST_FINDINGS + 1, 1)


def test_no_warning_takes_the_place_of_an_error() -> None:
    """Rules that count because the fault of one of them was not told would be the worst of all."""
    text = "".join(rule(f"t.r{number}", MASTER) for number in range(4)) + rule(
        "t.q", "ต้องได้รับปริญญาโทในสาขาผักชี"
    )
    book = book_of(text)
    warnings = [Fault("rule_no_place", ruled.rule.span, severity="warning") for ruled in book.rules]
    book.faults += [(book.sources[0], fault) for fault in warnings[:4]]
    assert [fault.severity for _, fault in faults(book)] == ["warning"] * 4 + ["error"]
    told = [fault for _, fault in faults(book, most=2)]
    assert [fault.severity for fault in told] == ["warning", "error", "warning"]
    assert (told[-1].code, told[-1].args) == (MORE, {"most": 2})


def test_twenty_thousand_heads_alone_are_told_at_once() -> None:
    found = codes("rule t.q\n" * 20_000)
    assert (found.total(), found[MORE]) == (MOST_FINDINGS + 1, 1)


def test_of_k_of_n_there_are_as_many_as_may_be_numbered() -> None:
    def parts(number: int) -> str:
        items = "".join(f" ({n}) ตามข้อ t.p{n}" for n in range(1, number + 1))
        others = "".join(rule(f"t.p{n}", MASTER) for n in range(1, number + 1))
        return rule("t.q", f"ต้องเป็นไปตามอย่างน้อย ๕๐ ข้อ ดังต่อไปนี้{items}") + others

    assert codes(parts(MOST_ITEMS)) == {}
    for number in (MOST_ITEMS + 1, 800):
        assert codes(parts(number)) == {"rule_too_many_items": 1}
    assert codes(parts(5_000)) == {"rule_sentence_too_long": 1}


@pytest.mark.parametrize(
    "sentence",
    [
        "ต้องปฏิบัติ" + "งานบริหารงานทั่วไป " * 800 + "หรือดำรงตำแหน่งในสายงานบริหารงานทั่วไป มาแล้วไม่น้อยกว่า ๑ ปี",
        "ต้องได้รับปริญญาโทในสาขา" + "บัญชี " * 1_000 + "หรือสาขาอื่นที่คณะกรรมการกลางรับรอง",
        "ต้องได้รับ" + "ปริญญาตรี" + "หรือปริญญาโท" * 1_200 + "ทุกสาขา",
        "ต้องเคยดำรงตำแหน่ง" + "ประเภททั่วไป ระดับอาวุโส หรือ" * 400 + "ประเภททั่วไป ระดับอาวุโส มาแล้วไม่น้อยกว่า ๑ ปี",
    ],
)
def test_a_list_of_thousands_is_read_written_and_read_back(sentence: str) -> None:
    """Its gloss is written too: neither recursion nor backtracking may stand in the way."""
    book = book_of(rule("t.q", sentence))
    assert [fault.code for _, fault in faults(book)] == []
    (ruled,) = book.rules
    gloss = ruled.clauses[0].gloss
    assert gloss.th and gloss.en
    again = book_of(rule("t.q", gloss.th))
    assert again.rules[0].rule.node == ruled.rule.node


def test_a_huge_number_is_told() -> None:
    for number in ("9" * 300, "2147483648", "99999999999"):
        found = codes(rule("t.q", f"ต้องปฏิบัติงานบริหารงานทั่วไป มาแล้วไม่น้อยกว่า {number} ปี"))
        assert found == {"rule_number_too_large": 1}


# ── references in circles, and trees that explode ─────────────────────────────────────────────────────────────


def test_a_circle_of_thousands_is_told_once_and_briefly() -> None:
    text = "".join(rule(f"t.r{n}", f"ต้องเป็นไปตามข้อ t.r{(n + 1) % 3_000}") for n in range(3_000))
    (told,) = [fault for _, fault in faults(book_of(text))]
    path = told.args["path"]
    assert told.code == "rule_circular" and isinstance(path, tuple) and len(path) == LONGEST_CIRCLE
    assert path[0] == path[-1] == "t.r0"


def test_many_circles_through_one_rule_are_told_up_to_a_hundred() -> None:
    hub = rule("t.r0", "ต้องเป็นไปตามข้อ " + " หรือข้อ ".join(f"t.r{n}" for n in range(1, 1_000)))
    text = hub + "".join(rule(f"t.r{n}", "ต้องเป็นไปตามข้อ t.r0") for n in range(1, 3_000))
    assert codes(text) == {"rule_circular": MOST_CIRCLES}


def test_two_circles_are_told_apart() -> None:
    names = {"t.a": "t.b", "t.b": "t.a", "t.c": "t.c", "t.d": "t.a"}
    text = "".join(rule(one, f"ต้องเป็นไปตามข้อ {other}") for one, other in names.items())
    told = [fault.args["path"] for _, fault in faults(book_of(text))]
    assert told == [("t.a", "t.b", "t.a"), ("t.c", "t.c")]


def exploding(levels: int) -> str:
    """Each rule wants at least two of the next three: the tree, written out, grows threefold a level."""
    of = [
        rule(
            f"t.r{n}",
            f"ต้องครบอย่างน้อย ๒ ข้อ ดังต่อไปนี้ (๑) ตามข้อ t.r{n + 1} (๒) ตามข้อ t.r{n + 2} (๓) ตามข้อ t.r{n + 3}",
            *(["แก้ไข: std.general_admin.high.q", "ใช้บังคับ: ตั้งแต่ 1 มกราคม 2570"] if not n else []),
            *(["คุณสมบัติของ: general_admin.high.office_director"] if not n else []),
        )
        for n in range(levels)
    ]
    return "".join([*of, *(rule(f"t.r{n}", MASTER) for n in range(levels, levels + 3))])


def test_an_exponential_nest_is_told_with_its_rule() -> None:
    assert "rule_explodes" not in codes(exploding(5))
    text = exploding(60)
    (told,) = [fault for _, fault in faults(book_of(text)) if fault.code == "rule_explodes"]
    line = SourceText("x.rules", text).place(told.span[0])[0]
    assert 1 <= line <= exploding(1).count("\n")  # in the first rule, the one that opens the position


def test_what_does_not_open_a_position_may_be_as_shared_as_it_likes() -> None:
    """The theory decides each clause once, however often it is referred to."""
    text = exploding(60).replace("  คุณสมบัติของ: general_admin.high.office_director\n", "")
    text = text.replace("  แก้ไข: std.general_admin.high.q\n", "")
    assert "rule_explodes" not in codes(text)
    session = Session(as_of=DAY, library=LIBRARY.with_rules(book_of(text)))
    assert session.kb.decider.decide([None] * len(session.kb.decider.leaves))


# ── the worker ────────────────────────────────────────────────────────────────────────────────────────────────


def test_rules_within_the_limits_pass_their_trial() -> None:
    assert trial(book_of(exploding(3)), DAY) == []


ON_TRIAL = """
from lgreason.language.checking.finding import findings
from lgreason.language.checking.trial import Limits, trial
from tests.language.test_safety import DAY, book_of, exploding
for levels, limits in ((2_500, Limits(0, 100)), (400, Limits(1000, 0)), (400, Limits(1000, 100))):
    for source, fault in trial(book_of(exploding(levels)), DAY, limits):
        print(fault.code, *source.place(fault.span[0]), findings([(source, fault)])[0].place.line)
    print(".")
"""


def test_the_limits_of_the_worker_are_real() -> None:
    """With none of the memory, or of the time, that it takes, the trial names the rule that took it; else none.

    In a process of its own, for memory that other tests gave back could be taken again.
    """
    done = subprocess.run(
        [sys.executable, "-c", ON_TRIAL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    told = "rule_too_much_memory 1 1 1\n.\nrule_too_much_time 1 1 1\n.\n.\n"
    assert (done.returncode, done.stdout) == (0, told), done.stderr
