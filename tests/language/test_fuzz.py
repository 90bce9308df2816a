"""Random rules written and read back, and files damaged at random: always facts or findings, never a crash.

250 inputs run by default; `LGREASON_FUZZ=20000` runs so many (and takes an hour or so).
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from hypothesis import given, note, settings
from hypothesis import strategies as st

from lgreason.files.source.read import read_text
from lgreason.language.book.facts import program
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.checking.finding import caret, finding
from lgreason.language.clauses.stating import Ruled
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.sentences import MOST_SIGNS, Sentences
from lgreason.language.statements.records import Definition, Example, Rule
from lgreason.language.statements.splitting import SourceText, split
from lgreason.language.writing.files import StatementWriter, formatted, said
from lgreason.report.sentences import messages
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Clause, Language
from lgreason.rules.terms import Value
from tests.language import corpus
from tests.language.random_rules import RandomRules

IN_CI = 250
INPUTS = int(os.environ.get("LGREASON_FUZZ", IN_CI))
LIBRARY = Library()
KB = LIBRARY.of(None).under()
LEXICON = RuleLexicon(KB)
WRITER = StatementWriter(LEXICON)
SENTENCES = {language: Sentences(language, LEXICON) for language in LANGUAGES}
WORDINGS = [Wording(language) for language in LANGUAGES]
DAY = date(2027, 6, 1)
SECONDS = 60
"""No input may take anywhere near so long: one that does hangs."""
EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples" / "rules"
seeds = st.integers(min_value=0, max_value=2**32)

assert sum((120, 60, 60, 60, 150, 50)) == 500


def share(of_500: int) -> settings:
    """So many of 500 inputs, and as large a part of a long run; a long run draws new inputs each time."""
    return settings(
        max_examples=max(1, of_500 * INPUTS // 500),
        deadline=None,
        derandomize=INPUTS == IN_CI,
        database=None,
    )


@contextmanager
def no_hang() -> Iterator[None]:
    """Fails instead of waiting for ever."""

    def stop(_signal: int, _frame: object) -> None:
        raise AssertionError("this input hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


RIGHTLY_TOLD = frozenset({"rule_not_of_organisations", "rule_not_of_persons", "rule_contradiction"})
"""What is random may refer to rules about others, and may ask for a thing and for its absence."""


def errors(book: Book) -> list[tuple[str, str]]:
    """The errors of a book that are no fault of its wording: code and text."""
    return [
        (fault.code, source.text[slice(*fault.span)])
        for source, fault in faults(book)
        if fault.severity == "error" and fault.code not in RIGHTLY_TOLD
    ]


def book_of(*texts: str) -> Book:
    return read_book([SourceText(f"{number}.rules", text) for number, text in enumerate(texts)], LIBRARY)


def in_any_order(clause: Clause) -> Clause:
    return replace(clause, exceptions=tuple(sorted(clause.exceptions, key=str)))


def stated(ruled: Ruled) -> tuple[tuple[Clause, ...], list[tuple[str, tuple[Value, ...]]], Rule]:
    """What a rule states, wherever and in whichever language it stands."""
    rule = replace(ruled.rule, language="th", span=(0, 0), spans={})
    return tuple(map(in_any_order, ruled.clauses)), ruled.meaning.facts, rule


def written(of: Rule | Definition | Example, language: Language) -> str:
    if isinstance(of, Rule):
        return WRITER.rule(of, language)
    return WRITER.definition(of, language) if isinstance(of, Definition) else WRITER.example(of, language)


# ── written and read back ─────────────────────────────────────────────────────────────────────────────────────


@share(120)
@given(seeds)
def test_a_sentence_is_read_as_it_was_written_in_both_languages(seed: int) -> None:
    node = RandomRules(KB, LEXICON, Random(seed)).sentence()
    for language in LANGUAGES:
        text = WRITER.sentence(node, language)
        note(text)
        back = SENTENCES[language].read(text)
        if len(text) > MOST_SIGNS:
            assert isinstance(back, Fault) and back.code == "rule_sentence_too_long"
            continue
        assert back == node
        assert not isinstance(back, Fault) and WRITER.sentence(back, language) == text


@share(60)
@given(seeds)
def test_thai_goes_by_the_model_into_english_and_back(seed: int) -> None:
    """The same facts, and the same Thai statement, after the way through English."""
    rng = Random(seed)
    drawn = RandomRules(KB, LEXICON, rng)
    rules = [drawn.rule(f"invented.r{number}", "th") for number in range(rng.randint(1, 3))]
    thai = "\n".join(written(rule, "th") for rule in rules)
    note(thai)
    first = book_of(thai)
    assert not (wrong := errors(first)), wrong
    english = "\n".join(WRITER.rule(ruled.rule, "en") for ruled in first.rules)
    note(english)
    second = book_of(english)
    assert not (wrong := errors(second)), wrong
    assert list(map(stated, second.rules)) == list(map(stated, first.rules))
    assert "\n".join(WRITER.rule(ruled.rule, "th") for ruled in second.rules) == thai


@share(60)
@given(seeds)
def test_definitions_and_examples_go_through_both_languages(seed: int) -> None:
    rng = Random(seed)
    drawn = RandomRules(KB, LEXICON, rng)
    definitions = [drawn.definition(number, "th") for number in range(rng.randint(1, 4))]
    examples = [drawn.example(number, "th") for number in range(rng.randint(0, 2))]
    books = []
    for language in LANGUAGES:
        text = "\n".join(written(of, language) for of in (*definitions, *examples))
        note(text)
        book = book_of(text)
        assert not (wrong := errors(book)), wrong
        books.append(book)
    for book in books:
        found = sorted(
            (replace(d, language="th", span=(0, 0), spans={}) for d, _ in book.definitions), key=str
        )
        assert found == sorted(definitions, key=str)
        told = [replace(e, language="th", span=(0, 0), spans={}, start=0) for e, _ in book.examples]
        assert [(e.title, e.position, e.as_of, e.verdict, e.because) for e in told] == [
            (e.title, e.position, e.as_of, e.verdict, e.because) for e in examples
        ]


# ── formatting ────────────────────────────────────────────────────────────────────────────────────────────────


def commented(text: str, rng: Random) -> str:
    """The text with comments between its lines, and behind some of them."""
    rows = []
    for number, row in enumerate(text.split("\n")):
        if rng.random() < 0.15:
            rows.append(f'{" " * rng.randint(0, 4)}# หมายเหตุ {number} "ยังไม่ปิด')
        if row and '"' not in row and rng.random() < 0.1:
            row = f"{row}  # ข้างบรรทัด {number}"
        rows.append(row)
        if rng.random() < 0.05:
            rows.append("")
    return "\n".join([*rows, "# ท้ายแฟ้ม"]) + rng.choice(("", "\n", "\n\n"))


def comments(text: str) -> list[str]:
    return sorted(row[row.index("# ") :].strip() for row in text.splitlines() if "# " in row)


@share(60)
@given(seeds)
def test_formatting_twice_changes_nothing_and_keeps_meaning_and_comments(seed: int) -> None:
    rng = Random(seed)
    drawn = RandomRules(KB, LEXICON, rng)
    parts = [
        written(drawn.rule(f"invented.r{number}", language), language)
        for number in range(rng.randint(1, 4))
        for language in (rng.choice(LANGUAGES),)
    ]
    text = commented("\n".join(parts), rng)
    note(text)
    book = book_of(text)
    assert not (wrong := errors(book)), wrong
    (source,) = book.sources
    once = formatted(source, said(book, source), book.lexicon)
    note(once)
    again = book_of(once)
    assert formatted(again.sources[0], said(again, again.sources[0]), again.lexicon) == once
    assert list(map(stated, again.rules)) == list(map(stated, book.rules))
    assert [statement.language for statement in split(again.sources[0]).statements] == [
        statement.language for statement in split(source).statements
    ]
    assert comments(once) == comments(text)


# ── damage ────────────────────────────────────────────────────────────────────────────────────────────────────

MARKS = "่้๊๋์ัิีึืุูํ็ฺำะา"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0\u202e\u2028\u0085\x0b\x0c"
PIECES = (
    *(
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        "\t",
        " ",
        "\0",
        "\x1b",
        "#",
        '"',
        "«",
        "»",
        "“",
        "”",
        ":",
        ";",
        "/",
        "(",
        ")",
        "[",
    ),
    *("]", "(๑)", "ก.", "(ก)", "(99)", "(100)", "a)", "ต้อง", "หรือ", "ไม่", "กฎ ", "rule ", "นิยาม ", "ตัวอย่าง "),
    *(
        "กำหนดว่า",
        "provides that",
        "๐",
        "9" * 400,
        "๙" * 50,
        "1,000,000",
        "-1",
        "1.5",
        "ตามข้อ ",
        "เว้นแต่",
        "unless they",
    ),
    *("ก" * 5_000, "ต้อง" * 300, "(" * 500, "เป็นไปตามทุกข้อ ดังต่อไปนี้ (๑) " * 30, 'x"). eligible(everyone).'),
    *(
        "#include",
        "#script (python)",
        "%",
        "\\",
        "\U0001f600",
        "สิทธ์ิ",
        "เเ",
        "ํา",
        "ใ้",
        "é",
        "İ",
        "ß",
        "٣",
        "²",
        "½",
    ),
)


@cache
def files() -> tuple[str, ...]:
    """Files to damage: the examples of the guide, the corpus, and what the generator draws."""
    found = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.rules"))]
    found += [corpus.program(path) for path in corpus.everything()]
    for seed in range(40):
        drawn = RandomRules(KB, LEXICON, Random(seed))
        parts: list[str] = []
        for number in range(4):
            language: Language = "th" if (seed + number) % 3 else "en"
            parts.append(written(drawn.rule(f"invented.r{number}", language), language))
        parts.append(written(drawn.definition(seed, "th"), "th"))
        parts.append(written(drawn.example(1, "en"), "en"))
        if sum(map(len, parts)) < 8_000:
            found.append("\n".join(parts))
    return tuple(found)


def damaged(text: str, rng: Random) -> str:
    """The text after one edit."""
    at = rng.randrange(len(text) + 1)
    to = min(len(text), at + rng.choice((1, 1, 1, 2, 5, 30, 300)))
    rows = text.split("\n")
    row = rng.randrange(len(rows))
    match rng.randrange(12):
        case 11:
            other = rng.choice(files())
            begin = rng.randrange(len(other) + 1)
            return text[:at] + other[begin : begin + rng.choice((10, 60, 400))] + text[to:]
        case 0:
            return text[:at] + text[to:]
        case 1 | 2:
            return text[:at] + rng.choice(PIECES) + text[at:]
        case 3:
            return text[:at] + rng.choice(MARKS) * rng.choice((1, 1, 2, 40)) + text[at:]
        case 4:
            return text[:at] + rng.choice(UNSEEN) + text[at:]
        case 5:
            return text[:at] + rng.choice(PIECES) + text[to:]
        case 6:
            return text[:at] + text[at:to][::-1] + text[to:]
        case 7:
            rows.insert(rng.randrange(len(rows)), rows.pop(row))
        case 8:
            rows.insert(row, rows[rng.randrange(len(rows))])
        case 9:
            del rows[row : row + rng.randint(1, 3)]
        case 10:
            rows[row] = " " * rng.choice((0, 1, 3, 9)) + rows[row].lstrip()
    return "\n".join(rows)


def as_bytes(text: str, rng: Random) -> bytes:
    """The text as a file, perhaps with other line endings, a byte order mark, cut off, or in another encoding."""
    match rng.randrange(12):
        case 0:
            return text.replace("\n", "\r\n").encode()
        case 1:
            return text.replace("\n", rng.choice(("\r", "\r\n", "\n\r")), rng.randint(1, 9)).encode()
        case 2:
            return b"\xef\xbb\xbf" + text.encode()
        case 3:
            return text.encode()[: rng.randrange(1, 3_000)]
        case 4:
            content = bytearray(text.encode())
            for _ in range(rng.randint(1, 3)):
                content[rng.randrange(len(content) or 1) : 0] = bytes([rng.randrange(256)])
            return bytes(content)
        case 5:
            return text.encode(rng.choice(("utf-16", "utf-32", "utf-16-le")))
    return text.encode()


def sound(found: Finding, text: str | None) -> None:
    """A finding has a code that both languages have words for, and a place in the file."""
    for language, wording in zip(LANGUAGES, WORDINGS, strict=True):
        assert found.code in messages(language)["finding"], found.code
        assert wording.finding(found)
    if text is not None:
        assert found.place is not None and found.place.line is not None and found.place.column is not None
        rows = text.split("\n")
        assert 1 <= found.place.line <= len(rows)
        assert 1 <= found.place.column <= len(rows[found.place.line - 1]) + 1


def outcome(content: bytes) -> str:
    """What becomes of a file; facts or findings, and nothing else."""
    try:
        text = read_text("-", BytesIO(content))
    except Unusable as unusable:
        assert unusable.findings
        for one in unusable.findings:
            sound(one, None)
        return "unreadable"
    book = book_of(text)
    told = faults(book)
    for source, fault in told:
        assert 0 <= fault.span[0] <= len(text) and fault.span[0] <= fault.span[1], fault
        sound(finding(source, fault), text)
        line, mark = caret(source, fault)
        assert mark.strip(" ").strip("^") == "", line
    if any(fault.severity == "error" for _, fault in told):
        return "findings"
    assert list(program(book, DAY)) or not (book.rules or book.definitions)
    (source,) = book.sources
    once = formatted(source, said(book, source), book.lexicon)
    again = book_of(once)
    assert formatted(again.sources[0], said(again, again.sources[0]), again.lexicon) == once
    assert list(map(stated, again.rules)) == list(map(stated, book.rules))
    return "facts"


@share(150)
@given(seeds)
def test_a_damaged_file_comes_to_facts_or_to_findings(seed: int) -> None:
    rng = Random(seed)
    text = rng.choice(files())
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        text = damaged(text, rng)
    content = as_bytes(text, rng)
    note(f"{content!r}")
    with no_hang():
        outcome(content)


@share(50)
@given(seeds)
def test_a_damaged_statement_hides_nothing_of_the_others(seed: int) -> None:
    """Whatever is done to one statement, the others state the same, and what is wrong with another is still told."""
    rng = Random(seed)
    drawn = RandomRules(KB, LEXICON, rng)
    parts = [
        written(drawn.rule(f"invented.r{n}", rng.choice(("th", "en"))), rng.choice(("th", "en")))
        for n in range(4)
    ]
    victim, faulty = rng.sample(range(4), 2)
    parts[faulty] += "  ทำไม: ไม่มีบรรทัดเช่นนี้\n"
    whole = book_of("\n".join(parts))
    head, _, body = parts[victim].partition("\n")
    for _ in range(rng.choice((1, 2, 5))):
        body = damaged(body, rng)
    parts[victim] = f"{head}\n{body}"
    text = "\n".join(parts)
    note(text)
    with no_hang():
        book = book_of(text)
        told = faults(book)
    others = [f"invented.r{n}" for n in range(4) if n != victim]
    before = {ruled.rule.id: stated(ruled) for ruled in whole.rules}
    after = [ruled for ruled in book.rules if ruled.rule.id in others]
    for identity in others:
        assert any(stated(ruled) == before[identity] for ruled in after if ruled.rule.id == identity), (
            identity
        )
    begins = text.index(parts[faulty])
    assert any(
        fault.code == "rule_key" and text.startswith("ทำไม", fault.span[0]) and fault.span[0] > begins
        for _, fault in told
    )
