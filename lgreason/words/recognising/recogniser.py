"""Recognising what people write: one way for files, rosters, questions, interview and web.

    recognised = Recogniser(kb).recognise("post", "หัวหน้าสำนักปลัด อบต.", {"level": "ระดับต้น"})
    recognised.outcome   # "this" | "several" | "another" | "unrecognised" | "impossible"
    recognised.reading   # {"position": "general_admin.early.division_director"}
    recognised.choices   # readings that may be meant; recognised.why, .args: a sentence of the messages

Kinds: `post`, `degree`, `field`, `work`, `level`, `date`, `unit`, `organisation`, `status`. Context, all of it
optional and as written: `type`, `level`, `date` (or `from`, `to`), `unit`, `organisation`, `degree`, `field`,
`status`, `column` (of a date: `from`, `to`, `obtained`). Only `this` and `another` may decide anything
(`recognised.decides`); the others leave the fact not known, to be shown and asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from lgreason.rules.knowledge import KnowledgeBase
from lgreason.words.recognising.days import Days
from lgreason.words.recognising.degrees import Degrees
from lgreason.words.recognising.fields import UNLISTED, Fields, Works
from lgreason.words.recognising.kinds import KINDS, Kind
from lgreason.words.recognising.levels import Level, Levels
from lgreason.words.recognising.lexicon import WordFacts
from lgreason.words.recognising.outcome import NOTHING, Outcome, Recognised, mapping
from lgreason.words.recognising.places import Places
from lgreason.words.recognising.posts import Beside, Posts

CONTEXT = (
    "type",
    "level",
    "date",
    "from",
    "to",
    "unit",
    "organisation",
    "degree",
    "field",
    "status",
    "column",
)
"""The keys of what may stand beside a text."""
Context = Mapping[str, str]


class Recogniser:
    """Recognises what people write as terms of one knowledge base; everything is read when first needed."""

    def __init__(self, kb: KnowledgeBase, today: date | None = None) -> None:
        """Take a knowledge base about persons; `today` bounds the years that two digits may mean."""
        self._kb = kb
        self._today = today or date.today()
        self._known: dict[tuple[str, str, tuple[tuple[str, str], ...]], Recognised] = {}

    def recognise(self, kind: Kind, text: str, context: Context | None = None) -> Recognised:
        """What a text of a kind is read as, given what stands beside it; the same question is answered once."""
        beside = self._by_era(context) if context and kind in ("post", "level") else context or {}
        asked = (kind, text, tuple(sorted(beside.items())))
        if asked not in self._known:
            self._known[asked] = self._unless_doubted(self._recognised(kind, text, beside))
        return self._known[asked]

    def _by_era(self, context: Context) -> Context:
        """What stands beside a post or level, with a day for its era: of the days that is all that bears on it."""
        dates = [name for name in ("date", "from") if name in context]
        if not dates:
            return context
        day = self._day(context)
        ends = self.levels.c_ends
        rest = {name: text for name, text in context.items() if name not in dates}
        if day is None:
            return rest
        return {**rest, "date": (ends + timedelta(days=1) if day[0] > ends else ends).isoformat()}

    def _unless_doubted(self, found: Recognised) -> Recognised:
        """A reading that a word of doubt in the text takes back: ไม่, หรือ, ยกเลิก, in progress."""
        no_day = found.kind == "date" and found.outcome == "impossible"
        open_to_it = found.decides or no_day or found.why == "bracket"
        if found.kind == "date" and found.outcome == "this":  # a day is read whole: no word can be left in it
            part = "?" if "?" in found.text else None
        else:
            part = self.lexicon.doubt(found.text, found.kind) if open_to_it else None
        if part is None:
            return found
        choices = found.choices or ((found.reading,) if found.reading else ())
        return Recognised(
            found.kind, found.text, "unrecognised", choices=choices, why="doubted", args={"part": part}
        )

    def _recognised(self, kind: Kind, text: str, beside: Context) -> Recognised:
        match kind:
            case "post":
                return self.posts.recognise(text, self._beside(beside))
            case "degree":
                return self.degrees.recognise(text, beside.get("field"))
            case "field":
                return self._field(text)
            case "work":
                return self.works.recognise(text)
            case "level":
                if (service := self.places.service(text)) is not None:
                    return Recognised(kind, text, "another", mapping(service=service), why="service")
                return self.levels.recognise(text, self._type(beside), self._day(beside))
            case "date":
                return self.days.recognise(text, beside.get("column"))
            case "unit":
                return self.places.unit(text)
            case "organisation":
                return self.places.organisation(text)
            case "status":
                return self.places.status(text, beside.get("organisation"))

    def _field(self, text: str) -> Recognised:
        """A field; also where the name of the whole degree stands in its column."""
        found = self.fields.recognise(text)
        if found.decides or found.why == "near":
            return found
        degree = self.degrees.recognise(text)
        if degree.decides and "field" in degree.reading:
            reading = mapping(field=degree.reading["field"])
            outcome: Outcome = "another" if degree.reading["field"] == UNLISTED else "this"
            return Recognised("field", text, outcome, reading, why=degree.why)
        return found

    def _type(self, context: Context) -> str | None:
        return self.levels.type_named(context["type"]) if "type" in context else None

    def _day(self, context: Context) -> tuple[date, date] | None:
        """The first and the last day that what stands beside a text allows for when it was so."""
        for name in ("date", "from"):
            found = self.days.recognise(context[name]) if name in context else None
            if found is None:
                continue
            if found.outcome == "this" and found.reading["date"] != "open":
                day = date.fromisoformat(str(found.reading["date"]))
                return day, day
            if "earliest" in found.reading:
                first, last = (date.fromisoformat(str(found.reading[k])) for k in ("earliest", "latest"))
                return first, last
        return None

    def _beside(self, context: Context) -> Beside:
        level: Level | None = None
        problem: Recognised | None = None
        if told := context.get("level", "").strip():
            level = self.levels.read(told)
            found = self.levels.recognise(told, self._type(context), self._day(context))
            problem = None if level is not None and found.outcome != "impossible" else found
        around = " ".join(context.get(name, "") for name in ("type", "status"))
        return Beside(
            *(self._type(context), level, self._day(context), context.get("organisation"), problem),
            service=self.places.service(around) if around.strip() else None,
            status=context.get("status", ""),
        )

    @cached_property
    def lexicon(self) -> WordFacts:
        """The words."""
        return WordFacts(self._kb)

    @cached_property
    def levels(self) -> Levels:
        """Who recognises levels."""
        return Levels(self.lexicon)

    @cached_property
    def days(self) -> Days:
        """Who recognises days."""
        return Days(self._today)

    @cached_property
    def fields(self) -> Fields:
        """Who recognises fields of study."""
        return Fields(self.lexicon)

    @cached_property
    def degrees(self) -> Degrees:
        """Who recognises qualifications."""
        return Degrees(self.lexicon, self.fields)

    @cached_property
    def works(self) -> Works:
        """Who recognises kinds of work."""
        return Works(self.lexicon)

    @cached_property
    def places(self) -> Places:
        """Who recognises units, organisations and statuses."""
        return Places(self.lexicon)

    @cached_property
    def posts(self) -> Posts:
        """Who recognises posts."""
        return Posts(self.lexicon, self.levels, self.places)


__all__ = ["CONTEXT", "KINDS", "NOTHING", "Context", "Kind", "Recognised", "Recogniser"]
