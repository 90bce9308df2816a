"""Questions back in words: as a sentence that asks them, and what could stand where one was not understood."""

from __future__ import annotations

from lgreason.asked import Expected, Mention, NotUnderstood, Question
from lgreason.knowledge import KnowledgeBase
from lgreason.lexicon import Kind, Lexicon
from lgreason.model import Language
from lgreason.plain_text import is_thai
from lgreason.wording import Wording

MOST_EXAMPLES = 3
MOST_WORDS = 4


def language_of(text: str) -> Language:
    """The language that a text is written in: Thai as soon as a sign of it is Thai."""
    return "th" if any(map(is_thai, text)) else "en"


def sentence(question: Question, kb: KnowledgeBase, lexicon: Lexicon, wording: Wording) -> str:
    """A sentence that asks the question, in the language of the wording; read back, it is the same question."""
    say, language = wording.say, wording.language
    position = _position(question.position, kb, language) if question.position else ""
    person = " ".join(_person(mention, lexicon, language) for mention in question.persons)
    clause = question.clause.text if question.clause else ""
    key = question.ask
    if question.ask == "lang" or (question.ask == "as_of" and question.text == "today"):
        key = f"{question.ask}_{question.text}"  # type: ignore[assignment]
    text = say(
        f"question.{key}",
        person=_spaced(person or say("question.someone"), language),
        not_=say("question.negation") if question.negated else "",
        post=say("question.post", position=_spaced(position, language)) if position else "",
        what=clause or question.text or person or say("question.someone"),
    )
    return " ".join(f"{text} {say('question.full') if question.full else ''}".split())


def _person(mention: Mention, lexicon: Lexicon, language: Language) -> str:
    """A person's name as given, or one that is theirs alone."""
    if mention.text or len(mention.ids) != 1:
        return mention.text
    return lexicon.person_name(mention.ids[0], language)


def _position(mention: Mention, kb: KnowledgeBase, language: Language) -> str:
    if len(mention.ids) != 1:
        return mention.text
    return kb.names["position", mention.ids[0]].into(language)


def _spaced(name: str, language: Language) -> str:
    """A name with spaces around it where Thai would otherwise run into another script."""
    return f" {name} " if language == "th" and name and not is_thai(name[-1]) else name


def expected_words(
    understood: NotUnderstood, lexicon: Lexicon, kb: KnowledgeBase, wording: Wording
) -> list[str]:
    """What could stand where a sentence was no longer understood, each in words."""
    if not understood.understood:
        return [wording.say("question.expect_BEGINNING")]
    found = (_expected(thing, lexicon, kb, wording) for thing in understood.expected)
    return [words for words in found if words]


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
            return wording.say("question.expect_nobody")
        return wording.say(key, examples=_quoted(names[:MOST_EXAMPLES], wording))
    if thing.kind == "POSITION_NAME":
        posts = list(kb.posts)[-MOST_EXAMPLES:]
        names = [kb.names["position", post].into(wording.language) for post in posts]
        return wording.say(key, examples=_quoted(names, wording))
    if thing.kind in ("READING_NAME", "READING_CHOICE"):
        offered = [word.shown for _, word in lexicon.words[_kind(thing)].items() if word.offered]
        return wording.say(key, examples=_quoted(offered[:MOST_EXAMPLES], wording))
    return wording.say(key)


def _kind(thing: Expected) -> Kind:
    return "READING_NAME" if thing.kind == "READING_NAME" else "READING_CHOICE"


def _quoted(words: list[str], wording: Wording) -> str:
    return wording.say("list.comma").join(wording.say("question.word", word=word) for word in words)
