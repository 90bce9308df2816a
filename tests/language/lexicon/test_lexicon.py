"""Words meet without a space between them: each is found again as it was written, in every place of the grammar.

Two words are read as they were written unless a longer word begins with the first and goes on like the second. All
such pairs are worked out here, from the tables of the grammars, for every place where a first word may stand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from lgreason.language.grammar.grammars import Grammar, grammar
from lgreason.language.grammar.nodes import Node, WordNode
from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.lexicon.lists import CATEGORIES
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.sentences import Sentences
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language
from lgreason.words.forms import ends_word

KB = Library().of(None).under()
LEXICON = RuleLexicon(KB)
SENTENCES = {language: Sentences(language, LEXICON) for language in LANGUAGES}


class Meeting(NamedTuple):
    """A word, and a longer one that begins like it and goes on with words that may follow it."""

    terminal: str
    word: str
    longer: str
    rest: str
    following: str


def meetings(language: Language) -> Iterator[Meeting]:
    """Every place where a longer word could be read in place of two.

    In a row of pieces on declared facts nearly any word may follow any other: there the longest is what is meant, and
    the sentences of tests/language/meaning hold it. Those places are left out.
    """
    of, sentences = grammar(language), SENTENCES[language]
    seconds = Seconds(sentences)
    for after in followers(of).values():
        words = sentences.choices(after.state).words
        keys = sorted(words)
        for number, word in enumerate(keys):
            terminal = words[word][0]
            for longer in keys[number + 1 : bisect_right(keys, word + "\U0010ffff")]:
                if not ends_word(longer, len(word)):
                    continue
                rest = longer[len(word) :].lstrip()
                for state in after.states[terminal]:
                    if "TERM" in sentences.choices(state).admitted:
                        continue
                    for of_second in seconds.going_on(state, rest):
                        yield Meeting(terminal, word, longer, rest, of_second)


class After(NamedTuple):
    """One of the states that admit the same words, and the states in which the parser may be after each of them."""

    state: int
    states: dict[str, set[int]]


def followers(of: Grammar) -> dict[frozenset[str], After]:
    """What may come after the words of each set of words admitted, one state for all that admit the same."""
    anywhere: dict[str, set[int]] = defaultdict(set)
    alike: dict[frozenset[str], int] = {}
    one = {state: alike.setdefault(frozenset(row), state) for state, row in of.table.actions.items()}
    for row in of.table.actions.values():
        for terminal, action in row.items():
            if isinstance(action, int):
                anywhere[terminal].add(one[action])
    found: dict[frozenset[str], After] = {}
    for state, row in of.table.actions.items():
        after = found.setdefault(frozenset(row), After(state, defaultdict(set))).states
        for terminal, action in row.items():
            after[terminal] |= {one[action]} if isinstance(action, int) else anywhere[terminal]
    return found


class Seconds:
    """The words that may follow, looked up by what they begin with."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._sorted: dict[int, list[str]] = {}
        self._found: dict[tuple[int, str], frozenset[str]] = {}

    def going_on(self, state: int, rest: str) -> frozenset[str]:
        """The terminals of the words of a state that begin with a text, or with which it begins."""
        if (state, rest) not in self._found:
            words = self._sentences.choices(state).words
            if state not in self._sorted:
                self._sorted[state] = sorted(words)
            keys = self._sorted[state]
            begin = keys[bisect_left(keys, rest) : bisect_right(keys, rest + "\U0010ffff")]
            within = [
                rest[:end] for end in range(1, len(rest) + 1) if rest[:end] in words and ends_word(rest, end)
            ]
            self._found[state, rest] = frozenset(words[key][0] for key in (*begin, *within))
        return self._found[state, rest]


def ids(terminal: str, word: str) -> tuple[str, ...]:
    words = LEXICON.words(terminal)
    return words[word].ids if word in words else ()


def is_said_twice(meeting: Meeting) -> bool:
    """Whether the longer word is two names of one term with an "or" between them, and so are the two words."""
    either = {"หรือ", "or"}
    if meeting.terminal not in CATEGORIES or not any(meeting.rest.startswith(word) for word in either):
        return False
    other = meeting.rest.removeprefix("หรือ").removeprefix("or").strip()
    whole, first = set(ids(meeting.terminal, meeting.longer)), set(ids(meeting.terminal, meeting.word))
    second = set(ids(meeting.terminal, other))
    # "หรือเทียบเท่า" is no name of a post: there is nothing else that it could be a part of.
    return whole <= first and (not second or whole <= second)


