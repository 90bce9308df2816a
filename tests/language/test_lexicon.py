"""Words meet without a space between them: each is found again as it was written, in every place of the grammar.

Two words are read as they were written unless a longer word begins with the first and goes on like the second. All
such pairs are worked out here, from the tables of the grammars, for every place where a first word may stand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

import pytest

from lgreason.language.grammar import Grammar, grammar
from lgreason.language.lexicon import CATEGORIES, RuleLexicon
from lgreason.language.nodes import Node, Word
from lgreason.language.plain import plain_text
from lgreason.language.sentence import Fault, Sentences
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


class Place:
    """The words that may stand in some places of a grammar, those that admit the same."""

    def __init__(self, words: dict[str, tuple[str, tuple[str, ...]]]) -> None:
        self.words = words
        self._keys = sorted(words)

    @cached_property
    def longer(self) -> list[tuple[str, str]]:
        """Every word with each that begins with it and goes on with a word of its own."""
        return [
            (word, longer)
            for number, word in enumerate(self._keys)
            for longer in self._beginning(word, number + 1)
            if ends_word(longer, len(word))
        ]

    def _beginning(self, with_: str, start: int) -> list[str]:
        return self._keys[start : bisect_right(self._keys, with_ + "\U0010ffff")]

    def meeting(self, rest: str) -> set[str]:
        """The terminals of the words that begin with a text, or with which it begins."""
        found = {self.words[word][0] for word in self._beginning(rest, bisect_left(self._keys, rest))}
        for end in range(1, len(rest)):
            if rest[:end] in self.words and ends_word(rest, end):
                found.add(self.words[rest[:end]][0])
        return found


def meetings(language: Language) -> set[Meeting]:
    """Every place where a longer word could be read in place of two."""
    of, sentences = grammar(language), SENTENCES[language]
    places: dict[frozenset[str], Place] = {}

    def place(state: int) -> Place:
        choices = sentences.choices(state)
        if choices.admitted not in places:
            places[choices.admitted] = Place(choices.words)
        return places[choices.admitted]

    after = {terminal: {place(state) for state in states} for terminal, states in reached(of).items()}
    following: dict[tuple[str, str, str], set[Place]] = defaultdict(set)
    for state, row in of.table.actions.items():
        here = place(state)
        for word, longer in here.longer:
            terminal = here.words[word][0]
            target = row.get(terminal)
            following[terminal, word, longer] |= (
                {place(target)} if isinstance(target, int) else after[terminal]
            )
    return {
        Meeting(terminal, word, longer, rest, second)
        for (terminal, word, longer), behind in following.items()
        for rest in (longer[len(word) :].lstrip(),)
        for each in behind
        for second in each.meeting(rest)
    }


def reached(of: Grammar) -> dict[str, set[int]]:
    """The states in which the parser may be after each terminal."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in of.table.actions.values():
        for terminal, action in row.items():
            if isinstance(action, int):
                found[terminal].add(action)
    return found


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
_QUALIFIED = "the longer word begins the same phrase, and says who is meant by several items"
MAY_NOT_MEET = {
    ("en", "clerk", "clerk of the pao"): _KIND_FOLLOWS,
    ("en", "clerk", "clerk of the sao"): _KIND_FOLLOWS,
    ("en", "deputy clerk", "deputy clerk of the pao"): _KIND_FOLLOWS,
    ("en", "deputy clerk", "deputy clerk of the sao"): _KIND_FOLLOWS,
    ("en", "have", "have filled posts of"): _NO_QUANTITY,
    ("en", "workload", "workload score"): _REST_TELLS,
    ("th", "workload", "workload score"): _REST_TELLS,
    **{("th", verb, f"{verb}งาน"): _WORK for verb in ("ปฏิบัติ", "เคยปฏิบัติ", "ได้ปฏิบัติ")},
    ("th", "สำหรับผู้", "สำหรับผู้มีคุณสมบัติเฉพาะสำหรับตำแหน่ง"): _QUALIFIED,
    ("th", "สำหรับผู้ที่", "สำหรับผู้ที่มีคุณสมบัติเฉพาะสำหรับตำแหน่ง"): _QUALIFIED,
    ("en", "for persons who", "for persons who qualify under item"): _QUALIFIED,
    ("en", "for those who", "for those who qualify under item"): _QUALIFIED,
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
    return [part.value for part in said.walk() if isinstance(part, Word) and part.kind == kind]


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
            found = [p.value for p in said.walk() if isinstance(p, Word)] if isinstance(said, Node) else []
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
