"""From the tree of a sentence to the question that it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Literal, cast, get_args

from lark import Token, Tree

from lgreason.repl.asked import Ask, Day, Mention, Question, Supposition, Told, Wanted, Which
from lgreason.repl.grammar import CLOSED
from lgreason.repl.lexicon import Lexicon
from lgreason.words.dates import DateProblem, parse_date
from lgreason.words.plain import Plain

_WHICH = frozenset(name for some in get_args(Which) for name in get_args(some))
_EITHER_WAY = frozenset({"refused", "validate", "classify"})
_OF: dict[str, Literal["post", "unit", "choice"]] = {
    "POST_NAME": "post",
    "UNIT_NAME": "unit",
    "CHOICE_NAME": "choice",
}


def meaning(tree: Tree[Token], sentence: Plain, lexicon: Lexicon) -> Question:
    """The question that a tree over a sentence asks."""
    return _Reader(sentence, lexicon).question(tree)


def told(tree: Tree[Token], sentence: Plain, lexicon: Lexicon) -> Told:
    """What a tree over a sentence answers."""
    return _Reader(sentence, lexicon).told(tree)


class _Reader:
    """Reads the parts of a sentence into a question, one after the other."""

    def __init__(self, sentence: Plain, lexicon: Lexicon) -> None:
        self._sentence = sentence
        self._lexicon = lexicon

    def question(self, tree: Tree[Token]) -> Question:
        if tree.data == "start":  # on a day, a question
            first, rest = cast("list[Tree[Token]]", tree.children)
            return replace(self.question(rest), on=self._day(first))
        question = reduce(self._with, tree.children, Question(cast(Ask, str(tree.data))))
        # Why it may not be, and whether it may: the answer is the same.
        return replace(question, negated=False) if question.ask in _EITHER_WAY else question

    def told(self, tree: Tree[Token]) -> Told:
        match tree.data:
            case "yes" | "no" | "unknown" as kind:
                return Told(kind)
            case "named_day":
                return Told("day", day=self._day(tree))
            case "named_field" | "named_level" as kind:
                (name,) = tree.children
                assert isinstance(name, Token)
                return Told("field" if kind == "named_field" else "level", name=self._mention(name))
        parts = cast("list[Tree[Token]]", tree.children)
        return Told("things", things=tuple(map(self._supposition, parts)))

    def _with(self, question: Question, part: Token | Tree[Token]) -> Question:
        """A question with one more part of its sentence."""
        if isinstance(part, Token):
            return self._with_name(question, part)
        match part.data:
            case "full":
                return replace(question, full=True)
            case "negated" | "cannot":
                return replace(question, negated=not question.negated)
            case "thai" | "english" as language:
                return replace(question, text={"thai": "th", "english": "en"}[language])
            case "obtain" | "take_up" | "work":
                return replace(question, suppose=self._supposition(part))
            case "everything":
                return replace(question, text="all")
            case "day" if question.ask == "as_of":
                return replace(question, text=getattr(self._day(part), "written", ""))
            case "day":
                return replace(question, on=self._day(part))
            case "organisation_spoken_of" if question.ask == "show":
                return replace(question, organisation=Mention(()))
            case "wanted":
                return replace(question, wanted=self._wanted(part))
            case which if which in _WHICH:
                question = replace(question, which=cast(Which, str(which)))
        return reduce(self._with, part.children, question)

    def _with_name(self, question: Question, token: Token) -> Question:
        if token.type == "OTHER_CHOICE":
            return replace(question, text=f"{question.text}={self._written(token).strip('= ')}")
        if token.type == "NUMBER":
            return replace(question, option=int(token))
        if token.type not in CLOSED:
            return replace(question, text=self._written(token))
        mention = self._mention(token)
        match token.type:
            case "PERSON_NAME":
                return replace(question, persons=(*question.persons, mention))
            case "POSITION_NAME":
                return replace(question, position=mention)
            case "CLAUSE_NAME":
                return replace(question, clause=mention)
            case "ORGANISATION_NAME":
                return replace(question, organisation=mention)
            case "POST_NAME" if question.ask in ("require", "forbid"):
                return replace(question, wanted=Wanted("post", mention))
            case "POST_NAME":
                return replace(question, post=mention)
            case "UNIT_NAME":
                return replace(question, wanted=Wanted("unit", mention))
            case "VALUE_NAME":  # of the unit named before
                assert question.wanted is not None
                return replace(question, wanted=replace(question.wanted, value=mention.ids[0]))
            case "CLASS_NAME":
                return replace(question, kind=mention)
        return replace(question, text=mention.ids[0])

    def _wanted(self, tree: Tree[Token]) -> Wanted:
        """A choice, from the parts of its own sentence in any order."""
        wanted = Wanted("choice", Mention(()))
        for part in tree.children:
            token = part
            if not isinstance(part, Token):
                if part.data in ("sections", "parts"):
                    wanted = replace(wanted, inside=cast(Literal["sections", "parts"], str(part.data)))
                    continue
                token = part.children[0]
            assert isinstance(token, Token)
            if token.type == "NUMBER":
                wanted = replace(wanted, value=str(int(token)))
            elif token.type == "VALUE_NAME":
                wanted = replace(wanted, value=self._mention(token).ids[0])
            else:
                wanted = replace(wanted, of=_OF[token.type], what=self._mention(token))
        return wanted

    def _supposition(self, tree: Tree[Token]) -> Supposition:
        kind = cast(Literal["obtain", "take_up", "work"], str(tree.data))
        what, field = None, None
        days: dict[str, Day | None] = {}
        for part in tree.children:
            if not isinstance(part, Token):
                days[str(part.data)] = self._day(part)
            elif part.type == "FIELD_NAME":
                field = self._mention(part)
            else:
                what = self._mention(part)
        assert what is not None
        return Supposition(kind, what, field, days.get("since"), days.get("until"))

    def _mention(self, token: Token) -> Mention:
        # The type of a name's token is the kind of the name; lark knows it only as a string.
        word = self._lexicon.words[token.type][str(token)]  # type: ignore[index]
        return Mention(word.ids, word.shown)

    def _written(self, token: Token) -> str:
        assert token.start_pos is not None and token.end_pos is not None
        return self._sentence.as_written(token.start_pos, token.end_pos)

    def _day(self, tree: Tree[Token]) -> Day | None:
        """The day that is named; `None` where the present is, for what goes on has no last day."""
        part = tree.children[-1]
        if not isinstance(part, Token):
            if part.data == "present":
                return None
            return Day(date.today(), "today")
        written = self._written(part)
        day = parse_date(written)
        return Day(None if isinstance(day, DateProblem) else day, written)
