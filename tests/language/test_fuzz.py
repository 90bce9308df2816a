"""Files edited at random: whatever becomes of them, findings come of it, never a crash.

LGREASON_FUZZ=20000 runs as many inputs as that.
"""

from __future__ import annotations

import os
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lgreason.language.checking import faults
from lgreason.language.finding import caret, findings
from lgreason.language.rulebook import read_book
from lgreason.language.statements import SourceText
from lgreason.language.writing import formatted, said
from lgreason.report.wording import Wording
from tests.language import corpus

SEEDS = [corpus.program(path) for path in corpus.everything()]
PIECES = [
    *(
        " ",
        "\n",
        "  ",
        "\t",
        '"',
        "«",
        "»",
        ":",
        "#",
        "(1)",
        "(๒)",
        "ก.",
        "[t.x]",
        ";",
        "%",
        ".",
        ",",
        "\u200b",
        "ำ",
        "ํา",
    ),
    *(
        "กฎ ",
        "rule ",
        "นิยาม ตำแหน่ง ",
        "define ",
        "ตัวอย่าง ",
        "กำหนดว่า ",
        "provides that ",
        "เอกสาร: ",
        "in force: ",
    ),
    *(
        "ต้อง",
        "must ",
        "ไม่น้อยกว่า",
        "99999999999999999999",
        "๔ ปี",
        "per cent",
        "std.general_admin.early.q1",
        "😀",
        "\ufeff",
    ),
]
INPUTS = int(os.environ.get("LGREASON_FUZZ", "500"))


def edited(seed: int) -> str:
    """A file of the corpus with some pieces left out, put in, put elsewhere or doubled."""
    chance = random.Random(seed)
    text = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 1, 2, 5, 20, 80)))
        match chance.randint(0, 4):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + chance.choice(PIECES) + text[start:]
            case 2:
                text = text[:start] + chance.choice(PIECES) + text[end:]
            case 3:
                at = chance.randint(0, len(text))
                text = text[:at] + text[start:end] + text[at:]
            case 4:
                other = chance.choice(SEEDS)
                at = chance.randint(0, len(other))
                text = text[:start] + other[at : at + 60] + text[end:]
    return text


@settings(max_examples=INPUTS, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(min_value=0, max_value=2**40))
def test_no_edit_makes_it_crash(seed: int) -> None:
    source = SourceText("x.rules", edited(seed))
    book = read_book([source], corpus.library())
    found = faults(book)
    for finding, (_, fault) in zip(findings(found), found, strict=True):
        assert finding.place is not None and finding.place.line and finding.place.column
        assert Wording("th").finding(finding) and Wording("en").finding(finding)
        line, mark = caret(source, fault)
        assert mark.strip()
        del line
    if not any(fault.severity == "error" for _, fault in found):
        once = formatted(source, said(book, source), book.lexicon)
        again = SourceText("x.rules", once)
        after = read_book([again], corpus.library())
        assert formatted(again, said(after, again), after.lexicon) == once
        assert after.on(corpus.DAY).facts == book.on(corpus.DAY).facts
