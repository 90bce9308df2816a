"""Questions about organisations back in words: the arguments of the sentence that asks each again."""

from __future__ import annotations

from lgreason.repl.asked import Question, Wanted
from lgreason.repl.lexicon import Lexicon
from lgreason.report.wording import Wording
from lgreason.rules.model import Language
from lgreason.words.forms import Kind
from lgreason.words.plain import is_thai

_KIND: dict[str, Kind] = {"post": "POST_NAME", "unit": "UNIT_NAME", "choice": "CHOICE_NAME"}
OF_ORGANISATIONS = frozenset(
    {
        *("posts", "choice", "refused", "validate", "burden", "classify"),
        *("structures", "require", "forbid", "draw", "export", "why_post", "how_post", "compare_plans"),
    }
)


def organisation_sentence(question: Question, lexicon: Lexicon, wording: Wording) -> str:
    """The sentence that asks a question about an organisation, without its day and whether it is in full."""
    return _Words(lexicon, wording).sentence(question)


class _Words:
    def __init__(self, lexicon: Lexicon, wording: Wording) -> None:
        self._lexicon = lexicon
        self._wording = wording
        self._language: Language = wording.language

    def sentence(self, question: Question) -> str:
        say = self._wording.say
        named = self._shown("ORGANISATION_NAME", question)
        someone = "" if question.ask == "structures" else say("question.we")
        return say(
            f"question.{_key(question)}",
            organisation=named or someone,
            of=say("question.of_organisation", organisation=named) if named else "",
            what=self._what(question),
            wanted=self._wanted(question.wanted) if question.wanted else "",
            class_=self._lexicon.shown("CLASS_NAME", question.kind, self._language) if question.kind else "",
            n=question.option or 0,
            plans=self._plans(question),
        )

    def _plans(self, question: Question) -> str:
        names = []
        for plan in question.plans:
            kind, _, number = plan.partition(" ")
            names.append(self._wording.say(f"question.{kind}", n=int(number or 0)))
        return self._wording.listed(names)

    def _shown(self, kind: Kind, question: Question) -> str:
        mention = question.organisation
        if mention is None:
            return ""
        name = mention.text or self._lexicon.shown(kind, mention, self._language)
        return spaced(name, self._language)

    def _what(self, question: Question) -> str:
        if question.post is not None:
            return spaced(self._lexicon.shown("POST_NAME", question.post, self._language), self._language)
        if question.wanted is not None and not question.text:
            return self._named(question.wanted)
        return question.text

    def _named(self, wanted: Wanted) -> str:
        name = wanted.what.text
        if wanted.of == "post" or not name:
            name = self._lexicon.shown(_KIND[wanted.of], wanted.what, self._language)
        return spaced(name, self._language)

    def _wanted(self, wanted: Wanted) -> str:
        say, what, value = self._wording.say, self._named(wanted), wanted.value
        if wanted.inside:
            return say(f"question.wanted_{wanted.inside}", what=what, value=value)
        if not value:
            return say("question.wanted_there", what=what)
        if value.isdecimal():
            key = "wanted_number" if wanted.of == "post" else "wanted_choice"
            return say(f"question.{key}", what=what, value=value)
        name = next(
            (
                word.shown
                for _, word in self._lexicon.words["VALUE_NAME"].items()
                if word.ids == (value,)
                and word.offered
                and is_thai(word.shown[0]) == (self._language == "th")
            ),
            value,
        )
        key = "wanted_choice" if value == "none" or wanted.of == "choice" else "wanted_is"
        return say(f"question.{key}", what=what, value=name)


def _key(question: Question) -> str:
    ask: str = question.ask
    if ask == "posts" and question.post:
        return "posts_one"
    if ask == "refused":
        return "refused_wanted"
    if ask == "why_post":
        return "why_post_one" if question.post else "why_post"
    if ask == "structures" and question.wanted:
        return "structures_unit"
    return f"{ask}_{question.which}" if question.which and ask in ("structures", "draw") else ask


def spaced(name: str, language: Language) -> str:
    """A name with spaces around it where Thai would otherwise run into another script."""
    return f" {name} " if language == "th" and name and not is_thai(name[-1]) else name
