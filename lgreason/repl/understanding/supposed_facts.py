"""What if a declared fact were so: «ถ้า สมชาย มี ใบอนุญาตประกอบวิชาชีพ วิชาชีพครู ตั้งแต่ 1 ม.ค. 2565 จะมีสิทธิเป็น …».

After the *if*, the person and the name of the fact stands what is supposed of it, told as in an answer to a question
for it; what is asked of it begins with *would*, *will* or จะ, and may name a post.
"""

from __future__ import annotations

import re

from lgreason.repl.asked import Mention, Question, Supposition
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.index import word_index
from lgreason.repl.understanding.patterns import word_forms
from lgreason.words.forms import Words
from lgreason.words.plain import Plain, plain

NO = "no"
"""What is told of a fact that is supposed not to be."""
_ASKED = re.compile(
    r"(?:^|[\s,]+)(?:(?:แล้ว|ก็|เขา)*จะ|แล้ว(?=มี|เป็น|ได้)|(?:then )?(?:would|will|could|can|is|does)\b)", re.I
)
"""Where what is asked begins."""
_DENYING = frozenset({"NO_LONGER", "NOT", "LACKING"})
_MOST_WORDS = 6


def supposed_fact(sentence: Plain, lexicon: Lexicon) -> Question | None:
    """The question that a sentence asks, if it supposes a declared fact."""
    at, tags = _words(sentence.text, 0)
    if "IF" not in tags or not lexicon.facts:
        return None
    persons: tuple[Mention, ...] = ()
    denied = False
    for _ in range(_MOST_WORDS):
        at += sentence.text[at:].startswith(" ")
        if (end := _longest(lexicon.facts, sentence.text, at)) is not None:
            fact = lexicon.facts[sentence.text[at:end]]
            return _question(sentence, end, Mention(fact.ids, fact.shown), persons, denied, lexicon)
        if (end := _longest(lexicon.words["PERSON_NAME"], sentence.text, at)) is not None:
            word = lexicon.words["PERSON_NAME"][sentence.text[at:end]]
            persons, at = (*persons, Mention(word.ids, word.shown)), end
            continue
        at, tags = _words(sentence.text, at)
        if not tags:
            return None
        denied = denied or bool(tags & _DENYING)
    return None


def _question(
    sentence: Plain, end: int, fact: Mention, persons: tuple[Mention, ...], denied: bool, lexicon: Lexicon
) -> Question | None:
    rest = sentence.written[sentence.place(end - 1) + 1 :].strip(" ?？")
    asked = _ASKED.search(rest)
    said = rest if asked is None else rest[: asked.start()]
    position = None if asked is None else _post(plain(rest[asked.start() :]).text, lexicon)
    supposed = Supposition("fact", fact, said=NO if denied and not said.strip(" ,") else said.strip(" ,"))
    if denied and said.strip(" ,"):
        return None  # of one entry of several it cannot be said that it is not
    return Question("whatif", persons=persons[:1], position=position, suppose=supposed)


def _post(text: str, lexicon: Lexicon) -> Mention | None:
    names = lexicon.words["POSITION_NAME"]
    found = (
        (end - at, names[text[at:end]])
        for at in range(len(text))
        if (end := _longest(names, text, at)) is not None
    )
    best = max(found, key=lambda pair: pair[0], default=None)
    return None if best is None else Mention(best[1].ids, best[1].shown)


def _words(text: str, at: int) -> tuple[int, frozenset[str]]:
    """Where the longest word of questions that stands at a place ends, and what it may mean."""
    for end in word_index().at(text, at):
        return end, word_forms()[text[at:end]]
    return at, frozenset()


def _longest(words: Words, text: str, at: int) -> int | None:
    return max(words.at(text, at), default=None)
