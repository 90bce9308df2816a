"""Questions back in words: as a sentence that asks them, and what could stand where one was not understood."""

from __future__ import annotations

from lgreason.repl.asked import Day, Expected, Mention, NotUnderstood, Question, Supposition
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.organisation_words import OF_ORGANISATIONS as ASKS
from lgreason.repl.organisation_words import organisation_sentence, spaced
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Language
from lgreason.words.forms import OF_ORGANISATIONS
from lgreason.words.plain import is_thai
from lgreason.words.vocabulary import Vocabulary

MOST_EXAMPLES = 3
MOST_WORDS = 4
BY_EXAMPLE = frozenset(
    {
        *(
            "READING_NAME",
            "READING_CHOICE",
            "DEGREE_NAME",
            "FIELD_NAME",
            "WORK_NAME",
            "RANK_NAME",
            "LEVEL_NAME",
        ),
        *OF_ORGANISATIONS,
    }
)
"""Kinds of names that are shown by some of them."""
_NEEDLESS = frozenset({"CHOICE_NAME", "NUMBER"})
"""Other beginnings of a choice than the posts and units that it is of."""


def language_of(text: str) -> Language:
    """The language that a text is written in: Thai as soon as a sign of it is Thai."""
    return "th" if any(map(is_thai, text)) else "en"


def sentence(question: Question, kb: KnowledgeBase, lexicon: Lexicon, wording: Wording) -> str:
    """A sentence that asks the question, in the language of the wording; read back, it is the same question."""
    text = (
        organisation_sentence(question, lexicon, wording)
        if question.ask in ASKS
        else _sentence(question, kb, lexicon, wording)
    )
    if question.full:
        text = f"{text} {wording.say('question.full')}"
    if question.on:
        text = wording.say("question.on", day=_day(question.on, wording), question=text)
    return " ".join(text.split())


def _sentence(question: Question, kb: KnowledgeBase, lexicon: Lexicon, wording: Wording) -> str:
    """A sentence about persons, or a command, without its day and whether it is in full."""
    say, language = wording.say, wording.language
    position = _position(question.position, kb, language) if question.position else ""
    person = _person(question.persons[0], lexicon, language) if question.persons else ""
    if question.ask == "compare" and len(question.persons) < 2:
        person = ""
    clause = question.clause.text if question.clause else ""
    key: str = question.ask
    if question.ask == "lang" or (question.ask == "as_of" and question.text == "today"):
        key = f"{question.ask}_{question.text}"
    if question.ask == "path" and not position:
        key = "path_anywhere"
    someone = say("question.someone")
    if question.organisation is not None:
        someone = question.organisation.text or say("question.this_organisation")
    if question.ask == "undo" and question.text:
        key = "undo_all"
    post = say("question.post", position=spaced(position, language)) if position else ""
    text = say(
        f"question.{key}",
        person=spaced(person or say("question.someone"), language),
        not_=say("question.negation") if question.negated else "",
        post=post,
        change=_change(question.suppose, kb, wording) if question.suppose else "",
        other=spaced(_person(question.persons[-1], lexicon, language), language) if question.persons else "",
        position=spaced(position, language),
        what=clause or question.text or person or someone,
    )
    if question.ask == "whatif" and post:
        text = say("question.so", text=text, post=post, person=say("question.someone"))
    return text


def _change(said: Supposition, kb: KnowledgeBase, wording: Wording) -> str:
    """What is supposed, in words that can be asked again."""
    category = {"obtain": "degree", "take_up": "rank", "work": "work"}[said.kind]
    vocabulary = Vocabulary(kb)

    def name(category: str, mention: Mention) -> str:
        if len(mention.ids) > 1:
            return mention.text
        return vocabulary.name(category, mention.ids[0]).into(wording.language)

    text = wording.say(f"question.{said.kind}", what=name(category, said.what))
    if said.field is not None:
        text = wording.say("question.in_field", text=text, field=name("field", said.field))
    if said.start is not None:
        text = wording.say("question.since", text=text, day=_day(said.start, wording))
    if said.end is not None:
        text = wording.say("question.until", text=text, day=_day(said.end, wording))
    return text


def _day(day: Day, wording: Wording) -> str:
    return day.written if day.day is None else wording.date(day.day, short=True)


def _person(mention: Mention, lexicon: Lexicon, language: Language) -> str:
    """A person's name as given, or one that is theirs alone."""
    if mention.text or len(mention.ids) != 1:
        return mention.text
    return lexicon.person_name(mention.ids[0], language)


def _position(mention: Mention, kb: KnowledgeBase, language: Language) -> str:
    if len(mention.ids) != 1:
        return mention.text
    return kb.names["position", mention.ids[0]].into(language)


def expected_words(
    understood: NotUnderstood, lexicon: Lexicon, kb: KnowledgeBase, wording: Wording
) -> list[str]:
    """What could stand where a sentence was no longer understood, each in words."""
    if not understood.understood:
        return [wording.say("question.expect_BEGINNING")]
    kinds = {thing.kind for thing in understood.expected}
    needless = _NEEDLESS if kinds & {"POST_NAME", "UNIT_NAME"} else frozenset()
    things = [thing for thing in understood.expected if thing.kind not in needless]
    found = (_expected(thing, lexicon, kb, wording) for thing in things)
    return [words for words in found if words] or [wording.say("question.expect_no_organisation")]


def _expected(thing: Expected, lexicon: Lexicon, kb: KnowledgeBase, wording: Wording) -> str:
    key = f"question.expect_{thing.kind}"
    if thing.kind == "OTHER_CHOICE":
        return ""
    if thing.kind == "WORD":
        words = [word for word in thing.words if language_of(word) == wording.language] or list(thing.words)
        return wording.say(key, words=_quoted(words[:MOST_WORDS], wording))
    if thing.kind == "PERSON_NAME":
        names = [lexicon.person_name(identity, wording.language) for identity in lexicon.people]
        if not names:
            return "" if lexicon.organisations else wording.say("question.expect_nobody")
        return wording.say(key, examples=_quoted(names[:MOST_EXAMPLES], wording))
    if thing.kind == "POSITION_NAME":
        posts = list(kb.posts)[-MOST_EXAMPLES:]
        names = [kb.names["position", post].into(wording.language) for post in posts]
        return wording.say(key, examples=_quoted(names, wording))
    if thing.kind in BY_EXAMPLE:
        named = lexicon.words[thing.kind]
        offered = [word.shown for _, word in named.items() if word.offered]
        if not offered:
            return ""
        if not thing.kind.startswith("READING"):
            offered = [text for text in offered if language_of(text) == wording.language] or offered
        return wording.say(key, examples=_quoted(offered[:MOST_EXAMPLES], wording))
    return wording.say(key)


def _quoted(words: list[str], wording: Wording) -> str:
    return wording.say("list.comma").join(wording.say("question.word", word=word) for word in words)
