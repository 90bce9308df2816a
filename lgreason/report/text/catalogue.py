"""The catalogue in words: lists, single clauses, readings and duties as lines of text, and as JSON documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lgreason.report.line import Line
from lgreason.report.wording import Wording
from lgreason.rules.catalogue import LEVELS, Catalogue, Duty
from lgreason.rules.knowledge import Reading
from lgreason.rules.model import Clause
from lgreason.words.vocabulary import Vocabulary

Document = dict[str, Any]


class CatalogueText:
    """Writes what a catalogue finds in one language."""

    def __init__(self, catalogue: Catalogue, vocabulary: Vocabulary, wording: Wording) -> None:
        """Take what to write about and the words to write it in."""
        self._catalogue = catalogue
        self._vocabulary = vocabulary
        self._say = wording.say

    def listed(self, clauses: tuple[Clause, ...]) -> Iterator[Line]:
        """One line a clause: id, treatment, place."""
        for clause in clauses:
            treatment = self._say(f"treatment.{clause.treatment}")
            yield Line(self._say("kb.listed", id=clause.id, treatment=treatment, place=clause.place))
        yield Line(self._say("kb.count", n=len(clauses)), style="note")

    def coverage(self) -> Iterator[Line]:
        """What became of every clause, and which file stands for it."""
        clauses = self._catalogue.listed()
        for clause in clauses:
            where = self._catalogue.where[clause.id]
            treatment = self._say(f"treatment.{clause.treatment}")
            yield Line(
                self._say("kb.covered", id=clause.id, treatment=treatment, file=where.file, line=where.line)
            )
        for treatment in dict.fromkeys(clause.treatment for clause in clauses):
            n = sum(clause.treatment == treatment for clause in clauses)
            yield Line(
                self._say("kb.covered_in_all", treatment=self._say(f"treatment.{treatment}"), n=n),
                style="note",
            )

    def shown(self, clause: Clause) -> Iterator[Line]:
        """A clause: its place, its words, what it demands, and the readings it relies on."""
        where = self._catalogue.where[clause.id]
        document = self._vocabulary.name("document", clause.document)
        yield Line(self._say("kb.title", place=clause.place, document=document), style="title")
        yield Line(self._say("kb.identity", id=clause.id, file=where.file, line=where.line), 1, "note")
        if clause.quote:
            yield Line(self._say("kb.quote", quote=clause.quote), 1, "quote")
        if clause.repairs:
            yield Line(self._say("kb.corrected", quote=clause.corrected), 1, "note")
        if any(clause.gloss):
            yield Line(self._say("kb.gloss", gloss=clause.gloss), 1)
        yield Line(self._state(clause), 1)
        yield from self._demands(clause)
        yield from self._competency(clause)
        yield from self._duty(clause)
        yield from self._procedure(clause)
        for identity in clause.relies:
            reading = self._catalogue.kb.readings[identity]
            yield Line(self._say("kb.relies", id=identity, question=reading.question, chosen=reading.text), 1)
        if used := self._catalogue.depends_on(clause.id):
            yield Line(self._say("kb.used_by", places=tuple(other.place for other in used)), 1)

    def _state(self, clause: Clause) -> str:
        treatment = self._say(f"treatment.{clause.treatment}")
        if clause.treatment == "lost":
            return self._say("kb.state_lost", treatment=treatment)
        return self._say(
            "kb.state_until" if clause.treatment == "historical" else "kb.state",
            treatment=treatment,
            status=self._say(f"status.{clause.status}"),
            day=clause.in_force,
        )

    def _demands(self, clause: Clause) -> Iterator[Line]:
        if clause.parts and clause.says is not None:
            yield Line(self._say(f"gate.{clause.op}"), 1)
            for part in clause.parts:
                other = self._catalogue.kb.clauses[part]
                yield Line(self._say("kb.part", place=other.place, gloss=other.gloss), 2)
        if clause.op == "same":
            (same,) = clause.needs()
            yield Line(self._say("kb.same", place=self._catalogue.kb.clauses[same].place), 1)
        bounds = dict(clause.bounds())
        # What `one_of` accepts stands in the meaning of the clause.
        if clause.subject and "default" in bounds and clause.op != "one_of":
            bound = bounds["default"]
            amount = self._say(f"unit.{bound.unit}", n=bound.value) if bound.unit else ""
            yield Line(self._say(f"relation.{bound.relation}", subject=clause.subject, amount=amount), 1)
        for exception, _ in clause.exceptions:
            other = self._catalogue.kb.clauses[exception]
            if exception not in bounds:
                yield Line(self._say("kb.waived", place=other.place, gloss=other.gloss), 1)
                continue
            instead = self._say(f"unit.{bounds[exception].unit}", n=bounds[exception].value)
            yield Line(self._say("kb.exception", place=other.place, gloss=other.gloss, instead=instead), 1)

    def _procedure(self, clause: Clause) -> Iterator[Line]:
        for procedure, number in self._catalogue.steps(clause.id):
            name = self._catalogue.kb.names["procedure", procedure]
            yield Line(self._say("kb.step", n=number, procedure=name), 1)
        for other in self._catalogue.caveats(clause.id):
            yield Line(self._say("kb.caveat", place=other.place, gloss=other.gloss), 1)

    def _competency(self, clause: Clause) -> Iterator[Line]:
        required = self._catalogue.levels_required(clause.id)
        if required:
            levels = tuple(
                self._say("kb.level_required", level=self._vocabulary.name("level", level), n=required[level])
                for level in LEVELS
                if level in required
            )
            yield Line(self._say("kb.levels_required", levels=levels), 1)

    def _duty(self, clause: Clause) -> Iterator[Line]:
        for duty in self._catalogue.duties:
            if duty.clause.id == clause.id:
                yield Line(self._say("kb.topic", topic=self._vocabulary.name("topic", duty.topic)), 1)
                if duty.change:
                    yield Line(self._say("kb.change", change=duty.change), 1)

    def reading(self, reading: Reading) -> Iterator[Line]:
        """An ambiguity: the question, the readings it has, which one is in force and why."""
        yield Line(self._say("kb.reading", id=reading.id, question=reading.question), style="title")
        for choice, text in reading.choices:
            key = "kb.choice_in_force" if choice == reading.chosen else "kb.choice"
            named = f"{reading.id}={choice}"
            yield Line(self._say(key, text=text, option=f"--reading {named}", reading=named), 1)
        yield Line(self._say("kb.reason", reason=reading.reason), 1)
        yield Line(self._say("kb.confidence", confidence=self._say(f"confidence.{reading.confidence}")), 1)

    def duties(self, level: str) -> Iterator[Line]:
        """The duties of a level by area."""
        name = self._vocabulary.name("level", level)
        yield Line(self._say("kb.duties", level=name), style="title")
        area = 0
        for duty in self._catalogue.duties_of(level):
            if duty.area != area:
                area = duty.area
                yield Line(self._vocabulary.name("duty_area", str(area)).into(self._language), 1, "heading")
            yield self._duty_line(duty)

    def new_duties(self, level: str) -> Iterator[Line]:
        """What is new at a level, what is carried on and how it changes, and what is no longer there."""
        comparison = self._catalogue.compare(level)
        below = self._vocabulary.name("level", LEVELS[LEVELS.index(level) - 1])
        name = self._vocabulary.name("level", level)
        yield Line(self._say("kb.new_duties", level=name, below=below), style="title")
        for key, duties in (("new", comparison.new), ("gone", comparison.gone)):
            yield Line(self._say(f"kb.duties_{key}", n=len(duties), level=name, below=below), 1, "heading")
            for duty in duties:
                yield self._duty_line(duty)
        yield Line(self._say("kb.duties_carried", n=len(comparison.carried)), 1, "heading")
        for duty, _ in comparison.carried:
            yield self._duty_line(duty)
            if duty.change:
                yield Line(self._say("kb.change", change=duty.change), 3, "note")

    def _duty_line(self, duty: Duty) -> Line:
        topic = self._vocabulary.name("topic", duty.topic)
        number = f"{duty.area}.{duty.order}"
        return Line(self._say("kb.duty", number=number, topic=topic, quote=duty.clause.corrected), 2)

    @property
    def _language(self) -> Any:
        return self._vocabulary.language


def coverage_document(catalogue: Catalogue) -> Document:
    """`lgreason.coverage/1`: what became of every clause."""
    rows = [
        {
            "id": clause.id,
            "status": clause.treatment,
            "where": catalogue.where[clause.id].file,
            "line": catalogue.where[clause.id].line,
        }
        for clause in catalogue.listed()
    ]
    return {"schema": "lgreason.coverage/1", "clauses": rows}


def clauses_document(catalogue: Catalogue, clauses: tuple[Clause, ...]) -> Document:
    """`lgreason.clauses/1`: clauses with their words, demands and readings."""
    return {"schema": "lgreason.clauses/1", "clauses": [_clause(catalogue, clause) for clause in clauses]}


def _clause(catalogue: Catalogue, clause: Clause) -> Document:
    document: Document = {
        "id": clause.id,
        "status": clause.treatment,
        "reading_status": clause.status,
        "in_use_until" if clause.treatment == "historical" else "in_force": clause.in_force.isoformat(),
        "place": clause.place._asdict(),
        "quote": clause.quote,
        "corrected": clause.corrected,
        "text": clause.gloss._asdict(),
        "op": clause.op,
        "parts": list(clause.parts),
        "exceptions": [exception for exception, _ in clause.exceptions],
        "required": {variant: {b.unit: b.value} for variant, b in clause.bounds() if b.unit},
        "readings": list(clause.relies),
        "caveats": [other.id for other in catalogue.caveats(clause.id)],
        "where": catalogue.where[clause.id].file,
    }
    if levels := catalogue.levels_required(clause.id):
        document["levels"] = levels
    return document


def readings_document(readings: tuple[Reading, ...]) -> Document:
    """`lgreason.readings/1`: ambiguities with their choices."""
    rows = [
        {
            "id": reading.id,
            "question": reading.question._asdict(),
            "chosen": reading.chosen,
            "choices": [{"choice": choice, "text": text._asdict()} for choice, text in reading.choices],
            "reason": reading.reason._asdict(),
            "confidence": reading.confidence,
        }
        for reading in readings
    ]
    return {"schema": "lgreason.readings/1", "readings": rows}


def duties_document(catalogue: Catalogue, level: str, compared: bool) -> Document:
    """`lgreason.duties/1`: the duties of a level, or how they differ from those of the level below."""
    if not compared:
        rows = [_duty(duty) for duty in catalogue.duties_of(level)]
        return {"schema": "lgreason.duties/1", "level": level, "duties": rows}
    comparison = catalogue.compare(level)
    return {
        "schema": "lgreason.duties/1",
        "level": level,
        "below": LEVELS[LEVELS.index(level) - 1],
        "new": [_duty(duty) for duty in comparison.new],
        "carried": [{**_duty(duty), "below": below.clause.id} for duty, below in comparison.carried],
        "gone": [_duty(duty) for duty in comparison.gone],
    }


def _duty(duty: Duty) -> Document:
    change = duty.change._asdict() if duty.change else None
    return {"id": duty.clause.id, "topic": duty.topic, "quote": duty.clause.quote, "change": change}
