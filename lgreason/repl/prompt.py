"""The prompt: who or what is spoken of, what is supposed of them or chosen, and the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgreason.answers.persons import Document
from lgreason.repl.memory import Memory
from lgreason.repl.suppositions import change_words

if TYPE_CHECKING:
    from lgreason.reasoning.structures.space import Narrowing


def prompt(memory: Memory) -> str:
    """Who or what is spoken of, what is supposed, and the day, in the language of the session."""
    session, wording = memory.session, memory.session.wording
    day = wording.date(session.day, short=True)
    if memory.about_organisation() and (whose := memory.organisations.spoken_of()):
        return _of_organisation(memory, whose, day)
    if (identity := memory.spoken_of()) is None:
        return wording.say("repl.prompt_nobody", day=day)
    args = {"person": memory.lexicon.person_name(identity), "day": day}
    if not (changes := memory.changes(identity)):
        return wording.say("repl.prompt", **args)
    last = change_words(changes[-1][1], session.vocabulary, wording)
    if len(changes) == 1:
        return wording.say("repl.prompt_supposing", change=last, **args)
    return wording.say("repl.prompt_supposing_more", change=last, n=len(changes) - 1, **args)


def _of_organisation(memory: Memory, whose: str, day: str) -> str:
    """The prompt while an organisation is spoken of: with what was chosen of its structures."""
    say = memory.session.wording.say
    args: Document = {"name": memory.organisations.words.name(whose), "day": day}
    if not (steps := memory.steps(whose)):
        return say("repl.prompt", person=args["name"], day=day)
    last = chosen(memory, whose, steps[-1][1])
    if len(steps) == 1:
        return say("repl.prompt_choosing", change=last, **args)
    return say("repl.prompt_choosing_more", change=last, n=len(steps) - 1, **args)


def chosen(memory: Memory, whose: str, step: Narrowing) -> str:
    """A choice of an organisation's structures in words."""
    from lgreason.answers.organisations import choice_words

    return choice_words(memory.session, memory.organisations.loaded[whose]).chosen(step)
