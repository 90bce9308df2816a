"""A screening as text: the summary line by line, and the reason of one answer in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from lgreason.files.roster.tally import PositionTally, Tally
from lgreason.reasoning.cases.counting import Duration
from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.words.vocabulary import Vocabulary

MOST_SHOWN = 3
_FACT = re.compile(r"(?P<list>[^\[.]+)(?:\[(?P<number>\d*)\])?(?:\.(?P<key>.+))?")
_MEASURED, _SHORT = "\ue000", "\ue001"
"""What stands in a sentence for amounts that are filled in row by row."""
Answer = Mapping[str, Any]
"""A row of the answers."""


def number_of(entry: str) -> int:
    """The number of an entry named as in answers: `postings[2]`."""
    return int(re.sub(r"[^0-9]", "", entry))


class AnswerWords:
    """Says in one sentence what an answer of a screening rests on."""

    def __init__(self, kb: KnowledgeBase, vocabulary: Vocabulary, wording: Wording) -> None:
        """Take the clauses, the terms and the language."""
        self._kb = kb
        self._vocabulary = vocabulary
        self._wording = wording
        self._say = wording.say
        self._durations: dict[Duration, str] = {}
        self._days: dict[date, str] = {}
        self._sentences: dict[tuple[object, ...], str] = {}

    def position(self, identity: str) -> str:
        """The name of a position."""
        return self._vocabulary.name("position", identity).into(self._wording.language)

    def place(self, clause: str) -> str:
        """Where a clause stands."""
        return self._kb.clauses[clause].place.into(self._wording.language)

    def subject(self, clause: str) -> str:
        """What a clause asks, in short."""
        found = self._kb.clauses[clause]
        return (found.subject or found.gloss).into(self._wording.language)

    def reason(self, answer: Answer) -> str:
        """What decides: for the ineligible the nearest miss, for the others what is met, or what is not known."""
        clause = answer["clause"]
        if clause is None:
            return ""
        if answer["verdict"] == "eligible":
            return self._once("met", lambda: self._say("screen.met"))
        if answer["verdict"] == "undetermined" and answer["missing"]:
            facts = answer["missing"]
            return self._once(facts, lambda: self._say("screen.find_out", facts=self.missing(facts)))
        return self._kept_by(answer, clause)

    def _kept_by(self, answer: Answer, clause: str) -> str:
        """The condition that stands in the way; what is measured and short is put into a sentence made once."""
        timed = answer["short_years"] is not None and answer["required"] is not None
        measured = self._duration(answer, "measured") if timed else None
        more = (answer["conditions"] or 1) - 1
        required, unit = answer["required"], answer["unit"]

        def sentence() -> str:
            text = self.subject(clause)
            if timed:
                key = "why.required_nothing" if measured == Duration() else "why.required_short"
                args = {
                    "required": self._say(f"unit.{unit}", n=required),
                    "measured": _MEASURED,
                    "short": _SHORT,
                }
                text = self._say("why.brief", text=text, comparison=self._say(key, **args))
            return self._say("screen.and_more", text=text, n=more) if more else text

        made = self._once((clause, required, unit, timed, measured == Duration(), more), sentence)
        if measured is None:
            return made
        short = self.duration(self._duration(answer, "short"))
        return made.replace(_MEASURED, self.duration(measured)).replace(_SHORT, short)

    def _once(self, key: object, make: Callable[[], str]) -> str:
        found = self._sentences.get((key,))
        if found is None:
            found = self._sentences[key,] = make()
        return found

    def duration(self, time: Duration) -> str:
        """A duration in words."""
        if time not in self._durations:
            self._durations[time] = self._wording.duration(time)
        return self._durations[time]

    def day(self, day: date | None) -> str:
        """A day in short; nothing where there is none."""
        if day is None:
            return ""
        if day not in self._days:
            self._days[day] = self._wording.date(day, short=True)
        return self._days[day]

    def short(self, answer: Answer) -> str:
        """What is short of the deciding condition, where time mends it; of what is not known nothing is said."""
        if answer["verdict"] != "ineligible" or answer["short_years"] is None:
            return ""
        return self.duration(self._duration(answer, "short"))

    def _duration(self, answer: Answer, name: str) -> Duration:
        return Duration(answer[f"{name}_years"], answer[f"{name}_months"], answer[f"{name}_days"])

    def missing(self, facts: str) -> str:
        """The facts to find out."""
        return self._say("list.comma").join(self.fact(fact) for fact in facts.split("; "))

    def fact(self, path: str) -> str:
        """A fact that is not known, given as a path such as `postings[2].from`, or `postings[].from` for any."""
        match = _FACT.fullmatch(path)
        if match is None:
            return path
        within = "" if match["key"] is None else f"_{match['key']}"
        key = f"screen.missing_{match['list']}{within}"
        name = match["list"] if match["key"] is None else f"{match['list']}.{match['key']}"
        words = self._say(key) if self._wording.has(key) else self._declared(name)
        return self._say("screen.of_entry", fact=words, n=int(match["number"])) if match["number"] else words

    def kind(self, kind: str) -> str:
        """What a text that was not recognised was to name: a post, a degree, …, or the column of a declared fact."""
        key = f"screen.kind_{kind}"
        return self._say(key) if self._wording.has(key) else self._declared(kind)

    def _declared(self, name: str) -> str:
        """A declared fact, or the fact and its attribute."""
        terms, language = self._vocabulary.of_facts, self._wording.language
        fact, _, attribute = name.partition(".")
        named = terms.name("fact", fact).into(language)
        if not attribute:
            return named
        return self._say("screen.of_fact", fact=named, attribute=terms.name("attribute", name).into(language))


class ScreeningText:
    """Writes the summary of a screening."""

    def __init__(self, tally: Tally, words: AnswerWords, wording: Wording) -> None:
        """Take the sums, and the words to write them in."""
        self._tally = tally
        self._words = words
        self._say = wording.say
        self._wording = wording

    def lines(self) -> Iterator[Line]:
        """The summary: who may hold what, what keeps the others, and what was not used."""
        tally = self._tally
        yield Line(self._say("screen.title", n=tally.persons, day=tally.as_of), style="title")
        for position in tally.positions:
            yield Line()
            yield from self._position(position)
        yield Line()
        if tally.unrecognised:
            yield Line(self._say("screen.unrecognised", n=len(tally.unrecognised)), style="open")
            for kind, text, count in tally.unrecognised[:10]:
                args = {"kind": self._words.kind(kind), "text": text, "n": count}
                yield Line(self._say("screen.unrecognised_text", **args), 1)
        for code, count, named in tally.warned:
            who = [self._say("screen.warned_of", person=p, n=number_of(entry)) for p, entry in named]
            args = {"n": count, "who": self._say("list.comma").join(who)}
            yield Line(self._say(f"screen.warned_{code}", **args), style="open")
        if tally.set_aside:
            yield Line(self._say("screen.set_aside", n=tally.set_aside), style="bad")
        if tally.notes:
            yield Line(self._say("screen.notes", n=tally.notes), style="note")

    def _position(self, position: PositionTally) -> Iterator[Line]:
        say = self._say
        yield Line(self._words.position(position.id), style="heading")
        args = {"yes": position.eligible, "no": position.ineligible, "open": position.undetermined}
        yield Line(say("screen.verdicts", **args), 1)
        if position.becoming is not None and self._tally.by is not None:
            yield Line(say("screen.becoming", n=position.becoming, day=self._tally.by), 1, "good")
        if position.one_short:
            yield Line(say("screen.one_short", n=position.one_short), 1)
        for clause, count in position.conditions[:MOST_SHOWN]:
            args_of = {"n": count, "place": self._words.place(clause), "text": self._words.subject(clause)}
            yield Line(say("screen.kept_by", **args_of), 2)
        for fact, count in position.missing[:MOST_SHOWN]:
            yield Line(say("screen.lacking", n=count, fact=self._words.fact(fact)), 2, "open")