_KIND_FOLLOWS = (
    "where a kind of organisation must follow, the shorter word is read: it leaves sense behind it"
)
_NO_QUANTITY = "no quantity has a name that begins with “filled posts of”"
_REST_TELLS = "“workload score of …” is no amount: what follows leaves sense only behind the shorter word"
_WORK = (
    "kinds of work are named with and without the word for work: both ways of reading are of the same kind"
)
_VERBS = ("ปฏิบัติ", "เคยปฏิบัติ", "ได้ปฏิบัติ", "มีประสบการณ์การปฏิบัติ", "มีประสบการณ์ในการปฏิบัติ")
_SAME = "a number is followed by “and” only between two ages"
_NO_CAP = "a number of posts is said of a kind of organisation, and capped where service is added: never both"
_PUNISHED = (
    "โท is a degree, and no word goes on with ษ: what follows leaves sense only behind the longer word"
)
_SENTENCED = (
    *("โทษทางวินัย", "โทษทางวินัยสถาน", "โทษจำคุก"),
    *("โทษจำคุกโดยคำพิพากษาถึงที่สุด", "โทษจำคุกตามคำพิพากษาถึงที่สุด"),
)
_NO_WORK = "no kind of work and no post has a name that begins so: only behind the longer word there is sense"
_TIMES = (
    *((time, what) for time in ("มีเวลา", "มีระยะเวลา") for what in ("ปฏิบัติราชการ", "ปฏิบัติราชการใน")),
    *((time, "ดำรงตำแหน่งในสายงาน") for time in ("มีเวลา", "มีระยะเวลา", "มีระยะเวลาการ")),
    *((time, "ปฏิบัติราชการ") for time in ("มีระยะเวลาการ", "มีระยะเวลาในการ")),
)
_HUNDREDS = (("one hundred", "eighty"), ("one hundred", "twenty"), ("three hundred", "sixty-five"))
_DEGREE = "a degree that is no field of study: which of them is meant is told by what follows"
_LAST_YEAR = "the last fiscal year is a window as it stands, and so is what the shorter word begins"
_LONGER = "the longer word says what the two would say, or the two make no sense together"
_IN_THE = ("in the", "during the", "for the", "over the", "throughout the", "within the")
_FISCAL = [
    f"{a} {b} year"
    for a in ("last", "past", "preceding", "previous")
    for b in ("budget", "financial", "fiscal")
]
_WITH_FOR = (
    *("admission", "appointment", "assessment", "each", "each year", "election", "persons who", "promotion"),
    *(
        "persons who qualify under item",
        "persons with the qualifications of item",
        "registration",
        "selection",
    ),
    *("the", "those who", "those who qualify under item", "transfer"),
)
MAY_NOT_MEET = {
    **{("en", word, f"{word} {year}"): _LAST_YEAR for word in _IN_THE for year in _FISCAL},
    **{("en", "for", f"for {rest}"): _LONGER for rest in _WITH_FOR},
    **{
        ("en", word, f"{word} {rest}"): _LONGER
        for word, rest in (
            *(("as", "of"), ("date", "of birth"), ("day", "of application"), ("has", "not")),
            *(("have served as", "a"), ("level", "of"), ("of", "each part"), ("of", "the"), ("or", "of")),
            ("those", "who"),
        )
    },
    **{
        ("th", word, f"{word}{rest}"): _LONGER
        for word, rest in (
            *(("ข้าราชการ", "ซึ่งพ้นจากการทดลองปฏิบัติหน้าที่ราชการ"), ("ข้าราชการ", "ผู้ขอ"), ("ข้าราชการ", "ผู้ใด")),
            *(("ตั้งแต่", "ขั้น"), ("ตั้งแต่", "ระดับ"), ("ต้อง", "ไม่เกิน"), ("บุคคล", "ซึ่ง"), ("บุคคล", "ที่")),
            *(("บุคคล", "ผู้"), ("บุคคล", "ผู้ล้มละลาย"), ("ปี", "ขึ้นไป"), ("ผู้สมัคร", "ต้อง"), ("พนักงาน", "ผู้ใด")),
            *(("โดยต้อง", "ไม่"), ("ใน", "ปัจจุบัน"), ("ใน", "ระดับ"), ("ใน", "ระดับความยากเทียบเท่า")),
            ("ไม่ต่ำกว่า", "ระดับ"),
        )
    },
    ("en", "clerk", "clerk of the pao"): _KIND_FOLLOWS,
    ("en", "clerk", "clerk of the sao"): _KIND_FOLLOWS,
    ("en", "deputy clerk", "deputy clerk of the pao"): _KIND_FOLLOWS,
    ("en", "deputy clerk", "deputy clerk of the sao"): _KIND_FOLLOWS,
    ("en", "have", "have filled posts of"): _NO_QUANTITY,
    ("en", "workload", "workload score"): _REST_TELLS,
    ("th", "workload", "workload score"): _REST_TELLS,
    **{("th", verb, f"{verb}งาน"): _WORK for verb in _VERBS},
    ("en", "one", "one and the same"): _SAME,
    ("en", "may have", "may have no"): "no number of posts begins with “no”",
    ("th", "เป็น", "เป็นเทศบาล"): "read as a class first, and where no class follows as a status",
    ("th", "ได้", "ได้ไม่เกิน"): _NO_CAP,
    **{("th", "ได้รับ", f"ได้รับ{what}"): _PUNISHED for what in _SENTENCED},
    **{("th", time, f"{time}{what}"): _NO_WORK for time, what in _TIMES},
    **{("en", number, f"{number} and {rest}"): _SAME for number, rest in _HUNDREDS},
    **{("th", "หรือ", f"หรือ{of}.{end}."): _DEGREE for of in ("บธ", "ร", "รป") for end in ("บ", "ม", "ด")},
    **{
        ("en", "or", f"or {degree}{end}"): _DEGREE
        for degree in ("mba", "mpa")
        for end in ("", " s", " degree")
    },
}
"""The pairs that a longer word could take the place of, and why it does not."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_of_words_is_read_as_it_is_written(language: Language) -> None:
    left = {(language, m.word, m.longer) for m in meetings(language) if not is_said_twice(m)}
    explained = {pair for pair in MAY_NOT_MEET if pair[0] == language}
    assert left == explained


def words_in(sentence: str, language: Language, kind: str) -> list[str]:
    said = SENTENCES[language].read(sentence)
    assert isinstance(said, Node), said
    return [part.value for part in said.walk() if isinstance(part, WordNode) and part.kind == kind]


def test_where_a_longer_word_leaves_no_sense_behind_it_a_shorter_one_is_read() -> None:
    row = "clerk of the pao shall be set at mid"
    assert words_in(row, "en", "POST_NAME") == ["clerk"]
    assert words_in(row, "en", "SCOPE_NAME") == ["pao"]
    amounts = "burden.requested means workload, score of the indicators set by the ก.ท. office and job_value"
    assert words_in(amounts, "en", "AMOUNT_NAME") == ["workload", "indicators", "job_value"]
    scores = "burden.requested means workload score and job_value"
    assert len(words_in(scores, "en", "AMOUNT_NAME")) == 2


def test_a_word_of_several_terms_is_told_and_not_read_otherwise() -> None:
    said = SENTENCES["th"].read("ต้องดำรงตำแหน่งหรือเคยดำรงตำแหน่งผอ.กอง มาแล้วไม่น้อยกว่า ๑ ปี")
    assert isinstance(said, Fault) and said.code == "rule_ambiguous_term"


# ── every name of a term ──────────────────────────────────────────────────────────────────────────────────────

PLACES: dict[str, dict[Language, str]] = {
    "DEGREE_NAME": {"th": "ต้องได้รับ{}ทุกสาขา", "en": "must hold {} in any field"},
    "FIELD_NAME": {"th": "ต้องได้รับปริญญาโทในสาขา{}", "en": "must hold a master's degree in {}"},
    "POSITION_NAME": {
        "th": "ต้องดำรงตำแหน่งหรือเคยดำรงตำแหน่ง{}มาแล้วไม่น้อยกว่า๑ปี",
        "en": "must hold or have held {} for not less than 1 year",
    },
    "RANK_NAME": {
        "th": "ต้องเคยดำรงตำแหน่ง{}มาแล้วไม่น้อยกว่า๑ปี",
        "en": "must have held {} for not less than 1 year",
    },
    "TYPE_NAME": {
        "th": "ต้องเคยดำรงตำแหน่ง{}ไม่ต่ำกว่าต้น มาแล้วไม่น้อยกว่า๑ปี",
        "en": "must have held {} not below early for not less than 1 year",
    },
    "LEVEL_NAME": {
        "th": "ต้องมีปลัด {} ไม่เกิน ๑ อัตรา",
        "en": "must have clerk {} of not more than 1 post",
    },
    "WORK_NAME": {"th": "ต้องปฏิบัติ{}มาแล้วไม่น้อยกว่า๑ปี", "en": "must have done {} for not less than 1 year"},
    "SERIES_NAME": {
        "th": "ต้องปฏิบัติงานนโยบายและแผน หรือดำรงตำแหน่งในสายงาน{}มาแล้วไม่น้อยกว่า๑ปี",
        "en": "must have done related work or held a post in the series {} for not less than 1 year",
    },
    "COMPETENCY_NAME": {
        "th": "ทักษะที่จำเป็นประจำสายงาน ลำดับที่ ๑ ได้แก่{} ระดับต้น ๑",
        "en": "functional competencies include as item 1 {} early 1",
    },
    "QUANTITY_NAME": {"th": "{} คือค่าเฉลี่ยของ job_value", "en": "{} is the mean of job_value"},
    "AMOUNT_NAME": {"th": "job_value คือค่าเฉลี่ยของ {}", "en": "job_value is the mean of {}"},
    "INSTRUMENT_NAME": {"th": "ต้องผ่าน{}", "en": "must pass {}"},
    "POST_NAME": {"th": "ต้องมี{}ไม่เกิน ๑ อัตรา", "en": "must have {} of not more than 1 post"},
    "SCOPE_NAME": {"th": "ข้อนี้ใช้กับทุกแผนของ{}", "en": "this clause binds every plan of {}"},
    "TYPE_ALONE": {
        "th": "{} ไม่ต่ำกว่าต้น มาแล้วไม่น้อยกว่า ๑ ปี",
        "en": "{} not below early for not less than 1 year",
    },
    "COMMITTEE_NAME": {
        "th": "ต้องได้รับปริญญาโทในสาขาสถิติ หรือสาขาที่ {} รับรอง",
        "en": "must hold a master's degree in statistics or a field that {} accept",
    },
    "STATUS_NAME": {"th": "ต้องมีฐานะเป็น{}", "en": "must have the status of {}"},
    "KIND_NAME": {"th": "ต้องเป็นส่วนราชการที่เป็น{}", "en": "must count as a unit of the kind {}"},
    "SIZE_NAME": {"th": "ต้องมีขนาดเดิมเป็น{}", "en": "must have the former size of {}"},
    "CLASS_NAME": {
        "th": "ข้อนี้เป็นเงื่อนไขของการเปลี่ยนเป็นเทศบาล{}",
        "en": "this clause is the condition of re-typing to {}",
    },
}


def test_there_is_a_sentence_for_the_words_of_every_kind() -> None:
    """A further degree is a degree; groups stand in the sentence on competencies."""
    assert set(CATEGORIES) - set(PLACES) == {"OR_DEGREE_NAME", "GROUP_NAME"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("terminal", PLACES)
def test_every_name_and_alias_is_understood(terminal: str, language: Language) -> None:
    """Whatever its script: a Thai name may stand in an English sentence."""
    strange = []
    for key, word in LEXICON.words(terminal).items():
        said = SENTENCES[language].read(PLACES[terminal][language].format(key))
        if len(word.ids) > 1:
            fine = isinstance(said, Fault) and said.code == "rule_ambiguous_term"
        else:
            found = (
                [p.value for p in said.walk() if isinstance(p, WordNode)] if isinstance(said, Node) else []
            )
            fine = word.ids[0] in found
        if not fine:
            strange.append((key, word.ids, said))
    assert strange == []


@pytest.mark.parametrize("terminal", PLACES)
def test_every_name_and_alias_of_the_vocabulary_is_a_word(terminal: str) -> None:
    """What the facts of kb/ call a term, as they spell it."""
    words, category = LEXICON.words(terminal), CATEGORIES[terminal]
    named = [(i, t) for c, i, _, t in KB.rows("name") if getattr(c, "name", c) == category]
    named += [(i, t) for c, i, t in KB.rows("alias") if getattr(c, "name", c) == category]
    missing = [(i, t) for i, t in named if str(i) not in ids(terminal, plain_text(str(t)))]
    assert missing == [] or terminal == "TYPE_ALONE"  # whose aliases are words of groups too
    assert named or words
