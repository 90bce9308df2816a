"""Questions back in words: as a sentence that asks them, and what could stand where one was not understood."""

from __future__ import annotations

from lgreason.repl.asked import Day, Mention, Question, Supposition
from lgreason.repl.lexicon import Lexicon
from lgreason.repl.organisation_words import OF_ORGANISATIONS as ASKS
from lgreason.repl.organisation_words import organisation_sentence, spaced
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Language
from lgreason.words.plain import is_thai
from lgreason.words.vocabulary import Vocabulary


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
    if question.ask == "compare":
        person = _listed(question.persons[:-1], lexicon, wording)
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
    if question.ask in _OF_THEIR_OWN:
        key = _own_key(question)
    text = say(
        f"question.{key}",
        by=_day(question.by, wording) if question.by else "",
        person=spaced(person or say("question.someone"), language),
        not_=say("question.negation") if question.negated else "",
        post=post,
        change=_change(question.suppose, kb, wording) if question.suppose else "",
        other=spaced(_person(question.persons[-1], lexicon, language), language) if question.persons else "",
        position=spaced(position, language),
        what=_what(question, kb, wording) or clause or question.text or person or someone,
    )
    if question.ask == "whatif" and post:
        text = say("question.so", text=text, post=post, person=say("question.someone"))
    return text


_OF_THEIR_OWN = frozenset({"service", "counts", "convert", "upcoming"})


def _own_key(question: Question) -> str:
    """The sentence of a question that has several."""
    if question.ask == "service":
        return "service" if question.position is not None else "service_all"
    if question.ask == "counts":
        first, *rest = question.about.split()
        return "counts_field" if rest or first in ("field", "degree") else f"counts_{first}"
    if question.ask == "convert":
        return (
            "convert"
            if question.about.startswith("c") and question.about[1:2].isdecimal()
            else "convert_level"
        )
    return question.ask


def _what(question: Question, kb: KnowledgeBase, wording: Wording) -> str:
    """What a question about the rules is about, in words."""
    vocabulary = Vocabulary(kb)
    if question.ask == "again" and not question.persons and question.position is not None:
        return _position(question.position, kb, wording.language)
    if question.ask == "counts":
        names = []
        for word in reversed(question.about.split()):
            for category in ("degree", "field"):
                if (category, word) in kb.names:
                    names.append(vocabulary.name(category, word).into(wording.language))
        return " ".join(names)
    if question.ask == "convert":
        first, _, kind = question.about.partition(" ")
        if first[1:].isdecimal():
            named = vocabulary.name("position_type", kind).into(wording.language) if kind else ""
            return f"{first.upper()} {named}".strip()
        category = "rank" if "." in first else "level"
        return vocabulary.name(category, first).into(wording.language)
    return ""


def _change(said: Supposition, kb: KnowledgeBase, wording: Wording) -> str:
    """What is supposed, in words that can be asked again."""
    if said.kind == "fact":
        return wording.say("question.fact", what=said.what.text, text=said.said).strip()
    category = {"obtain": "degree", "drop": "degree", "take_up": "rank", "work": "work"}[said.kind]
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


def _listed(mentions: tuple[Mention, ...], lexicon: Lexicon, wording: Wording) -> str:
    return wording.say("list.comma").join(_person(mention, lexicon, wording.language) for mention in mentions)


def _position(mention: Mention, kb: KnowledgeBase, language: Language) -> str:
    if len(mention.ids) != 1:
        return mention.text
    return kb.names["position", mention.ids[0]].into(language)
